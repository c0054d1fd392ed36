using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>What a bridge answers when it is asked about itself. New question: a line in <see cref="Answer"/>.</summary>
internal sealed class MultipartAnswers(PacketSwitch packets, Bridge bridge)
{
    private const uint AllPorts = OfPort.Any;

    /// <exception cref="OpenFlowException">Nothing like this can be asked here.</exception>
    public IEnumerable<OpenFlowMessage> Answer(OpenFlowMessage request)
    {
        var reader = new OfReader(request.Body.Span);
        ushort type = reader.U16();
        reader.Skip(6);
        var reply = new MultipartReply(request.Version, request.Xid, type);
        packets.Settle(packets.Now);
        switch (type)
        {
            case 0:
                reply.Add(Describe);
                break;
            case 1 or 17:
                foreach (var flow in Chosen(ref reader).OrderBy(flow => flow.Table).ThenByDescending(flow => flow.Priority).ToArray())
                {
                    reply.Add(body => FlowReplies.Describe(body, flow, request.Version, packets.Now));
                }

                break;
            case 2:
                var counted = Chosen(ref reader);
                reply.Add(body => FlowReplies.Aggregate(body, counted, request.Version));
                break;
            case 3:
                for (int table = 0; table < FlowTables.Count; table++)
                {
                    int number = table;
                    reply.Add(body => TableReplies.Count(body, number, bridge.Flows[number]));
                }

                break;
            case 4:
                foreach (var port in Ports(reader.U32()))
                {
                    reply.Add(body => PortReplies.Count(body, port, request.Version, packets.Now));
                }

                break;
            case 5 or 9 or 10:
                break; // no queues, no meters
            case 6:
                foreach (var group in Groups(reader.U32()))
                {
                    reply.Add(body => GroupReplies.Count(body, group, References(group.Id), packets.Now));
                }

                break;
            case 7:
                uint wanted = request.Version >= OpenFlowVersion.V15 && reader.Left >= 4 ? reader.U32() : GroupMod.AllGroups;
                foreach (var group in Groups(wanted))
                {
                    reply.Add(body => GroupReplies.Describe(body, group, request.Version));
                }

                break;
            case 8:
                reply.Add(GroupReplies.Features);
                break;
            case 11:
                reply.Add(body => body.Zeros(16));
                break;
            case 12:
                for (int table = 0; table < FlowTables.Count; table++)
                {
                    byte number = (byte)table;
                    reply.Add(body => TableReplies.Describe(body, number, ""));
                }

                break;
            case 13:
                foreach (var port in bridge.Ports.Values.OrderBy(port => port.Number))
                {
                    reply.Add(body => PortReplies.Describe(body, port, request.Version));
                }

                break;
            default:
                throw new OpenFlowException(ErrorCode.BadRequestBadMultipart, $"multipart type {type}");
        }

        return reply.Messages();
    }

    private static void Describe(OfWriter body)
    {
        body.Text("Fabric", 256);
        body.Text("NodeOvs", 256);
        body.Text("3.1.0", 256); // the behavior that it follows
        body.Text("None", 32);
        body.Text("None", 256);
    }

    private List<FlowEntry> Chosen(ref OfReader reader)
    {
        byte table = reader.Byte();
        reader.Skip(3);
        uint outPort = reader.U32();
        uint outGroup = reader.U32();
        reader.Skip(4);
        ulong cookie = reader.U64();
        ulong mask = reader.U64();
        var match = FlowMatch.Read(ref reader);
        return bridge.Flows.Select(
            new FlowMod { Table = table, OutPort = outPort, OutGroup = outGroup, Cookie = cookie, CookieMask = mask, Match = match }, strict: false);
    }

    private IEnumerable<BridgePort> Ports(uint number)
        => bridge.Ports.Values.Where(port => number == AllPorts || port.Number == number).OrderBy(port => port.Number);

    private IEnumerable<GroupEntry> Groups(uint id) => bridge.Groups.Values.Where(group => id == GroupMod.AllGroups || group.Id == id).OrderBy(group => group.Id);

    private int References(uint group) => bridge.Flows.All.Count(flow => flow.Instructions.Apply.OfType<GroupAction>().Any(action => action.Group == group));
}
