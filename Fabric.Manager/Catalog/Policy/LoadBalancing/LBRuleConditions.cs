using Fabric.Manager.Catalog.LoadBalancing;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>What a request or connection must be for a load balancer rule.</summary>
[Family(
    typeof(LBHttpRequestBodyCondition), typeof(LBHttpRequestCookieCondition), typeof(LBHttpRequestHeaderCondition), typeof(LBHttpRequestMethodCondition),
    typeof(LBHttpRequestUriArgumentsCondition), typeof(LBHttpRequestUriCondition), typeof(LBHttpRequestVersionCondition),
    typeof(LBHttpResponseHeaderCondition), typeof(LBHttpSslCondition), typeof(LBIpHeaderCondition), typeof(LBSslSniCondition),
    typeof(LBTcpHeaderCondition), typeof(LBVariableCondition),
    By = "type")]
internal abstract record LBRuleCondition : KindedPart
{
    public bool Inverse { get; init; }
}

/// <summary>A condition on a text.</summary>
internal abstract record LBTextCondition : LBRuleCondition
{
    public bool CaseSensitive { get; init; } = true;

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";
}

/// <summary>The body of the request.</summary>
internal sealed record LBHttpRequestBodyCondition : LBTextCondition
{
    [Mandatory]
    public string BodyValue { get; init; } = "";
}

/// <summary>A cookie of the request.</summary>
internal sealed record LBHttpRequestCookieCondition : LBTextCondition
{
    [Mandatory]
    public string CookieName { get; init; } = "";

    [Mandatory]
    public string CookieValue { get; init; } = "";
}

/// <summary>A header of the request.</summary>
internal sealed record LBHttpRequestHeaderCondition : LBTextCondition
{
    public string HeaderName { get; init; } = "Host";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>The method of the request.</summary>
internal sealed record LBHttpRequestMethodCondition : LBRuleCondition
{
    [Mandatory, OneOf("GET", "OPTIONS", "POST", "HEAD", "PUT")]
    public string Method { get; init; } = "";
}

/// <summary>The arguments of the request's URI.</summary>
internal sealed record LBHttpRequestUriArgumentsCondition : LBTextCondition
{
    [Mandatory]
    public string UriArguments { get; init; } = "";
}

/// <summary>The URI of the request.</summary>
internal sealed record LBHttpRequestUriCondition : LBTextCondition
{
    [Mandatory]
    public string Uri { get; init; } = "";
}

/// <summary>The version of the request.</summary>
internal sealed record LBHttpRequestVersionCondition : LBRuleCondition
{
    [Mandatory]
    public string Version { get; init; } = "";
}

/// <summary>A header of the response.</summary>
internal sealed record LBHttpResponseHeaderCondition : LBTextCondition
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>The client's TLS.</summary>
internal sealed record LBHttpSslCondition : LBRuleCondition
{
    public LBClientCertificateIssuerDnCondition? ClientCertificateIssuerDn { get; init; }

    public LBClientCertificateSubjectDnCondition? ClientCertificateSubjectDn { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? ClientSupportedSslCiphers { get; init; }

    [OneOf("IGNORE", "REUSED", "NEW")]
    public string SessionReused { get; init; } = "IGNORE";

    [LbProtocols]
    public string? UsedProtocol { get; init; }

    [LbCiphers]
    public string? UsedSslCipher { get; init; }
}

/// <summary>The client's address.</summary>
internal sealed record LBIpHeaderCondition : LBRuleCondition
{
    [PathTo(typeof(Group))]
    public string? GroupPath { get; init; }

    [WrittenAs(TextForm.IpOrCidrOrRange)]
    public string? SourceAddress { get; init; }
}

/// <summary>The name that the client's TLS asks for.</summary>
internal sealed record LBSslSniCondition : LBTextCondition
{
    [Mandatory]
    public string Sni { get; init; } = "";
}

/// <summary>The client's port.</summary>
internal sealed record LBTcpHeaderCondition : LBRuleCondition
{
    [Mandatory, WrittenAs(TextForm.PortOrRange)]
    public string SourcePort { get; init; } = "";
}

/// <summary>A value that an earlier rule remembered.</summary>
internal sealed record LBVariableCondition : LBTextCondition
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [Mandatory]
    public string VariableValue { get; init; } = "";
}

/// <summary>Who signed the client's certificate.</summary>
internal sealed record LBClientCertificateIssuerDnCondition
{
    public bool CaseSensitive { get; init; } = true;

    [Mandatory]
    public string IssuerDn { get; init; } = "";

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";
}

/// <summary>Whose the client's certificate is.</summary>
internal sealed record LBClientCertificateSubjectDnCondition
{
    public bool CaseSensitive { get; init; } = true;

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";

    [Mandatory]
    public string SubjectDn { get; init; } = "";
}
