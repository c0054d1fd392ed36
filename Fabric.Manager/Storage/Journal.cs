using System.Threading.Channels;
using Fabric.Manager.Catalog;

namespace Fabric.Manager.Storage;

/// <summary>One resource before and after a transaction; null after: deleted, null before: new.</summary>
internal sealed record ResourceChange(ResourceKey Key, ManagedResource? Before, ManagedResource? After);

/// <summary>One transaction: what it changed, and everything as it was right after it.</summary>
internal sealed record JournalEntry(ulong Sequence, IReadOnlyList<ResourceChange> Changes, FabricModel Model);

/// <summary>
/// A place in the journal: the model at that moment, what had changed since the sequence asked for (null: the journal no longer
/// knows, take the whole model), and every transaction after. Who falls behind finds the channel completed and subscribes anew.
/// </summary>
internal sealed class JournalSubscription(FabricModel model, IReadOnlyCollection<ResourceKey>? changedSince, Channel<JournalEntry> channel, Action<JournalSubscription> leave)
    : IDisposable
{
    public FabricModel Model => model;

    public IReadOnlyCollection<ResourceKey>? ChangedSince => changedSince;

    public ChannelReader<JournalEntry> Entries => channel.Reader;

    /// <summary>False: the reader is too slow, and has been let go.</summary>
    public bool Offer(JournalEntry entry)
    {
        if (channel.Writer.TryWrite(entry))
        {
            return true;
        }

        channel.Writer.TryComplete();
        return false;
    }

    public void Dispose()
    {
        leave(this);
        channel.Writer.TryComplete();
    }
}
