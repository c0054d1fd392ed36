using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Security;

namespace Fabric.Manager.Seeds;

/// <summary>A service that comes with the manager: its name and what it matches, or the names of the services that it is made of.</summary>
internal sealed record BuiltInService(string Name, NSServiceElement? Element, IReadOnlyList<string> Members)
{
    /// <summary>In the policy tree: letters, digits, '-' and '_' of the name, blanks as '_'.</summary>
    public string PolicyId => string.Concat(Name.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '_');

    public string PolicyPath => $"/infra/services/{PolicyId}";

    /// <summary>Of the entry below the policy service.</summary>
    public ServiceEntry? PolicyEntry => Element switch
    {
        L4PortSetNSService ports => new L4PortSetServiceEntry { L4Protocol = ports.L4Protocol, DestinationPorts = ports.DestinationPorts, SourcePorts = [] },
        ALGTypeNSService alg => new ALGTypeServiceEntry { Alg = alg.Alg, DestinationPorts = alg.DestinationPorts, SourcePorts = [] },
        ICMPTypeNSService icmp => new ICMPTypeServiceEntry { Protocol = icmp.Protocol, IcmpType = icmp.IcmpType, IcmpCode = icmp.IcmpCode },
        IPProtocolNSService protocol => new IPProtocolServiceEntry { ProtocolNumber = protocol.ProtocolNumber },
        IGMPTypeNSService => new IGMPTypeServiceEntry(),
        EtherTypeNSService ether => new EtherTypeServiceEntry { EtherType = ether.EtherType },
        _ => null,
    };
}

/// <summary>The services that come with the manager, read from the table once. Both APIs have each of them, under one id of the manager's own.</summary>
internal static class BuiltInServices
{
    public static readonly IReadOnlyList<BuiltInService> All =
    [
        .. Read(BuiltInServiceTable.Tcp, ports => new L4PortSetNSService { L4Protocol = "TCP", DestinationPorts = ports.Split(','), SourcePorts = [] }),
        .. Read(BuiltInServiceTable.Udp, ports => new L4PortSetNSService { L4Protocol = "UDP", DestinationPorts = ports.Split(','), SourcePorts = [] }),
        .. Read(BuiltInServiceTable.Alg, Alg),
        .. Read(BuiltInServiceTable.Icmp, Icmp),
        .. Read(BuiltInServiceTable.IpProtocols, number => new IPProtocolNSService { ProtocolNumber = Number(number) }),
        .. Read(BuiltInServiceTable.Igmp, _ => new IGMPTypeNSService()),
        .. Read(BuiltInServiceTable.EtherTypes, number => new EtherTypeNSService { EtherType = Number(number) }),
        .. Lines(BuiltInServiceTable.Groups).Select(line => new BuiltInService(line.Name, null, line.Text.Split('+'))),
    ];

    public static readonly IReadOnlyDictionary<string, BuiltInService> ByName = All.ToDictionary(service => service.Name);

    private static IEnumerable<BuiltInService> Read(string table, Func<string, NSServiceElement> element)
        => Lines(table).Select(line => new BuiltInService(line.Name, element(line.Text), []));

    private static IEnumerable<(string Name, string Text)> Lines(string table)
        => table.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=') is [var name, var text] ? (name, text) : (entry, ""));

    private static ALGTypeNSService Alg(string text) => text.Split(' ') is [var alg, var port]
        ? new ALGTypeNSService { Alg = alg, DestinationPorts = [port], SourcePorts = [] }
        : throw new FormatException(text);

    private static ICMPTypeNSService Icmp(string text)
    {
        var words = text.Split(' ');
        return new ICMPTypeNSService { Protocol = words[0], IcmpType = words.Length > 1 ? Number(words[1]) : null, IcmpCode = words.Length > 2 ? Number(words[2]) : null };
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
