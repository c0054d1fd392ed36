namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>What the operations of one transaction share.</summary>
internal sealed record OperationContext(WriteSet Set, Cells Cells, IReadOnlyDictionary<string, Guid> Names, Func<Guid> NewId, Func<string, bool> OwnsLock);
