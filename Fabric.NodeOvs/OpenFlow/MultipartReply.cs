using Fabric.OvsProtocol.OpenFlow;
using Fabric.OvsProtocol.OpenFlow.Messages;
using Fabric.OvsProtocol.OpenFlow.Wire;

namespace Fabric.NodeOvs.OpenFlow;

/// <summary>The parts of a long answer: each entry whole within one message, all but the last marked as having more behind them.</summary>
internal sealed class MultipartReply(OpenFlowVersion version, uint xid, ushort type)
{
    private const int MostBytes = 60_000;

    private readonly List<byte[]> _parts = [];
    private OfWriter _current = new();

    public void Add(Action<OfWriter> entry)
    {
        if (_current.Length > MostBytes)
        {
            _parts.Add(_current.ToArray());
            _current = new OfWriter();
        }

        entry(_current);
    }

    public IEnumerable<OpenFlowMessage> Messages()
    {
        _parts.Add(_current.ToArray());
        for (int i = 0; i < _parts.Count; i++)
        {
            bool more = i < _parts.Count - 1;
            byte[] part = _parts[i];
            yield return OpenFlowMessage.Of(version, MessageType.MultipartReply, xid, body =>
            {
                body.U16(type);
                body.U16(more ? 1 : 0);
                body.Zeros(4);
                body.Bytes(part);
            });
        }
    }
}
