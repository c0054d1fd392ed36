using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Fabric.Packets.Addresses;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of gateway interfaces: addresses that a router can have, and a segment where one is needed.</summary>
internal static class InterfaceChecks
{
    public static Checked<Tier0Interface> Complete(WriteScope scope, Tier0Interface? before, Tier0Interface port)
    {
        if (port.Type == "LOOPBACK" && port.SegmentPath is not null)
        {
            return NetworkErrors.Gateway($"Loopback interface {port.Path} cannot be on a segment.");
        }

        if (port.Type is "EXTERNAL" or "SERVICE" && port.SegmentPath is null)
        {
            return ApiErrors.Field($"segment_path may not be null for an interface of type {port.Type}");
        }

        return CheckSubnets(port.Subnets, loopback: port.Type == "LOOPBACK") is { } error ? error : port;
    }

    public static Checked<Tier1Interface> Complete(WriteScope scope, Tier1Interface? before, Tier1Interface port)
        => CheckSubnets(port.Subnets, loopback: false) is { } error ? error : port;

    private static ApiError? CheckSubnets(IReadOnlyList<InterfaceSubnet> subnets, bool loopback)
    {
        foreach (var (subnet, at) in subnets.Select((subnet, at) => (subnet, at)))
        {
            foreach (string ip in subnet.IpAddresses)
            {
                var prefix = new IpPrefix(IpAddress.Parse(ip), subnet.PrefixLen);
                if (prefix.Length > prefix.MaxLength)
                {
                    return ApiErrors.Field($"subnets[{at}].prefix_len {subnet.PrefixLen} is too long for {ip}");
                }

                if (!loopback && !SegmentSubnets.IsInterface(prefix))
                {
                    return ApiErrors.Field($"subnets[{at}].ip_addresses {ip}/{subnet.PrefixLen} is no address that an interface can have");
                }
            }
        }

        return null;
    }
}
