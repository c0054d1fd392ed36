using System.Runtime.InteropServices;
using System.Text;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Links.Linux;

/// <summary>Questions about a network device by name, asked through a socket, and so in the namespace that socket was opened in.</summary>
internal static unsafe class DeviceRequest
{
    private const int NameSize = 16;
    private const nuint GetFlags = 0x8913; // SIOCGIFFLAGS
    private const nuint SetFlags = 0x8914; // SIOCSIFFLAGS
    private const nuint GetMtu = 0x8921; // SIOCGIFMTU
    private const nuint SetMtuRequest = 0x8922; // SIOCSIFMTU
    private const nuint GetHardwareAddress = 0x8927; // SIOCGIFHWADDR
    private const nuint GetIndex = 0x8933; // SIOCGIFINDEX
    private const short IsUpFlag = 1; // IFF_UP

    /// <exception cref="LinkException">There is no such device.</exception>
    public static int Index(int socket, string device)
    {
        var request = For(device);
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, GetIndex, &request), $"find the network device {device}");
        return request.Number;
    }

    /// <summary>The device's index; -1 if there is none of that name.</summary>
    public static int TryIndex(int socket, string device)
    {
        var request = For(device);
        return LinuxCalls.Control(socket, GetIndex, &request) < 0 ? -1 : request.Number;
    }

    public static int Mtu(int socket, string device)
    {
        var request = For(device);
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, GetMtu, &request), $"read the MTU of {device}");
        return request.Number;
    }

    public static MacAddress Mac(int socket, string device)
    {
        var request = For(device);
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, GetHardwareAddress, &request), $"read the MAC address of {device}");
        return MacAddress.Read(new ReadOnlySpan<byte>(request.Address + 2, MacAddress.Length));
    }

    public static void SetMtu(int socket, string device, int mtu)
    {
        var request = For(device);
        request.Number = mtu;
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, SetMtuRequest, &request), $"set the MTU of {device} to {mtu}");
    }

    public static void SetUp(int socket, string device)
    {
        var request = For(device);
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, GetFlags, &request), $"read the flags of {device}");
        request.Flags |= IsUpFlag;
        _ = LinuxCalls.Check(LinuxCalls.Control(socket, SetFlags, &request), $"bring {device} up");
    }

    public static Request For(string device)
    {
        if (device.Length is 0 or >= NameSize)
        {
            throw new LinkException($"'{device}' is no name of a network device: one has 1 to {NameSize - 1} characters");
        }

        Request request = default;
        _ = Encoding.UTF8.GetBytes(device, new Span<byte>(request.Name, NameSize - 1));
        return request;
    }

    /// <summary>struct ifreq: a name, and whatever the request is about.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 40)]
    public struct Request
    {
        [FieldOffset(0)]
        public fixed byte Name[NameSize];

        [FieldOffset(NameSize)]
        public int Number;

        [FieldOffset(NameSize)]
        public short Flags;

        [FieldOffset(NameSize)]
        public fixed byte Address[16];
    }
}
