namespace Fabric.Manager.Catalog.Policy.LoadBalancing;

/// <summary>What a virtual server speaks, and its times and limits.</summary>
[Family(typeof(LBFastTcpProfile), typeof(LBFastUdpProfile), typeof(LBHttpProfile))]
internal abstract record LBAppProfile : PolicyResource;

/// <summary>TCP, balanced by connection.</summary>
internal sealed record LBFastTcpProfile : LBAppProfile
{
    [Within(1, 60)]
    public long CloseTimeout { get; init; } = 8;

    public bool HaFlowMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 1800;
}

/// <summary>UDP, balanced by flow.</summary>
internal sealed record LBFastUdpProfile : LBAppProfile
{
    public bool FlowMirroringEnabled { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 300;
}

/// <summary>HTTP, balanced by request.</summary>
internal sealed record LBHttpProfile : LBAppProfile
{
    public string? HttpRedirectTo { get; init; }

    public bool HttpRedirectToHttps { get; init; }

    [Within(1, int.MaxValue)]
    public long IdleTimeout { get; init; } = 15;

    public bool? Ntlm { get; init; }

    [Within(1, int.MaxValue)]
    public long? RequestBodySize { get; init; }

    [Within(1, 65_536)]
    public long RequestHeaderSize { get; init; } = 1024;

    public bool ResponseBuffering { get; init; }

    [Within(1, 65_536)]
    public long ResponseHeaderSize { get; init; } = 4096;

    [Within(1, int.MaxValue)]
    public long ResponseTimeout { get; init; } = 60;

    public bool ServerKeepAlive { get; init; }

    [OneOf("INSERT", "REPLACE")]
    public string? XForwardedFor { get; init; }
}
