using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fabric.HostSwitch;

/// <summary>The settings of a host switch: flags, environment and settings file all take their names from here.</summary>
public sealed class HostSwitchOptions
{
    public const string Section = "HostSwitch";

    [Description("Id of this transport node, as the manager knows it")]
    [Required(ErrorMessage = "--node-id is missing: the id of this transport node, as the manager knows it")]
    public string NodeId { get; set; } = "";

    [Description("Where the controller listens: http://HOST:PORT or unix:/PATH")]
    [Required(ErrorMessage = "--controller is missing: http://HOST:PORT or unix:/PATH")]
    [RegularExpression("(http://|unix:/).+", ErrorMessage = "--controller must be http://HOST:PORT or unix:/PATH")]
    public string Controller { get; set; } = "";

    [Description("Directory that keeps the last configuration and the vnics across restarts")]
    [Required(ErrorMessage = "--state is missing: a directory that keeps the last configuration and the vnics across restarts")]
    public string State { get; set; } = "";

    [Description("Unix socket for the hypervisor's own requests: unix:/PATH")]
    [Required(ErrorMessage = "--local is missing: unix:/PATH")]
    [RegularExpression("unix:/.+", ErrorMessage = "--local must be unix:/PATH")]
    public string Local { get; set; } = "";

    [Description("Interface that leads to the other hypervisors")]
    [Required(ErrorMessage = "--uplink is missing: the interface that leads to the other hypervisors")]
    public string Uplink { get; set; } = "";

    [Description("Most connections that the firewall tracks")]
    [Range(1, 16_000_000, ErrorMessage = "--connection-limit must be 1 to 16000000")]
    public int ConnectionLimit { get; set; } = 500_000;
}
