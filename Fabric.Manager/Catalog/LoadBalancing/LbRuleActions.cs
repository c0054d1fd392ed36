using Fabric.Manager.Catalog.Trust;

namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>What a rule does.</summary>
[Family(
    typeof(LbConnectionDropAction), typeof(LbHttpRedirectAction), typeof(LbHttpRejectAction), typeof(LbHttpRequestHeaderDeleteAction),
    typeof(LbHttpRequestHeaderRewriteAction), typeof(LbHttpRequestUriRewriteAction), typeof(LbHttpResponseHeaderDeleteAction),
    typeof(LbHttpResponseHeaderRewriteAction), typeof(LbJwtAuthAction), typeof(LbSelectPoolAction), typeof(LbSslModeSelectionAction),
    typeof(LbVariableAssignmentAction), typeof(LbVariablePersistenceLearnAction), typeof(LbVariablePersistenceOnAction), By = "type")]
internal abstract record LbRuleAction : KindedPart;

/// <summary>Closes the connection.</summary>
internal sealed record LbConnectionDropAction : LbRuleAction;

/// <summary>Sends the client elsewhere.</summary>
internal sealed record LbHttpRedirectAction : LbRuleAction
{
    [Mandatory]
    public string RedirectStatus { get; init; } = "";

    [Mandatory]
    public string RedirectUrl { get; init; } = "";
}

/// <summary>Answers the client with a status.</summary>
internal sealed record LbHttpRejectAction : LbRuleAction
{
    [Mandatory]
    public string ReplyStatus { get; init; } = "";

    public string? ReplyMessage { get; init; }
}

/// <summary>Takes a header out of the request.</summary>
internal sealed record LbHttpRequestHeaderDeleteAction : LbRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";
}

/// <summary>Sets a header of the request.</summary>
internal sealed record LbHttpRequestHeaderRewriteAction : LbRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>Replaces the URI of the request.</summary>
internal sealed record LbHttpRequestUriRewriteAction : LbRuleAction
{
    [Mandatory]
    public string Uri { get; init; } = "";

    public string? UriArguments { get; init; }
}

/// <summary>Takes a header out of the response.</summary>
internal sealed record LbHttpResponseHeaderDeleteAction : LbRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";
}

/// <summary>Sets a header of the response.</summary>
internal sealed record LbHttpResponseHeaderRewriteAction : LbRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>Asks for a signed token.</summary>
internal sealed record LbJwtAuthAction : LbRuleAction
{
    public LbJwtKey? Key { get; init; }

    public bool? PassJwtToPool { get; init; }

    public string? Realm { get; init; }

    public IReadOnlyList<string>? Tokens { get; init; }
}

/// <summary>Chooses another pool.</summary>
internal sealed record LbSelectPoolAction : LbRuleAction
{
    [Mandatory, RefersTo(typeof(LbPool))]
    public string PoolId { get; init; } = "";

    [ServerSet]
    public string? PoolName { get; init; }
}

/// <summary>Chooses what is done with TLS.</summary>
internal sealed record LbSslModeSelectionAction : LbRuleAction
{
    [Mandatory, OneOf("SSL_PASSTHROUGH", "SSL_END_TO_END", "SSL_OFFLOAD")]
    public string SslMode { get; init; } = "";
}

/// <summary>Sets a variable from a header or a URI.</summary>
internal sealed record LbVariableAssignmentAction : LbRuleAction
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [Mandatory]
    public string VariableValue { get; init; } = "";
}

/// <summary>Learns the server of a variable.</summary>
internal sealed record LbVariablePersistenceLearnAction : LbRuleAction
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [RefersTo(typeof(LbPersistenceProfile))]
    public string? PersistenceProfileId { get; init; }

    public bool VariableHashEnabled { get; init; }
}

/// <summary>Chooses the server by a variable.</summary>
internal sealed record LbVariablePersistenceOnAction : LbRuleAction
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [RefersTo(typeof(LbPersistenceProfile))]
    public string? PersistenceProfileId { get; init; }

    public bool VariableHashEnabled { get; init; }
}

/// <summary>The key that signed a token.</summary>
[Family(typeof(LbJwtCertificateKey), typeof(LbJwtPublicKey), typeof(LbJwtSymmetricKey), By = "type")]
internal abstract record LbJwtKey : KindedPart;

/// <summary>The key of a certificate of the manager.</summary>
internal sealed record LbJwtCertificateKey : LbJwtKey
{
    [Mandatory, RefersTo(typeof(Certificate))]
    public string CertificateId { get; init; } = "";
}

/// <summary>A public key, written out.</summary>
internal sealed record LbJwtPublicKey : LbJwtKey
{
    [Mandatory]
    public string PublicKeyContent { get; init; } = "";
}

/// <summary>A shared secret.</summary>
internal sealed record LbJwtSymmetricKey : LbJwtKey;
