using Fabric.Contracts.V1;
using Fabric.Packets.Addresses;
using Google.Protobuf;

namespace Fabric.HostSwitch.Tests.Agent;

/// <summary>Objects as a controller says them: one logical switch, and ports on it.</summary>
internal static class TestObjects
{
    public static HostObject Settings { get; } = new() { Id = "node-1", Settings = new HostSettings { UplinkMtu = 1_700 } };

    public static HostObject Switch { get; } = new() { Id = "ls-1", Switch = new HostSwitchSegment { Vni = 5_001, AdminUp = true } };

    public static HostObject Port(string vif) => new()
    {
        Id = "port-" + vif,
        Port = new HostPort { SwitchId = "ls-1", AdminUp = true, VifId = vif },
    };

    public static HostObject Neighbor(string ip, string mac) => new()
    {
        Id = "ls-1/" + ip,
        Neighbor = new HostNeighbor
        {
            SwitchId = "ls-1",
            Ip = ByteString.CopyFrom(IpAddress.Parse(ip).ToBytes()),
            Mac = ByteString.CopyFrom(MacAddress.Parse(mac).ToBytes()),
        },
    };

    public static HostObject BadPort { get; } = new()
    {
        Id = "port-bad",
        Port = new HostPort { SwitchId = "ls-1", VifType = VifType.Child, ParentVifId = "a", TrafficTag = 5_000 },
    };

    public static HostUpdate Upsert(HostObject said) => new() { Upsert = said };

    public static HostUpdate Delete(HostKind kind, string id) => new() { Delete = new HostKey { Kind = kind, Id = id } };
}
