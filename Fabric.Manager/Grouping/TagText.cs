namespace Fabric.Manager.Grouping;

/// <summary>A tag as conditions write it: <c>scope|tag</c>, either of which may be empty; without a bar it is a tag of any scope.</summary>
internal static class TagText
{
    public static (string Scope, string Tag) Split(string text)
    {
        int bar = text.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? ("", text) : (text[..bar], text[(bar + 1)..]);
    }
}
