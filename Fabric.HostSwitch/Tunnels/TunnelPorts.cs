using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;
using Fabric.Packets.Tunnels;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>The host's own endpoints that have a socket, in the order of the settings. Belongs to the packet thread.</summary>
internal sealed class TunnelPorts
{
    private const int UdpLength = 8;

    private readonly List<TunnelPort> _attached = [];
    private TunnelPort?[] _inOrder = [];
    private TunnelSettings? _settings;

    public IReadOnlyList<TunnelPort> Attached => _attached;

    public bool HasAny => _attached.Count > 0;

    /// <summary>Whoever watches the uplink, also over sockets that are opened later.</summary>
    public IUplinkTap? Tap
    {
        get;
        set
        {
            field = value;
            _attached.ForEach(port => port.Tap = value);
        }
    }

    public void Attach(TunnelPort port)
    {
        port.Tap = Tap;
        _attached.Add(port);
        Order();
    }

    public TunnelPort? Detach(IpAddress local)
    {
        var port = _attached.Find(attached => attached.Local == local);
        if (port is not null)
        {
            _attached.Remove(port);
            Order();
        }

        return port;
    }

    public void Use(TunnelSettings settings)
    {
        _settings = settings;
        Order();
    }

    /// <summary>Our end of the tunnel to an endpoint; of the same address family, or there is none.</summary>
    public TunnelPort? For(RemoteTep tep)
    {
        if (tep.LocalPlace < _inOrder.Length && _inOrder[tep.LocalPlace] is { } usual && usual.Local.IsIpv4 == tep.Ip.IsIpv4)
        {
            return usual;
        }

        foreach (var port in _inOrder)
        {
            if (port is not null && port.Local.IsIpv4 == tep.Ip.IsIpv4)
            {
                return port;
            }
        }

        return null;
    }

    /// <summary>Bytes of inner frame that one packet to this endpoint can carry.</summary>
    public int RoomFor(RemoteTep tep)
    {
        if (For(tep) is not { } port)
        {
            return int.MaxValue;
        }

        int mtu = Math.Min(_settings!.UplinkMtu, port.Socket.Mtu);
        return mtu - (tep.Ip.IsIpv4 ? 20 : 40) - UdpLength - HeaderLength(tep.Encapsulation);
    }

    public uint LabelOf(TunnelPort port)
    {
        foreach (var tep in _settings!.Teps)
        {
            if (tep.Ip == port.Local)
            {
                return tep.Label;
            }
        }

        return 0;
    }

    /// <summary>Whether an endpoint of that subnet is beside one of ours.</summary>
    public bool IsOurSubnet(IpAddress subnet)
    {
        foreach (var tep in _settings!.Teps)
        {
            if (tep.Subnet == subnet)
            {
                return true;
            }
        }

        return false;
    }

    public static int HeaderLength(Encapsulation encapsulation)
        => encapsulation == Encapsulation.Geneve ? GeneveView.FixedLength + TepOption.Length : VxlanView.HeaderLength;

    private void Order()
        => _inOrder = [.. (_settings?.Teps ?? []).Select(tep => _attached.Find(port => port.Local == tep.Ip))];
}
