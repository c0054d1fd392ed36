using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.Controller.Compute;

/// <summary>An identity that a port holds: stated by users, or discovered and accepted. A part that is null is open.</summary>
internal readonly record struct RealizedBinding(MacAddress? Mac, IpPrefix? Prefix, int Vlan, BindingSource Source, long Timestamp)
{
    /// <summary>The one address it is about; null for a subnet, or for a binding of a MAC alone.</summary>
    public IpAddress? Address => Prefix is { } prefix && prefix.Length == prefix.MaxLength ? prefix.Address : null;

    public static RealizedBinding Of(AddressBinding binding) => new(
        MacOf(binding.Mac), PrefixOf(binding.Ip, (int)binding.PrefixLength), binding.Vlan, BindingSource.UserDefined, 0);

    public static RealizedBinding Of(PortBinding binding) => new(
        MacOf(binding.Mac), PrefixOf(binding.Ip, binding.Ip.Length * 8), binding.Vlan, binding.Source, binding.TimestampMs);

    public PortBinding ToMessage() => new()
    {
        Mac = Mac is { } mac ? ByteString.CopyFrom(mac.ToBytes()) : ByteString.Empty,
        Ip = Prefix is { } prefix ? ByteString.CopyFrom(prefix.Address.ToBytes()) : ByteString.Empty,
        Vlan = Vlan,
        Source = Source,
        TimestampMs = Timestamp,
    };

    private static MacAddress? MacOf(ByteString bytes) => bytes.Length == MacAddress.Length ? MacAddress.Read(bytes.Span) : null;

    private static IpPrefix? PrefixOf(ByteString bytes, int length)
        => IpAddress.TryRead(bytes.Span, out var address) && length <= address.Length * 8 ? new IpPrefix(address, length) : null;
}
