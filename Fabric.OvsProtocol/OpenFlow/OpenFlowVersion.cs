namespace Fabric.OvsProtocol.OpenFlow;

/// <summary>The version byte of an OpenFlow message.</summary>
public enum OpenFlowVersion : byte
{
    V10 = 1,
    V13 = 4,
    V14 = 5,
    V15 = 6,
}
