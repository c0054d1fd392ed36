using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links;

namespace Fabric.NodeOvs.Tagging;

/// <summary>The one thread of a tagger: sleeps until a link has frames, then moves all there are.</summary>
internal sealed class TaggerLoop : IDisposable
{
    private readonly LinkPoller _poller = new();
    private readonly List<ILink> _links = [];
    private readonly VlanTagger _tagger;
    private volatile bool _isStopping;

    /// <param name="vnic">The node's vnic.</param>
    /// <param name="ports">Devices of pods and their VLANs.</param>
    /// <param name="open">Opens a device of this node.</param>
    /// <exception cref="LinkException">A device is not there.</exception>
    public TaggerLoop(string vnic, IEnumerable<(string Device, VlanId Vlan)> ports, Func<string, ILink> open)
    {
        try
        {
            var trunk = Watch(open(vnic));
            var tagged = ports.Select(p => new TaggedPort(Watch(open(p.Device)), p.Vlan)).ToList();
            int longest = _links.Max(l => l.Mtu) + EthernetView.HeaderLength + (2 * VlanView.TagLength);
            _tagger = new VlanTagger(trunk, tagged, new FramePool(Math.Max(longest, 2048)));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TaggerCounters Counters => _tagger.Counters;

    /// <summary>Moves frames until <see cref="Stop"/>.</summary>
    public void Run()
    {
        while (!_isStopping)
        {
            if (_tagger.RunOnce() == 0)
            {
                _poller.Wait(timeoutMs: -1);
            }
        }
    }

    /// <summary>Any thread may call it.</summary>
    public void Stop()
    {
        _isStopping = true;
        _poller.Wake();
    }

    public void Dispose()
    {
        _links.ForEach(l => l.Dispose());
        _poller.Dispose();
    }

    private ILink Watch(ILink link)
    {
        _links.Add(link);
        _poller.Add(link.Descriptor, _links.Count);
        return link;
    }
}
