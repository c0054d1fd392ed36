using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;

namespace Fabric.Manager.Realization.Networking;

/// <summary>Addresses bound to a port or switch, in the form of the other API.</summary>
internal static class AddressBindings
{
    public static IReadOnlyList<PacketAddressClassifier>? Of(IReadOnlyList<PortAddressBindingEntry>? entries)
        => entries?.Select(entry => new PacketAddressClassifier { IpAddress = entry.IpAddress, MacAddress = entry.MacAddress, Vlan = (int?)entry.VlanId }).ToList();
}
