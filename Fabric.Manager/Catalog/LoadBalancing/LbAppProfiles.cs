namespace Fabric.Manager.Catalog.LoadBalancing;

/// <summary>How a virtual server treats its protocol.</summary>
[Family(typeof(LbFastTcpProfile), typeof(LbFastUdpProfile), typeof(LbHttpProfile))]
internal abstract record LbAppProfile : ManagedResource;

/// <summary>TCP, balanced by connection.</summary>
internal sealed record LbFastTcpProfile : LbAppProfile
{
    [Within(1, 60)]
    public long CloseTimeout { get; init; } = 8;

    public bool HaFlowMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 1800;
}

/// <summary>UDP, balanced by flow.</summary>
internal sealed record LbFastUdpProfile : LbAppProfile
{
    public bool FlowMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 300;
}

/// <summary>HTTP, read and changed on its way.</summary>
internal sealed record LbHttpProfile : LbAppProfile
{
    public string? HttpRedirectTo { get; init; }

    public bool HttpRedirectToHttps { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 15;

    public bool Ntlm { get; init; }

    [Within(1, int.MaxValue)]
    public long? RequestBodySize { get; init; }

    [Within(1, 65_536)]
    public long RequestHeaderSize { get; init; } = 1024;

    public bool? ResponseBuffering { get; init; }

    [Within(1, 65_536)]
    public long ResponseHeaderSize { get; init; } = 4096;

    [Within(1, int.MaxValue)]
    public long ResponseTimeout { get; init; } = 60;

    public bool? ServerKeepAlive { get; init; }

    [OneOf("INSERT", "REPLACE")]
    public string? XForwardedFor { get; init; }
}
