using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;

namespace Fabric.Manager.Storage;

/// <summary>
/// A PostgreSQL database as people write it: <c>postgres://user:password@host:port/database</c> (postgresql.org, "Connection URIs"; a host may be
/// left out and named behind the question mark, as for a socket), or Npgsql's own <c>Host=…;Database=…</c>.
/// </summary>
internal static partial class PostgresAddress
{
    public static string Read(string text)
    {
        var settings = text.Contains("://", StringComparison.Ordinal) ? OfUri(text) : new NpgsqlConnectionStringBuilder(text);
        settings.ApplicationName ??= "fabric-manager";
        return settings.ToString();
    }

    /// <summary>What is wrong with it; null: nothing. Its password is never repeated.</summary>
    public static string? Check(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(Read(text)) is { Host: null or "" } ? "names no host" : null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            return "is neither postgres://user:password@host:port/database nor Host=…;Database=…";
        }
    }

    [GeneratedRegex(@"^postgres(?:ql)?://(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?:\[(?<host>[^]]*)\]|(?<host>[^:/?]*))(?::(?<port>\d+))?(?:/(?<database>[^?]*))?(?:\?(?<more>.*))?$")]
    private static partial Regex Form { get; }

    private static NpgsqlConnectionStringBuilder OfUri(string text)
    {
        var form = Form.Match(text);
        if (!form.Success)
        {
            throw new FormatException("not a connection URI");
        }

        var settings = new NpgsqlConnectionStringBuilder();
        foreach (string part in new[] { "host", "port", "database", "user", "password" })
        {
            if (Uri.UnescapeDataString(form.Groups[part].Value) is { Length: > 0 } value)
            {
                settings[part == "user" ? "username" : part] = part == "port" ? int.Parse(value, CultureInfo.InvariantCulture) : value;
            }
        }

        foreach (string pair in form.Groups["more"].Value.Split('&', StringSplitOptions.RemoveEmptyEntries)) // such as host=/run/postgresql or sslmode=require
        {
            string[] parts = pair.Split('=', 2);
            settings[Uri.UnescapeDataString(parts[0])] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "");
        }

        return settings;
    }
}
