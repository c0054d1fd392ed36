using Fabric.Lab.Processes;
using Fabric.Lab.State;
using Fabric.Lab.Topology;
using Fabric.Lab.Wiring;

namespace Fabric.Lab.Running;

/// <summary>A lab while a command works on it: its folder, what is recorded of it, and its namespaces. Every change is written at once.</summary>
internal sealed class LabSession(LabDirectory directory, LabState state)
{
    public LabDirectory Directory { get; } = directory;

    public LabState State { get; private set; } = state;

    public Namespaces Namespaces => new(State.Holder?.Pid);

    public NamespaceNames Names => new(State.Name);

    public static LabSession Open(string? name)
    {
        var directory = LabDirectory.Find(name);
        return new LabSession(directory, directory.Read() ?? new LabState { Name = directory.Name, Wiring = WiringKind.Namespaces });
    }

    /// <summary>The lab as it was brought up, under the name it got.</summary>
    public LabTopology ReadLab() => LabFile.Read(Directory.LabFile, State.Name);

    public void Record(Func<LabState, LabState> change)
    {
        State = change(State);
        Directory.Write(State);
    }

    /// <summary>Starts a part of the fabric as a process of its own; in a namespace, or null where this command runs.</summary>
    public RecordedProcess StartService(string name, string? within, params IEnumerable<string> arguments)
    {
        IEnumerable<string> command = [.. Executable.Command, .. arguments];
        return Start(name, within is null ? [.. command] : Namespaces.Enter(within, command));
    }

    public RecordedProcess Start(string name, IReadOnlyList<string> command)
    {
        var process = Shell.StartDaemon(name, command, Directory.Log(name), Executable.Variables);
        Record(s => s with { Processes = [.. s.Processes.Where(p => p.Name != name), process] });
        return process;
    }

    public string HostSocket(string hypervisor) => Directory.Socket($"host-{hypervisor}");
}
