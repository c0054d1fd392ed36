using Fabric.Contracts.V1;
using Fabric.HostSwitch.Firewall;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.HostSwitch.Agent;

/// <summary>What can be wrong with one object from the controller. A bad one is refused by name, and all others are applied.</summary>
internal static class ObjectChecks
{
    private const uint HighestTag = 4093; // 4094 is the hypervisor's own (reference: nsx-dataplane.md, 2.2)

    /// <summary>Null: nothing is wrong.</summary>
    public static string? FindFault(HostObject said)
    {
        if (said.Id.Length == 0)
        {
            return "it has no id";
        }

        return said.ObjectCase switch
        {
            HostObject.ObjectOneofCase.Settings => FindFault(said.Settings),
            HostObject.ObjectOneofCase.Switch => said.Switch.Vni > Vni.Max ? $"VNI {said.Switch.Vni} has more than 24 bits" : null,
            HostObject.ObjectOneofCase.Port => FindFault(said.Port),
            HostObject.ObjectOneofCase.Router => FindFault(said.Router),
            HostObject.ObjectOneofCase.TepList => said.TepList.Teps.All(tep => IsIp(tep.Ip)) ? null : "a tunnel endpoint has no IP address",
            HostObject.ObjectOneofCase.RemoteMac
                => IsMac(said.RemoteMac.Mac) && IsIp(said.RemoteMac.TepIp) ? null : "it is no MAC with the IP address of a tunnel endpoint",
            HostObject.ObjectOneofCase.Neighbor
                => IsMac(said.Neighbor.Mac) && IsIp(said.Neighbor.Ip) ? null : "it is no pair of IP and MAC address",
            HostObject.ObjectOneofCase.AddressSet => AddressSet.TryCreate(said.AddressSet, out _, out string reason) ? null : reason,
            HostObject.ObjectOneofCase.RuleSection => RuleCompiler.FindFault(said.RuleSection),
            _ => "its kind is unknown to this host",
        };
    }

    private static string? FindFault(HostSettings settings)
    {
        if (settings.Teps.Any(tep => !IsPrefix(tep.Ip, tep.PrefixLength)))
        {
            return "a tunnel endpoint's address is no IP address with a prefix length";
        }

        if (!Enum.IsDefined(settings.Encapsulation))
        {
            return "its encapsulation is unknown to this host";
        }

        return settings.VdrMac.IsEmpty || IsMac(settings.VdrMac) ? null : "the VDR MAC is not six bytes long";
    }

    private static string? FindFault(HostPort port)
    {
        if (port.VifType == VifType.Child)
        {
            if (port.ParentVifId.Length == 0)
            {
                return "a child port names no parent VIF";
            }

            if (port.TrafficTag is 0 or > HighestTag)
            {
                return $"traffic tag {port.TrafficTag} is not 1 to {HighestTag}";
            }
        }

        bool areBindingsWhole = port.ManualBindings.Concat(port.IgnoreBindings)
            .All(binding => (binding.Mac.IsEmpty || IsMac(binding.Mac)) && (binding.Ip.IsEmpty || IsPrefix(binding.Ip, binding.PrefixLength)));
        return areBindingsWhole ? null : "an address binding is no MAC address, IP address or prefix";
    }

    private static string? FindFault(HostRouter router)
    {
        if (router.Interfaces.Any(own => !own.Mac.IsEmpty && !IsMac(own.Mac)))
        {
            return "an interface's MAC is not six bytes long";
        }

        if (router.Interfaces.SelectMany(own => own.Addresses).Any(address => !IsPrefix(address.Ip, address.PrefixLength)))
        {
            return "an interface's address is no IP address with a prefix length";
        }

        return router.Routes.All(route => IsPrefix(route.Network, route.PrefixLength) && route.NextHops.All(IsIp))
            ? null
            : "a route is no prefix with IP addresses as next hops";
    }

    private static bool IsMac(ByteString bytes) => bytes.Length == MacAddress.Length;

    private static bool IsIp(ByteString bytes) => bytes.Length is 4 or 16;

    private static bool IsPrefix(ByteString ip, uint length) => IsIp(ip) && length <= ip.Length * 8;
}
