using Fabric.Packets.Buffers;
using Fabric.Packets.Links;

namespace Fabric.TestKit;

/// <summary>Bytes in and out of links, for tests that do not care about buffers.</summary>
public static class LinkConveniences
{
    public static int Send(this ILink link, byte[] frame)
    {
        var buffer = new FrameBuffer(Math.Max(2048, frame.Length));
        buffer.Set(frame);
        return link.Send([buffer]);
    }

    /// <summary>Everything that has arrived.</summary>
    public static IReadOnlyList<byte[]> ReceiveAll(this ILink link)
    {
        var pool = new FramePool(Math.Max(2048, link.Mtu + 64));
        var frames = new FrameBuffer[64];
        var all = new List<byte[]>();
        for (int count = link.Receive(pool, frames); count > 0; count = link.Receive(pool, frames))
        {
            foreach (var frame in frames.AsSpan(0, count))
            {
                all.Add(frame.Bytes.ToArray());
                pool.Give(frame);
            }
        }

        return all;
    }

    public static int Send(this ITunnelSocket socket, byte[] payload, TunnelPath path)
    {
        var buffer = new FrameBuffer(Math.Max(2048, payload.Length));
        buffer.Set(payload);
        return socket.Send([buffer], [path]);
    }

    /// <summary>Everything that has arrived, with where it came from.</summary>
    public static IReadOnlyList<(byte[] Payload, TunnelPath Path)> ReceiveAll(this ITunnelSocket socket)
    {
        var pool = new FramePool(Math.Max(2048, socket.Mtu));
        var frames = new FrameBuffer[64];
        var paths = new TunnelPath[64];
        var all = new List<(byte[], TunnelPath)>();
        for (int count = socket.Receive(pool, frames, paths); count > 0; count = socket.Receive(pool, frames, paths))
        {
            for (int index = 0; index < count; index++)
            {
                all.Add((frames[index].Bytes.ToArray(), paths[index]));
                pool.Give(frames[index]);
            }
        }

        return all;
    }
}
