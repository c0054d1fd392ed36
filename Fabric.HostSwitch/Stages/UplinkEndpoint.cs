using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tunnels;

namespace Fabric.HostSwitch.Stages;

/// <summary>From which of the host's own endpoints it leaves; a host without one sends nothing (reference: nsx-dataplane.md, 1.2).</summary>
internal sealed class UplinkEndpoint(TunnelPorts ports) : IStage
{
    public string Name => "uplink-endpoint";

    public Verdict Run(ref Frame frame)
    {
        var tep = frame.Egress.Tep!;
        return ports.For(tep) is null
            ? Verdict.Drop(ports.HasAny ? DropReason.UplinkTxInvalidState : DropReason.UplinkTxTeaming)
            : Verdict.Continue;
    }
}
