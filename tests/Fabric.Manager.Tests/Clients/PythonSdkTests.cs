namespace Fabric.Manager.Tests.Clients;

/// <summary>The NSX Python SDK 4.2 drives the manager: each line of a driver is one operation, and every one passes.</summary>
internal sealed class PythonSdkTests
{
    [TestCase("python_sdk_manager.py", 60)]
    [TestCase("python_sdk_policy.py", 200)]
    public async Task Every_operation_through_the_Python_SDK_passes(string driver, int atLeast)
    {
        string sdk = ClientPrograms.PythonSdk;
        await using var manager = await RunningManager.StartAsync("terraform", clock: TimeProvider.System);
        var run = await ClientRun.PythonAsync(manager, driver, sdk);
        run.Passes(atLeast);
    }

    [Test]
    public async Task The_sample_makes_a_first_segment_and_removes_it()
    {
        string sdk = ClientPrograms.PythonSdk;
        await using var manager = await RunningManager.StartAsync(clock: TimeProvider.System);
        var made = await RunAsync(manager, sdk);
        Assert.That(made.ExitCode, Is.Zero, made.Text);
        Assert.That(made.Lines, Does.Contain("  RealizedLogicalSwitch"));
        var removed = await RunAsync(manager, sdk, "remove");
        Assert.That(removed.ExitCode, Is.Zero, removed.Text);
        Assert.That((await manager.GetAsync("/policy/api/v1/infra/segments/first-by-sdk")).Code, Is.EqualTo(404));
    }

    private static Task<ClientRun> RunAsync(RunningManager manager, string sdk, params string[] arguments)
        => ClientRun.StartAsync(ClientPrograms.Python, ["-W", "ignore", ClientRun.Sample("python-sdk/first_segment.py"), .. arguments], new()
        {
            ["PYTHONPATH"] = sdk,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["NSX_CA_FILE"] = ClientRun.CertificateOf(manager),
            ["NSX_MANAGER"] = manager.Address.ToString().TrimEnd('/'),
            ["NSX_PASSWORD"] = RunningManager.Password,
        });
}
