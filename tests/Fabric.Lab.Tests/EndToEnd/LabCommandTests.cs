namespace Fabric.Lab.Tests.EndToEnd;

/// <summary>`fabric lab` as a user meets it: mistakes are named with their line and remedy, and an interrupted start leaves nothing.</summary>
[NonParallelizable]
internal sealed class LabCommandTests
{
    [TestCase("kind: esx7\n", "1")]
    [TestCase("name: broken\nnetworks:\n  - name: web\n    subnets: [10.0.0.0/24]\nhypervisors:\n  - name: hv1\n    nodes:\n      - name: n\n        pods:\n          - { name: p, network: wbe }\n", "10")]
    [TestCase("name: broken\nnetworks:\n  - name: web\n    subnets: [10.0.0.300/24]\nhypervisors:\n  - name: hv1\n    nodes:\n      - name: n\n        pods:\n          - { name: p, network: web }\n", "4")]
    [TestCase("name: broken\nnetworks: [\n", "")]
    public async Task A_bad_lab_file_is_refused_with_its_line(string text, string line)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, text);
            var outcome = await Command.RunAsync(Command.Fabric("lab", "up", file));
            Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.All);
            Assert.That(outcome.Error, Does.Contain($"{file}:{line}"), outcome.All);
            Assert.That(outcome.Error, Does.Not.Contain("   at "), "no stack trace");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Test]
    public async Task An_unknown_command_is_refused_with_a_hint()
    {
        var outcome = await Command.RunAsync(Command.Fabric("lab", "upp"));
        Assert.That(outcome.ExitCode, Is.EqualTo(2), outcome.All);
        Assert.That(outcome.Error, Does.Contain("--help"));
    }

    [Test]
    public async Task A_start_that_is_interrupted_leaves_nothing_behind()
    {
        Requires.Root();
        Requires.Tools("ip");
        string folder = Directory.CreateTempSubdirectory("fl-").FullName;
        string name = $"i{Environment.ProcessId}";
        try
        {
            var environment = new Dictionary<string, string> { ["FABRIC_STATE"] = folder };
            using var up = Command.Start(Command.Fabric("lab", "up", House.Repository.PathOf("samples/two-hosts"), "--name", name), environment);
            await up.WaitForAsync("wired", TimeSpan.FromSeconds(60));
            var outcome = await up.InterruptAsync(TimeSpan.FromSeconds(30));
            Assert.That(outcome.ExitCode, Is.EqualTo(1), outcome.All);
            Assert.That((await Command.RunAsync("ip", "netns", "list")).Output, Does.Not.Contain($"{name}."));
            Assert.That(Directory.Exists(Path.Combine(folder, "labs", name)), Is.False);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_lab_comes_up_is_shown_and_goes_down_without_trace()
    {
        Requires.Root();
        Requires.Tools("ip");
        await using var lab = await RunningLab.StartAsync("two-hosts"); // its end is checked by its disposal
        var status = (await lab.FabricAsync("lab", "status", "--lab", lab.Name, "--output", "json")).MustSucceed();
        Assert.That(System.Text.Json.Nodes.JsonNode.Parse(status.Output), Is.Not.Null);
        string db = await Pods.Ipv4Async(lab, "db-2");
        (await lab.FabricAsync("lab", "exec", "web-1", "--lab", lab.Name, "--", "ping", "-c", "2", "-i", "0.2", db)).MustSucceed();
        (await Pods.GetAsync(lab, "web-1", db)).MustSucceed();
    }
}
