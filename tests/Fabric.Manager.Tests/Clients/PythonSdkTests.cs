namespace Fabric.Manager.Tests.Clients;

/// <summary>The NSX Python SDK drives the manager: each line of its driver is one operation, and every one passes.</summary>
internal sealed class PythonSdkTests
{
    [Test]
    public async Task The_Manager_API_through_the_Python_SDK()
    {
        string sdk = ClientPrograms.PythonSdk;
        await using var manager = await RunningManager.StartAsync(clock: TimeProvider.System);
        var run = await ClientRun.PythonAsync(manager, "python_sdk_manager.py", sdk);
        Assert.That(run.Failures, Is.Empty, run.Text);
        Assert.That(run.ExitCode, Is.Zero, run.Text);
        Assert.That(run.Passed, Is.GreaterThan(50), run.Text);
    }
}
