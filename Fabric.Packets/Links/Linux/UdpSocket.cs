using System.Runtime.InteropServices;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Links.Linux;

/// <summary>Opens the UDP sockets of a tunnel endpoint and names the socket options it uses.</summary>
internal static unsafe class UdpSocket
{
    public const int SolIp = 0;
    public const int SolUdp = 17;
    public const int SolIpv6 = 41;
    public const int TypeOfService = 1; // IP_TOS
    public const int TrafficClass = 67; // IPV6_TCLASS
    public const int Segment = 103; // UDP_SEGMENT
    public const int Aggregate = 104; // UDP_GRO
    private const int DatagramNonBlocking = 2 | 0x800 | 0x80000; // SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC
    private const int SolSocket = 1;
    private const int SendBuffer = 7; // SO_SNDBUF
    private const int ReceiveBuffer = 8; // SO_RCVBUF
    private const int SendBufferForce = 32; // SO_SNDBUFFORCE
    private const int ReceiveBufferForce = 33; // SO_RCVBUFFORCE
    private const int MtuDiscover = 10; // IP_MTU_DISCOVER
    private const int MtuDiscoverV6 = 23; // IPV6_MTU_DISCOVER
    private const int Probe = 3; // IP_PMTUDISC_PROBE: DF is set, and no answer from the path may change what we send
    private const int LargeBuffer = 8 << 20;
    private const int AddressInUse = 98; // EADDRINUSE
    private const ushort FirstFlowPort = 49152; // RFC 8926, section 3.3: source ports from the dynamic range

    /// <summary>For datagrams that come to a port.</summary>
    public static int OpenReceiver(IpAddress local, ushort port)
    {
        int socket = Open(local);
        SetBuffer(socket, ReceiveBufferForce, ReceiveBuffer, LargeBuffer);
        _ = LinuxCalls.TrySetOption(socket, SolUdp, Aggregate, 1);
        if (!TryBind(socket, local, port))
        {
            int errno = Marshal.GetLastPInvokeError();
            _ = LinuxCalls.Close(socket);
            throw new LinkException($"bind UDP {local} port {port}", errno);
        }

        return socket;
    }

    /// <summary>For datagrams of one class of flows. Its port is the class's, or the next free one that only this class tries.</summary>
    public static int OpenSender(IpAddress local, int flowClass, int classes)
    {
        int socket = Open(local);
        SetBuffer(socket, SendBufferForce, SendBuffer, LargeBuffer);
        _ = LinuxCalls.TrySetOption(socket, SolSocket, ReceiveBuffer, 0); // nobody should answer here: the kernel's minimum
        for (int port = FirstFlowPort + flowClass; port <= ushort.MaxValue; port += classes)
        {
            if (TryBind(socket, local, (ushort)port))
            {
                return socket;
            }

            int errno = Marshal.GetLastPInvokeError();
            if (errno != AddressInUse)
            {
                _ = LinuxCalls.Close(socket);
                throw new LinkException($"bind UDP {local} port {port}", errno);
            }
        }

        _ = LinuxCalls.Close(socket);
        throw new LinkException($"all UDP source ports of {local} for tunnels are taken");
    }

    /// <summary>The class of a flow, by the source port it asks for.</summary>
    public static int FlowClass(ushort sourcePort, int classes) => (sourcePort - FirstFlowPort) & (classes - 1);

    private static int Open(IpAddress local)
    {
        int socket = LinuxCalls.Check(
            LinuxCalls.OpenSocket(SocketAddress.FamilyOf(local), DatagramNonBlocking, 0), "open a UDP socket");
        int level = local.IsIpv4 ? SolIp : SolIpv6;
        LinuxCalls.SetOption(socket, level, local.IsIpv4 ? MtuDiscover : MtuDiscoverV6, Probe, "forbid fragmentation of tunnel datagrams");
        return socket;
    }

    private static void SetBuffer(int socket, int force, int plain, int size)
    {
        if (!LinuxCalls.TrySetOption(socket, SolSocket, force, size))
        {
            _ = LinuxCalls.TrySetOption(socket, SolSocket, plain, size);
        }
    }

    private static bool TryBind(int socket, IpAddress local, ushort port)
    {
        byte* address = stackalloc byte[SocketAddress.MaxLength];
        SocketAddress.Write(new Span<byte>(address, SocketAddress.MaxLength), local, port);
        return LinuxCalls.Bind(socket, address, SocketAddress.LengthOf(local)) == 0;
    }
}
