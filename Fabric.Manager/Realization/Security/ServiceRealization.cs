using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Realization.Security;

/// <summary>A service of one entry becomes an NSService, of several a group of them; those that came with the manager are there already.</summary>
internal static class ServiceRealization
{
    public static IEnumerable<ManagedResource> Of(IntentReader reader, Service service)
    {
        if (service.IsDefault)
        {
            yield break;
        }

        var entries = reader.Below<ServiceEntry>(service.Path).ToList();
        if (entries is [not NestedServiceServiceEntry])
        {
            yield return Service(RealizedId.Of(service), entries[0]) with { DisplayName = service.DisplayName };
            yield break;
        }

        if (entries.Count == 0)
        {
            yield break;
        }

        var members = new List<ResourceReference>();
        foreach (var entry in entries)
        {
            if (entry is NestedServiceServiceEntry nested)
            {
                if (Refer(reader, nested.NestedServicePath) is { } inner)
                {
                    members.Add(inner);
                }

                continue;
            }

            string id = RealizedId.Of(service, entry.Id);
            yield return Service(id, entry);
            members.Add(new ResourceReference { TargetType = nameof(NSService), TargetId = id });
        }

        yield return new NSServiceGroup { Id = RealizedId.Of(service), DisplayName = service.DisplayName, Members = members };
    }

    /// <summary>The Manager object that a policy service has become; null: it matches nothing, or is not there.</summary>
    public static ResourceReference? Refer(IntentReader reader, string path)
    {
        if (reader.Find<Service>(path) is not { } service)
        {
            return null;
        }

        var entries = reader.Below<ServiceEntry>(path).Take(2).ToList();
        return entries.Count == 0 ? null
            : new ResourceReference { TargetType = entries is [not NestedServiceServiceEntry] ? nameof(NSService) : nameof(NSServiceGroup), TargetId = RealizedId.Of(service) };
    }

    /// <summary>The same match in the words of the Manager API.</summary>
    public static NSServiceElement Element(ServiceEntry entry) => entry switch
    {
        L4PortSetServiceEntry ports => new L4PortSetNSService { L4Protocol = ports.L4Protocol, DestinationPorts = ports.DestinationPorts ?? [], SourcePorts = ports.SourcePorts ?? [] },
        ALGTypeServiceEntry alg => new ALGTypeNSService { Alg = alg.Alg, DestinationPorts = alg.DestinationPorts, SourcePorts = alg.SourcePorts ?? [] },
        ICMPTypeServiceEntry icmp => new ICMPTypeNSService { Protocol = icmp.Protocol, IcmpType = (int?)icmp.IcmpType, IcmpCode = (int?)icmp.IcmpCode },
        IPProtocolServiceEntry protocol => new IPProtocolNSService { ProtocolNumber = (int)protocol.ProtocolNumber },
        EtherTypeServiceEntry ether => new EtherTypeNSService { EtherType = (int)ether.EtherType },
        _ => new IGMPTypeNSService(),
    };

    private static NSService Service(string id, ServiceEntry entry) => new() { Id = id, DisplayName = entry.DisplayName, NsserviceElement = Element(entry) };
}
