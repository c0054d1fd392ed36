using System.Text.Json;

namespace Fabric.Lab.Hosting;

/// <summary>
/// A settings file: JSON with a section per service, such as <c>{"Manager": {"Listen": "https://127.0.0.1:8443"}}</c>. One file may
/// hold all services' sections; a key that its service does not know is refused, since a typing mistake would otherwise be silent.
/// </summary>
internal static class SettingsFile
{
    private static readonly string[] KnownSections = ["Manager", "Controller", "HostSwitch", "Tagger"];

    /// <exception cref="UsageException">The file cannot be read, or says something nobody understands.</exception>
    public static Dictionary<string, string?> Read(string path, string section, IReadOnlyList<ServiceSetting> settings)
    {
        using var document = Parse(path);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException($"{path}: expected an object with a section such as \"{section}\"");
        }

        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (!KnownSections.Contains(member.Name, StringComparer.OrdinalIgnoreCase))
            {
                throw new UsageException($"{path}: unknown section \"{member.Name}\"; known sections are {string.Join(", ", KnownSections)}");
            }

            if (string.Equals(member.Name, section, StringComparison.OrdinalIgnoreCase))
            {
                ReadSection(path, member.Value, section, settings, values);
            }
        }

        return values;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            var tolerant = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            return JsonDocument.Parse(File.ReadAllText(path), tolerant);
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{path}: line {wrong.LineNumber + 1}: no valid JSON");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"cannot read settings: {wrong.Message}");
        }
    }

    private static void ReadSection(
        string path, JsonElement body, string section, IReadOnlyList<ServiceSetting> settings, Dictionary<string, string?> values)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            throw new UsageException($"{path}: \"{section}\" must be an object");
        }

        foreach (var member in body.EnumerateObject())
        {
            string key = $"{section}:{member.Name}";
            var setting = settings.FirstOrDefault(s => string.Equals(s.Key, key, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
            {
                string known = string.Join(", ", settings.Select(s => s.Key[(section.Length + 1)..]));
                throw new UsageException($"{path}: unknown setting \"{member.Name}\" in \"{section}\"; known settings are {known}");
            }

            values[setting.Key] = member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.ToString();
        }
    }
}
