using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Stages;

/// <summary>
/// Takes the outer header off and finds the logical switch. The kernel has checked the outer checksum; the rest is checked in the
/// order of the reference (nsx-dataplane.md, 1.5): destination, encapsulation, network, guest's tag.
/// </summary>
internal sealed class TunnelDecapsulation(PacketContext context, HostTables tables) : IStage
{
    private const ushort LegacyVxlanPort = 8472; // Linux before 2014, and NSX for vSphere

    public string Name => "decapsulation";

    public Verdict Run(ref Frame frame)
    {
        context.Count(ref frame, HostEvent.UplinkRx);
        if (!tables.Tunnels.Owns(frame.Tunnel.Port!.Local))
        {
            return Verdict.Drop(DropReason.UplinkRxWrongDestination);
        }

        frame.Tunnel.Tep = tables.Teps.GetValueOrDefault(frame.Tunnel.Path.Remote);
        bool isGeneve = frame.Tunnel.Path.DestinationPort == GeneveView.UdpPort;
        bool isVxlan = frame.Tunnel.Path.DestinationPort is VxlanView.UdpPort or LegacyVxlanPort;
        Vni vni = default;
        int length = 0;
        if ((isGeneve && TryGeneve(ref frame, out vni, out length)) || (isVxlan && TryVxlan(ref frame, out vni, out length)))
        {
            frame.Buffer.TrimStart(length);
            return Enter(ref frame, vni);
        }

        return Verdict.Drop(DropReason.UplinkRxInvalidEncapsulation);
    }

    private Verdict Enter(ref Frame frame, Vni vni)
    {
        if (FrameLayout.Parse(frame.Bytes, out frame.Layout) != FrameMalformation.None || frame.Source.IsGroup)
        {
            return Verdict.Drop(DropReason.UplinkRxInvalidEncapsulation);
        }

        if (vni.IsManagement)
        {
            return Verdict.Continue; // without a segment: TunnelManagement takes it
        }

        if (!tables.SegmentsByVni.TryGetValue(vni.Value, out var segment))
        {
            return Verdict.Drop(DropReason.UplinkRxFiltered);
        }

        frame.Segment = segment;
        return frame.Layout.IsTagged && !segment.Carries(frame.Layout.OuterTag.Id.Value)
            ? Verdict.Drop(DropReason.UplinkRxGuestVlan)
            : Verdict.Continue;
    }

    private static bool TryGeneve(ref Frame frame, out Vni vni, out int length)
    {
        vni = default;
        length = 0;
        if (!GeneveView.TryParse(frame.Bytes, out var geneve) || geneve.ProtocolType != EtherType.TransparentEthernetBridging)
        {
            return false;
        }

        if (geneve.OptionBytes.Length > 0)
        {
            foreach (var option in geneve.Options)
            {
                if (option.IsCritical)
                {
                    return false; // ours is not critical, and we know no other (RFC 8926, section 3.5)
                }
            }

            frame.Tunnel.MustReplicate = TepOption.TryFind(geneve, out var tep) && tep.MustReplicate;
        }

        vni = geneve.Vni;
        length = geneve.HeaderLength;
        return !geneve.IsControl || vni.IsManagement;
    }

    private static bool TryVxlan(ref Frame frame, out Vni vni, out int length)
    {
        vni = default;
        length = VxlanView.HeaderLength;
        if (!VxlanView.TryParse(frame.Bytes, out var vxlan))
        {
            return false;
        }

        vni = vxlan.Vni;
        frame.Tunnel.MustReplicate = (vxlan.Flags & VxlanHeader.ReplicateFlag) != 0;
        return true;
    }
}
