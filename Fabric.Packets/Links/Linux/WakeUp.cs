namespace Fabric.Packets.Links.Linux;

/// <summary>A descriptor that polls readable from when it is rung until it is cleared. Any thread may ring it.</summary>
internal sealed unsafe class WakeUp : IDisposable
{
    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;

    public int Descriptor { get; private set; } =
        LinuxCalls.Check(LinuxCalls.EventDescriptor(0, NonBlockingCloseOnExec), "make an event descriptor");

    public void Ring()
    {
        ulong one = 1;
        _ = LinuxCalls.Write(Descriptor, &one, sizeof(ulong)); // full means rung already
    }

    public void Clear()
    {
        ulong count;
        _ = LinuxCalls.Read(Descriptor, &count, sizeof(ulong)); // empty means clear already
    }

    public void Dispose()
    {
        if (Descriptor >= 0)
        {
            _ = LinuxCalls.Close(Descriptor);
            Descriptor = -1;
        }
    }
}
