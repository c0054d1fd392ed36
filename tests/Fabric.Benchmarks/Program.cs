using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Fabric.Benchmarks.Management;
using Fabric.Benchmarks.Pipeline;

// Without arguments: the ratios of the pipeline, by this thread's own processor time, so that a busy machine does not blur them.
// With "manager" (and perhaps a number of objects): the manager's, against bare programs that do the least that could be asked.
// With other arguments: BenchmarkDotNet, e.g. --filter '*'; in this process, so that both sides of a ratio see the same machine.
if (args.Length == 0)
{
    PipelineRatios.Print(Console.Out);
    return;
}

if (args[0] == "manager")
{
    await ManagerRatios.PrintAsync(Console.Out, args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100_000);
    return;
}

var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithOptions(ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
