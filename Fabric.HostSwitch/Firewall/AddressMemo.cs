using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Firewall;

/// <summary>
/// Whether one packet's addresses are in the sets, each looked up at most once per packet however many rules name it. Belongs to
/// the packet thread.
/// </summary>
internal sealed class AddressMemo
{
    private AddressSet[] _sets = [];
    private uint[] _source = [];
    private uint[] _destination = [];
    private uint _packet;

    /// <summary>Starts over with the next packet.</summary>
    public void Begin(AddressSet[] sets)
    {
        _sets = sets;
        if (_source.Length < sets.Length || _packet >= uint.MaxValue >> 1)
        {
            _source = new uint[sets.Length];
            _destination = new uint[sets.Length];
            _packet = 0;
        }

        _packet++;
    }

    public bool MatchesSource(RuleAddresses addresses, in RuleQuery query, bool layer2)
        => addresses.IsAny || IsInAny(addresses.Sets, _source, query.Source, query.SourceMac, layer2) != addresses.IsExcluded;

    public bool MatchesDestination(RuleAddresses addresses, in RuleQuery query, bool layer2)
        => addresses.IsAny || IsInAny(addresses.Sets, _destination, query.Destination, query.DestinationMac, layer2) != addresses.IsExcluded;

    private bool IsInAny(int[] numbers, uint[] known, IpAddress ip, MacAddress mac, bool layer2)
    {
        foreach (int number in numbers)
        {
            uint answer = known[number];
            if (answer >> 1 != _packet)
            {
                bool isIn = layer2 ? _sets[number].Contains(mac) : _sets[number].Contains(ip);
                answer = (_packet << 1) | (isIn ? 1u : 0u);
                known[number] = answer;
            }

            if ((answer & 1) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
