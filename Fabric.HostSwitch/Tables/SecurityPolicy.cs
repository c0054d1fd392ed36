using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Tables;

/// <summary>Switch security of a port, ready to be asked per frame (reference: nsx-dataplane.md, 3.4).</summary>
internal sealed class SecurityPolicy(SwitchSecurityProfile profile)
{
    private readonly MacAddress[] _bpduWhiteList =
        [.. profile.BpduWhiteList.Where(mac => mac.Length == MacAddress.Length).Select(mac => MacAddress.Read(mac.Span))];

    public bool BpduFilter { get; } = profile.BpduFilter;

    public bool DhcpClientBlockIpv4 { get; } = profile.DhcpClientBlockV4;

    public bool DhcpClientBlockIpv6 { get; } = profile.DhcpClientBlockV6;

    public bool DhcpServerBlockIpv4 { get; } = profile.DhcpServerBlockV4;

    public bool DhcpServerBlockIpv6 { get; } = profile.DhcpServerBlockV6;

    public bool RaGuard { get; } = profile.RaGuard;

    public bool BlockNonIp { get; } = profile.BlockNonIp;

    /// <summary>Frames a second; 0: no limit. The same holds for the other three.</summary>
    public uint RxBroadcastLimit { get; } = profile.RxBroadcastLimit;

    public uint RxMulticastLimit { get; } = profile.RxMulticastLimit;

    public uint TxBroadcastLimit { get; } = profile.TxBroadcastLimit;

    public uint TxMulticastLimit { get; } = profile.TxMulticastLimit;

    public bool AllowsBpdu(MacAddress destination) => Array.IndexOf(_bpduWhiteList, destination) >= 0;
}
