using Fabric.Packets.Links;

namespace Fabric.Lab.Simulation;

/// <summary>One thread for all simulated nodes of a lab: it works while there is work, then sleeps until a wire or a question wakes it.</summary>
internal sealed class NodeRunner : IDisposable
{
    private const int TimerIntervalMs = 10;
    private readonly IReadOnlyList<SimulatedNode> _nodes;
    private readonly LinkPoller _poller = new();
    private readonly Thread _thread;
    private volatile bool _isEnding;

    public NodeRunner(IReadOnlyList<(SimulatedNode Node, ILink Vnic)> nodes)
    {
        _nodes = [.. nodes.Select(pair => pair.Node)];
        for (int token = 0; token < nodes.Count; token++)
        {
            _poller.Add(nodes[token].Vnic.Descriptor, token);
        }

        foreach (var pod in _nodes.SelectMany(node => node.Pods))
        {
            pod.Asked = _poller.Wake;
        }

        _thread = new Thread(Run) { Name = "simulated nodes", IsBackground = true };
        _thread.Start();
    }

    public void Dispose()
    {
        _isEnding = true;
        _poller.Wake();
        _thread.Join();
        _poller.Dispose();
        foreach (var node in _nodes)
        {
            node.Dispose();
        }
    }

    private void Run()
    {
        while (!_isEnding)
        {
            int done = 0;
            foreach (var node in _nodes)
            {
                done += node.RunOnce();
            }

            if (done == 0)
            {
                _poller.Wait(TimerIntervalMs);
            }
        }
    }
}
