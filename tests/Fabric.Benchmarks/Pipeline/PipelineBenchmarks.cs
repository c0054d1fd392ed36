using BenchmarkDotNet.Attributes;

namespace Fabric.Benchmarks.Pipeline;

/// <summary>
/// A packet of a pod through the switch: tag off, SpoofGuard, firewall, router, Geneve. By the flow cache, by all stages, and as a
/// straightforward program would do the cached work. Bytes per packet must be 0 for the first two.
/// </summary>
[MemoryDiagnoser]
public class PipelineBenchmarks
{
    private const int Batch = 64;
    private const int Packets = 6400;

    private BenchmarkHost _host = null!;
    private NaiveSwitch _naive = null!;
    private int _next;

    [Params(1_000, 100_000)]
    public int Flows { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _host = new BenchmarkHost(Flows);
        _naive = new NaiveSwitch();
        for (int flow = 0; flow < Flows; flow += Batch)
        {
            Cached(flow);
            _naive.Learn(_host.FrameOf(flow).Span);
        }

        for (int flow = 0; flow < Flows; flow++)
        {
            _naive.Learn(_host.FrameOf(flow).Span);
        }
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Packets)]
    public int Naive()
    {
        int bytes = 0;
        for (int packet = 0; packet < Packets; packet++)
        {
            bytes += _naive.Forward(_host.FrameOf(Next()).Span).Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public int FlowCache()
    {
        int sent = 0;
        for (int packet = 0; packet < Packets; packet += Batch)
        {
            sent += Cached(_next);
            _next = (_next + Batch) % Flows;
        }

        return sent;
    }

    [Benchmark(OperationsPerInvoke = Packets)]
    public int AllStages()
    {
        _host.Datapath.UsesFlowCache = false;
        int sent = FlowCache();
        _host.Datapath.UsesFlowCache = true;
        return sent;
    }

    private int Cached(int first) => _host.Forward(first, Batch);

    private int Next()
    {
        _next = _next + 1 == Flows ? 0 : _next + 1;
        return _next;
    }
}
