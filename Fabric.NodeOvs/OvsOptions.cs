using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fabric.NodeOvs;

/// <summary>What the Open vSwitch of a node needs to know; bound from the section "Ovs".</summary>
public sealed class OvsOptions
{
    [Required]
    [Description("Where its sockets are: what OVS_RUNDIR names for ovs-vsctl, ovs-ofctl and ovs-appctl")]
    public string RunDirectory { get; set; } = "";

    [Description("The file of its database; conf.db in the run directory unless given")]
    public string Database { get; set; } = "";

    [Description("More addresses that the database is served at, such as ptcp:6640:127.0.0.1, separated by commas")]
    public string Remotes { get; set; } = "";
}
