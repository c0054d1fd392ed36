using Fabric.Lab.Hosting;

namespace Fabric.Lab.Processes;

/// <summary>Waits for a daemon to say, in its log, that it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(25);

    /// <summary>The first line that starts so.</summary>
    /// <exception cref="LabFailure">The process ended before it, or it took too long.</exception>
    public static async Task<string> WaitForLineAsync(RecordedProcess process, string start, CancellationToken cancellation)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            bool isAlive = process.IsAlive;
            string[] lines = ReadLines(process.Log!);
            if (Array.Find(lines, l => l.StartsWith(start, StringComparison.Ordinal)) is { } line)
            {
                return line;
            }

            if (!isAlive)
            {
                throw new LabFailure($"{process.Name} ended before it was ready: {LastWords(lines)}");
            }

            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new LabFailure($"{process.Name} was not ready after {Patience.TotalSeconds:0} s: {LastWords(lines)}");
            }

            await Task.Delay(Step, TimeProvider.System, cancellation).ConfigureAwait(false);
        }
    }

    private static string LastWords(string[] lines) => lines.LastOrDefault(l => l.Length > 0) ?? "it said nothing";

    private static string[] ReadLines(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd().Split('\n');
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
