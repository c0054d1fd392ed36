using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Search;
using Fabric.Manager.Storage;

namespace Fabric.Benchmarks.Management;

/// <summary>Where the time of a write goes: the store with and without the reading of a body, and the parts that run in one thread.</summary>
internal static class WriteParts
{
    private const int Writers = 32;
    private const int Times = 20_000;

    public static async Task PrintAsync(TextWriter to, BenchmarkManager manager)
    {
        int number = 20_000_000;
        var type = ResourceCatalog.Of<IPSet>();
        var admin = new Manager.Security.Caller("admin", []);
        await AtOnceAsync(to, "store: a record", () => manager.Store.WriteAsync("admin", scope => scope.Put(New(Interlocked.Increment(ref number)))));
        await AtOnceAsync(to, "writer: a body", () => manager.Writer.CreateAsync(admin, type, Body(Interlocked.Increment(ref number)), null, CancellationToken.None));
        OneByOne(to, "parse a body", () => Body(++number));
        OneByOne(to, "read a body as a record", () => RecordReader.Read(typeof(IPSet), Body(++number)));
        var scope = new WriteScope(manager.Store.Current, new IdSource(), admin, 0);
        OneByOne(to, "run a write: checks and the model's indexes", () => ResourceWriter.Write(scope, type, null, New(++number)));
        OneByOne(to, "JSON for the database", () => ResourceJson.Store(New(++number)));
        var index = new SearchIndex();
        OneByOne(to, "search index", () => index.Put(ResourceKey.Of<IPSet>($"{++number}"), New(number)));
    }

    private static IPSet New(int number)
        => new() { Id = string.Create(CultureInfo.InvariantCulture, $"part-{number}"), DisplayName = "new", IpAddresses = ["10.0.0.1"], Tags = [new Tag { Scope = "benchmark", Value = "part" }] };

    private static JsonObject Body(int number) => (JsonObject)JsonNode.Parse(BenchmarkManager.NewSet(number))!;

    private static async Task AtOnceAsync(TextWriter to, string what, Func<Task> write)
    {
        int left = Times;
        long start = TimeProvider.System.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await write();
            }
        })));
        double micros = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds / Times;
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {micros,6:F1} us each, {Writers} at once"));
    }

    private static void OneByOne(TextWriter to, string what, Action part)
    {
        for (int i = 0; i < Times / 10; i++)
        {
            part();
        }

        long before = Pipeline.ThreadClock.Nanoseconds();
        for (int i = 0; i < Times; i++)
        {
            part();
        }

        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {(Pipeline.ThreadClock.Nanoseconds() - before) / 1000.0 / Times,6:F1} us of processor time"));
    }
}
