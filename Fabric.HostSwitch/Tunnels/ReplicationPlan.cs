using Fabric.Contracts.V1;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tunnels;

/// <summary>
/// Which endpoints get a copy of a group frame (reference: nsx-dataplane.md, 1.6). SOURCE: all of them. MTEP: those of our own subnet,
/// and of each other subnet one that passes it on. A frame that came through a tunnel goes on only if its sender asked, and then to our
/// own subnet. Never back to where it came from.
/// </summary>
internal ref struct ReplicationPlan
{
    private readonly RemoteTep[] _teps;
    private readonly RemoteTep? _from;
    private readonly TunnelPorts _ports;
    private readonly bool _isTwoTier;
    private readonly bool _isRelay;
    private readonly uint _vni;
    private int _place = -1;

    public ReplicationPlan(ref readonly Frame frame, TunnelPorts ports)
    {
        var segment = frame.Segment!;
        _teps = segment.Teps;
        _ports = ports;
        _from = frame.Tunnel.Tep;
        _isTwoTier = segment.ReplicationMode == ReplicationMode.Mtep && frame.Destination.IsGroup; // no relay passes unknown unicast on
        _isRelay = frame.Tunnel.Port is not null;
        _vni = segment.Vni.Value;
        if (_isRelay && (!frame.Tunnel.MustReplicate || !frame.Destination.IsGroup))
        {
            _place = _teps.Length; // the sender reached everyone itself
        }
    }

    public readonly RemoteTep Tep => _teps[_place];

    /// <summary>The copy is for another subnet, whose receiver passes it on.</summary>
    public bool AsksToReplicate { get; private set; }

    public bool MoveNext()
    {
        while (++_place < _teps.Length)
        {
            var tep = _teps[_place];
            if (tep == _from)
            {
                continue;
            }

            AsksToReplicate = false;
            bool isOurSubnet = _ports.IsOurSubnet(tep.Subnet);
            if (_isRelay && !tep.Session.IsUp)
            {
                continue; // whom BFD does not reach the sender serves itself
            }

            if (isOurSubnet || (!_isTwoTier && !_isRelay))
            {
                return true;
            }

            if (_isRelay)
            {
                continue; // other subnets have relays of their own
            }

            // An endpoint that cannot be trusted to relay (no BFD with it: it may be no host of ours) is sent to like any other,
            // and where no relay is alive everyone gets a copy: no one is left out.
            if (Relay(tep.Subnet) is not { } relay || !tep.Session.IsUp)
            {
                return true;
            }

            if (tep == relay)
            {
                AsksToReplicate = true;
                return true;
            }
        }

        return false;
    }

    // By hash of network and subnet over the living, so that the load spreads.
    private readonly RemoteTep? Relay(IpAddress subnet)
    {
        RemoteTep? best = null;
        uint bestRank = 0;
        foreach (var tep in _teps)
        {
            if (tep.Subnet == subnet && tep.Session.IsUp && tep.Label != 0)
            {
                uint rank = ((_vni * 0x9E37_79B1) ^ (uint)tep.Ip.Bits) * 0x85EB_CA6B;
                if (best is null || rank > bestRank)
                {
                    (best, bestRank) = (tep, rank);
                }
            }
        }

        return best;
    }
}
