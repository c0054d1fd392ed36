namespace Fabric.Manager.Tests;

/// <summary>Parts of the docs that are made from the code: compared with it, or written with FABRIC_WRITE_DOCS=1.</summary>
internal static class WrittenDocs
{
    public static string Root { get; } = FindRoot();

    /// <param name="document">Below docs.</param>
    /// <param name="part">As its marks name it.</param>
    /// <param name="writer">The fixture.</param>
    /// <param name="text">What must stand between the marks.</param>
    public static void Hold(string document, string part, string writer, string text)
    {
        string start = $"<!-- {part}: written by {writer} with FABRIC_WRITE_DOCS=1 -->\n";
        string file = Path.Combine(Root, "docs", document);
        string whole = File.ReadAllText(file);
        int from = whole.IndexOf(start, StringComparison.Ordinal) + start.Length;
        int to = whole.IndexOf($"<!-- end of {part} -->", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("FABRIC_WRITE_DOCS") == "1")
        {
            File.WriteAllText(file, whole[..from] + text + whole[to..]);
            return;
        }

        Assert.That(whole[from..to], Is.EqualTo(text), $"run {writer} with FABRIC_WRITE_DOCS=1 and commit docs/{document}");
    }

    private static string FindRoot()
    {
        string folder = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(folder, "fabric.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
