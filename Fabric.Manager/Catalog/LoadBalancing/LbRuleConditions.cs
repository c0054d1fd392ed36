namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>When a rule applies.</summary>
[Family(
    typeof(LbHttpRequestBodyCondition), typeof(LbHttpRequestCookieCondition), typeof(LbHttpRequestHeaderCondition),
    typeof(LbHttpRequestMethodCondition), typeof(LbHttpRequestUriArgumentsCondition), typeof(LbHttpRequestUriCondition),
    typeof(LbHttpRequestVersionCondition), typeof(LbHttpResponseHeaderCondition), typeof(LbHttpSslCondition),
    typeof(LbIpHeaderCondition), typeof(LbSslSniCondition), typeof(LbTcpHeaderCondition), typeof(LbVariableCondition), By = "type")]
internal abstract record LbRuleCondition : KindedPart
{
    public bool Inverse { get; init; }
}

/// <summary>By a text that is compared with another.</summary>
internal abstract record LbTextCondition : LbRuleCondition
{
    public bool CaseSensitive { get; init; } = true;

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";
}

/// <summary>By the body.</summary>
internal sealed record LbHttpRequestBodyCondition : LbTextCondition
{
    [Mandatory]
    public string BodyValue { get; init; } = "";
}

/// <summary>By a cookie.</summary>
internal sealed record LbHttpRequestCookieCondition : LbTextCondition
{
    [Mandatory]
    public string CookieName { get; init; } = "";

    [Mandatory]
    public string CookieValue { get; init; } = "";
}

/// <summary>By a header of the request.</summary>
internal sealed record LbHttpRequestHeaderCondition : LbTextCondition
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>By the method.</summary>
internal sealed record LbHttpRequestMethodCondition : LbRuleCondition
{
    [Mandatory, OneOf("GET", "OPTIONS", "POST", "HEAD", "PUT")]
    public string Method { get; init; } = "";
}

/// <summary>By the query.</summary>
internal sealed record LbHttpRequestUriArgumentsCondition : LbTextCondition
{
    [Mandatory]
    public string UriArguments { get; init; } = "";
}

/// <summary>By the path.</summary>
internal sealed record LbHttpRequestUriCondition : LbTextCondition
{
    [Mandatory]
    public string Uri { get; init; } = "";
}

/// <summary>By the version of HTTP.</summary>
internal sealed record LbHttpRequestVersionCondition : LbRuleCondition
{
    [Mandatory]
    public string Version { get; init; } = "";
}

/// <summary>By a header of the response.</summary>
internal sealed record LbHttpResponseHeaderCondition : LbTextCondition
{
    [Mandatory]
    public string HeaderName { get; init; } = "";

    [Mandatory]
    public string HeaderValue { get; init; } = "";
}

/// <summary>By what TLS told.</summary>
internal sealed record LbHttpSslCondition : LbRuleCondition
{
    public LbClientCertificateIssuerDnCondition? ClientCertificateIssuerDn { get; init; }

    public LbClientCertificateSubjectDnCondition? ClientCertificateSubjectDn { get; init; }

    [LbCiphers]
    public IReadOnlyList<string>? ClientSupportedSslCiphers { get; init; }

    [OneOf("IGNORE", "REUSED", "NEW")]
    public string SessionReused { get; init; } = "IGNORE";

    [LbProtocols]
    public string? UsedProtocol { get; init; }

    [LbCiphers]
    public string? UsedSslCipher { get; init; }
}

/// <summary>By the client's address.</summary>
internal sealed record LbIpHeaderCondition : LbRuleCondition
{
    [Mandatory, WrittenAs(TextForm.IpOrCidrOrRange)]
    public string SourceAddress { get; init; } = "";

    [RefersTo(typeof(NSGroup))]
    public string? GroupId { get; init; }
}

/// <summary>By the server name that TLS asks for.</summary>
internal sealed record LbSslSniCondition : LbRuleCondition
{
    [Mandatory]
    public string Sni { get; init; } = "";

    public bool? CaseSensitive { get; init; }

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string? MatchType { get; init; }
}

/// <summary>By the client's port.</summary>
internal sealed record LbTcpHeaderCondition : LbRuleCondition
{
    [Mandatory, WrittenAs(TextForm.PortOrRange)]
    public string SourcePort { get; init; } = "";
}

/// <summary>By a variable.</summary>
internal sealed record LbVariableCondition : LbTextCondition
{
    [Mandatory]
    public string VariableName { get; init; } = "";

    [Mandatory]
    public string VariableValue { get; init; } = "";
}

/// <summary>By who issued the client's certificate.</summary>
internal sealed record LbClientCertificateIssuerDnCondition
{
    [Mandatory]
    public string IssuerDn { get; init; } = "";

    public bool CaseSensitive { get; init; } = true;

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";
}

/// <summary>By whom the client's certificate names.</summary>
internal sealed record LbClientCertificateSubjectDnCondition
{
    [Mandatory]
    public string SubjectDn { get; init; } = "";

    public bool CaseSensitive { get; init; } = true;

    [OneOf("STARTS_WITH", "ENDS_WITH", "EQUALS", "CONTAINS", "REGEX")]
    public string MatchType { get; init; } = "REGEX";
}
