using System.Threading.Channels;
using Fabric.Contracts.V1;

namespace Fabric.Controller.Streaming;

/// <summary>
/// One connection of a host. It holds at most one change that is waiting to be written: a slow host gets fewer and larger changes,
/// and never holds up another.
/// </summary>
internal sealed class HostLink(string node)
{
    private readonly Channel<IReadOnlyList<HostUpdate>> _outbox = Channel.CreateBounded<IReadOnlyList<HostUpdate>>(1);

    public string Node => node;

    public ChannelReader<IReadOnlyList<HostUpdate>> Outbox => _outbox.Reader;

    /// <summary>The host can take a change now. Kept by the control plane alone.</summary>
    public bool IsReady { get; set; } = true;

    public void Send(IReadOnlyList<HostUpdate> change)
    {
        IsReady = false;
        if (!_outbox.Writer.TryWrite(change))
        {
            throw new InvalidOperationException($"Host {node} was sent a change before it was ready for one");
        }
    }

    /// <summary>The connection is over, such as when the host has made a newer one.</summary>
    public void Close() => _outbox.Writer.TryComplete();
}
