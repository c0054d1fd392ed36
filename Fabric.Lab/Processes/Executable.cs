namespace Fabric.Lab.Processes;

/// <summary>This very command, as the lab starts it again for each service.</summary>
internal static class Executable
{
    private static string Folder => AppContext.BaseDirectory;

    /// <summary>The native executable where there is one, else the assembly through the `dotnet` that runs us (under a test runner).</summary>
    public static IReadOnlyList<string> Command
    {
        get
        {
            string native = Path.Combine(Folder, "fabric");
            return File.Exists(native) ? [native] : [Environment.ProcessPath!, Path.Combine(Folder, "fabric.dll")];
        }
    }

    /// <summary>PATH with our folder in front, so that a pod's command may be `fabric pod serve`; and the runtime we were started with.</summary>
    public static IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["PATH"] = $"{Folder.TrimEnd('/')}:{Environment.GetEnvironmentVariable("PATH")}",
        ["DOTNET_ROOT"] = RuntimeRoot,
        ["DOTNET_NOLOGO"] = "1",
    };

    /// <summary>…/dotnet, from …/dotnet/shared/Microsoft.NETCore.App/10.0.x.</summary>
    private static string RuntimeRoot
        => Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));
}
