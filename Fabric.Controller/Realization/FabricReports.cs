using Fabric.Contracts.V1;
using Fabric.Controller.Compute;
using Fabric.Controller.Streaming;
using Case = Fabric.Contracts.V1.RuntimeReport.ReportOneofCase;

namespace Fabric.Controller.Realization;

/// <summary>Writes down, for the manager, what the fabric is: nodes, ports, tables, counters, and how far each object has got.</summary>
internal sealed class FabricReports
{
    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(15);

    private readonly string _controller;
    private readonly ReportBook _book;
    private readonly TimeProvider _time;
    private readonly FabricModel _model;
    private readonly Dictionary<string, FabricNodeStatus> _nodes = [];
    private readonly HashSet<string> _ports = [];
    private readonly HashSet<string> _switches = [];

    public FabricReports(string controller, ReportBook book, FabricModel model, TimeProvider time)
    {
        _controller = controller;
        _book = book;
        _model = model;
        _time = time;
        model.Intent.Ports.Watch((id, exists) => Follow(model.Views.Ports.Observe, model.Views.Ports.Forget, _ports, id, exists));
        model.Intent.Switches.Watch((id, exists) => Follow(model.Views.Switches.Observe, model.Views.Switches.Forget, _switches, id, exists));
        model.Views.Ports.Changed = (id, _) => _ports.Add(id);
        model.Views.Switches.Changed = (id, _) => _switches.Add(id);
        model.Facts.VifChanged = WriteVif;
    }

    /// <summary>Writes down what has changed of ports and switches.</summary>
    public void Flush()
    {
        foreach (string id in _ports)
        {
            Write(new ReportSubject(Case.Port, id), report => report.Port = _model.Views.Ports[id]);
            if (_model.Intent.Ports[id] is null)
            {
                _book.Drop(new ReportSubject(Case.PortStatistics, id));
            }
        }

        foreach (string id in _switches)
        {
            Write(new ReportSubject(Case.SwitchTables, id), report => report.SwitchTables = _model.Views.Switches[id]);
        }

        _ports.Clear();
        _switches.Clear();
    }

    public void Arrived(HostFeed feed, Hello hello) => Update(feed.Node, status =>
    {
        status.Connected = true;
        status.HostName = hello.HostName;
        status.HostVersion = hello.Version;
        Copy(feed, status);
    });

    public void Left(string node) => Update(node, status => status.Connected = false);

    public void Progressed(HostFeed feed) => Update(feed.Node, status => Copy(feed, status));

    /// <summary>The node is no transport node any more, and not here.</summary>
    public void Forget(string node)
    {
        _nodes.Remove(node);
        _book.Drop(new ReportSubject(Case.NodeStatus, node));
    }

    public void Tunnels(string node, HostTunnels tunnels) => Update(node, status =>
    {
        status.Tunnels.Clear();
        status.Tunnels.AddRange(tunnels.Tunnels);
    });

    public void Statistics(string node, HostStatistics statistics)
    {
        foreach (var port in statistics.Ports)
        {
            var copy = port.Clone();
            copy.NodeId = node;
            Write(new ReportSubject(Case.PortStatistics, port.PortId), report => report.PortStatistics = copy);
        }

        foreach (var rule in statistics.Rules)
        {
            var copy = rule.Clone();
            copy.NodeId = node;
            Write(new ReportSubject(Case.RuleStatistics, $"{rule.RuleId}", node), report => report.RuleStatistics = copy);
        }

        Update(node, status =>
        {
            foreach (var (name, count) in statistics.Drops)
            {
                status.Drops[name] = count;
            }
        });
    }

    /// <summary>Any word from a host shows that it lives; told now and then only.</summary>
    public void Heard(string node)
    {
        if (_nodes.TryGetValue(node, out var status)
            && Now - status.LastHeartbeatMs >= (long)HeartbeatPeriod.TotalMilliseconds)
        {
            Update(node, _ => { });
        }
    }

    public void Realized(ConfigKind kind, string id, long revision, IEnumerable<NodeRealization> nodes)
    {
        var realization = new ObjectRealization
        {
            Key = new ConfigKey { Kind = kind, Id = id },
            Revision = Math.Max(revision, 0),
            Gone = revision < 0,
        };
        realization.Nodes.AddRange(nodes);
        Write(new ReportSubject(Case.Realization, $"{kind}/{id}"), report => report.Realization = realization);
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Follow(Action<string> observe, Action<string> forget, HashSet<string> changed, string id, bool exists)
    {
        (exists ? observe : forget)(id);
        changed.Add(id);
    }

    private static void Copy(HostFeed feed, FabricNodeStatus status)
    {
        status.GenerationSent = feed.Generation;
        status.GenerationApplied = feed.Applied;
        status.Refusals.Clear();
        status.Refusals.AddRange(feed.Refusals);
    }

    private void WriteVif(string vif, VifPresent? former, VifPresent? latter)
        => Write(new ReportSubject(Case.VifPresent, vif), report =>
        {
            if (latter is not null)
            {
                report.VifPresent = latter;
            }
            else
            {
                report.VifGone = new VifGone { VifId = vif, NodeId = former?.NodeId ?? "" };
            }
        });

    private void Update(string node, Action<FabricNodeStatus> change)
    {
        // What the book holds may be on its way to the manager: change a copy.
        var status = _nodes.TryGetValue(node, out var known) ? known.Clone() : new FabricNodeStatus { NodeId = node };
        change(status);
        if (known is null || !known.Equals(status) || Now - known.LastHeartbeatMs >= (long)HeartbeatPeriod.TotalMilliseconds)
        {
            status.LastHeartbeatMs = Now;
            _nodes[node] = status;
            Write(new ReportSubject(Case.NodeStatus, node), report => report.NodeStatus = status);
        }
    }

    private void Write(ReportSubject subject, Action<RuntimeReport> fill)
    {
        var report = new RuntimeReport { ControllerId = _controller };
        fill(report);
        _book.Write(subject, report);
    }
}
