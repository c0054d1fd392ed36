using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fabric.Lab.Commands;

/// <summary>For people, or for programs.</summary>
internal enum OutputForm
{
    Text,
    Json,
}

/// <summary>The option --output, which every verb has that says something.</summary>
internal static class OutputOption
{
    private static readonly JsonSerializerOptions Form = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static Option<OutputForm> Create() => new("--output", "-o") { Description = "text or json" };

    public static string Json(object value) => JsonSerializer.Serialize(value, value.GetType(), Form);
}
