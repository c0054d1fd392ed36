using Fabric.Manager.Catalog.LoadBalancing;

namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>The groups of ciphers and protocols that a TLS profile can name instead of listing them.</summary>
internal static class SslGroups
{
    private static readonly IReadOnlyList<string> Newest = ["TLS_V1_2"];

    private static readonly IReadOnlyList<string> HighSecurity =
    [
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
    ];

    /// <summary>The label, ciphers and protocols that a profile comes to: ciphers that are listed count before a label, and nothing at all is BALANCED.</summary>
    public static (string Label, IReadOnlyList<string> Ciphers, IReadOnlyList<string> Protocols) Of(string? label, IReadOnlyList<string>? ciphers, IReadOnlyList<string>? protocols)
        => label switch
        {
            "CUSTOM" => ("CUSTOM", ciphers ?? LbTls.BalancedCiphers, protocols ?? LbTls.DefaultProtocols),
            "HIGH_SECURITY" => ("HIGH_SECURITY", HighSecurity, Newest),
            "HIGH_COMPATIBILITY" => ("HIGH_COMPATIBILITY", [.. LbTls.BalancedCiphers, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"], ["TLS_V1", .. LbTls.DefaultProtocols]),
            "BALANCED" => ("BALANCED", LbTls.BalancedCiphers, LbTls.DefaultProtocols),
            _ when ciphers is { Count: > 0 } || protocols is { Count: > 0 } => ("CUSTOM", ciphers ?? LbTls.BalancedCiphers, protocols ?? LbTls.DefaultProtocols),
            _ => ("BALANCED", LbTls.BalancedCiphers, LbTls.DefaultProtocols),
        };
}
