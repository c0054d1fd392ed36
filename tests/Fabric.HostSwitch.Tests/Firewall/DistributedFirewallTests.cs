using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Transport;

namespace Fabric.HostSwitch.Tests.Firewall;

[TestFixture]
public sealed class DistributedFirewallTests
{
    private const string A = "10.0.0.1";
    private const string B = "10.0.0.2";

    [Test]
    public void Answers_skip_the_rules_and_strangers_do_not()
    {
        var rig = OutOnly();
        rig.Out(Packets.Udp(A, B, 5_000, 53));
        rig.Out(Packets.Echo(A, B, 7));

        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_000)).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_001)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallRuleTx)));
        Assert.That(rig.In(Packets.Echo(B, A, 7, reply: true)).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.In(Packets.Echo(B, A, 7)).Verdict.IsDrop, Is.True, "a request of its own");
        Assert.That(rig.In(Packets.Echo(B, A, 8, reply: true)).Verdict.IsDrop, Is.True);
    }

    [Test]
    public void Each_port_has_its_own_connections()
    {
        var rig = OutOnly();
        rig.Out(Packets.Udp(A, B, 5_000, 53), "a");
        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_000), "b").Verdict.IsDrop, Is.True);
    }

    [Test]
    public void A_tcp_connection_is_followed_from_handshake_to_end()
    {
        var rig = OutOnly();
        Assert.That(Handshake(rig).IsNone, Is.False);
        Assert.That(rig.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Ack, 9_000_000, 1_001, 10)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.StateMismatch)));
        Assert.That(rig.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Ack, 2_001, 1_001, 10)).Verdict, Is.EqualTo(Verdict.Continue));
        rig.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Rst, 2_011));
        rig.Now += 21_000; // tcp_closed is 20 s
        Assert.That(rig.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Ack, 2_011, 1_001, 10)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallRuleTx)));
    }

    [Test]
    public void A_strict_section_wants_a_syn_first_and_a_lax_one_picks_up_in_the_middle()
    {
        var middle = Packets.Tcp(A, B, 5_000, 80, TcpFlags.Ack, 1, 1, 10);
        var strict = new FirewallRig().With("s", Rules.Strict(1, Rules.Allow(2)));
        Assert.That(strict.Out(middle).Verdict, Is.EqualTo(Verdict.Drop(DropReason.StrictNoSyn)));
        Assert.That(strict.Out(Packets.Syn(A, B, 80)).Verdict, Is.EqualTo(Verdict.Continue));

        var lax = OutOnly();
        Assert.That(lax.Out(middle).Connection.IsNone, Is.False);
        Assert.That(lax.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Ack, 77, 11, 10)).Verdict, Is.EqualTo(Verdict.Continue));
    }

    [Test]
    public void Flags_that_no_tcp_sends_are_normalized_away()
    {
        var rig = OutOnly();
        Assert.That(rig.Out(Packets.Tcp(A, B, 1, 2, TcpFlags.Syn | TcpFlags.Fin)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallNormalize)));
        Assert.That(rig.Out(Packets.Tcp(A, B, 1, 2, TcpFlags.None)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallNormalize)));
    }

    [Test]
    public void A_stateless_section_needs_a_rule_for_each_way()
    {
        var rig = new FirewallRig().With("s", Rules.Stateless(1, Rules.Allow(1001).Tcp(80), Rules.Drop(2)));
        Assert.That(rig.Out(Packets.Syn(A, B, 80)).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.In(Packets.Tcp(B, A, 80, 40_000, TcpFlags.Syn | TcpFlags.Ack, 1, 1_001)).Verdict.IsDrop, Is.True);
        Assert.That(rig.Connections.Count, Is.Zero);
    }

    [TestCase(61_000, true)] // udp_first_packet is 60 s
    [TestCase(59_000, false)]
    public void A_flow_is_forgotten_after_its_idle_time(long milliseconds, bool forgotten)
    {
        var rig = OutOnly();
        rig.Out(Packets.Udp(A, B, 5_000, 53));
        rig.Now += milliseconds;
        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_000)).Verdict.IsDrop, Is.EqualTo(forgotten));
    }

    [Test]
    public void An_error_passes_with_the_flow_it_quotes_and_else_is_asked_of_the_rules()
    {
        var rig = OutOnly();
        var sent = Packets.Udp(A, B, 5_000, 53);
        rig.Out(sent);
        var error = rig.In(Packets.TimeExceeded("10.9.9.9", A, sent));
        Assert.That(error.Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(error.RuleId, Is.EqualTo(1001));
        Assert.That(rig.In(Packets.TimeExceeded("10.9.9.9", A, Packets.Udp(A, B, 5_001, 53))).Verdict.IsDrop, Is.True);
    }

    [Test]
    public void Later_fragments_go_as_their_first_went_and_without_it_nowhere()
    {
        var rig = new FirewallRig().With("s", Rules.Section(1, Rules.Allow(1001).Udp(53), Rules.Drop(2)));
        var (first, later) = Packets.Fragments(A, B, 53, id: 5);
        Assert.That(rig.Out(later).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallFragment)));
        Assert.That(rig.Out(first).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.Out(later).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.Statistics(1001).Packets, Is.EqualTo(2));

        var (denied, follower) = Packets.Fragments(A, B, 54, id: 6);
        Assert.That(rig.Out(denied).Verdict.IsDrop, Is.True);
        Assert.That(rig.Out(follower).Verdict, Is.EqualTo(Verdict.Drop(DropReason.FirewallFragment)));
        rig.Now += 31_000;
        Assert.That(rig.Out(later).Verdict.IsDrop, Is.True);
    }

    [Test]
    public void New_rules_end_what_they_no_longer_allow_and_keep_the_rest()
    {
        var rig = OutOnly();
        rig.Out(Packets.Udp(A, B, 5_000, 53));
        rig.Out(Packets.Udp(A, B, 5_000, 54));
        rig.With("more", Rules.Section(0, Rules.Drop(1500).Udp(54)));

        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_000)).Verdict, Is.EqualTo(Verdict.Continue));
        Assert.That(rig.In(Packets.Udp(B, A, 54, 5_000)).Verdict.IsDrop, Is.True);
        Assert.That(rig.Out(Packets.Udp(A, B, 5_000, 54)).RuleId, Is.EqualTo(1500));
    }

    [Test]
    public void A_full_table_refuses_new_flows_and_keeps_the_old()
    {
        var rig = OutOnly(limit: 2);
        rig.Out(Packets.Udp(A, B, 1, 53));
        rig.Out(Packets.Udp(A, B, 2, 53));
        Assert.That(rig.Out(Packets.Udp(A, B, 3, 53)).Verdict, Is.EqualTo(Verdict.Drop(DropReason.StateLimit)));
        Assert.That(rig.In(Packets.Udp(B, A, 53, 1)).Verdict, Is.EqualTo(Verdict.Continue));
    }

    [Test]
    public void Rules_count_lookups_sessions_packets_and_bytes()
    {
        var rig = OutOnly();
        var packet = Packets.Udp(A, B, 5_000, 53);
        rig.Out(packet);
        rig.Out(packet);
        rig.In(Packets.Udp(B, A, 53, 5_000));
        rig.In(Packets.Udp(B, A, 54, 5_000));

        var allowed = rig.Statistics(1001);
        Assert.That((allowed.Hits, allowed.Sessions, allowed.Packets, allowed.Bytes), Is.EqualTo((1UL, 1UL, 3UL, 3UL * (ulong)packet.Length)));
        var dropped = rig.Statistics(2);
        Assert.That((dropped.Hits, dropped.Sessions, dropped.Packets), Is.EqualTo((1UL, 0UL, 1UL)));
    }

    [Test]
    public void A_dry_run_decides_alike_and_changes_nothing()
    {
        var rig = OutOnly();
        var packet = Packets.Udp(A, B, 5_000, 53);
        Assert.That(rig.Out(packet, dryRun: true).RuleId, Is.EqualTo(1001));
        Assert.That(rig.Connections.Count, Is.Zero);
        Assert.That(rig.Statistics(1001).Hits, Is.Zero);
        rig.Out(packet);
        Assert.That(rig.In(Packets.Udp(B, A, 53, 5_000), dryRun: true).Verdict, Is.EqualTo(Verdict.Continue));
    }

    [Test]
    public void An_established_flow_is_tracked_without_allocating_and_counts_as_a_decision_does()
    {
        var rig = OutOnly();
        var connection = Handshake(rig);
        var data = FirewallRig.BufferOf(Packets.Tcp(A, B, 5_000, 80, TcpFlags.Ack, 1_001, 2_001, 100));
        ulong before = rig.Statistics(1001).Packets;
        Assert.That(rig.Track(connection, data, Direction.Out), Is.True);
        Assert.That(rig.Statistics(1001).Packets, Is.EqualTo(before + 1));

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        bool all = true;
        for (int packet = 0; packet < 1_000; packet++)
        {
            all &= TrackOnce(rig, connection, data);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - allocated, Is.Zero);
        Assert.That(all, Is.True);

        static bool TrackOnce(FirewallRig rig, ConnectionRef connection, Fabric.Packets.Buffers.FrameBuffer data)
            => rig.TrackBare(connection, data, Direction.Out);
    }

    [Test]
    public void A_tracked_flow_goes_back_to_the_rules_when_they_change_or_it_ends()
    {
        var rig = OutOnly();
        var connection = Handshake(rig);
        var data = FirewallRig.BufferOf(Packets.Tcp(A, B, 5_000, 80, TcpFlags.Ack, 1_001, 2_001, 100));
        rig.With("more", Rules.Section(0, Rules.Drop(1500).Udp(54)));
        Assert.That(rig.Track(connection, data, Direction.Out), Is.False);
        Assert.That(rig.Out(data.Bytes.ToArray()).Connection, Is.EqualTo(connection), "asked again, allowed, and the same");
        Assert.That(rig.Track(connection, data, Direction.Out), Is.True);
        rig.Now += 43_300_000; // tcp_established is 12 h
        Assert.That(rig.Track(connection, data, Direction.Out), Is.False);
    }

    private static ConnectionRef Handshake(FirewallRig rig)
    {
        rig.Out(Packets.Tcp(A, B, 5_000, 80, TcpFlags.Syn, 1_000));
        rig.In(Packets.Tcp(B, A, 80, 5_000, TcpFlags.Syn | TcpFlags.Ack, 2_000, 1_001));
        return rig.Out(Packets.Tcp(A, B, 5_000, 80, TcpFlags.Ack, 1_001, 2_001)).Connection;
    }

    /// <summary>The VM may speak to anyone, and nobody to it.</summary>
    private static FirewallRig OutOnly(int limit = 1_000) => new FirewallRig(limit).With("s", Rules.Section(
        1, Rules.Allow(1001).Way(Fabric.Contracts.V1.RuleDirection.Out), Rules.Drop(2)));
}
