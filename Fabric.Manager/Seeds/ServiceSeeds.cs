using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Seeds;

/// <summary>The built-in services in both APIs: each under one UUID, which the policy service also has as its own.</summary>
internal static class ServiceSeeds
{
    public static void Put(WriteScope scope)
    {
        var ids = BuiltInServices.All.ToDictionary(service => service.Name, _ => scope.Ids.Next());
        foreach (var service in BuiltInServices.All)
        {
            if (service.Element is { } element)
            {
                scope.Put(new NSService { Id = ids[service.Name], DisplayName = service.Name, Description = service.Name, DefaultService = true, SystemOwned = true, NsserviceElement = element });
            }
            else
            {
                scope.Put(new NSServiceGroup
                {
                    Id = ids[service.Name],
                    DisplayName = service.Name,
                    Description = service.Name,
                    DefaultService = true,
                    SystemOwned = true,
                    ServiceType = "NON_ETHER",
                    Members = [.. service.Members.Select(member => new ResourceReference { TargetType = nameof(NSService), TargetId = ids[member], TargetDisplayName = member, IsValid = true })],
                });
            }

            Plant(scope, service, ids[service.Name]);
        }
    }

    private static void Plant(WriteScope scope, BuiltInService service, string id)
    {
        var planted = PolicyWriter.Plant(scope, service.PolicyPath, new Service
        {
            DisplayName = service.Name,
            Description = service.Name,
            IsDefault = true,
            SystemOwned = true,
            UniqueId = id,
            ServiceType = service.Element is EtherTypeNSService ? "ETHER" : "NON_ETHER",
        });
        var entries = service.PolicyEntry is { } entry
            ? [(service.PolicyId, entry with { DisplayName = service.Name })]
            : service.Members.Select(member => BuiltInServices.ByName[member])
                .Select(member => (member.PolicyId, (ServiceEntry)new NestedServiceServiceEntry { DisplayName = member.Name, NestedServicePath = member.PolicyPath }));
        foreach (var (name, inner) in entries)
        {
            planted ??= PolicyWriter.Plant(scope, $"{service.PolicyPath}/service-entries/{name}", inner with { SystemOwned = true });
        }

        if (planted is { } error)
        {
            throw new InvalidOperationException($"{service.PolicyPath}: {error.Message}");
        }
    }
}
