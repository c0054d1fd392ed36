namespace Fabric.NodeOvs.Bridges;

/// <summary>
/// Counts the changes of a whole switch that a decision may depend on: its bridges, ports, flows, groups and learned addresses. What was decided
/// at another count is decided anew. It never comes back to a value. Belongs to the packet thread.
/// </summary>
internal sealed class ChangeCount
{
    public long Value { get; private set; }

    public void Add() => Value++;
}
