using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.Lab.Tests.Simulation;

/// <summary>A link that loses the frames its test names by number, and keeps a copy of all that were sent.</summary>
internal sealed class LossyLink(ILink inner, Func<int, bool> isLost) : ILink
{
    public List<byte[]> Sent { get; } = [];

    public string Name => inner.Name;

    public int Mtu => inner.Mtu;

    public int Descriptor => inner.Descriptor;

    public int Receive(FramePool pool, Span<FrameBuffer> frames) => inner.Receive(pool, frames);

    public int Send(ReadOnlySpan<FrameBuffer> frames)
    {
        foreach (var frame in frames)
        {
            Sent.Add(frame.Bytes.ToArray());
            if (!isLost(Sent.Count))
            {
                inner.Send([frame]);
            }
        }

        return frames.Length;
    }

    public void Dispose() => inner.Dispose();
}
