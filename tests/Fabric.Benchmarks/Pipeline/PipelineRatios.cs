using System.Globalization;

namespace Fabric.Benchmarks.Pipeline;

/// <summary>
/// Nanoseconds of processor time per packet, and what that is against the naive program in the same run. The two are measured in turns
/// and the best turn of each counts.
/// </summary>
internal static class PipelineRatios
{
    private const int Packets = 128_000;
    private const int Turns = 12;

    public static void Print(TextWriter to)
    {
        to.WriteLine("flows     what                                          ns/packet   against naive");
        foreach (int flows in new[] { 1_000, 100_000 })
        {
            var host = new BenchmarkHost(flows);
            var naive = new NaiveSwitch();
            for (int flow = 0; flow < flows; flow++)
            {
                naive.Learn(host.FrameOf(flow).Span);
            }

            Func<double>[] subjects =
            [
                () => Measure(() => Naive(naive, host, flows)),
                () => Measure(() => Run(host, flows, usesCache: true)),
                () => Measure(() => Run(host, flows, usesCache: false)),
            ];
            double[] best = [double.MaxValue, double.MaxValue, double.MaxValue];
            for (int turn = 0; turn < Turns; turn++)
            {
                for (int subject = 0; subject < subjects.Length; subject++)
                {
                    best[subject] = Math.Min(best[subject], subjects[subject]());
                }
            }

            Row(to, flows, "naive program: dictionaries, new arrays", best[0], best[0]);
            Row(to, flows, "flow cache: tag, SpoofGuard, firewall, route, Geneve", best[1], best[0]);
            Row(to, flows, "all stages, no cache", best[2], best[0]);
        }
    }

    private static void Row(TextWriter to, int flows, string what, double nanoseconds, double baseline)
        => to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{flows,-9} {what,-52} {nanoseconds,6:F0}   {nanoseconds / baseline,6:F2}x"));

    private static double Measure(Action work)
    {
        long before = ThreadClock.Nanoseconds();
        work();
        return (ThreadClock.Nanoseconds() - before) / (double)Packets;
    }

    private static void Naive(NaiveSwitch naive, BenchmarkHost host, int flows)
    {
        int next = 0;
        for (int packet = 0; packet < Packets; packet++)
        {
            _ = naive.Forward(host.FrameOf(next).Span);
            next = next + 1 == flows ? 0 : next + 1;
        }
    }

    private static void Run(BenchmarkHost host, int flows, bool usesCache)
    {
        host.Datapath.UsesFlowCache = usesCache;
        int next = 0;
        for (int packet = 0; packet < Packets; packet += 64)
        {
            int sent = host.Forward(next, 64);
            if (sent != 64)
            {
                throw new InvalidOperationException($"{sent} of 64 packets left");
            }

            next = (next + 64) % flows;
        }
    }
}
