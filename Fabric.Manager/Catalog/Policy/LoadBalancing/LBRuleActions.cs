using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>What a load balancer rule does.</summary>
[Family(
    typeof(LBConnectionDropAction), typeof(LBHttpRedirectAction), typeof(LBHttpRejectAction), typeof(LBHttpRequestHeaderDeleteAction),
    typeof(LBHttpRequestHeaderRewriteAction), typeof(LBHttpRequestUriRewriteAction), typeof(LBHttpResponseHeaderDeleteAction),
    typeof(LBHttpResponseHeaderRewriteAction), typeof(LBJwtAuthAction), typeof(LBSelectPoolAction), typeof(LBSslModeSelectionAction),
    typeof(LBVariableAssignmentAction), typeof(LBVariablePersistenceLearnAction), typeof(LBVariablePersistenceOnAction),
    By = "type")]
internal abstract record LBRuleAction : KindedPart;

/// <summary>Closes the connection.</summary>
internal sealed record LBConnectionDropAction : LBRuleAction;

/// <summary>Sends the client elsewhere.</summary>
internal sealed record LBHttpRedirectAction : LBRuleAction
{
    [Mandatory]
    public string RedirectStatus { get; init; } = "";

    [Mandatory]
    public string RedirectUrl { get; init; } = "";
}

/// <summary>Answers the client itself.</summary>
internal sealed record LBHttpRejectAction : LBRuleAction
{
    public string? ReplyMessage { get; init; }

    [Mandatory]
    public string ReplyStatus { get; init; } = "";
}

/// <summary>Takes a header out of the request.</summary>
internal sealed record LBHttpRequestHeaderDeleteAction : LBRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";
}

/// <summary>Sets a header of the request.</summary>
internal sealed record LBHttpRequestHeaderRewriteAction : LBRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>Sets the URI of the request.</summary>
internal sealed record LBHttpRequestUriRewriteAction : LBRuleAction
{
    [Mandatory]
    public string Uri { get; init; } = "";

    public string? UriArguments { get; init; }
}

/// <summary>Takes a header out of the response.</summary>
internal sealed record LBHttpResponseHeaderDeleteAction : LBRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";
}

/// <summary>Sets a header of the response.</summary>
internal sealed record LBHttpResponseHeaderRewriteAction : LBRuleAction
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>Asks for a JSON web token and checks it.</summary>
internal sealed record LBJwtAuthAction : LBRuleAction
{
    public LBJwtKey? Key { get; init; }

    public bool PassJwtToPool { get; init; }

    public string? Realm { get; init; }

    public IReadOnlyList<string>? Tokens { get; init; }
}

/// <summary>Chooses the pool.</summary>
internal sealed record LBSelectPoolAction : LBRuleAction
{
    [Mandatory, PathTo(typeof(LBPool))]
    public string PoolId { get; init; } = "";
}

/// <summary>Says where TLS ends.</summary>
internal sealed record LBSslModeSelectionAction : LBRuleAction
{
    [Mandatory, OneOf("SSL_PASSTHROUGH", "SSL_END_TO_END", "SSL_OFFLOAD")]
    public string SslMode { get; init; } = "";
}

/// <summary>Remembers a value for later rules.</summary>
internal sealed record LBVariableAssignmentAction : LBRuleAction
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [Mandatory]
    public string VariableValue { get; init; } = "";
}

/// <summary>Ties the value of a variable to the server that answered.</summary>
internal sealed record LBVariablePersistenceLearnAction : LBRuleAction
{
    [PathTo(typeof(LBPersistenceProfile))]
    public string? PersistenceProfilePath { get; init; }

    public bool VariableHashEnabled { get; init; }

    [Mandatory]
    public string VariableName { get; init; } = "";
}

/// <summary>Chooses the server that the value of a variable is tied to.</summary>
internal sealed record LBVariablePersistenceOnAction : LBRuleAction
{
    [PathTo(typeof(LBPersistenceProfile))]
    public string? PersistenceProfilePath { get; init; }

    public bool VariableHashEnabled { get; init; }

    [Mandatory]
    public string VariableName { get; init; } = "";
}

/// <summary>The key by which a JSON web token is checked.</summary>
[Family(typeof(LBJwtCertificateKey), typeof(LBJwtPublicKey), typeof(LBJwtSymmetricKey), By = "type")]
internal abstract record LBJwtKey : KindedPart;

/// <summary>That of a certificate.</summary>
internal sealed record LBJwtCertificateKey : LBJwtKey
{
    [Mandatory, PathTo(typeof(TlsCertificate))]
    public string CertificatePath { get; init; } = "";
}

/// <summary>A public key itself.</summary>
internal sealed record LBJwtPublicKey : LBJwtKey
{
    [Mandatory]
    public string PublicKeyContent { get; init; } = "";
}

/// <summary>A shared one, kept by the load balancer.</summary>
internal sealed record LBJwtSymmetricKey : LBJwtKey;
