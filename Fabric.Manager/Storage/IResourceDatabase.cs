using Fabric.Manager.Catalog;

namespace Fabric.Manager.Storage;

/// <summary>What a database held when it was opened.</summary>
internal sealed record DatabaseContent(string Epoch, FabricModel Model, ulong JournalStart, IReadOnlyList<(ulong Sequence, ResourceKey Key)> Journal);

/// <summary>
/// What other managers wrote to the same database: which transactions touched which resources, and how those are now (null: gone). Whole: the
/// journal no longer reaches back, and these are all resources there are.
/// </summary>
internal sealed record OthersWrites(
    ulong Sequence, bool IsWhole, IReadOnlyList<(ulong Sequence, ResourceKey Key)> Journal, IReadOnlyDictionary<ResourceKey, ManagedResource?> Now);

/// <summary>The transactions of one commit, and up to which sequence the journal may be forgotten (0: not now).</summary>
internal readonly record struct WriteBatch(IReadOnlyList<JournalEntry> Entries, ulong ForgetUpTo);

/// <summary>A manager that works on a database, as the database knows it.</summary>
internal sealed record ClusterMember(string Id, string Address, long StartedAt, bool IsAlive);

/// <summary>What the store keeps everything in. When a commit returns, it is on disk.</summary>
internal interface IResourceDatabase : IDisposable
{
    DatabaseContent Open(IdSource ids, int journalKept);

    /// <summary>
    /// One commit. While it runs nobody else writes: <paramref name="run"/> is told what others wrote after a sequence (null: nothing), and
    /// says what to write on top of that.
    /// </summary>
    void Commit(ulong known, Func<OthersWrites?, WriteBatch> run);

    /// <summary>What others wrote after a sequence; null: nothing.</summary>
    OthersWrites? ReadSince(ulong known);

    /// <summary>Comes back when others may have written, or after a while.</summary>
    Task WaitForOthersAsync(CancellationToken cancellation);

    /// <summary>Says that this member lives, and who else is there.</summary>
    IReadOnlyList<ClusterMember> Beat(ClusterMember self);

    /// <summary>Says that this member leaves.</summary>
    void Leave(ClusterMember self);

    /// <summary>A setting of the manager itself. Only while nothing is written: at start.</summary>
    string? Setting(string key);

    void SetSetting(string key, string value);
}
