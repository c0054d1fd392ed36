namespace Fabric.Lab.Wiring;

/// <summary>What the namespaces of a lab are called, so that `ip netns exec two-hosts.pod.web-1 …` works from any shell.</summary>
internal readonly record struct NamespaceNames(string Lab)
{
    public string Prefix => $"{Lab}.";

    public string Underlay => $"{Lab}.underlay";

    public string Hypervisor(string name) => $"{Lab}.hypervisor.{name}";

    public string Node(string name) => $"{Lab}.node.{name}";

    public string Pod(string name) => $"{Lab}.pod.{name}";
}
