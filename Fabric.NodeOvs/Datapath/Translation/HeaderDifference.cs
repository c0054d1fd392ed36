using Fabric.NodeOvs.Datapath.Fields;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>The actions that turn a packet as it is into what the flows have made of its fields.</summary>
internal static class HeaderDifference
{
    private const ulong Ipv4 = 0x0800;
    private const ulong Ipv6 = 0x86DD;
    private const ulong Arp = 0x0806;

    /// <summary>Adds the actions, and notes that the packet is so then.</summary>
    public static void Add(ref PacketFields packet, in PacketFields wanted, List<PacketAction> actions)
    {
        Vlan((ushort)packet[FieldSlot.VlanTci], (ushort)wanted[FieldSlot.VlanTci], actions);
        if (packet[FieldSlot.EthDst] != wanted[FieldSlot.EthDst] || packet[FieldSlot.EthSrc] != wanted[FieldSlot.EthSrc])
        {
            actions.Add(new PacketAction.SetEthernet(wanted[FieldSlot.EthSrc], wanted[FieldSlot.EthDst]));
        }

        switch (packet[FieldSlot.EthType])
        {
            case Arp:
                AddArp(packet, wanted, actions);
                break;
            case Ipv4 or Ipv6:
                AddIp(packet, wanted, actions);
                break;
            default:
                break;
        }

        packet = wanted;
    }

    private static void Vlan(ushort before, ushort after, List<PacketAction> actions)
    {
        bool had = (before & PacketFields.VlanPresent) != 0;
        bool has = (after & PacketFields.VlanPresent) != 0;
        ushort control = (ushort)(after & ~PacketFields.VlanPresent);
        switch (had, has)
        {
            case (false, true):
                actions.Add(new PacketAction.PushVlan(control));
                break;
            case (true, false):
                actions.Add(new PacketAction.PopVlan());
                break;
            case (true, true) when before != after:
                actions.Add(new PacketAction.SetVlan(control));
                break;
            default:
                break;
        }
    }

    private static void AddIp(in PacketFields packet, in PacketFields wanted, List<PacketAction> actions)
    {
        if (Address(packet, PacketFields.IpSource) != Address(wanted, PacketFields.IpSource))
        {
            actions.Add(new PacketAction.SetIpSource(Address(wanted, PacketFields.IpSource)));
        }

        if (Address(packet, PacketFields.IpDestination) != Address(wanted, PacketFields.IpDestination))
        {
            actions.Add(new PacketAction.SetIpDestination(Address(wanted, PacketFields.IpDestination)));
        }

        if (packet[FieldSlot.IpTos] != wanted[FieldSlot.IpTos])
        {
            actions.Add(new PacketAction.SetTos((byte)wanted[FieldSlot.IpTos]));
        }

        if (packet[FieldSlot.IpTtl] != wanted[FieldSlot.IpTtl])
        {
            actions.Add(new PacketAction.SetTtl((byte)wanted[FieldSlot.IpTtl]));
        }

        if (packet[FieldSlot.IpProto] is 6 or 17 or 132)
        {
            if (packet[FieldSlot.TpSrc] != wanted[FieldSlot.TpSrc])
            {
                actions.Add(new PacketAction.SetSourcePort((ushort)wanted[FieldSlot.TpSrc]));
            }

            if (packet[FieldSlot.TpDst] != wanted[FieldSlot.TpDst])
            {
                actions.Add(new PacketAction.SetDestinationPort((ushort)wanted[FieldSlot.TpDst]));
            }
        }
    }

    private static void AddArp(in PacketFields packet, in PacketFields wanted, List<PacketAction> actions)
    {
        bool same = packet[FieldSlot.ArpOp] == wanted[FieldSlot.ArpOp] && packet[PacketFields.Sha] == wanted[PacketFields.Sha] && packet[PacketFields.Tha] == wanted[PacketFields.Tha]
            && packet[FieldSlot.Ipv4Src] == wanted[FieldSlot.Ipv4Src] && packet[FieldSlot.Ipv4Dst] == wanted[FieldSlot.Ipv4Dst];
        if (!same)
        {
            actions.Add(new PacketAction.SetArp(
                (ushort)wanted[FieldSlot.ArpOp],
                wanted[PacketFields.Sha],
                (uint)wanted[FieldSlot.Ipv4Src],
                wanted[PacketFields.Tha],
                (uint)wanted[FieldSlot.Ipv4Dst]));
        }
    }

    private static UInt128 Address(in PacketFields fields, int word) => new(fields[word], fields[word + 1]);
}
