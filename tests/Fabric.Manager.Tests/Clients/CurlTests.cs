namespace Fabric.Manager.Tests.Clients;

/// <summary>The sample that makes a first segment with curl does what it says.</summary>
internal sealed class CurlTests
{
    [Test]
    public async Task The_first_segment_is_made_realized_and_removed()
    {
        ClientPrograms.Installed("curl");
        await using var manager = await RunningManager.StartAsync();
        var made = await RunAsync(manager);
        Assert.That(made.ExitCode, Is.Zero, made.Text);
        Assert.That(made.Lines, Does.Contain("  RealizedLogicalSwitch"));
        var removed = await RunAsync(manager, "remove");
        Assert.That(removed.ExitCode, Is.Zero, removed.Text);
        Assert.That((await manager.GetAsync("/policy/api/v1/infra/segments/first")).Code, Is.EqualTo(404));
    }

    private static Task<ClientRun> RunAsync(RunningManager manager, params string[] arguments)
        => ClientRun.StartAsync(ClientRun.Sample("curl/first-segment.sh"), arguments, new() { ["NSX_MANAGER"] = manager.Address.ToString().TrimEnd('/'), ["NSX_PASSWORD"] = RunningManager.Password });
}
