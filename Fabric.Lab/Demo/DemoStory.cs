using System.Text.Json.Nodes;
using Fabric.Lab.Api;
using Fabric.Lab.Commands;
using Fabric.Lab.Pods;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;
using Fabric.Packets.Printing;

namespace Fabric.Lab.Demo;

/// <summary>The demo, told while it is checked: traffic, firewall, SpoofGuard, counters, and what the wire between the hosts shows.</summary>
internal sealed class DemoStory(LabSession session, LabTopology lab, IPods pods, NsxClient api, string pcap, Checks checks)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(150);
    private const int Spoofed = 5;

    private LabPod Client => Pod("web-1");

    private LabPod SameNetwork => Pod("web-3");

    private LabPod OtherNetwork => Pod("db-2");

    public async Task TellAsync(CancellationToken cancellation)
    {
        var capture = new DemoCapture(session.HostSocket(lab.HypervisorOf(lab.NodeOf(Client)).Name), pcap);
        await using (capture.ConfigureAwait(false))
        {
            await capture.StartedAsync().ConfigureAwait(false);
            await TrafficAsync(cancellation).ConfigureAwait(false);
            await FirewallAsync(cancellation).ConfigureAwait(false);
            await SpoofAsync(cancellation).ConfigureAwait(false);
        }

        await CountersAsync(cancellation).ConfigureAwait(false);
        await WireAsync(cancellation).ConfigureAwait(false);
    }

    private async Task TrafficAsync(CancellationToken cancellation)
    {
        checks.Tell($"Pods talk across hosts. {Client.Name} runs on {Place(Client)}, {SameNetwork.Name} on {Place(SameNetwork)}, {OtherNetwork.Name} on {Place(OtherNetwork)}.");
        await PingAsync("ping across hosts, within a logical switch", SameNetwork.Ipv4, cancellation).ConfigureAwait(false);
        await PingAsync("ping across hosts and subnets, through the distributed router", OtherNetwork.Ipv4, cancellation).ConfigureAwait(false);
        if (Ipv6(OtherNetwork) is { } ipv6)
        {
            await PingAsync("the same with IPv6", ipv6, cancellation).ConfigureAwait(false);
        }

        await PingAsync("the router answers at the gateway's address", lab.NetworkOf(Client).Gateways[0].Address, cancellation).ConfigureAwait(false);
        await GetAsync("HTTP across hosts", SameNetwork, cancellation).ConfigureAwait(false);
        await GetAsync("HTTP across hosts and subnets", OtherNetwork, cancellation).ConfigureAwait(false);
    }

    private async Task FirewallAsync(CancellationToken cancellation)
    {
        checks.Tell("The distributed firewall, changed through the REST API: a rule from group web to group db for TCP port 80.");
        var firewall = new DemoFirewall(api, session.State.Ids["ns-groups/web"], session.State.Ids["ns-groups/db"]);
        await firewall.SetAsync("DROP", cancellation).ConfigureAwait(false);
        await BecomesAsync("DROP: HTTP to the database meets silence", PodOutcome.TimedOut, cancellation).ConfigureAwait(false);
        await PingAsync("ping is another service, and passes", OtherNetwork.Ipv4, cancellation).ConfigureAwait(false);
        await GetAsync("HTTP within group web passes", SameNetwork, cancellation).ConfigureAwait(false);
        await firewall.SetAsync("REJECT", cancellation).ConfigureAwait(false);
        await BecomesAsync("REJECT: HTTP to the database is refused at once", PodOutcome.Refused, cancellation).ConfigureAwait(false);
        await firewall.RemoveAsync(cancellation).ConfigureAwait(false);
        await BecomesAsync("rule removed: HTTP to the database is answered again", PodOutcome.Answered, cancellation).ConfigureAwait(false);
    }

    private async Task SpoofAsync(CancellationToken cancellation)
    {
        var foreign = new IpAddress(lab.NetworkOf(Client).Subnets[0].Last.Bits - 4);
        checks.Tell($"SpoofGuard: {Client.Name} sends {Spoofed} datagrams as {foreign}, which is not its address.");
        long before = SpoofDrops(await StatisticsAsync(Client, cancellation).ConfigureAwait(false));
        var sent = await pods.SpoofAsync(Client, foreign, OtherNetwork.Ipv4, Spoofed, cancellation).ConfigureAwait(false);
        long dropped = 0;
        long began = TimeProvider.System.GetTimestamp();
        while (dropped < Spoofed && TimeProvider.System.GetElapsedTime(began) < Patience)
        {
            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
            dropped = SpoofDrops(await StatisticsAsync(Client, cancellation).ConfigureAwait(false)) - before;
        }

        checks.Record("each was dropped and counted at its port", sent.IsAnswered && dropped == Spoofed, $"{sent.Text}; dropped_by_security_packets.spoof_guard_dropped rose by {dropped}");
    }

    private async Task CountersAsync(CancellationToken cancellation)
    {
        checks.Tell("Counters of each pod's logical port, as the API tells them (rx: from the pod).");
        var rows = new List<string[]> { (string[])["POD", "RX PACKETS", "RX BYTES", "TX PACKETS", "TX BYTES", "DROPPED"] };
        bool isCounted = true;
        foreach (var pod in lab.Pods)
        {
            var port = await StatisticsAsync(pod, cancellation).ConfigureAwait(false);
            rows.Add([pod.Name, Total(port, "rx_packets"), Total(port, "rx_bytes"), Total(port, "tx_packets"), Total(port, "tx_bytes"), $"{port["rx_packets"]?["dropped"]}"]);
            bool hasTraffic = pod == Client || pod == SameNetwork || pod == OtherNetwork;
            isCounted &= !hasTraffic || ((long?)port["rx_packets"]?["total"] > 0 && (long?)port["tx_packets"]?["total"] > 0);
        }

        checks.Record("ports of pods that talked have counted it", isCounted, string.Join('\n', Columns.Align(rows)));
    }

    private async Task WireAsync(CancellationToken cancellation)
    {
        checks.Tell($"Between the hosts: {pcap}, captured at the uplink of {lab.HypervisorOf(lab.NodeOf(Client)).Name}.");
        var wire = WireTally.Of(pcap);
        bool isGeneve = lab.Overlay == Overlay.Geneve;
        checks.Record(
            $"every pod's packet travels in {(isGeneve ? "Geneve" : "VXLAN")}, one VNI for each logical switch",
            (isGeneve ? wire.Geneve > 0 && wire.Vxlan == 0 : wire.Vxlan > 0) && wire.Vnis.Count >= 2,
            $"{wire.Geneve} Geneve, {wire.Vxlan} VXLAN; VNIs {string.Join(", ", wire.Vnis)}");
        checks.Record("the pods' VLAN tags stay on their hosts", wire.InnerTagged == 0, "");
        if (wire.Example is { } example)
        {
            checks.Detail($"One of them, layer by layer:\n{PacketPrinter.Print(example).TrimEnd()}");
        }

        await SecondOpinionAsync(isGeneve ? "geneve" : "vxlan", cancellation).ConfigureAwait(false);
    }

    private async Task SecondOpinionAsync(string overlay, CancellationToken cancellation)
    {
        if (await Tshark.CountAsync(pcap, $"{overlay} && {overlay}.vni != 0", cancellation).ConfigureAwait(false) is not { } seen)
        {
            checks.Detail("(tshark is not installed; with it, the capture gets a second opinion)");
            return;
        }

        int? bad = await Tshark.CountAsync(
            pcap, "_ws.malformed || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0 || vlan", cancellation)
            .ConfigureAwait(false);
        checks.Record($"tshark agrees: {overlay}, no bad checksum, nothing malformed, no VLAN tag", seen > 0 && bad == 0, $"{seen} {overlay} packets, {bad} bad");
    }

    private async Task PingAsync(string claim, IpAddress to, CancellationToken cancellation)
    {
        var answer = await pods.PingAsync(Client, to, cancellation).ConfigureAwait(false);
        checks.Record(claim, answer.IsAnswered, $"{Client.Name} > {to}: {answer.Text}");
    }

    private async Task GetAsync(string claim, LabPod to, CancellationToken cancellation)
    {
        // The server may still be starting: only the last answer counts.
        var answer = await TryUntilAsync(to, PodOutcome.Answered, cancellation).ConfigureAwait(false);
        checks.Record(claim, answer.IsAnswered, $"{Client.Name} > http://{to.Ipv4}/: {answer.Text}");
    }

    /// <summary>A change takes a moment from the API to the hosts.</summary>
    private async Task BecomesAsync(string claim, PodOutcome wanted, CancellationToken cancellation)
    {
        var answer = await TryUntilAsync(OtherNetwork, wanted, cancellation).ConfigureAwait(false);
        checks.Record(claim, answer.Outcome == wanted, $"{Client.Name} > http://{OtherNetwork.Ipv4}/: {answer.Text}");
    }

    private async Task<PodAnswer> TryUntilAsync(LabPod to, PodOutcome wanted, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var answer = await pods.GetAsync(Client, new Uri($"http://{to.Ipv4}/"), cancellation).ConfigureAwait(false);
            if (answer.Outcome == wanted || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                return answer;
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    private Task<JsonObject> StatisticsAsync(LabPod pod, CancellationToken cancellation)
        => api.GetAsync($"logical-ports/{session.State.Ids[$"logical-ports/{pod.Name}"]}/statistics", cancellation);

    private static string Total(JsonObject statistics, string counter) => $"{statistics[counter]?["total"]}";

    private static long SpoofDrops(JsonObject statistics)
        => (statistics["dropped_by_security_packets"]?["spoof_guard_dropped"] as JsonArray ?? []).Sum(d => (long?)d?["counter"] ?? 0);

    private static IpAddress? Ipv6(LabPod pod) => pod.Addresses.Where(a => !a.Address.IsIpv4).Select(a => (IpAddress?)a.Address).FirstOrDefault();

    private string Place(LabPod pod) => $"{lab.HypervisorOf(lab.NodeOf(pod)).Name}/{lab.NodeOf(pod).Name}";

    private LabPod Pod(string name) => lab.Pods.First(p => p.Name == name);
}
