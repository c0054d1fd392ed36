using System.Runtime.InteropServices;

namespace Fabric.Packets.Links.Linux;

/// <summary>The system calls that links make, as the C library declares them. Every structure here has the layout of 64-bit Linux.</summary>
internal static unsafe partial class LinuxCalls
{
    public const int InterruptedCall = 4; // EINTR
    public const int NoSuchDevice = 6; // ENXIO
    public const int TryAgain = 11; // EAGAIN
    public const int MessageTooLong = 90; // EMSGSIZE
    public const int NetworkDown = 100; // ENETDOWN
    public const int NoBufferSpace = 105; // ENOBUFS

    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport(C, EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int descriptor, void* address, uint length);

    [LibraryImport(C, EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetOption(int descriptor, int level, int name, void* value, uint length);

    [LibraryImport(C, EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetOption(int descriptor, int level, int name, void* value, uint* length);

    [LibraryImport(C, EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetName(int descriptor, void* address, uint* length);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport(C, EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveBatch(int descriptor, BatchedMessage* messages, uint count, int flags, void* timeout);

    [LibraryImport(C, EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendBatch(int descriptor, BatchedMessage* messages, uint count, int flags);

    [LibraryImport(C, EntryPoint = "readv", SetLastError = true)]
    public static partial nint ReadVector(int descriptor, IoVector* vectors, int count);

    [LibraryImport(C, EntryPoint = "writev", SetLastError = true)]
    public static partial nint WriteVector(int descriptor, IoVector* vectors, int count);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(int descriptor, void* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(int descriptor, void* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(int descriptor, int kind);

    [LibraryImport(C, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventDescriptor(uint initial, int flags);

    [LibraryImport(C, EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int PollCreate(int flags);

    [LibraryImport(C, EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int PollControl(int poll, int operation, int descriptor, PollEvent* change);

    [LibraryImport(C, EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int PollWait(int poll, PollEvent* events, int count, int timeout);

    [LibraryImport(C, EntryPoint = "getifaddrs", SetLastError = true)]
    public static partial int GetInterfaceAddresses(InterfaceAddress** first);

    [LibraryImport(C, EntryPoint = "freeifaddrs")]
    public static partial void FreeInterfaceAddresses(InterfaceAddress* first);

    /// <summary>Throws what the last call failed with, saying what was attempted, unless it succeeded.</summary>
    /// <exception cref="LinkException">The result is negative.</exception>
    public static int Check(int result, string attempt)
        => result >= 0 ? result : throw new LinkException(attempt, Marshal.GetLastPInvokeError());

    public static void SetOption(int descriptor, int level, int name, int value, string attempt)
        => Check(SetOption(descriptor, level, name, &value, sizeof(int)), attempt);

    /// <summary>For options that are only an advantage.</summary>
    public static bool TrySetOption(int descriptor, int level, int name, int value)
        => SetOption(descriptor, level, name, &value, sizeof(int)) == 0;
}

/// <summary>struct iovec.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public void* Start;
    public nuint Length;
}

/// <summary>struct msghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Name;
    public uint NameLength;
    public IoVector* Vectors;
    public nuint VectorCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary>struct mmsghdr.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BatchedMessage
{
    public MessageHeader Header;
    public uint Length;
}

/// <summary>struct cmsghdr, whose value follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary>
/// struct epoll_event. On x86-64 it is packed to 12 bytes and its data stands at 4, elsewhere it takes 16 and data stands at 8; the
/// token stands in both places when it is handed over, and a received array is read by <see cref="TokenOf"/>.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct PollEvent
{
    [FieldOffset(0)]
    public uint Events;

    [FieldOffset(4)]
    public int PackedToken;

    [FieldOffset(8)]
    public int Token;

    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static PollEvent Readable(int token) => new() { Events = 1 /* EPOLLIN */, PackedToken = token, Token = token };

    /// <summary>Of an event that the kernel wrote into an array with room enough.</summary>
    public static int TokenOf(PollEvent* events, int index)
        => IsPacked ? *(int*)((byte*)events + (index * 12) + 4) : events[index].Token;
}

/// <summary>struct ifaddrs, as far as it is read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct InterfaceAddress
{
    public InterfaceAddress* Next;
    public byte* Name;
    public uint Flags;
    public byte* Address;
}
