namespace Fabric.Manager.Tests.Clients;

/// <summary>vmware-nsxlib, the library of OpenStack and of early NCP, drives both APIs: sessions, keep-alive, transactions, search and refusals.</summary>
internal sealed class NsxlibTests
{
    [TestCase("nsxlib_manager.py", 100)]
    [TestCase("nsxlib_policy.py", 130)]
    public async Task Every_operation_through_nsxlib_passes(string driver, int atLeast)
    {
        string library = ClientPrograms.Nsxlib;
        await using var manager = await RunningManager.StartAsync("terraform", clock: TimeProvider.System);
        var run = await ClientRun.PythonAsync(manager, driver, library);
        run.Passes(atLeast);
    }
}
