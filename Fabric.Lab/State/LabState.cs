using Fabric.Lab.Processes;

namespace Fabric.Lab.State;

/// <summary>How a lab's wires are made.</summary>
internal enum WiringKind
{
    /// <summary>Real interfaces, as root.</summary>
    Namespaces,

    /// <summary>Real interfaces in a user namespace, as anyone.</summary>
    UserNamespace,

    /// <summary>Wires in memory and simulated pods, where the kernel allows nothing else.</summary>
    Simulation,
}

/// <summary>What later commands must know of a lab that is up; written after each step, so that a lab half up can be taken down.</summary>
internal sealed record LabState
{
    public required string Name { get; init; }

    public required WiringKind Wiring { get; init; }

    public string? Api { get; init; }

    public RecordedProcess? Holder { get; init; }

    public IReadOnlyList<RecordedProcess> Processes { get; init; } = [];

    /// <summary>Ids that the API gave: of transport nodes, switches, routers, ports and groups, by "kind/name".</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();

    /// <summary>The namespaces under the lab's name are its own: nobody had them before.</summary>
    public bool OwnsNamespaces { get; init; }

    public bool IsUp { get; init; }
}
