using Fabric.NodeOvs;

namespace Fabric.Lab.Hosting;

/// <summary>Every service the command can run. New one: a line here.</summary>
internal static class Services
{
    public static readonly IReadOnlyList<ServiceDefinition> All =
    [
        new("tagger", "Tagger", typeof(TaggerOptions), "Run the VLAN tagger of a node VM, in the foreground.", b => b.AddTagger(), a => a.MapTagger()),
    ];
}
