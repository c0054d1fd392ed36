namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>Ends a transaction at an operation; its error stands in that operation's place in the answer.</summary>
internal sealed class OperationException(OvsdbError error) : Exception(error.Details ?? error.Error)
{
    public OvsdbError Error => error;
}
