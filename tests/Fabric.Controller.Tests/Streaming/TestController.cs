using Fabric.Contracts.V1;
using Fabric.Controller.Intent;
using Fabric.Controller.Realization;
using Fabric.Controller.Streaming;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Fabric.Controller.Tests.Streaming;

/// <summary>A control plane without its wires: inputs go in, and hosts take what waits for them.</summary>
internal sealed class TestController
{
    private ulong _sequence;

    public TestController()
    {
        Plane = new ControlPlane(Options.Create(new ControllerOptions { Id = "c1" }), Book, Time, NullLogger<ControlPlane>.Instance)
        {
            Later = input => Do(input),
        };
    }

    public FakeTimeProvider Time { get; } = new();

    public ReportBook Book { get; } = new();

    public ControlPlane Plane { get; }

    public TestController Do(params ControlInput[] inputs)
    {
        foreach (var input in inputs)
        {
            Plane.Take(input);
        }

        Plane.Flush();
        return this;
    }

    public TestController Snapshot(params ConfigObject[] objects)
        => Do(new ControlInput.Published(new IntentChange("epoch", ++_sequence, true, objects, [])));

    public TestController Change(params ConfigObject[] objects)
        => Do(new ControlInput.Published(new IntentChange("epoch", ++_sequence, false, objects, [])));

    public TestController Delete(ConfigKind kind, string id)
        => Do(new ControlInput.Published(new IntentChange("epoch", ++_sequence, false, [], [new ConfigKey { Kind = kind, Id = id }])));

    /// <summary>A host takes all that waits for it, acknowledging each change.</summary>
    public TestController Drain(params HostReplica[] hosts)
    {
        foreach (var host in hosts)
        {
            while (host.Take())
            {
                Do(host.Acknowledge(), host.Ready());
            }
        }

        return this;
    }
}
