using Fabric.Contracts.V1;
using Fabric.Controller.Intent;

namespace Fabric.Controller.Streaming;

/// <summary>Puts the events of one feed connection together into whole transactions: half a change is never applied.</summary>
internal sealed class ChangeAssembly
{
    private readonly List<ConfigObject> _upserts = [];
    private readonly List<ConfigKey> _deletes = [];
    private bool _snapshot;

    /// <summary>The transaction that this event completes; null while it goes on.</summary>
    public IntentChange? Add(ConfigEvent item)
    {
        switch (item.EventCase)
        {
            case ConfigEvent.EventOneofCase.SnapshotBegin:
                Clear();
                _snapshot = true;
                return null;
            case ConfigEvent.EventOneofCase.Upsert:
                _upserts.Add(item.Upsert);
                break;
            case ConfigEvent.EventOneofCase.Delete:
                _deletes.Add(item.Delete);
                break;
            case ConfigEvent.EventOneofCase.Synced:
                return Take(item); // the end of a snapshot; or, after a resume, that nothing more has happened
            default:
                break;
        }

        return _snapshot || item.More ? null : Take(item);
    }

    private IntentChange Take(ConfigEvent last)
    {
        var change = new IntentChange(last.Epoch, last.Sequence, _snapshot, [.. _upserts], [.. _deletes]);
        Clear();
        return change;
    }

    private void Clear()
    {
        _upserts.Clear();
        _deletes.Clear();
        _snapshot = false;
    }
}
