using System.Diagnostics;
using Fabric.Packets.Captures;

namespace Fabric.Packets.Tests.Oracles;

/// <summary>What Wireshark reads in the frames we write.</summary>
[TestFixture]
public sealed class TsharkTests
{
    private static readonly string[] Fields =
    [
        "eth.src", "vlan.id", "arp.opcode", "ip.src", "ip.dst", "ipv6.dst", "tcp.dstport", "udp.srcport", "udp.dstport", "sctp.dstport",
        "icmp.type", "icmpv6.type", "geneve.vni", "geneve.option.class", "vxlan.vni", "bfd.sta", "dhcp.option.dhcp", "frame.protocols",
        "icmpv6.nd.ns.target_address", "icmp.mtu", "ip.frag_offset", "ieee8021ad.id",
    ];

    private Dictionary<string, Dictionary<string, string>> _seen = [];
    private string _complaints = "";

    [OneTimeSetUp]
    public void DecodeAllSeeds()
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"seeds-{Environment.ProcessId}.pcap");
        using (var writer = PcapFileWriter.Create(path))
        {
            foreach (byte[] frame in Seeds.All.Values)
            {
                writer.Write(DateTimeOffset.UnixEpoch, frame);
            }
        }

        const string checks = "-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o sctp.checksum:TRUE -o ip.defragment:FALSE -o ipv6.defragment:FALSE";
        try
        {
            string rows = Run($"-r {path} {checks} -T fields -E separator=/t {string.Join(' ', Fields.Select(field => $"-e {field}"))}");
            _seen = Seeds.All.Keys
                .Zip(rows.Split('\n'), (name, row) => (name, cells: row.Split('\t')))
                .ToDictionary(
                    seed => seed.name,
                    seed => Fields.Zip(seed.cells).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
            _complaints = Run($"-r {path} {checks} -Y \"_ws.malformed || _ws.expert.severity >= 8388608 || ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0 || sctp.checksum.status == 0\"");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Nothing_is_malformed_and_no_checksum_is_wrong() => Assert.That(_complaints, Is.Empty);

    [TestCase("arp request", "arp.opcode", "1")]
    [TestCase("arp reply", "eth.src", "02:00:0a:00:00:02")]
    [TestCase("ping", "icmp.type", "8")]
    [TestCase("ping v6", "icmpv6.type", "128")]
    [TestCase("fragmentation needed", "icmp.mtu", "1400")]
    [TestCase("packet too big", "icmpv6.type", "2")]
    [TestCase("neighbor solicitation", "icmpv6.nd.ns.target_address", "fe80::2")]
    [TestCase("neighbor solicitation", "ipv6.dst", "ff02::1:ff00:2")]
    [TestCase("neighbor advertisement", "icmpv6.type", "136")]
    [TestCase("tcp syn", "tcp.dstport", "80")]
    [TestCase("udp", "udp.dstport", "9")]
    [TestCase("sctp", "sctp.dstport", "38412")]
    [TestCase("dhcp discover", "dhcp.option.dhcp", "1")]
    [TestCase("dhcp ack", "dhcp.option.dhcp", "5")]
    [TestCase("ipv4 last fragment", "ip.frag_offset", "185")]
    [TestCase("vlan", "vlan.id", "100")]
    [TestCase("qinq", "ieee8021ad.id", "200")]
    [TestCase("qinq", "vlan.id", "100")]
    [TestCase("geneve", "geneve.vni", "0x001388")]
    [TestCase("geneve", "geneve.option.class", "0x0104")]
    [TestCase("geneve", "ip.src", "192.0.2.1,10.0.0.1")]
    [TestCase("geneve", "frame.protocols", "eth:ethertype:ip:udp:geneve:eth:ethertype:ip:tcp")]
    [TestCase("vxlan", "vxlan.vni", "11259375")]
    [TestCase("bfd in geneve", "bfd.sta", "0x03")]
    [TestCase("bfd in geneve", "geneve.vni", "0x000000")]
    public void Wireshark_reads_what_we_wrote(string seed, string field, string expected)
        => Assert.That(_seen[seed][field], Is.EqualTo(expected));

    private static string Run(string arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.Zero, error);
            return output.TrimEnd('\n');
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("needs tshark");
            throw;
        }
    }
}
