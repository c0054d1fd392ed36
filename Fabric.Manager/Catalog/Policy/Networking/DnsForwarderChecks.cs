using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of DNS forwarders: the default zone answers for all domains, the others for some.</summary>
internal static class DnsForwarderChecks
{
    public static Checked<PolicyDnsForwarder> Complete(WriteScope scope, PolicyDnsForwarder? before, PolicyDnsForwarder forwarder)
    {
        if (HasDomains(scope, forwarder.DefaultForwarderZonePath))
        {
            return NetworkErrors.Gateway($"The default zone {forwarder.DefaultForwarderZonePath} of a DNS forwarder cannot be limited to domains.");
        }

        return forwarder.ConditionalForwarderZonePaths?.FirstOrDefault(zone => !HasDomains(scope, zone)) is { } open
            ? NetworkErrors.Gateway($"The conditional zone {open} of a DNS forwarder needs dns_domain_names.")
            : forwarder;
    }

    private static bool HasDomains(WriteScope scope, string zone) => scope.Model.Find<PolicyDnsForwarderZone>(zone)?.DnsDomainNames is { Count: > 0 };
}
