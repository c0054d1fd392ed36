using System.Text.Json;
using System.Text.Json.Serialization;
using Fabric.Lab.Hosting;

namespace Fabric.Lab.State;

/// <summary>The folder of one lab: its file, state, sockets, logs and data. Taking the lab down removes it.</summary>
internal sealed class LabDirectory
{
    /// <summary>A socket's path must fit sun_path with its final zero (unix(7)).</summary>
    private const int LongestSocketPath = 107;

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private LabDirectory(string path) => Root = path;

    public string Root { get; }

    public string Name => Path.GetFileName(Root);

    public string LabFile => Path.Combine(Root, "lab.yaml");

    public string PasswordFile => Path.Combine(Root, "admin-password");

    public string Database => Path.Combine(Root, "manager.db");

    /// <summary>Where the logs of a lab that failed to come up are kept.</summary>
    public string KeptLogs => Path.Combine(Home, "failed", Name);

    private string StateFile => Path.Combine(Root, "state.json");

    /// <summary>FABRIC_STATE, else the XDG state home (basedir specification), else a folder of the user's under /tmp.</summary>
    private static string Home
    {
        get
        {
            if (Environment.GetEnvironmentVariable("FABRIC_STATE") is { Length: > 0 } chosen)
            {
                return Path.GetFullPath(chosen);
            }

            string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
            string? home = Environment.GetEnvironmentVariable("HOME");
            string path = !string.IsNullOrEmpty(state) ? Path.Combine(state, "fabric") : Path.Combine(home ?? "/nonexistent", ".local/state/fabric");
            return CanCreate(path) ? path : Path.Combine(Path.GetTempPath(), $"fabric-{Environment.UserName}");
        }
    }

    public static LabDirectory Of(string name) => new(Path.Combine(Home, "labs", name));

    public static IReadOnlyList<LabDirectory> All()
        => Directory.Exists(Path.Combine(Home, "labs"))
            ? [.. Directory.GetDirectories(Path.Combine(Home, "labs")).Order(StringComparer.Ordinal).Select(p => new LabDirectory(p))]
            : [];

    /// <summary>The lab of that name, or the only one there is.</summary>
    /// <exception cref="UsageException">There is none, or more than one to choose from.</exception>
    public static LabDirectory Find(string? name)
    {
        var all = All();
        if (name is not null)
        {
            return all.FirstOrDefault(l => l.Name == name)
                ?? throw new UsageException($"no lab \"{name}\" is up{(all.Count == 0 ? "" : $"; up are {string.Join(", ", all.Select(l => l.Name))}")}");
        }

        return all.Count switch
        {
            0 => throw new UsageException("no lab is up; start one with `fabric lab up samples/two-hosts`"),
            1 => all[0],
            _ => throw new UsageException($"several labs are up: choose one with --lab ({string.Join(", ", all.Select(l => l.Name))})"),
        };
    }

    public bool Exists => Directory.Exists(Root);

    /// <exception cref="UsageException">The lab is there already.</exception>
    public void Create()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Root)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try
        {
            Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var claim = new FileStream(Path.Combine(Root, ".claim"), FileMode.CreateNew);
        }
        catch (IOException)
        {
            throw new UsageException($"lab \"{Name}\" is already up: `fabric lab down --lab {Name}` takes it down, `--name` starts another");
        }

        Directory.CreateDirectory(Path.Combine(Root, "logs"));
    }

    public string Log(string name) => Path.Combine(Root, "logs", $"{name}.log");

    public string Folder(string name)
    {
        string path = Path.Combine(Root, name);
        Directory.CreateDirectory(path);
        return path;
    }

    /// <exception cref="LabFailure">The path is too long for a socket.</exception>
    public string Socket(string name)
    {
        string path = Path.Combine(Root, $"{name}.sock");
        return System.Text.Encoding.UTF8.GetByteCount(path) <= LongestSocketPath
            ? path
            : throw new LabFailure($"{path} is too long for a socket: set FABRIC_STATE to a folder with a shorter path");
    }

    public LabState? Read()
        => File.Exists(StateFile) ? JsonSerializer.Deserialize<LabState>(File.ReadAllText(StateFile), Json) : null;

    public void Write(LabState state)
    {
        string next = StateFile + ".next";
        File.WriteAllText(next, JsonSerializer.Serialize(state, Json));
        File.Move(next, StateFile, overwrite: true);
    }

    public void Delete()
    {
        if (Exists)
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private static bool CanCreate(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string probe = Path.Combine(path, $".probe-{Environment.ProcessId}");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
