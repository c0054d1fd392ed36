using Fabric.Contracts.V1;
using Fabric.HostSwitch.Tables;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Ports;

/// <summary>
/// IP discovery of one port: what was seen, and what of it is realized (reference: nsx-dataplane.md, 3.2). Trust on first use keeps
/// the first addresses for good; without it an address is realized while it is fresh. Belongs to the packet thread.
/// </summary>
internal sealed class DiscoveredAddresses
{
    /// <summary>Addresses remembered, realized or not: twice what a profile can realize.</summary>
    public const int Limit = 512;

    private readonly List<DiscoveredAddress> _seen = [];

    public IReadOnlyList<DiscoveredAddress> Seen => _seen;

    /// <summary>Those that count as the port's own. Replaced as a whole when they change.</summary>
    public DiscoveredAddress[] Realized { get; private set; } = [];

    /// <summary>Takes what was known before a restart.</summary>
    public void Restore(IEnumerable<DiscoveredAddress> addresses)
    {
        if (_seen.Count == 0)
        {
            _seen.AddRange(addresses.Take(Limit));
        }
    }

    /// <summary>An address was seen in use. True: what is discovered or realized changed.</summary>
    public bool Observe(LogicalPort port, in DiscoveredAddress address)
    {
        for (int place = 0; place < _seen.Count; place++)
        {
            if (_seen[place].IsSameAs(address))
            {
                _seen[place] = _seen[place] with { LastSeen = address.LastSeen, ExpiresAt = address.ExpiresAt };
                return false;
            }
        }

        if (_seen.Count >= Limit || IsIgnored(port, address))
        {
            return false;
        }

        _seen.Add(address);
        Realize(port);
        return true;
    }

    /// <summary>The VM gave an address up, e.g. by DHCP RELEASE. True: it was known.</summary>
    public bool Forget(LogicalPort port, MacAddress mac, IpAddress ip, BindingSource source)
    {
        bool changed = _seen.RemoveAll(entry => entry.Mac == mac && entry.Ip == ip && entry.Source == source) > 0;
        if (changed)
        {
            Realize(port);
        }

        return changed;
    }

    /// <summary>Leases end; without trust on first use, silent addresses go after the timeout. True: something went.</summary>
    public bool Age(LogicalPort port, long now)
    {
        long timeout = TimeoutMs(port.IpDiscovery);
        bool trusts = port.IpDiscovery.TrustOnFirstUse;
        int gone = 0;
        for (int place = _seen.Count - 1; place >= 0; place--)
        {
            var entry = _seen[place];
            bool bySnooping = entry.Source is BindingSource.ArpSnooping or BindingSource.NdSnooping;
            bool ends = bySnooping
                ? now - entry.LastSeen >= timeout && !(trusts && Array.Exists(Realized, held => held.IsSameAs(entry)))
                : now >= entry.ExpiresAt;
            if (ends)
            {
                _seen.RemoveAt(place);
                gone++;
            }
        }

        if (gone > 0)
        {
            Realize(port);
        }

        return gone > 0;
    }

    /// <summary>Works out what is realized, after a change here or of the port's profile. True: it changed.</summary>
    public bool Realize(LogicalPort port)
    {
        var before = Realized;
        var profile = port.IpDiscovery;
        var realized = new List<DiscoveredAddress>();
        AddBySnooping(port, BindingSource.ArpSnooping, profile.ArpSnooping, Math.Max(1, profile.ArpBindingsLimit), realized);
        AddBySnooping(port, BindingSource.NdSnooping, profile.NdSnooping, Math.Max(1, profile.NdBindingsLimit), realized);
        foreach (var entry in _seen)
        {
            bool follows = entry.Source switch
            {
                BindingSource.DhcpSnooping => profile.DhcpSnooping,
                BindingSource.Dhcpv6Snooping => profile.Dhcpv6Snooping,
                _ => false,
            };
            if (follows && !IsWithheld(port, entry) && !IsIgnored(port, entry))
            {
                realized.Add(entry);
            }
        }

        Realized = [.. realized];
        return before.Length != Realized.Length || !before.Zip(Realized).All(pair => pair.First.IsSameAs(pair.Second));
    }

    private void AddBySnooping(LogicalPort port, BindingSource source, bool enabled, uint limit, List<DiscoveredAddress> realized)
    {
        if (!enabled)
        {
            return;
        }

        var candidates = _seen.Where(entry => entry.Source == source && !IsWithheld(port, entry) && !IsIgnored(port, entry));
        if (port.IpDiscovery.TrustOnFirstUse)
        {
            // What was realized stays first in line; a lowered limit keeps the newest of it (3.2).
            var held = candidates.Where(entry => Array.Exists(Realized, before => before.IsSameAs(entry))).ToList();
            if (held.Count > limit)
            {
                held.RemoveRange(0, held.Count - (int)limit);
            }

            realized.AddRange(held);
            realized.AddRange(candidates.Where(entry => !held.Exists(before => before.IsSameAs(entry))).Take((int)limit - held.Count));
        }
        else
        {
            realized.AddRange(candidates.TakeLast((int)limit));
        }
    }

    private static bool IsWithheld(LogicalPort port, in DiscoveredAddress address)
    {
        foreach (var rule in port.WithheldBindings)
        {
            if (rule.Allows(address.Mac, address.Ip, address.Vlan))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIgnored(LogicalPort port, in DiscoveredAddress address)
    {
        foreach (var rule in port.IgnoredBindings)
        {
            if (rule.Allows(address.Mac, address.Ip, address.Vlan))
            {
                return true;
            }
        }

        return false;
    }

    private static long TimeoutMs(IpDiscoveryProfile profile)
        => Math.Clamp(profile.BindingTimeoutMinutes == 0 ? 10 : profile.BindingTimeoutMinutes, 5, 120) * 60_000L;
}
