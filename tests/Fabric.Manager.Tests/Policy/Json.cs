using System.Text.Json.Nodes;

namespace Fabric.Manager.Tests.Policy;

/// <summary>Bodies as they are written in requests.</summary>
internal static class Json
{
    public static JsonObject Of(string text) => (JsonObject)JsonNode.Parse(text)!;
}
