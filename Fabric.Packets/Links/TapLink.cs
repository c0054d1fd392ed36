using System.Runtime.InteropServices;
using Fabric.Packets.Addresses;
using Fabric.Packets.Buffers;
using Fabric.Packets.Ethernet;
using Fabric.Packets.Links.Linux;

namespace Fabric.Packets.Links;

/// <summary>
/// A TAP device: the kernel's end is a network device, ours this link (linux/if_tun.h). It lives as long as the link. The kernel is
/// told that it may leave checksums and segmentation to us, which is faster, and the link makes legal frames of what comes.
/// </summary>
public sealed unsafe class TapLink : ILink
{
    private const string CloneDevice = "/dev/net/tun";
    private const int ReadWriteNonBlocking = 2 | 0x800 | 0x80000; // O_RDWR | O_NONBLOCK | O_CLOEXEC
    private const nuint SetInterface = 0x400454ca; // TUNSETIFF
    private const nuint SetOffload = 0x400454d0; // TUNSETOFFLOAD
    private const short TapWithoutExtras = 0x0002 | 0x1000 | 0x4000; // IFF_TAP | IFF_NO_PI | IFF_VNET_HDR
    private const nuint Checksums = 0x01; // TUN_F_CSUM
    private const nuint TcpSegmentation = 0x02 | 0x04; // TUN_F_TSO4 | TUN_F_TSO6
    private const nuint UdpSegmentation = 0x20 | 0x40; // TUN_F_USO4 | TUN_F_USO6
    private const int BadFileDescriptor = 77; // EBADFD: the device was removed

    private readonly SuperFrameReceiver _receiver;
    private readonly IoVector* _vectors;
    private readonly VirtioHeader* _nothingLeftToDo;
    private int _descriptor;

    private TapLink(string device, int descriptor, int mtu, MacAddress mac)
    {
        Name = device;
        Mtu = mtu;
        Mac = mac;
        _descriptor = descriptor;
        _receiver = new SuperFrameReceiver(1, Drops);
        _vectors = (IoVector*)NativeMemory.AllocZeroed(2, (nuint)sizeof(IoVector));
        _nothingLeftToDo = (VirtioHeader*)NativeMemory.AllocZeroed(VirtioHeader.Length);
    }

    public string Name { get; }

    public int Mtu { get; }

    /// <summary>The address of the kernel's end.</summary>
    public MacAddress Mac { get; }

    public int Descriptor => _descriptor;

    public bool IsGone { get; private set; }

    public LinkDrops Drops { get; } = new();

    /// <summary>Makes the device, sets its MTU and brings it up, in the given network namespace or the present one.</summary>
    /// <exception cref="LinkException">There is no TUN driver, no right to it, or the name is taken.</exception>
    public static TapLink Create(string device, int mtu = 1500, string? namespacePath = null)
        => NetworkNamespace.Run(namespacePath, () => CreateHere(device, mtu));

    public int Receive(FramePool pool, Span<FrameBuffer> frames)
    {
        int count = 0;
        while (count < frames.Length && !IsGone)
        {
            if (!_receiver.HasPending)
            {
                int errno = _receiver.ReadOne(_descriptor, pool);
                if (errno != 0)
                {
                    IsGone |= errno == BadFileDescriptor;
                    break;
                }
            }

            if (_receiver.TakeNext(pool) is { } frame)
            {
                frames[count++] = frame;
            }
        }

        return count;
    }

    public int Send(ReadOnlySpan<FrameBuffer> frames)
    {
        if (IsGone)
        {
            Drops.SendErrors += frames.Length;
            return 0;
        }

        int sent = 0;
        foreach (var frame in frames)
        {
            if (frame.Length > Mtu + EthernetView.HeaderLength + (2 * VlanView.TagLength))
            {
                Drops.SendTooLong++;
                continue;
            }

            _vectors[0] = new IoVector { Start = _nothingLeftToDo, Length = VirtioHeader.Length };
            _vectors[1] = new IoVector { Start = MessageBatch.AddressOf(frame), Length = (nuint)frame.Length };
            if (LinuxCalls.WriteVector(_descriptor, _vectors, 2) >= 0)
            {
                sent++;
            }
            else if (Marshal.GetLastPInvokeError() == LinuxCalls.TryAgain)
            {
                Drops.SendNoRoom++;
            }
            else
            {
                Drops.SendErrors++;
            }
        }

        return sent;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            _ = LinuxCalls.Close(_descriptor);
            _descriptor = -1;
            IsGone = true;
            _receiver.Dispose();
            NativeMemory.Free(_vectors);
            NativeMemory.Free(_nothingLeftToDo);
        }
    }

    private static TapLink CreateHere(string device, int mtu)
    {
        const int internet = 2; // AF_INET
        const int datagram = 2 | 0x80000; // SOCK_DGRAM | SOCK_CLOEXEC
        int descriptor = LinuxCalls.Check(LinuxCalls.Open(CloneDevice, ReadWriteNonBlocking), $"open {CloneDevice}");
        int socket = -1;
        try
        {
            var request = DeviceRequest.For(device);
            request.Flags = TapWithoutExtras;
            _ = LinuxCalls.Check(LinuxCalls.Control(descriptor, SetInterface, &request), $"make the TAP device {device}");
            if (LinuxCalls.Control(descriptor, SetOffload, (void*)(Checksums | TcpSegmentation | UdpSegmentation)) < 0)
            {
                _ = LinuxCalls.Control(descriptor, SetOffload, (void*)(Checksums | TcpSegmentation)); // before Linux 6.2
            }

            socket = LinuxCalls.Check(LinuxCalls.OpenSocket(internet, datagram, 0), "open a socket");
            DeviceRequest.SetMtu(socket, device, mtu);
            DeviceRequest.SetUp(socket, device);
            return new TapLink(device, descriptor, mtu, DeviceRequest.Mac(socket, device));
        }
        catch
        {
            _ = LinuxCalls.Close(descriptor);
            throw;
        }
        finally
        {
            if (socket >= 0)
            {
                _ = LinuxCalls.Close(socket);
            }
        }
    }
}
