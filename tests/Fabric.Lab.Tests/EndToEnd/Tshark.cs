namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>tshark's reading of a capture file: somebody else's opinion of our packets.</summary>
internal sealed class Tshark(string file)
{
    private static readonly string[] Checksums =
        ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];

    /// <summary>Packets that a display filter lets through.</summary>
    public async Task<int> CountAsync(string filter)
        => (await RunAsync("-Y", filter, "-T", "fields", "-e", "frame.number").ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    /// <summary>The different values of a field, over all packets and layers.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string filter, string field)
        => [.. (await RunAsync("-Y", filter, "-T", "fields", "-E", "occurrence=a", "-e", field).ConfigureAwait(false))
            .Split(['\n', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Nothing is malformed, and every checksum that is there adds up.</summary>
    public async Task MustBeCleanAsync()
    {
        int malformed = await CountAsync("_ws.malformed || _ws.short").ConfigureAwait(false);
        // 0: bad (1: good, 2: not verified); a UDP checksum of zero in the outer header is allowed and is no "bad".
        int bad = await CountAsync("ip.checksum.status == 0 || tcp.checksum.status == 0 || udp.checksum.status == 0 || icmp.checksum.status == 0 || icmpv6.checksum.status == 0").ConfigureAwait(false);
        Assert.That(malformed, Is.Zero, "malformed packets");
        Assert.That(bad, Is.Zero, "packets with a bad checksum");
    }

    private async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        // tshark running as root warns on stderr; only its output and exit code count.
        var outcome = await Command.RunAsync(["tshark", "-n", "-r", file, .. Checksums, .. arguments]).ConfigureAwait(false);
        return outcome.MustSucceed().Output;
    }
}
