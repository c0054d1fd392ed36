namespace Fabric.Manager.Tests;

/// <summary>The manager that the rows of the catalog are tried on.</summary>
[SetUpFixture]
internal sealed class CatalogManager
{
    private static readonly Lazy<Task<RunningManager>> Started = new(() => RunningManager.StartAsync());

    public static Task<RunningManager> GetAsync() => Started.Value;

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        if (Started.IsValueCreated)
        {
            await (await Started.Value).DisposeAsync();
        }
    }
}
