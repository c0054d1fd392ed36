using Fabric.Packets.Buffers;
using Fabric.Packets.Captures;
using Fabric.TestKit;
using Microsoft.Extensions.Time.Testing;
using SharpPcap;
using SharpPcap.LibPcap;

namespace Fabric.Packets.Tests.Captures;

[TestFixture]
public sealed class PcapFileTests
{
    private static readonly DateTimeOffset Moment = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567);

    [Test]
    public void What_is_written_is_read_back_with_its_time()
    {
        var file = new MemoryStream();
        using (var writer = new PcapFileWriter(file, leaveOpen: true))
        {
            writer.Write(Moment, [1, 2, 3]);
            writer.Write(Moment.AddSeconds(1), [4, 5], originalLength: 1500);
        }

        file.Position = 0;
        using var reader = new PcapFileReader(file);
        var frames = reader.ReadAll().ToList();

        Assert.That(frames.Select(frame => frame.Time), Is.EqualTo(new[] { Moment, Moment.AddSeconds(1) }));
        Assert.That(frames.Select(frame => frame.OriginalLength), Is.EqualTo(new[] { 3, 1500 }));
        Assert.That(frames[1].Bytes.ToArray(), Is.EqualTo(new byte[] { 4, 5 }));
    }

    [Test]
    public void Microseconds_and_the_other_byte_order_are_read()
    {
        byte[] file =
        [
            0xA1, 0xB2, 0xC3, 0xD4, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1,
            0, 0, 0, 10, 0, 0, 0, 7, 0, 0, 0, 1, 0, 0, 0, 1, 0xEE,
        ];
        using var reader = new PcapFileReader(new MemoryStream(file));

        Assert.That(reader.TryRead(out var frame), Is.True);
        Assert.That(frame.Time, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(10).AddMicroseconds(7)));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public void A_file_that_is_none_is_refused_with_a_reason()
    {
        Assert.That(() => new PcapFileReader(new MemoryStream([1, 2])), Throws.TypeOf<InvalidDataException>());
        Assert.That(() => new PcapFileReader(new MemoryStream(new byte[24])), Throws.TypeOf<InvalidDataException>());
    }

    [Test]
    public void SharpPcap_reads_what_we_write()
    {
        using var file = new TemporaryFile();
        using (var writer = PcapFileWriter.Create(file.Path))
        {
            foreach (byte[] seed in Seeds.All.Values)
            {
                writer.Write(Moment, seed);
            }
        }

        var read = new List<byte[]>();
        WithLibrary(() =>
        {
            using var device = new CaptureFileReaderDevice(file.Path);
            device.Open();
            while (device.GetNextPacket(out PacketCapture packet) == GetPacketStatus.PacketRead)
            {
                read.Add(packet.Data.ToArray());
            }
        });

        Assert.That(read, Is.EqualTo(Seeds.All.Values));
    }

    [Test]
    public void We_read_what_SharpPcap_writes()
    {
        using var file = new TemporaryFile();
        WithLibrary(() =>
        {
            using var device = new CaptureFileWriterDevice(file.Path);
            device.Open(new DeviceConfiguration { LinkLayerType = PacketDotNet.LinkLayers.Ethernet });
            foreach (byte[] seed in Seeds.All.Values)
            {
                device.Write(seed);
            }
        });

        Assert.That(CaptureFile.ReadAll(file.Path).Select(frame => frame.Bytes.ToArray()), Is.EqualTo(Seeds.All.Values));
    }

    [Test]
    public void A_link_replays_one_capture_and_records_another()
    {
        var clock = new FakeTimeProvider(Moment);
        var recorded = new MemoryStream();
        using var replayed = new MemoryStream();
        using (var writer = new PcapFileWriter(replayed, leaveOpen: true))
        {
            writer.Write(Moment, Frames.Udp("10.0.0.1", "10.0.0.2"));
        }

        replayed.Position = 0;
        using (var link = new PcapLink("replay", new PcapFileReader(replayed), new PcapFileWriter(recorded, leaveOpen: true), clock))
        {
            var pool = new FramePool();
            var frames = new FrameBuffer[4];
            Assert.That(link.Receive(pool, frames), Is.EqualTo(1));
            Assert.That(link.IsGone, Is.True);
            Assert.That(link.Send(frames.AsSpan(0, 1)), Is.EqualTo(1));
        }

        recorded.Position = 0;
        Assert.That(new PcapFileReader(recorded).ReadAll().Single().Bytes.ToArray(), IsFrame.EqualTo(Frames.Udp("10.0.0.1", "10.0.0.2")));
    }

    private static void WithLibrary(Action use)
    {
        try
        {
            use();
        }
        catch (Exception exception) when (exception is DllNotFoundException or TypeInitializationException)
        {
            Assert.Ignore("needs libpcap");
        }
    }

    private sealed class TemporaryFile : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(
            TestContext.CurrentContext.WorkDirectory, $"{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.pcap");

        public void Dispose() => File.Delete(Path);
    }
}
