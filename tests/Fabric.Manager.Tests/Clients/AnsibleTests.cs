namespace Fabric.Manager.Tests.Clients;

/// <summary>Ansible's NSX-T modules find what they made: an object is changed the first time, and not the second.</summary>
internal sealed class AnsibleTests
{
    [Test]
    public async Task Every_module_creates_leaves_changes_and_removes_its_object()
    {
        string ansible = ClientPrograms.Installed("ansible-playbook");
        string modules = ClientPrograms.AnsibleCollection;
        await using var manager = await RunningManager.StartAsync(clock: TimeProvider.System);
        string collections = Path.Combine(RunningManager.NewFolder(), "ansible_collections");
        Directory.CreateDirectory(Path.Combine(collections, "vmware"));
        Directory.CreateSymbolicLink(Path.Combine(collections, "vmware", "ansible_for_nsxt"), modules);
        var run = await ClientRun.StartAsync(
            ansible,
            ["-i", "localhost,", "-e", $"manager={manager.Address.Authority}", "-e", $"password={RunningManager.Password}", ClientRun.Driver("ansible/site.yml")],
            new()
            {
                ["ANSIBLE_COLLECTIONS_PATH"] = Path.GetDirectoryName(collections)!,
                ["ANSIBLE_LOCALHOST_WARNING"] = "false",
                ["ANSIBLE_NOCOLOR"] = "1",
                ["HOME"] = Path.GetDirectoryName(collections)!,
            });
        Directory.Delete(Path.GetDirectoryName(collections)!, recursive: true);
        run.Passes(atLeast: 48);
    }
}
