namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Servers that answer for some domains, or for all.</summary>
internal sealed record PolicyDnsForwarderZone : PolicyResource
{
    [AtMost(100)]
    public IReadOnlyList<string>? DnsDomainNames { get; init; }

    [Mandatory, WrittenAs(TextForm.Ip), AtLeast(1), AtMost(3)]
    public IReadOnlyList<string> UpstreamServers { get; init; } = [];

    [WrittenAs(TextForm.Ip)]
    public string? SourceIp { get; init; }
}

/// <summary>The DNS forwarder of a gateway.</summary>
internal sealed record PolicyDnsForwarder : PolicyResource
{
    [Mandatory, WrittenAs(TextForm.Ip)]
    public string ListenerIp { get; init; } = "";

    [Mandatory, PathTo(typeof(PolicyDnsForwarderZone))]
    public string DefaultForwarderZonePath { get; init; } = "";

    [AtMost(5), PathTo(typeof(PolicyDnsForwarderZone))]
    public IReadOnlyList<string>? ConditionalForwarderZonePaths { get; init; }

    public bool Enabled { get; init; } = true;

    [OneOf("DEBUG", "INFO", "WARNING", "ERROR", "FATAL")]
    public string LogLevel { get; init; } = "INFO";

    /// <summary>Kilobytes.</summary>
    [Within(1, 16_777_216)]
    public int CacheSize { get; init; } = 1024;
}
