namespace Fabric.Manager.Tests.Clients;

/// <summary>Terraform with the NSX-T provider: the sample is applied, a second plan is empty, and nothing is left when it is destroyed.</summary>
internal sealed class TerraformTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = RunningManager.NewFolder();

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_sample_is_applied_planned_again_without_changes_and_destroyed()
    {
        string terraform = ClientPrograms.Installed("terraform");
        string provider = ClientPrograms.TerraformProvider;
        await using var manager = await RunningManager.StartAsync(clock: TimeProvider.System);
        File.CreateSymbolicLink(Path.Combine(_folder, "terraform-provider-nsxt"), provider);
        await File.WriteAllTextAsync(Path.Combine(_folder, "terraform.rc"), $$"""provider_installation { dev_overrides { "vmware/nsxt" = "{{_folder}}" } }""");
        File.Copy(ClientRun.Sample("terraform/main.tf"), Path.Combine(_folder, "main.tf"));

        Task<ClientRun> TerraformAsync(params string[] arguments) => ClientRun.StartAsync(terraform, [.. arguments, "-no-color"], Environment(manager), _folder);

        var applied = await TerraformAsync("apply", "-auto-approve");
        Assert.That(applied.ExitCode, Is.Zero, applied.Text);
        Assert.That(applied.Text, Does.Contain("6 added").And.Contain("segment = \"/infra/segments/shop-web\""));
        var planned = await TerraformAsync("plan", "-detailed-exitcode");
        Assert.That(planned.ExitCode, Is.Zero, planned.Text); // 2: something is still to be done
        Assert.That((await manager.GetAsync("/policy/api/v1/infra/segments/shop-web")).Object["subnets"]![0]!["gateway_address"]!.GetValue<string>(), Is.EqualTo("10.20.1.1/24"));
        var destroyed = await TerraformAsync("destroy", "-auto-approve");
        Assert.That(destroyed.ExitCode, Is.Zero, destroyed.Text);
        Assert.That((await manager.GetAsync("/policy/api/v1/infra/segments/shop-web")).Code, Is.EqualTo(404));
    }

    private Dictionary<string, string> Environment(RunningManager manager) => new()
    {
        ["TF_CLI_CONFIG_FILE"] = Path.Combine(_folder, "terraform.rc"),
        ["CHECKPOINT_DISABLE"] = "1",
        ["NSXT_MANAGER_HOST"] = manager.Address.Authority,
        ["NSXT_USERNAME"] = "admin",
        ["NSXT_PASSWORD"] = RunningManager.Password,
        ["NSXT_ALLOW_UNVERIFIED_SSL"] = "true",
    };
}
