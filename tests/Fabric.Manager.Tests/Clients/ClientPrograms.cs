namespace Fabric.Manager.Tests.Clients;

/// <summary>Where the NSX clients of this machine are: none is ours, so each test that needs one skips where it is not told.</summary>
/// <remarks>
/// <list type="table">
/// <item><term>FABRIC_PYTHON</term><description>the Python interpreter to use; python3 when not given</description></item>
/// <item><term>FABRIC_NSX_PYTHON_SDK</term><description>folder with nsx_python_sdk, nsx_policy_python_sdk and the vAPI runtime, as pip unpacks them</description></item>
/// <item><term>FABRIC_NSXLIB</term><description>folder with the package vmware_nsxlib (14.0.1)</description></item>
/// <item><term>FABRIC_ANSIBLE_NSXT</term><description>folder with Ansible's NSX-T collection (plugins/modules/nsxt_*.py)</description></item>
/// <item><term>FABRIC_TERRAFORM_PROVIDER</term><description>the executable terraform-provider-nsxt (3.x)</description></item>
/// </list>
/// </remarks>
internal static class ClientPrograms
{
    public static string Python => Told("FABRIC_PYTHON") ?? "python3";

    public static string PythonSdk => Folder("FABRIC_NSX_PYTHON_SDK", "the folder of the NSX Python SDK", "com/vmware/nsx_policy");

    public static string Nsxlib => Folder("FABRIC_NSXLIB", "the folder of vmware-nsxlib", "vmware_nsxlib");

    public static string AnsibleCollection => Folder("FABRIC_ANSIBLE_NSXT", "the folder of Ansible's NSX-T modules", "plugins/modules");

    public static string TerraformProvider => File.Exists(Told("FABRIC_TERRAFORM_PROVIDER"))
        ? Path.GetFullPath(Told("FABRIC_TERRAFORM_PROVIDER")!)
        : Missing("FABRIC_TERRAFORM_PROVIDER", "the executable of the NSX-T provider");

    /// <summary>A program that every distribution has, by its name; the test skips where this machine lacks it.</summary>
    public static string Installed(string name)
        => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? Skip($"needs the program {name}");

    private static string? Told(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    private static string Folder(string variable, string what, string within)
        => Told(variable) is { } folder && Directory.Exists(Path.Combine(folder, within)) ? Path.GetFullPath(folder) : Missing(variable, what);

    private static string Missing(string variable, string what) => Skip($"needs {variable}: {what}");

    private static string Skip(string reason)
    {
        Assert.Ignore(reason);
        return reason;
    }
}
