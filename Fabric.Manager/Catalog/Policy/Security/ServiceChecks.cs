using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Security;

/// <summary>Checks of services and their entries.</summary>
internal static class ServiceChecks
{
    private const int MostNesting = 3;

    public static Checked<Service> Complete(WriteScope scope, Service? before, Service service)
    {
        _ = scope;
        return service with { ServiceType = service.ServiceType ?? before?.ServiceType ?? "NON_ETHER" };
    }

    public static Checked<ServiceEntry> Complete(WriteScope scope, ServiceEntry? before, ServiceEntry entry)
    {
        _ = before;
        if (entry is NestedServiceServiceEntry nested && Reaches(scope.Model, nested.NestedServicePath, entry.ParentPath, 0))
        {
            return ApiErrors.Field($"nested_service_path: service {nested.NestedServicePath} contains this service, or is nested more than {MostNesting} deep");
        }

        if (entry is ICMPTypeServiceEntry { IcmpCode: not null, IcmpType: null })
        {
            return ApiErrors.Field("icmp_code needs an icmp_type");
        }

        bool ether = entry is EtherTypeServiceEntry;
        if (entry is not NestedServiceServiceEntry
            && scope.Model.ChildrenOf<ServiceEntry>(entry.ParentPath).Any(other => other.Id != entry.Id && other is not NestedServiceServiceEntry && other is EtherTypeServiceEntry != ether))
        {
            return ApiErrors.Field("service_entries mixes entries of layer 2 with others");
        }

        if (scope.Model.Find<Service>(entry.ParentPath) is { } service && entry is not NestedServiceServiceEntry && service.ServiceType != (ether ? "ETHER" : "NON_ETHER"))
        {
            scope.Put(service with { ServiceType = ether ? "ETHER" : "NON_ETHER" });
        }

        return Checked(entry);
    }

    private static Checked<ServiceEntry> Checked(ServiceEntry entry) => new(entry, null);

    private static bool Reaches(FabricModel model, string path, string wanted, int depth)
        => path == wanted || depth > MostNesting
            || model.ChildrenOf<ServiceEntry>(path).OfType<NestedServiceServiceEntry>().Any(entry => Reaches(model, entry.NestedServicePath, wanted, depth + 1));
}
