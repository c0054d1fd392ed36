using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Fabric.Manager;

/// <summary>Settings of the manager, section <c>Manager</c>.</summary>
public sealed class ManagerOptions
{
    [Required, Description("Where the REST API listens: an https:// URL; port 0 takes a free one.")]
    public string Listen { get; set; } = "https://127.0.0.1:8443";

    [Description("Where controllers fetch the configuration: http://host:port or unix:/path. Empty: nowhere.")]
    public string FeedListen { get; set; } = "";

    [Required, Description("The SQLite file that holds everything; certificate and password files are kept beside it.")]
    public string Data { get; set; } = "fabric-manager.db";

    [Description("A PostgreSQL database to keep everything in instead of the file: postgres://user:password@host:port/name or Host=…;Database=…. Managers that name the same one are a cluster.")]
    public string Database { get; set; } = "";

    [Description("A file whose first line is the password of user admin. Empty: one is generated beside the data file on first start.")]
    public string AdminPasswordFile { get; set; } = "";

    [Range(0, 1_000_000), Description("Requests per second that one user may make before 429; a real manager allows 100. 0: as many as they like.")]
    public int RateLimit { get; set; }

    [Range(0, 100_000), Description("Requests that one user may have under way before 503; a real manager allows 40. 0: as many as they like.")]
    public int ClientConcurrency { get; set; }

    [Range(0, 100_000), Description("Requests that may be under way in all before 503; a real manager allows 199. 0: as many as there are.")]
    public int GlobalConcurrency { get; set; }

    [Range(0, 1_000_000), Description("Wrong passwords within 15 minutes that lock an account for 15 minutes. 0: none ever does.")]
    public int LockoutAfter { get; set; } = 5;

    [Required, RegularExpression("default|none|terraform"), Description("What a new data file starts with: default (as a fresh NSX-T), none, or terraform (default and what the Terraform acceptance suites look for).")]
    public string Seed { get; set; } = "default";

    [Description("How long a deleted object of the Policy API stays marked for delete before it is swept; nobody can make it anew meanwhile. 0: not at all.")]
    public TimeSpan DeleteDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    [Description("How long policy objects wait to be realized, as on a real manager. Zero: they do not wait.")]
    public TimeSpan RealizationDelay { get; set; } = TimeSpan.FromMilliseconds(100);

    [Description("How long until an intent that failed is tried again without anything having changed.")]
    public TimeSpan RealizationRetry { get; set; } = TimeSpan.FromSeconds(2);
}
