namespace Fabric.NodeOvs.Bridges;

/// <summary>How a port treats VLAN tags (ovs-vswitchd.conf.db(5), Port.vlan_mode).</summary>
internal enum VlanMode
{
    /// <summary>Untagged outside, one VLAN inside.</summary>
    Access,

    /// <summary>Tagged both sides.</summary>
    Trunk,

    /// <summary>As a trunk; its own VLAN goes out untagged.</summary>
    NativeUntagged,

    /// <summary>As a trunk; what comes untagged is of its own VLAN.</summary>
    NativeTagged,
}

/// <summary>A port of a bridge as it is configured and counted.</summary>
/// <param name="number">Its OpenFlow number.</param>
/// <param name="name">Its interface's name.</param>
/// <param name="mac">Its address, in the lower 48 bits.</param>
internal sealed class BridgePort(uint number, string name, ulong mac)
{
    public uint Number => number;

    public string Name => name;

    public ulong Mac => mac;

    public VlanMode Mode { get; set; } = VlanMode.Trunk;

    /// <summary>Of an access port its VLAN; of a native one its own.</summary>
    public ushort Tag { get; set; }

    /// <summary>Which VLANs a trunk carries; null: all.</summary>
    public IReadOnlySet<ushort>? Trunks { get; set; }

    /// <summary>Of a patch port: the port at its other end; null: it is not one, or has none yet.</summary>
    public (Bridge Bridge, uint Port)? Peer { get; set; }

    /// <summary>Whether it is a patch port.</summary>
    public bool IsPatch { get; init; }

    /// <summary>Its device's number in the switch.</summary>
    public uint Device { get; init; }

    /// <summary>The device is there and has a carrier.</summary>
    public bool IsUp { get; set; } = true;

    public PortCounters Counters { get; } = new();

    /// <summary>The VLAN that a frame belongs to which comes in here; null: it may not.</summary>
    /// <param name="control">The frame's VLAN control word, with the bit that says there is one.</param>
    public ushort? VlanOf(ushort control)
    {
        ushort vid = (ushort)(control & 0xFFF);
        bool tagged = (control & Datapath.Fields.PacketFields.VlanPresent) != 0 && vid != 0;
        return Mode switch
        {
            VlanMode.Access => tagged ? null : Tag,
            _ when !tagged => Mode == VlanMode.Trunk ? (Carries(0) ? (ushort)0 : null) : Tag,
            _ => Carries(vid) ? vid : null,
        };
    }

    public bool Carries(ushort vlan) => Mode switch
    {
        VlanMode.Access => vlan == Tag,
        VlanMode.Trunk => Trunks is null || Trunks.Count == 0 || Trunks.Contains(vlan),
        _ => vlan == Tag || Trunks is null || Trunks.Count == 0 || Trunks.Contains(vlan),
    };

    /// <summary>Whether a frame of a VLAN leaves with a tag here.</summary>
    public bool SendsTagged(ushort vlan) => vlan != 0 && Mode switch
    {
        VlanMode.Access => false,
        VlanMode.NativeUntagged => vlan != Tag,
        _ => true,
    };
}

/// <summary>What went through a port.</summary>
internal sealed class PortCounters
{
    public long ReceivedPackets { get; set; }

    public long ReceivedBytes { get; set; }

    public long SentPackets { get; set; }

    public long SentBytes { get; set; }

    public long ReceiveDrops { get; set; }

    public long SendDrops { get; set; }

    public long ReceiveErrors { get; set; }
}
