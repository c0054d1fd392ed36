using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Of the zones of one transport type one is the default: the last that was made so.</summary>
internal static class ZoneChecks
{
    public static Checked<TransportZone> Complete(WriteScope scope, TransportZone? before, TransportZone zone)
    {
        if (zone.IsDefault && before?.IsDefault != true)
        {
            foreach (var other in scope.Model.All<TransportZone>().Where(other => other.IsDefault && other.TransportType == zone.TransportType && other.Id != zone.Id))
            {
                scope.Put(other with { IsDefault = false });
            }
        }

        return zone;
    }
}
