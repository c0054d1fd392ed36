using System.CommandLine;
using Fabric.Contracts.V1;
using Fabric.Lab.Captures;
using Fabric.Lab.Hosting;
using Fabric.Lab.Running;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Commands;

/// <summary>`fabric capture`: frames at a pod's port, at a node's vnic with their tags, or at a hypervisor's uplink as they travel.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var port = new Option<string?>("--port") { Description = "At a pod's logical port", HelpName = "POD" };
        var vnic = new Option<string?>("--vnic") { Description = "At a node's vnic, with VLAN tags", HelpName = "NODE" };
        var uplink = new Option<string?>("--uplink") { Description = "At a hypervisor's uplink, encapsulated", HelpName = "HYPERVISOR" };
        var write = new Option<string?>("--write", "-w") { Description = "A pcap file, or - for standard output", HelpName = "FILE" };
        var count = new Option<long>("--count", "-c") { Description = "End after so many frames" };
        var print = new Option<bool>("--print") { Description = "Show each frame, a line for each layer (the default without --write)" };
        var capture = new Command("capture", "Capture frames: fabric capture --uplink hv1 -w - | tshark -r -")
        {
            port, vnic, uplink, write, count, print, LabCommand.LabName,
        };
        capture.SetAction(async (parsed, _) =>
        {
            var session = LabSession.Open(parsed.GetValue(LabCommand.LabName));
            var lab = session.ReadLab();
            var (hypervisor, request) = Point(lab, session, parsed.GetValue(port), parsed.GetValue(vnic), parsed.GetValue(uplink));
            string? file = parsed.GetValue(write);
            bool isPrinted = parsed.GetValue(print) || file is null;
            using var interruption = new Interruption();
            using var pcap = file switch { null => null, "-" => Console.OpenStandardOutput(), _ => File.Create(file) };
            var host = new HostCapture(session.HostSocket(hypervisor), request);
            var text = !isPrinted ? null : file == "-" ? Console.Error : Console.Out;
            await host.RunAsync(pcap, text, parsed.GetValue(count), () => Console.Error.WriteLine("capturing; Ctrl-C ends it"), interruption.Token).ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"{host.Frames} frames captured, {host.Lost} lost").ConfigureAwait(false);
            return 0;
        });
        return capture;
    }

    private static (string Hypervisor, CaptureRequest Request) Point(LabTopology lab, LabSession session, string? port, string? vnic, string? uplink)
    {
        switch (port, vnic, uplink)
        {
            case ({ } name, null, null):
                var pod = lab.Pods.FirstOrDefault(p => p.Name == name) ?? throw Unknown("pod", name, lab.Pods.Select(p => p.Name));
                return (lab.HypervisorOf(lab.NodeOf(pod)).Name,
                    new CaptureRequest { Point = CaptureRequest.Types.Point.Port, Id = session.State.Ids[$"logical-ports/{name}"] });
            case (null, { } name, null):
                var node = lab.Nodes.FirstOrDefault(n => n.Name == name) ?? throw Unknown("node", name, lab.Nodes.Select(n => n.Name));
                return (lab.HypervisorOf(node).Name, new CaptureRequest { Point = CaptureRequest.Types.Point.Vnic, Id = node.VifId });
            case (null, null, { } name):
                var hypervisor = lab.Hypervisors.FirstOrDefault(h => h.Name == name) ?? throw Unknown("hypervisor", name, lab.Hypervisors.Select(h => h.Name));
                return (hypervisor.Name, new CaptureRequest { Point = CaptureRequest.Types.Point.Uplink });
            default:
                throw new UsageException("say where to capture, with one of --port POD, --vnic NODE, --uplink HYPERVISOR");
        }
    }

    private static UsageException Unknown(string kind, string name, IEnumerable<string> known)
        => new($"no {kind} \"{name}\" in the lab; there are {string.Join(", ", known)}");
}
