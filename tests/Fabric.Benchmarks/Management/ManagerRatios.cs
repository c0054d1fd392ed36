using System.Globalization;
using System.Text;

namespace Fabric.Benchmarks.Management;

/// <summary>
/// What the manager does per second with many objects stored, against bare programs in the same process that do the least that could be asked of
/// them, measured in turns; and whether lists and searches notice the objects that they are not about.
/// </summary>
internal static class ManagerRatios
{
    private const int Connections = 32;
    private const int Few = 1_000;
    private const int Turns = 4;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(3);

    public static async Task PrintAsync(TextWriter to, int objects)
    {
        await using var manager = await BenchmarkManager.StartAsync();
        await manager.FillAsync(0, Few);
        var before = await LatenciesAsync(manager);
        await manager.FillAsync(Few, objects);
        var after = await LatenciesAsync(manager);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"latency, median of 300",-58} {Few,9} {objects,9}   ratio"));
        foreach (var (what, little) in before)
        {
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-56} {little,6:F0} us {after[what],6:F0} us   {after[what] / little,5:F2}"));
        }

        await ReadsAsync(to, manager);
        await WritesAsync(to, manager);
        await OneConnectionAsync(to, manager);
        await WriteParts.PrintAsync(to, manager);
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory with {manager.Count} objects: {managed >> 20} MiB live, {Environment.WorkingSet >> 20} MiB resident (clients and bare programs included)"));
    }

    private static async Task<Dictionary<string, double>> LatenciesAsync(BenchmarkManager manager)
    {
        var found = new Dictionary<string, double>();
        foreach (var (what, path) in new[]
        {
            ("GET one", $"/api/v1/ip-sets/{BenchmarkManager.SomeSet}"),
            ("GET logical-ports?logical_switch_id= (10 hits)", $"/api/v1/logical-ports?logical_switch_id={BenchmarkManager.SomeSwitch}"),
            ("GET logical-ports?attachment_id= (1 hit)", "/api/v1/logical-ports?attachment_id=vif-7"),
            ("search by tag (10 hits)", $"/api/v1/search/query?query={Uri.EscapeDataString("resource_type:LogicalPort AND tags.scope:switch AND tags.tag:s0")}"),
            ("search by start of name (1 hit)", $"/api/v1/search/query?query={Uri.EscapeDataString("resource_type:IPSet AND display_name:set\\-0000007* AND NOT tags.tag:none")}"),
            ("policy search as Terraform asks (1 hit)", $"/policy/api/v1/search/query?query={Uri.EscapeDataString("resource_type:Constraint AND display_name:constraint\\-0000009* AND marked_for_delete:false AND path:\\/infra*")}"),
        })
        {
            await using var connection = await RawConnection.OpenAsync(manager.Address, manager.Authorization);
            byte[] request = connection.Request("GET", path);
            double[] times = new double[300];
            for (int i = -60; i < times.Length; i++) // the first ones warm up, and make orders that are made once
            {
                long start = TimeProvider.System.GetTimestamp();
                int status = await connection.SendAsync(request);
                if (status != 200)
                {
                    throw new InvalidOperationException($"{path}: {status}");
                }

                if (i >= 0)
                {
                    times[i] = TimeProvider.System.GetElapsedTime(start).TotalMicroseconds;
                }
            }

            Array.Sort(times);
            found[what] = times[times.Length / 2];
        }

        return found;
    }

    private static async Task ReadsAsync(TextWriter to, BenchmarkManager manager)
    {
        string path = $"/api/v1/ip-sets/{BenchmarkManager.SomeSet}";
        int size;
        await using (var connection = await RawConnection.OpenAsync(manager.Address, manager.Authorization))
        {
            await connection.SendAsync(connection.Request("GET", path));
            size = connection.LastLength;
        }

        await using var bare = await BareEndpoint.StartAsync(size, manager.CertificateFile);
        var (ours, theirs) = await InTurnsAsync(
            () => LoadAsync(manager.Address, manager.Authorization, connection => (connection.Request("GET", path), null)),
            () => LoadAsync(bare.Address, manager.Authorization, connection => (connection.Request("GET", path), null)));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reads of {size} bytes, {Connections} connections: {ours:F0}/s, bare endpoint {theirs:F0}/s, ratio {ours / theirs:F2}"));
    }

    private static async Task WritesAsync(TextWriter to, BenchmarkManager manager)
    {
        int number = 0;
        (byte[] Request, Func<byte[]>? Next) New(RawConnection connection)
        {
            byte[] Make() => connection.Request("POST", "/api/v1/ip-sets", Encoding.UTF8.GetBytes(BenchmarkManager.NewSet(Interlocked.Increment(ref number))));
            return (Make(), Make);
        }

        using var bare = new BareSqlite(manager.Folder, BenchmarkManager.NewSet(1).Length + 330); // as long as our row is with its audit fields
        var (ours, theirs) = await InTurnsAsync(
            () => LoadAsync(manager.Address, manager.Authorization, New),
            () => bare.RunAsync(Connections, Turn));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"durable writes, {Connections} at once: {ours:F0}/s, bare SQLite in groups {theirs:F0}/s, ratio {ours / theirs:F2}"));
        bare.Begin();
        await using var endpoint = await BareEndpoint.StartAsync(BenchmarkManager.NewSet(1).Length + 330, manager.CertificateFile, bare.WriteAsync);
        (ours, theirs) = await InTurnsAsync(
            () => LoadAsync(manager.Address, manager.Authorization, New),
            () => LoadAsync(endpoint.Address, manager.Authorization, New));
        await bare.EndAsync();
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the same behind a bare endpoint, which is the least a durable POST can be: {ours:F0}/s, bare {theirs:F0}/s, ratio {ours / theirs:F2}"));
    }

    private static async Task OneConnectionAsync(TextWriter to, BenchmarkManager manager)
    {
        await using var connection = await RawConnection.OpenAsync(manager.Address, manager.Authorization);
        double[] times = new double[1_000];
        for (int i = 0; i < times.Length; i++)
        {
            byte[] request = connection.Request("POST", "/api/v1/ip-sets", Encoding.UTF8.GetBytes(BenchmarkManager.NewSet(10_000_000 + i)));
            long start = TimeProvider.System.GetTimestamp();
            await connection.SendAsync(request);
            times[i] = TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"1000 writes over one connection: {times.Sum() / 1000:F2} s; median {times[500]:F2} ms, 99th {times[990]:F2} ms, worst {times[^1]:F1} ms, {times.Count(time => time > 38)} above 38 ms"));
    }

    private static async Task<(double Ours, double Theirs)> InTurnsAsync(Func<Task<double>> ours, Func<Task<double>> theirs)
    {
        double best = 0;
        double bare = 0;
        for (int turn = 0; turn < Turns; turn++)
        {
            best = Math.Max(best, await ours());
            bare = Math.Max(bare, await theirs());
        }

        return (best, bare);
    }

    private static async Task<double> LoadAsync(Uri address, string authorization, Func<RawConnection, (byte[] Request, Func<byte[]>? Next)> make)
    {
        var connections = new List<RawConnection>();
        for (int i = 0; i < Connections; i++)
        {
            connections.Add(await RawConnection.OpenAsync(address, authorization));
        }

        long start = TimeProvider.System.GetTimestamp();
        int[] done = await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            var (request, next) = make(connection);
            int count = 0;
            while (TimeProvider.System.GetElapsedTime(start) < Turn)
            {
                if (await connection.SendAsync(request) is var status && status is not (200 or 201))
                {
                    throw new InvalidOperationException($"status {status}");
                }

                count++;
                request = next?.Invoke() ?? request;
            }

            return count;
        })));
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        return done.Sum() / seconds;
    }
}
