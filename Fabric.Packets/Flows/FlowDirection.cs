namespace Fabric.Packets.Flows;

/// <summary>Which way a packet goes within its flow.</summary>
public enum FlowDirection : byte
{
    /// <summary>As the first packet went.</summary>
    Original = 0,

    /// <summary>Against it.</summary>
    Reply = 1,
}
