using Fabric.Contracts.V1;
using Fabric.Controller.Compute;
using Fabric.Controller.Realization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fabric.Controller.Streaming;

/// <summary>
/// The controller itself: takes inputs, keeps the model, and tells each host and the manager what differs. It belongs to one
/// thread at a time and waits for nothing; <see cref="ControlLoop"/> feeds it.
/// </summary>
internal sealed class ControlPlane
{
    private readonly Dictionary<string, HostFeed> _feeds = [];
    private readonly Dictionary<BundleKey, HashSet<HostFeed>> _subscribers = [];
    private readonly HashSet<string> _changedPlans = [];
    private readonly HashSet<BundleKey> _changedBundles = [];
    private readonly HashSet<HostFeed> _toTell = [];
    private readonly FabricReports _reports;
    private readonly RealizationTracker _realization;
    private readonly ReturnWatch _returns;
    private readonly ReportBook _book;
    private readonly ILogger _logger;

    public ControlPlane(IOptions<ControllerOptions> options, ReportBook book, TimeProvider time, ILogger<ControlPlane> logger)
    {
        _logger = logger;
        _reports = new FabricReports(options.Value.Id, book, Model, time);
        _realization = new RealizationTracker(Model.Intent, _reports);
        _returns = new ReturnWatch(Model, TimeSpan.FromSeconds(options.Value.SettleSeconds), time, ReturnsAreOver);
        _book = book;
        Model.Plans.Changed = (node, _) => _changedPlans.Add(node);
        Model.Bundles.Changed = (key, _) => _changedBundles.Add(key);
        Model.Intent.Ports.Watch((id, exists) =>
        {
            if (!exists)
            {
                Model.Facts.ForgetPort(id);
            }
        });
    }

    public FabricModel Model { get; } = new();

    /// <summary>Asks for <see cref="ControlInput.ReturnsAwaited"/> after a while.</summary>
    public Action<ControlInput>? Later
    {
        get => _returns.Later;
        set => _returns.Later = value;
    }

    public void Take(ControlInput input)
    {
        switch (input)
        {
            case ControlInput.Published published:
                bool wasWhole = Model.Intent.IsWhole;
                foreach (var item in Model.Intent.Apply(published.Change))
                {
                    _realization.Changed(item);
                }

                if (!wasWhole && Model.Intent.IsWhole)
                {
                    _toTell.UnionWith(_feeds.Values);
                }

                ForgetDeletedNodes();
                _returns.Check();
                break;
            case ControlInput.HostArrived arrived:
                Welcome(arrived.Link, arrived.Hello);
                break;
            case ControlInput.HostSaid said when IsCurrent(said.Link):
                Hear(_feeds[said.Link.Node], said.Report);
                break;
            case ControlInput.HostReady ready when IsCurrent(ready.Link):
                ready.Link.IsReady = true;
                _toTell.Add(_feeds[ready.Link.Node]);
                break;
            case ControlInput.HostLeft left when IsCurrent(left.Link):
                Dismiss(left.Link.Node);
                break;
            case ControlInput.ReturnsAwaited:
                _returns.Expire();
                break;
            default:
                break; // of a connection that has been replaced
        }
    }

    /// <summary>Computes what the inputs taken so far have changed, and tells whoever is concerned.</summary>
    public void Flush()
    {
        Model.Settle();
        while (_changedPlans.Count + _changedBundles.Count > 0)
        {
            foreach (string node in _changedPlans)
            {
                if (_feeds.TryGetValue(node, out var feed))
                {
                    Replan(feed);
                }
            }

            foreach (var key in _changedBundles)
            {
                foreach (var feed in _subscribers.GetValueOrDefault(key, []))
                {
                    feed.MarkDue(key);
                    _toTell.Add(feed);
                }

                _realization.Changed(key);
            }

            _changedPlans.Clear();
            _changedBundles.Clear();
            Model.Settle(); // bundles that a plan has just called for
        }

        foreach (var feed in _toTell.Where(MayBeTold))
        {
            ulong former = feed.Generation;
            foreach (var key in feed.Tell(key => Model.Bundles[key]))
            {
                _realization.Changed(key);
            }

            if (feed.Generation != former)
            {
                _logger.ChangeSent(feed.Node, feed.Generation);
            }

            _reports.Progressed(feed);
        }

        _toTell.Clear();
        _reports.Flush();
        _realization.Flush();
    }

    private void ReturnsAreOver()
    {
        _book.Open();
        _toTell.UnionWith(_feeds.Values);
    }

    // A controller that has no whole intent, or is just back, must not take from hosts what they forward with.
    private bool MayBeTold(HostFeed feed) => feed.CanBeTold && Model.Intent.IsWhole && (_returns.AreOver || feed.IsBlank);

    private bool IsCurrent(HostLink link) => _feeds.TryGetValue(link.Node, out var feed) && feed.Link == link;

    private void Welcome(HostLink link, Hello hello)
    {
        if (!_feeds.TryGetValue(link.Node, out var feed))
        {
            feed = new HostFeed(link.Node);
            _feeds[link.Node] = feed;
            Model.Plans.Observe(link.Node);
            _changedPlans.Add(link.Node);
        }

        feed.Connect(link, hello.AppliedGeneration);
        Model.Facts.SetConnected(link.Node, true);
        Model.Facts.ReplaceVifs(link.Node, hello.Vifs);
        _reports.Arrived(feed, hello);
        _toTell.Add(feed);
        _returns.Arrived(link.Node);
        _logger.HostArrived(link.Node, hello.Vifs.Count, hello.AppliedGeneration);
    }

    private void Hear(HostFeed feed, HostReport report)
    {
        switch (report.ReportCase)
        {
            case HostReport.ReportOneofCase.Applied:
                foreach (var key in feed.Acknowledge(report.Applied))
                {
                    _realization.Changed(key);
                }

                foreach (var refusal in report.Applied.Refusals)
                {
                    _logger.ObjectRefused(feed.Node, refusal.Kind, refusal.Id, refusal.Reason);
                }

                _reports.Progressed(feed);
                break;
            case HostReport.ReportOneofCase.VifAttached:
                Model.Facts.Attach(feed.Node, report.VifAttached);
                break;
            case HostReport.ReportOneofCase.VifDetached:
                Model.Facts.Detach(feed.Node, report.VifDetached.VifId);
                break;
            case HostReport.ReportOneofCase.Discovery when IsPlaceOf(feed.Node, report.Discovery.PortId):
                Model.Facts.SetDiscovery(report.Discovery);
                break;
            case HostReport.ReportOneofCase.Learned when IsPlaceOf(feed.Node, report.Learned.PortId):
                Model.Facts.SetLearned(report.Learned);
                break;
            case HostReport.ReportOneofCase.Statistics:
                _reports.Statistics(feed.Node, report.Statistics);
                break;
            case HostReport.ReportOneofCase.Tunnels:
                _reports.Tunnels(feed.Node, report.Tunnels);
                break;
            default:
                break;
        }

        _reports.Heard(feed.Node);
    }

    // A host may still speak of a port that has moved. A port that is nowhere may be one that the manager has yet to name.
    private bool IsPlaceOf(string node, string port) => Model.Placement.NodeOf(port) is var place && (place == node || place == Placement.Nowhere);

    private void Dismiss(string node)
    {
        _feeds[node].Disconnect();
        Model.Facts.SetConnected(node, false);
        _reports.Left(node);
        _logger.HostLeft(node);
        ForgetDeletedNodes();
    }

    private void Replan(HostFeed feed)
    {
        var former = feed.Plan;
        var latter = Model.Plans[feed.Node];
        feed.Plan = latter;
        foreach (var key in latter.Where(key => !former.Contains(key)))
        {
            if (_subscribers.TryGetValue(key, out var others))
            {
                others.Add(feed);
            }
            else
            {
                _subscribers[key] = [feed];
                Model.Bundles.Observe(key);
            }

            feed.MarkDue(key);
            _realization.Add(feed, key);
        }

        foreach (var key in former.Where(key => !latter.Contains(key)))
        {
            Unsubscribe(feed, key);
            feed.MarkDue(key);
        }

        _toTell.Add(feed);
    }

    private void Unsubscribe(HostFeed feed, BundleKey key)
    {
        var others = _subscribers[key];
        others.Remove(feed);
        if (others.Count == 0)
        {
            _subscribers.Remove(key);
            Model.Bundles.Forget(key);
        }

        _realization.Remove(feed, key);
    }

    /// <summary>A host that is away stays as it was, unless its transport node was deleted.</summary>
    private void ForgetDeletedNodes()
    {
        foreach (var feed in _feeds.Values.Where(feed => feed.Link is null && Model.Intent.IsWhole && Model.Intent.Nodes[feed.Node] is null).ToArray())
        {
            foreach (var key in feed.Plan)
            {
                Unsubscribe(feed, key);
            }

            _feeds.Remove(feed.Node);
            Model.Plans.Forget(feed.Node);
            Model.Facts.ForgetNode(feed.Node);
            _reports.Forget(feed.Node);
        }
    }
}
