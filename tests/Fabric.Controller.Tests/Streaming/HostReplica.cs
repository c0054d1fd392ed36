using Fabric.Contracts.V1;
using Fabric.Controller.Streaming;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>A host as the contract describes it: it applies what it is told, a change at a time.</summary>
internal sealed class HostReplica(string node)
{
    private readonly Dictionary<(HostKind Kind, string Id), HostObject> _pending = [];

    public Dictionary<(HostKind Kind, string Id), HostObject> InForce { get; private set; } = [];

    public string Node => node;

    public HostLink Link { get; private set; } = new(node);

    public ulong Generation { get; private set; }

    public int Snapshots { get; private set; }

    /// <summary>Objects named by the last change.</summary>
    public List<string> LastNamed { get; private set; } = [];

    public ControlInput Arrive(params VifAttached[] vifs)
    {
        Link = new HostLink(node);
        return new ControlInput.HostArrived(
            Link, new Hello { NodeId = node, HostName = node, Version = "1", AppliedGeneration = Generation, Vifs = { vifs } });
    }

    public ControlInput Say(HostReport report) => new ControlInput.HostSaid(Link, report);

    public ControlInput Acknowledge(params Refusal[] refusals)
        => Say(new HostReport { Applied = new Applied { Generation = Generation, Refusals = { refusals } } });

    public ControlInput Ready() => new ControlInput.HostReady(Link);

    public ControlInput Leave() => new ControlInput.HostLeft(Link);

    /// <summary>Takes the change that is waiting, and answers whether there was one.</summary>
    public bool Take()
    {
        if (!Link.Outbox.TryRead(out var change))
        {
            return false;
        }

        foreach (var update in change)
        {
            Apply(update);
        }

        return true;
    }

    public void Apply(HostUpdate update)
    {
        switch (update.UpdateCase)
        {
            case HostUpdate.UpdateOneofCase.SnapshotBegin:
                Snapshots++;
                _pending.Clear();
                LastNamed = [];
                Began = true;
                break;
            case HostUpdate.UpdateOneofCase.Upsert:
                Begin();
                _pending[(KindOf(update.Upsert), update.Upsert.Id)] = update.Upsert;
                LastNamed.Add(update.Upsert.Id);
                break;
            case HostUpdate.UpdateOneofCase.Delete:
                Begin();
                Assert.That(_pending.Remove((update.Delete.Kind, update.Delete.Id)), $"{update.Delete} was never told");
                LastNamed.Add(update.Delete.Id);
                break;
            case HostUpdate.UpdateOneofCase.Commit:
                Assert.That(update.Generation, Is.GreaterThan(Generation), "generations rise");
                InForce = new(_pending);
                Generation = update.Generation;
                Began = false;
                break;
            default:
                break;
        }
    }

    private bool Began { get; set; }

    private void Begin()
    {
        if (!Began)
        {
            Began = true;
            LastNamed = [];
            _pending.Clear();
            foreach (var (key, item) in InForce)
            {
                _pending[key] = item;
            }
        }
    }

    private static HostKind KindOf(HostObject item) => Enum.Parse<HostKind>(item.ObjectCase.ToString());
}
