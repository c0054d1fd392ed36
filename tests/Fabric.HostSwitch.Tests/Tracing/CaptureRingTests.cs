using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tracing;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.HostSwitch.Tests.Tracing;

[TestFixture]
public sealed class CaptureRingTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddSeconds(5));

    [Test]
    public void Frames_come_out_as_they_went_in_however_often_the_ring_wraps([Range(1, 10)] int seed)
    {
        var chance = new Random(seed);
        var ring = new CaptureRing(_time, snapLength: 0, CaptureRequest.Types.Direction.Dual, capacity: 1_000);
        var sent = new Queue<byte[]>();
        ulong lost = 0;
        for (int step = 0; step < 2_000; step++)
        {
            var frame = new byte[chance.Next(1, 300)];
            chance.NextBytes(frame);
            ring.Capture(frame, output: step % 2 == 0);
            if (ring.Lost == lost)
            {
                sent.Enqueue(frame);
            }

            lost = ring.Lost;
            foreach (var taken in chance.Next(3) == 0 ? ring.Take(chance.Next(1, 5)) : [])
            {
                Assert.That(taken.Data.ToByteArray(), Is.EqualTo(sent.Dequeue()));
            }
        }

        Assert.That(ring.Take(int.MaxValue).Select(frame => frame.Data.ToByteArray()), Is.EqualTo(sent));
        Assert.That(lost, Is.GreaterThan(0UL));
    }

    [Test]
    public void A_frame_is_cut_and_its_length_and_time_are_kept()
    {
        var ring = new CaptureRing(_time, snapLength: 10, CaptureRequest.Types.Direction.Output);
        ring.Capture(new byte[100], output: true);
        ring.Capture(new byte[100], output: false);
        var frame = ring.Take(10).Single();
        Assert.That((frame.Data.Length, frame.OriginalLength, frame.Output, frame.TimestampNs), Is.EqualTo((10, 100u, true, 5_000_000_000L)));
    }
}
