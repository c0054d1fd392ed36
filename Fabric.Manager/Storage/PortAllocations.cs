using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Storage;

/// <summary>Gives ports the address and the MAC that their attachment asks for (<c>allocate_addresses</c>), once, for as long as it asks.</summary>
internal static class PortAllocations
{
    public static (PortAllocation? Allocation, ApiError? Error) Settle(WriteScope scope, LogicalPort? before, LogicalPort port)
    {
        string? wish = port.Attachment?.Context?.AllocateAddresses;
        var pool = wish is "IpPool" or "Both" ? scope.Model.Find<IpPool>(scope.Model.Find<LogicalSwitch>(port.LogicalSwitchId)?.IpPoolId) : null;
        var old = before?.Allocation;
        if (old?.PoolId is { } left && left != pool?.Id)
        {
            AddressPools.GiveBack(scope, left, old.Ip!);
            old = old with { PoolId = null, Ip = null };
        }

        string? mac = wish is "MacPool" or "Both" ? old?.Mac ?? NextMac(scope) : null;
        if (pool is null || old?.Ip is not null)
        {
            return (pool is null && mac is null ? null : (old ?? new PortAllocation()) with { Mac = mac }, null);
        }

        var (address, error) = AddressPools.Take(scope, pool);
        return error is not null ? (null, error) : (new PortAllocation { PoolId = pool.Id, Ip = address!.Ip, Mac = mac }, null);
    }

    public static void Release(WriteScope scope, LogicalPort port)
    {
        if (port.Allocation is { PoolId: { } pool, Ip: { } ip })
        {
            AddressPools.GiveBack(scope, pool, ip);
        }
    }

    /// <summary>Of VMware's range for generated MACs, below the half that router links take.</summary>
    public static string NextMac(WriteScope scope)
    {
        var counters = scope.Model.Find<FabricCounters>(FabricCounters.TheId) ?? new FabricCounters { Id = FabricCounters.TheId };
        scope.Put(counters with { NextPortMac = counters.NextPortMac + 1 });
        uint number = counters.NextPortMac & 0x7F_FFFF;
        return string.Create(CultureInfo.InvariantCulture, $"02:50:56:{number >> 16:x2}:{(number >> 8) & 0xFF:x2}:{number & 0xFF:x2}");
    }
}
