using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fabric.NodeOvs;

/// <summary>What the VLAN tagger of a node VM needs to know; bound from the section "Tagger".</summary>
public sealed class TaggerOptions
{
    [Required]
    [Description("The node's vnic: the interface that carries the pods' frames with their VLAN tags")]
    public string Vnic { get; set; } = "";

    [Required]
    [Description("The pods' interfaces on the node and their VLANs, such as pod11=11,pod12=12")]
    public string Ports { get; set; } = "";
}
