using Fabric.Lab.Hosting;
using Fabric.Lab.Processes;

namespace Fabric.Lab.Demo;

/// <summary>A second opinion on a capture, from a program that we did not write; where it is installed.</summary>
internal static class Tshark
{
    private static readonly string[] Checksums =
        ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-o", "udp.check_checksum:TRUE"];

    /// <summary>Frames that a display filter lets through; null if tshark is not installed.</summary>
    public static async Task<int?> CountAsync(string pcap, string filter, CancellationToken cancellation)
    {
        try
        {
            var result = await Shell.RunAsync(["tshark", "-r", pcap, .. Checksums, "-Y", filter, "-T", "fields", "-e", "frame.number"], null, cancellation)
                .ConfigureAwait(false);
            return result.Succeeded ? result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : throw new LabFailure(result.Error.Trim());
        }
        catch (LabFailure) when (!IsInstalled)
        {
            return null;
        }
    }

    private static bool IsInstalled
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "tshark")));
}
