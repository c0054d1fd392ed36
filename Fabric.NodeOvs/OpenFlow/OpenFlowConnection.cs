using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Connections;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.NodeOvs.Running;
using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>One client of a bridge's OpenFlow socket, from its HELLO to its end (OpenFlow 1.3.5, section 6).</summary>
internal sealed class OpenFlowConnection(Stream stream, Bridge bridge, SwitchThread thread) : IAsyncDisposable
{
    private const uint Nicira = 0x00002320;
    private const uint Onf = 0x4F4E4600;
    private const int ErrorQuote = 64;

    private readonly OpenFlowStream _stream = new(stream);
    private readonly Dictionary<uint, List<OpenFlowMessage>> _bundles = [];
    private OpenFlowVersion _version;
    private int _missLength = 128;
    private uint _role;
    private bool _hearsAll;

    /// <summary>Serves until the client leaves.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!await GreetAsync(cancellation).ConfigureAwait(false))
        {
            return;
        }

        while (await _stream.ReadAsync(cancellation).ConfigureAwait(false) is { } message)
        {
            IReadOnlyList<OpenFlowMessage> answers;
            try
            {
                answers = message.Version == _version
                    ? await AnswerAsync(message).ConfigureAwait(false)
                    : throw new OpenFlowException(ErrorCode.BadRequestBadVersion, $"version {(byte)message.Version} was not agreed");
            }
            catch (OpenFlowException refused)
            {
                answers = [Error(message, refused.Code)];
            }

            await _stream.WriteAsync(answers, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A packet for controllers, if this client wants to hear of packets.</summary>
    public Task TellAsync(PacketIn packet) => !_hearsAll || packet.Bridge != bridge ? Task.CompletedTask : _stream.WriteAsync(OpenFlowMessage.Of(_version, MessageType.PacketIn, 0, body =>
    {
        int length = Math.Min(packet.Frame.Length, Math.Min(packet.MaxLength, _missLength));
        body.U32(uint.MaxValue);
        body.U16(packet.Frame.Length);
        body.Byte(packet.Reason);
        body.Byte(packet.Table);
        body.U64(packet.Cookie);
        new FlowMatch([FieldMatch.Exact(FieldId.InPort, packet.InPort)]).Write(body, _version);
        body.Zeros(2);
        body.Bytes(packet.Frame.AsSpan(0, length));
    }));

    /// <summary>A flow that is gone and asked for that to be told.</summary>
    public Task TellAsync(FlowEntry flow, FlowRemovedReason reason, long now)
        => !_hearsAll || !flow.Flags.HasFlag(FlowFlags.SendFlowRemoved)
            ? Task.CompletedTask
            : _stream.WriteAsync(OpenFlowMessage.Of(_version, MessageType.FlowRemoved, 0, body => FlowReplies.Removed(body, flow, reason, _version, now)));

    /// <summary>A port that came (0), went (1) or changed (2).</summary>
    public Task TellAsync(BridgePort port, int reason) => _version == 0 ? Task.CompletedTask : _stream.WriteAsync(OpenFlowMessage.Of(_version, MessageType.PortStatus, 0, body =>
    {
        body.Byte(reason);
        body.Zeros(7);
        PortReplies.Describe(body, port, _version);
    }));

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task<bool> GreetAsync(CancellationToken cancellation)
    {
        uint mine = bridge.Versions & (Hello.Bit(OpenFlowVersion.V13) | Hello.Bit(OpenFlowVersion.V14) | Hello.Bit(OpenFlowVersion.V15));
        await _stream.WriteAsync(Hello.Write(mine == 0 ? Hello.Bit(OpenFlowVersion.V13) : mine, 1), cancellation).ConfigureAwait(false);
        if (await _stream.ReadAsync(cancellation).ConfigureAwait(false) is not { Type: MessageType.Hello } hello)
        {
            return false;
        }

        if (Hello.Agreed(mine, Hello.Versions(hello)) is { } agreed)
        {
            _version = agreed;
            return true;
        }

        await _stream.WriteAsync(Error(hello, ErrorCode.HelloIncompatible), cancellation).ConfigureAwait(false);
        return false;
    }

    private async Task<IReadOnlyList<OpenFlowMessage>> AnswerAsync(OpenFlowMessage message)
    {
        switch (message.Type)
        {
            case MessageType.EchoRequest:
                return [message with { Type = MessageType.EchoReply }];
            case MessageType.Hello or MessageType.EchoReply or MessageType.Error:
                return [];
            case MessageType.FeaturesRequest:
                return [Reply(message, MessageType.FeaturesReply, Features)];
            case MessageType.GetConfigRequest:
                return [Reply(message, MessageType.GetConfigReply, body =>
                {
                    body.U16(0);
                    body.U16(_missLength);
                })];
            case MessageType.SetConfig:
                _missLength = (message.Body.Span[2] << 8) | message.Body.Span[3];
                _hearsAll = true;
                return [];
            case MessageType.BarrierRequest:
                await thread.AskAsync(_ => true).ConfigureAwait(false);
                return [Reply(message, MessageType.BarrierReply, _ => { })];
            case MessageType.FlowMod or MessageType.GroupMod or MessageType.PortMod:
                await OnThreadAsync(packets => new BridgeChanges(packets, bridge).Apply(message)).ConfigureAwait(false);
                return [];
            case MessageType.MultipartRequest:
                return await thread.AskAsync(packets => new MultipartAnswers(packets, bridge).Answer(message).ToArray()).ConfigureAwait(false);
            case MessageType.PacketOut:
                await OnThreadAsync(packets => SendOut(packets, message)).ConfigureAwait(false);
                return [];
            case MessageType.RoleRequest:
                return [Role(message)];
            case MessageType.SetAsync:
                _hearsAll = true;
                return [];
            case MessageType.BundleControl or MessageType.BundleAddMessage:
                return await BundleAsync(message, message.Type == MessageType.BundleControl, 0).ConfigureAwait(false);
            case MessageType.Experimenter:
                return await ExperimentAsync(message).ConfigureAwait(false);
            default:
                throw new OpenFlowException(ErrorCode.BadRequestBadType, $"no message of type {(byte)message.Type} is answered here");
        }
    }

    private Task<bool> OnThreadAsync(Action<PacketSwitch> work) => thread.AskAsync(packets =>
    {
        work(packets);
        return true;
    });

    private OpenFlowMessage Reply(OpenFlowMessage request, MessageType type, Action<OfWriter> body) => OpenFlowMessage.Of(_version, type, request.Xid, body);

    private static OpenFlowMessage Error(OpenFlowMessage request, ErrorCode code) => OpenFlowMessage.Of(request.Version, MessageType.Error, request.Xid, body =>
    {
        body.U16(code.Type);
        body.U16(code.Code);
        byte[] whole = request.ToArray();
        body.Bytes(whole.AsSpan(0, Math.Min(whole.Length, ErrorQuote)));
    });

    private void Features(OfWriter body)
    {
        body.U64(bridge.DatapathId);
        body.U32(0);
        body.Byte(FlowTables.Count);
        body.Byte(0);
        body.Zeros(2);
        body.U32(0x4F); // flow, table, port, group and queue statistics
        body.U32(0);
    }

    private OpenFlowMessage Role(OpenFlowMessage message)
    {
        var reader = new OfReader(message.Body.Span);
        uint wanted = reader.U32();
        _role = wanted == 0 ? _role : wanted;
        return Reply(message, MessageType.RoleReply, body =>
        {
            body.U32(_role);
            body.Zeros(4);
            body.U64(ulong.MaxValue);
        });
    }

    private void SendOut(PacketSwitch packets, OpenFlowMessage message)
    {
        var reader = new OfReader(message.Body.Span);
        reader.Skip(4);
        uint inPort;
        int length;
        if (_version >= OpenFlowVersion.V15)
        {
            length = reader.U16();
            reader.Skip(2);
            inPort = (uint)(FlowMatch.Read(ref reader)[FieldId.InPort]?.Value ?? OfPort.Controller);
        }
        else
        {
            inPort = reader.U32();
            length = reader.U16();
            reader.Skip(6);
        }

        var actions = ActionReader.ReadAll(reader.Take(length));
        packets.Send(bridge, reader.Rest(), inPort, actions, packets.Now);
    }

    private async Task<IReadOnlyList<OpenFlowMessage>> ExperimentAsync(OpenFlowMessage message)
    {
        var reader = new OfReader(message.Body.Span);
        uint vendor = reader.U32();
        uint type = reader.U32();
        switch (vendor, type)
        {
            case (Onf, 2300):
                return await BundleAsync(message, isControl: true, 8).ConfigureAwait(false);
            case (Onf, 2301):
                return await BundleAsync(message, isControl: false, 8).ConfigureAwait(false);
            case (Nicira, 16): // the form of packet-ins: the standard's is the only one here
                return reader.U32() == 0 ? [] : throw new OpenFlowException(ErrorCode.BadRequestBadExperimenterType, "packet-ins come in the standard's form");
            case (Nicira, 29):
                reader.Skip(6);
                ushort zone = reader.U16();
                await OnThreadAsync(packets => packets.Connections.Flush(connection => connection.Zone == zone)).ConfigureAwait(false);
                return [];
            case (Nicira, 32):
                var chosen = ConnectionFilter.Read(reader.Rest());
                await OnThreadAsync(packets => packets.Connections.Flush(chosen)).ConfigureAwait(false);
                return [];
            default:
                throw new OpenFlowException(ErrorCode.BadRequestBadExperimenter, $"no message {type} of vendor 0x{vendor:x8} is answered here");
        }
    }

    private async Task<IReadOnlyList<OpenFlowMessage>> BundleAsync(OpenFlowMessage message, bool isControl, int at)
    {
        var reader = new OfReader(message.Body.Span[at..]);
        uint id = reader.U32();
        if (!isControl)
        {
            reader.Skip(4);
            var bytes = reader.Rest();
            int length = bytes.Length >= OpenFlowMessage.HeaderLength ? (bytes[2] << 8) | bytes[3] : 0;
            if (length < OpenFlowMessage.HeaderLength || length > bytes.Length)
            {
                throw OpenFlowException.BadLength("a message in a bundle");
            }

            if (!_bundles.TryGetValue(id, out var open))
            {
                _bundles[id] = open = []; // a bundle may be opened by its first message (OpenFlow 1.4, section 7.3.9.2)
            }

            open.Add(OpenFlowMessage.Read(bytes[..length]));
            return [];
        }

        int type = reader.U16();
        int bundleFlags = reader.U16();
        switch (type)
        {
            case 0:
                if (!_bundles.TryAdd(id, []))
                {
                    throw new OpenFlowException(ErrorCode.BundleBadId, $"bundle {id} is open");
                }

                break;
            case 2:
                Bundle(id);
                break;
            case 4:
                var messages = Bundle(id);
                _bundles.Remove(id);
                await OnThreadAsync(packets => new BridgeChanges(packets, bridge).ApplyAll(messages)).ConfigureAwait(false);
                break;
            case 6:
                Bundle(id);
                _bundles.Remove(id);
                break;
            default:
                throw new OpenFlowException(ErrorCode.BundleBadType, $"bundle control type {type}");
        }

        return [OpenFlowMessage.Of(_version, at == 0 ? MessageType.BundleControl : MessageType.Experimenter, message.Xid, body =>
        {
            if (at > 0)
            {
                body.U32(Onf);
                body.U32(2300);
            }

            body.U32(id);
            body.U16(type + 1);
            body.U16(bundleFlags);
        })];
    }

    private List<OpenFlowMessage> Bundle(uint id)
        => _bundles.TryGetValue(id, out var open) ? open : throw new OpenFlowException(ErrorCode.BundleBadId, $"there is no bundle {id}");
}
