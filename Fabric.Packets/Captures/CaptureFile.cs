using System.Buffers.Binary;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Fabric.Packets.Captures;

/// <summary>A capture file of any kind: classic pcap is read by ourselves, pcapng by SharpPcap, which needs libpcap installed.</summary>
public static class CaptureFile
{
    /// <exception cref="InvalidDataException">No capture of Ethernet frames, or pcapng without libpcap to read it.</exception>
    public static IReadOnlyList<CapturedFrame> ReadAll(string path)
    {
        Span<byte> magic = stackalloc byte[4];
        using (var file = File.OpenRead(path))
        {
            _ = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(magic) == PcapFormat.BlockFileMagic)
        {
            return ReadByLibrary(path);
        }

        using var reader = PcapFileReader.Open(path);
        return [.. reader.ReadAll()];
    }

    private static List<CapturedFrame> ReadByLibrary(string path)
    {
        var frames = new List<CapturedFrame>();
        try
        {
            using var device = new CaptureFileReaderDevice(path);
            device.Open();
            if (device.LinkType != PacketDotNet.LinkLayers.Ethernet)
            {
                throw new InvalidDataException($"{path} is a capture of {device.LinkType}; only Ethernet is read");
            }

            while (device.GetNextPacket(out PacketCapture packet) == GetPacketStatus.PacketRead)
            {
                var raw = packet.GetPacket();
                frames.Add(new CapturedFrame(new DateTimeOffset(raw.Timeval.Date, TimeSpan.Zero), raw.Data, raw.PacketLength));
            }

            return frames;
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            throw new InvalidDataException($"{path} is a pcapng file; install libpcap to read it, or save it as pcap", exception);
        }
        catch (PcapException exception)
        {
            throw new InvalidDataException($"{path} cannot be read: {exception.Message}", exception);
        }
    }
}
