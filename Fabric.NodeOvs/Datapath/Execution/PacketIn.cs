using Fabric.NodeOvs.Bridges;

namespace Fabric.NodeOvs.Datapath.Execution;

/// <summary>A packet on its way to controllers: a copy of its bytes, and why.</summary>
internal sealed record PacketIn(Bridge Bridge, uint InPort, byte Table, ulong Cookie, int Reason, int MaxLength, int ControllerId, byte[] Frame);
