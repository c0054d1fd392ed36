namespace Fabric.Packets.Buffers;

/// <summary>
/// Frames to take and give back. Belongs to one packet thread and is not safe for others. It grows when it runs dry and never
/// shrinks, so that a steady state allocates nothing.
/// </summary>
public sealed class FramePool(int frameCapacity = 2048)
{
    private readonly Stack<FrameBuffer> _free = new(1024);

    public FrameBuffer Take()
    {
        if (!_free.TryPop(out var frame))
        {
            return new FrameBuffer(frameCapacity);
        }

        frame.Reset();
        return frame;
    }

    public void Give(FrameBuffer frame) => _free.Push(frame);
}
