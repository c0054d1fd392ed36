using Fabric.Contracts.V1;

namespace Fabric.Controller.Intent;

/// <summary>
/// One transaction of the manager, applied as a whole. A snapshot also removes whatever it does not name.
/// The feed's messages are values here: nobody changes one after it has been received.
/// </summary>
internal sealed record IntentChange(
    string Epoch, ulong Sequence, bool IsSnapshot, IReadOnlyList<ConfigObject> Upserts, IReadOnlyList<ConfigKey> Deletes);
