using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tables;

namespace Fabric.HostSwitch.Agent;

/// <summary>The packet thread as everyone else meets it: what is asked is done between two batches, in the order of asking.</summary>
internal interface IPacketThread
{
    /// <summary>Puts a generation of tables into force; done once it is.</summary>
    Task PublishAsync(HostTables tables);

    /// <summary>Opens the device for a VIF, now or when it appears.</summary>
    Task PlugAsync(string vifId, string device);

    Task UnplugAsync(string vifId);

    /// <summary>Runs something that looks at, or changes, what the packet thread owns.</summary>
    Task<T> AskAsync<T>(Func<PacketContext, T> question);
}
