namespace Fabric.Manager.Errors;

/// <summary>Refusals of policy networking and addressing. Codes that clients act upon are NSX's (reference: the table of error codes); the rest are the area's general ones.</summary>
internal static class NetworkErrors
{
    private const string Module = "policy";

    /// <summary>What clients take for "detach the VMs first".</summary>
    public static ApiError SegmentHasVifs(string path, int count)
        => new(400, 503_040, Module, $"Segment path=[{path}] has {count} VMs or VIFs attached. Disconnect all VMs and VIFs before deleting a segment.");

    public static ApiError VifTaken(string vif, string holder)
        => new(400, 503_101, Module, $"Attachment id {vif} is already used by segment port path=[{holder}].");

    public static ApiError Overlap(string path, string network, string other)
        => new(400, 500_105, Module, $"Subnet of path=[{path}] overlaps {network} of path=[{other}].");

    public static ApiError OverlayIdTaken(int vni, string holder)
        => new(400, 503_012, Module, $"Overlay id {vni} is already used by segment path=[{holder}].");

    public static ApiError Segment(string reason) => new(400, 503_000, Module, reason);

    public static ApiError Gateway(string reason) => new(400, 503_500, Module, reason);

    public static ApiError Nat(string reason) => new(400, 503_600, Module, reason);

    // Addresses: the codes of the Manager API's pools, which clients of both look for.
    public static ApiError BlockExhausted(string block, string wanted)
        => new(400, 5109, Module, $"IP block path=[{block}] has no free subnet or address: {wanted}.");

    public static ApiError NotInBlock(string block, string wanted) => new(400, 5110, Module, $"{wanted} is not in IP block path=[{block}].");

    public static ApiError SubnetTaken(string block, string wanted, string holder)
        => new(400, 5123, Module, $"{wanted} of IP block path=[{block}] is not available: path=[{holder}] has it.");

    public static ApiError PoolExhausted(string pool) => new(400, 5109, Module, $"IP pool path=[{pool}] is exhausted.");

    public static ApiError NotInPool(string pool, string address) => new(400, 5110, Module, $"IP address {address} is not in IP pool path=[{pool}].");

    public static ApiError AddressTaken(string pool, string address) => new(400, 5141, Module, $"IP address {address} of IP pool path=[{pool}] is allocated already.");

    public static ApiError RangeInUse(string subnet, string address)
        => new(400, 5015, Module, $"The ranges of path=[{subnet}] cannot leave out {address}, which is allocated.");

    public static ApiError SubnetInUse(string subnet, int count) => new(400, 5602, Module, $"Subnet path=[{subnet}] cannot be deleted: {count} of its addresses are allocated.");

    // Subnets and ports of VPCs: codes that nsx-operator takes for the user's own mistake, or for an exhausted subnet.
    public static ApiError VpcSubnet(string reason) => new(400, 508_128, Module, reason);

    public static ApiError VpcSubnetReserved(string subnet, string address) => new(400, 508_135, Module, $"{address} of VPC subnet path=[{subnet}] is reserved or in use.");

    public static ApiError VpcSubnetFull(string subnet) => new(400, 8212, Module, $"VPC subnet path=[{subnet}] has no free IP address.");
}
