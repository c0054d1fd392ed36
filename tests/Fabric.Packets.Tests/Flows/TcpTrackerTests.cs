using Fabric.Packets.Flows;
using Fabric.Packets.Transport;

namespace Fabric.Packets.Tests.Flows;

[TestFixture]
public sealed class TcpTrackerTests
{
    private const FlowDirection Out = FlowDirection.Original;
    private const FlowDirection Back = FlowDirection.Reply;

    [Test]
    public void A_whole_connection_passes_and_its_idle_time_follows_it()
    {
        var connection = TcpConnection.Start(new TcpSegment(100, 0, 64_000, TcpFlags.Syn, 0, 7));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpFirstPacket));

        connection = Pass(connection, Back, new TcpSegment(500, 101, 65_000, TcpFlags.Syn | TcpFlags.Ack, 0, 7));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpOpening));

        connection = Pass(connection, Out, new TcpSegment(101, 501, 500, TcpFlags.Ack, 0));
        connection = Pass(connection, Out, new TcpSegment(101, 501, 500, TcpFlags.Ack | TcpFlags.Psh, 1_000));
        connection = Pass(connection, Back, new TcpSegment(501, 1_101, 500, TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpEstablished));

        connection = Pass(connection, Out, new TcpSegment(1_101, 501, 500, TcpFlags.Fin | TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpClosing));
        connection = Pass(connection, Back, new TcpSegment(501, 1_102, 500, TcpFlags.Fin | TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpFinWait));
        connection = Pass(connection, Out, new TcpSegment(1_102, 502, 500, TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpClosed));
        Assert.That(connection.IsReplacedBy(new TcpSegment(9_000, 0, 100, TcpFlags.Syn, 0)), Is.True);
    }

    [Test]
    public void A_refused_connection_is_closed_by_its_reset()
    {
        var connection = TcpConnection.Start(new TcpSegment(100, 0, 64_000, TcpFlags.Syn, 0, 7));
        connection = Pass(connection, Back, new TcpSegment(0, 101, 0, TcpFlags.Rst | TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpClosed));
    }

    [Test]
    public void An_answer_to_another_opening_is_refused()
    {
        var connection = TcpConnection.Start(new TcpSegment(100, 0, 64_000, TcpFlags.Syn, 0, 7));
        Assert.That(Refuse(connection, Back, new TcpSegment(500, 99, 1, TcpFlags.Syn | TcpFlags.Ack, 0)), Is.EqualTo(TcpRefusal.HandshakeAcknowledgement));
        Assert.That(Refuse(connection, Back, new TcpSegment(500, 101, 1, TcpFlags.Ack, 10)), Is.EqualTo(TcpRefusal.Handshake));
    }

    [Test]
    public void What_does_not_fit_the_windows_is_refused()
    {
        var connection = Established();
        Assert.That(Refuse(connection, Out, new TcpSegment(101 + 200_000, 501, 500, TcpFlags.Ack, 10)), Is.EqualTo(TcpRefusal.OutsideWindow));
        Assert.That(Refuse(connection, Out, new TcpSegment(unchecked(101u - 100_000), 501, 500, TcpFlags.Ack, 10)), Is.EqualTo(TcpRefusal.OldRetransmission));
        Assert.That(Refuse(connection, Out, new TcpSegment(101, 501 + 100_000, 500, TcpFlags.Ack, 10)), Is.EqualTo(TcpRefusal.AcknowledgesUnsent));
        Assert.That(Refuse(connection, Out, new TcpSegment(5_101, 0, 0, TcpFlags.Rst, 0)), Is.EqualTo(TcpRefusal.ResetOutOfSequence));
        Assert.That(Refuse(connection, Out, new TcpSegment(5_101, 501, 0, TcpFlags.Syn, 0)), Is.EqualTo(TcpRefusal.Handshake));
        Assert.That(Refuse(connection, Out, new TcpSegment(101, 501, 0, TcpFlags.Syn | TcpFlags.Fin, 0)), Is.EqualTo(TcpRefusal.IllegalFlags));
        Assert.That(Refuse(connection, Out, new TcpSegment(101, 501, 0, TcpFlags.None, 0)), Is.EqualTo(TcpRefusal.IllegalFlags));
    }

    [Test]
    public void A_window_scale_counts_only_if_both_sides_offer_it()
    {
        var connection = TcpConnection.Start(new TcpSegment(100, 0, 1_000, TcpFlags.Syn, 0, 7));
        connection = Pass(connection, Back, new TcpSegment(500, 101, 1_000, TcpFlags.Syn | TcpFlags.Ack, 0));
        connection = Pass(connection, Out, new TcpSegment(101, 501, 1_000, TcpFlags.Ack, 0));
        Assert.That(Refuse(connection, Back, new TcpSegment(501, 101, 1_000, TcpFlags.Ack, 1_400)), Is.EqualTo(TcpRefusal.OutsideWindow));
        Pass(connection, Back, new TcpSegment(501, 101, 1_000, TcpFlags.Ack, 1_000));
    }

    [Test]
    public void A_connection_met_in_its_middle_is_followed_without_windows()
    {
        var connection = TcpConnection.Start(new TcpSegment(7_000, 9_000, 10, TcpFlags.Ack, 100));
        connection = Pass(connection, Back, new TcpSegment(9_000_000, 7_100, 10, TcpFlags.Ack, 1_400));
        connection = Pass(connection, Out, new TcpSegment(7_100, 9_001_400, 10, TcpFlags.Ack, 0));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpEstablished));
        Assert.That(connection.IsReplacedBy(new TcpSegment(1, 0, 1, TcpFlags.Syn, 0)), Is.True, "only guessed at");
    }

    [Test]
    public void Whatever_two_honest_ends_say_passes_whatever_their_numbers_scales_and_losses([Range(1, 200)] int seed)
    {
        var chance = new Random(seed);
        var client = new HonestEnd((uint)chance.NextInt64(uint.MaxValue), (sbyte)chance.Next(-1, 15), chance.Next(1, 1 << 20));
        var server = new HonestEnd((uint)chance.NextInt64(uint.MaxValue), (sbyte)chance.Next(-1, 15), chance.Next(1, 1 << 20));
        var syn = client.Syn(null);
        var connection = TcpConnection.Start(syn);
        connection = Pass(connection, Back, server.Syn(client));
        connection = Pass(connection, Out, client.Say(server, 0, TcpFlags.Ack));
        for (int step = 0; step < 200; step++)
        {
            bool isOut = chance.Next(2) == 0;
            var (from, to) = isOut ? (client, server) : (server, client);
            int length = chance.Next(3) == 0 ? 0 : Math.Min(chance.Next(1, 1_461), from.MaySend(to));
            var segment = from.Say(to, length, TcpFlags.Ack);
            connection = Pass(connection, isOut ? Out : Back, segment);
            if (chance.Next(4) == 0)
            {
                connection = Pass(connection, isOut ? Out : Back, segment); // sent again: its acknowledgement was lost
            }

            if (chance.Next(3) > 0)
            {
                to.Take(from);
                connection = Pass(connection, isOut ? Back : Out, to.Say(from, 0, TcpFlags.Ack));
                from.Hear(to);
            }
        }

        server.Take(client);
        client.Take(server);
        connection = Pass(connection, Out, client.Say(server, 0, TcpFlags.Fin | TcpFlags.Ack));
        server.Take(client);
        connection = Pass(connection, Back, server.Say(client, 0, TcpFlags.Fin | TcpFlags.Ack));
        client.Take(server);
        connection = Pass(connection, Out, client.Say(server, 0, TcpFlags.Ack));
        Assert.That(connection.Timer, Is.EqualTo(FlowTimer.TcpClosed));
    }

    [Test]
    public void Anything_is_answered_and_a_refusal_changes_nothing([Range(1, 20)] int seed)
    {
        var chance = new Random(seed);
        var connection = Established();
        for (int step = 0; step < 5_000; step++)
        {
            var segment = new TcpSegment(
                (uint)chance.NextInt64(uint.MaxValue),
                (uint)chance.NextInt64(uint.MaxValue),
                (ushort)chance.Next(0x10000),
                (TcpFlags)chance.Next(256),
                chance.Next(0x10000),
                (sbyte)chance.Next(-1, 15));
            var refusal = TcpTracker.Next(connection, segment, (FlowDirection)chance.Next(2), out var next);
            Assert.That(refusal == TcpRefusal.None || next == connection, Is.True);
        }
    }

    private static TcpConnection Established()
    {
        var connection = TcpConnection.Start(new TcpSegment(100, 0, 64_000, TcpFlags.Syn, 0, 0));
        connection = Pass(connection, Back, new TcpSegment(500, 101, 64_000, TcpFlags.Syn | TcpFlags.Ack, 0, 0));
        return Pass(connection, Out, new TcpSegment(101, 501, 64_000, TcpFlags.Ack, 0));
    }

    private static TcpConnection Pass(in TcpConnection connection, FlowDirection direction, in TcpSegment segment)
    {
        var refusal = TcpTracker.Next(connection, segment, direction, out var next);
        Assert.That(refusal, Is.EqualTo(TcpRefusal.None), $"{direction} {segment}\nof {connection}");
        return next;
    }

    private static TcpRefusal Refuse(in TcpConnection connection, FlowDirection direction, in TcpSegment segment)
    {
        var refusal = TcpTracker.Next(connection, segment, direction, out var next);
        Assert.That(next, Is.EqualTo(connection));
        return refusal;
    }

    /// <summary>One end of a connection that keeps to RFC 9293: never sends past the other's window, acknowledges what it took.</summary>
    private sealed class HonestEnd(uint first, sbyte scale, int room)
    {
        private uint _next = first;
        private uint _taken;
        private uint _acknowledged = first;
        private uint _window;

        private bool _isScaled;

        private ushort Window(bool isSyn)
            => (ushort)Math.Min(isSyn || !_isScaled ? room : room >> scale, ushort.MaxValue);

        public TcpSegment Syn(HonestEnd? opener)
        {
            if (opener is not null)
            {
                _taken = opener._next;
                _isScaled = opener._isScaled = scale >= 0 && opener.Scale >= 0;
                opener._taken = _next + 1;
                opener._acknowledged = opener._next;
                opener._window = Window(isSyn: true);
                _window = opener.Window(isSyn: true);
            }

            var syn = new TcpSegment(_next, _taken, Window(isSyn: true), opener is null ? TcpFlags.Syn : TcpFlags.Syn | TcpFlags.Ack, 0, scale);
            _next++;
            _acknowledged = _next;
            return syn;
        }

        private sbyte Scale => scale;

        public int MaySend(HonestEnd _) => (int)Math.Max(0, (long)_window - (_next - _acknowledged));

        public TcpSegment Say(HonestEnd _, int length, TcpFlags flags)
        {
            var segment = new TcpSegment(_next, _taken, Window(isSyn: false), flags, length);
            _next = segment.End;
            return segment;
        }

        public void Take(HonestEnd from) => _taken = from._next;

        public void Hear(HonestEnd from)
        {
            _acknowledged = from._taken;
            _window = (uint)from.Window(isSyn: false) << (_isScaled ? from.Scale : 0);
        }
    }
}
