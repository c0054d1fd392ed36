using System.Diagnostics;

namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>Waits for what processes outside the test do, looking again and again, bounded in time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    public static async Task AsyncTrue(Func<Task<bool>> isSo, TimeSpan timeout, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        while (!await isSo().ConfigureAwait(false))
        {
            if (clock.Elapsed > timeout)
            {
                Assert.Fail($"not within {timeout.TotalSeconds:0} s: {what()}");
            }

            await Task.Delay(Step).ConfigureAwait(false);
        }
    }

    public static Task<CommandOutcome> SucceedsAsync(Func<Task<CommandOutcome>> run, TimeSpan timeout) => SucceedsAsync(run, _ => true, timeout);

    public static async Task<CommandOutcome> SucceedsAsync(Func<Task<CommandOutcome>> run, Func<CommandOutcome, bool> isRight, TimeSpan timeout)
    {
        CommandOutcome? last = null;
        await AsyncTrue(
            async () =>
            {
                last = await run().ConfigureAwait(false);
                return last.ExitCode == 0 && isRight(last);
            },
            timeout,
            () => last?.All ?? "nothing ran").ConfigureAwait(false);
        return last!;
    }
}
