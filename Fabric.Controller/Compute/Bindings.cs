using Fabric.Contracts.V1;
using Fabric.Controller.Derivation;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>
/// The identities of ports: manual bindings if there are any, else those that its host has realized, less the duplicates
/// (reference: nsx-dataplane.md, 3.2).
/// </summary>
internal sealed class Bindings
{
    private readonly FabricIntent _intent;
    private readonly FabricFacts _facts;
    private readonly Placement _placement;
    private readonly PortProfiles _profiles;
    private readonly Derived<string, IReadOnlyDictionary<ByteString, string>> _holders;
    private readonly Derived<string, IReadOnlyList<PortBinding>> _withheld;
    private readonly Derived<string, IReadOnlyList<RealizedBinding>> _realized;
    private readonly Derived<string, IReadOnlyList<MacAddress>> _macs;

    public Bindings(DerivationGraph graph, FabricIntent intent, FabricFacts facts, Placement placement, PortProfiles profiles)
    {
        _intent = intent;
        _facts = facts;
        _placement = placement;
        _profiles = profiles;
        _holders = new Derived<string, IReadOnlyDictionary<ByteString, string>>(graph, FindHolders);
        _withheld = new Derived<string, IReadOnlyList<PortBinding>>(graph, FindWithheld, SequenceComparer<PortBinding>.Instance);
        _realized = new Derived<string, IReadOnlyList<RealizedBinding>>(graph, Realize, SequenceComparer<RealizedBinding>.Instance);
        _macs = new Derived<string, IReadOnlyList<MacAddress>>(graph, FindMacs, SequenceComparer<MacAddress>.Instance);
    }

    public IReadOnlyList<RealizedBinding> RealizedOf(string port) => _realized[port];

    /// <summary>Discovered on the port, but realized on another port of its switch.</summary>
    public IReadOnlyList<PortBinding> WithheldOf(string port) => _withheld[port];

    /// <summary>The MACs of a port: the vnic's; of a child, whose vnic is its parent's, those of its bindings.</summary>
    public IReadOnlyList<MacAddress> MacsOf(string port) => _macs[port];

    private IReadOnlyList<RealizedBinding> Realize(string portId)
    {
        if (_intent.Ports[portId] is not { } port)
        {
            return [];
        }

        if (port.AddressBindings.Count > 0)
        {
            return [.. port.AddressBindings.Select(RealizedBinding.Of)];
        }

        var withheld = WithheldOf(portId);
        return
        [
            .. (_facts.Discovery(portId)?.Realized ?? [])
                .Where(binding => !withheld.Any(other => other.Ip == binding.Ip))
                .Select(RealizedBinding.Of),
        ];
    }

    private IReadOnlyList<MacAddress> FindMacs(string portId)
    {
        if (_intent.Ports[portId] is not { } port || _placement.VifOf(portId) is not { } vif || _facts.Vif(vif) is not { } vnic)
        {
            return [];
        }

        if (port.VifType == VifType.Child)
        {
            return [.. RealizedOf(portId).Where(binding => binding.Mac is not null).Select(binding => binding.Mac!.Value).Distinct().Order(ByValue)];
        }

        return vnic.Mac.Length == MacAddress.Length ? [MacAddress.Read(vnic.Mac.Span)] : [];
    }

    private static readonly Comparer<MacAddress> ByValue = Comparer<MacAddress>.Create((left, right) => left.Value.CompareTo(right.Value));

    private IReadOnlyList<PortBinding> FindWithheld(string portId)
    {
        if (_intent.Ports[portId] is not { AddressBindings.Count: 0 } port || _facts.Discovery(portId) is not { } discovery
            || !_profiles[portId].IpDiscovery.DuplicateIpDetection)
        {
            return [];
        }

        var holders = _holders[port.LogicalSwitchId];
        return [.. discovery.Discovered.Where(binding => holders.TryGetValue(binding.Ip, out string? holder) && holder != portId)];
    }

    /// <summary>
    /// Who holds each discovered address of a switch: whoever states it by hand; else whoever has it realized; else, when the
    /// holder has lost it, whoever saw it first.
    /// </summary>
    private Dictionary<ByteString, string> FindHolders(string switchId)
    {
        var best = new Dictionary<ByteString, (int Rank, long Since, string Port)>();
        foreach (string portId in _intent.PortsOfSwitch[switchId])
        {
            var manual = _intent.Ports[portId]!.AddressBindings;
            foreach (var binding in manual)
            {
                Claim(binding.Ip, (0, 0, portId));
            }

            if (manual.Count == 0 && _facts.Discovery(portId) is { } discovery)
            {
                foreach (var binding in discovery.Realized)
                {
                    Claim(binding.Ip, (1, binding.TimestampMs, portId));
                }

                foreach (var binding in discovery.Discovered)
                {
                    Claim(binding.Ip, (2, binding.TimestampMs, portId));
                }
            }
        }

        return best.ToDictionary(pair => pair.Key, pair => pair.Value.Port);

        void Claim(ByteString ip, (int, long, string) claim)
        {
            if (!best.TryGetValue(ip, out var known) || claim.CompareTo(known) < 0)
            {
                best[ip] = claim;
            }
        }
    }
}
