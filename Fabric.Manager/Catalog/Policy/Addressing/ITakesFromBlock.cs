namespace Fabric.Manager.Catalog.Policy.Addressing;

/// <summary>An object that has networks or addresses of IP blocks: a pool's subnet, a VPC's subnet, an allocation.</summary>
internal interface ITakesFromBlock
{
    /// <summary>What it has of the block, as addresses, CIDR blocks or ranges.</summary>
    IEnumerable<string> TakenFrom(string block);
}
