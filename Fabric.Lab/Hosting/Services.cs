using Fabric.Controller;
using Fabric.HostSwitch;
using Fabric.Manager;
using Fabric.NodeOvs;

namespace Fabric.Lab.Hosting;

/// <summary>Every service the command can run. New one: a line here.</summary>
internal static class Services
{
    public static readonly IReadOnlyList<ServiceDefinition> All =
    [
        new("manager", "Manager", typeof(ManagerOptions), "Run the manager (REST API), in the foreground.", b => b.AddManager(), a => a.MapManager()),
        new("controller", "Controller", typeof(ControllerOptions), "Run a controller, in the foreground.", b => b.AddController(), a => a.MapController()),
        new("host", "HostSwitch", typeof(HostSwitchOptions), "Run the host switch of one hypervisor, in the foreground.", b => b.AddHostSwitch(), a => a.MapHostSwitch()),
        new("ovs", "Ovs", typeof(OvsOptions), "Run the Open vSwitch of a node, in the foreground.", b => b.AddOvs(), a => a.MapOvs()),
        new("tagger", "Tagger", typeof(TaggerOptions), "Run the VLAN tagger of a node VM, in the foreground.", b => b.AddTagger(), a => a.MapTagger()),
    ];
}
