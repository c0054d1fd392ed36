namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>Each part is killed without warning during traffic, and started again.</summary>
[NonParallelizable]
internal sealed class RecoveryTests
{
    [Test]
    public async Task Without_manager_and_controller_old_and_new_flows_go_on_and_nothing_acknowledged_is_lost()
    {
        Requires.Root();
        Requires.Tools("ip", "iperf3");
        await using var lab = await RunningLab.StartAsync("two-hosts");
        string acknowledged = await RecoveryRequests.CreateIpSetAsync(lab, "written-just-before");

        var intervals = await Iperf.RunAsync(lab, "web-1", "web-3", "8", async () =>
        {
            await lab.KillAsync("manager");
            await lab.KillAsync("controller");
            string db = await Pods.Ipv4Async(lab, "db-2");
            (await Pods.PingAsync(lab, "web-2", db)).MustSucceed();
            (await Pods.GetAsync(lab, "web-2", db)).MustSucceed();
        });
        Assert.That(intervals, Is.All.GreaterThan(0.01), "the established flow never stalls");

        await lab.RestartAsync("manager");
        await Eventually.AsyncTrue(() => lab.AnswersAsync($"ip-sets/{acknowledged}"), TimeSpan.FromSeconds(30), () => "the manager, with what it acknowledged");
        Assert.That((string)(await lab.GetAsync($"ip-sets/{acknowledged}"))["display_name"]!, Is.EqualTo("written-just-before"));

        await lab.RestartAsync("controller");
        string web = await Pods.Ipv4Async(lab, "web-3");
        await RecoveryRequests.DropAllAsync(lab, "after-restart");
        await Eventually.AsyncTrue(
            async () => (await Pods.PingAsync(lab, "web-1", web, count: 1)).ExitCode != 0,
            TimeSpan.FromSeconds(30),
            () => "a rule made after the restart reaches the hosts");
    }

    [Test]
    public async Task A_host_switch_that_is_killed_is_back_in_service_in_seconds()
    {
        Requires.Root();
        Requires.Tools("ip");
        await using var lab = await RunningLab.StartAsync("two-hosts");
        string web = await Pods.Ipv4Async(lab, "web-3");
        (await Pods.PingAsync(lab, "web-1", web)).MustSucceed();
        await lab.KillAsync("host-hv1");
        Assert.That((await Pods.PingAsync(lab, "web-1", web, count: 1)).ExitCode, Is.Not.Zero, "no host switch, no traffic");
        await lab.RestartAsync("host-hv1");
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await Eventually.SucceedsAsync(() => Pods.PingAsync(lab, "web-1", web, count: 1), TimeSpan.FromSeconds(10));
        await TestContext.Out.WriteLineAsync($"in service {clock.ElapsedMilliseconds} ms after its start");
        (await Pods.GetAsync(lab, "web-1", web)).MustSucceed();
    }

    [Test]
    public async Task A_host_switch_that_restarts_alone_forwards_with_what_it_had()
    {
        Requires.Root();
        Requires.Tools("ip");
        await using var lab = await RunningLab.StartAsync("two-hosts");
        string web = await Pods.Ipv4Async(lab, "web-3");
        foreach (string part in (string[])["manager", "controller", "host-hv1"])
        {
            await lab.KillAsync(part);
        }

        await lab.RestartAsync("host-hv1");
        await Eventually.SucceedsAsync(() => Pods.PingAsync(lab, "web-1", web, count: 1), TimeSpan.FromSeconds(10));
    }
}
