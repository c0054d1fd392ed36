using System.Runtime.CompilerServices;

namespace Fabric.Lab.Tests.House;

/// <summary>The checked-out project that these tests were built from: its root, and the files that are ours in it.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", ".git", ".vs", ".idea", "TestResults", "BenchmarkDotNet.Artifacts"];

    public static string Root { get; } = FindRoot();

    public static string PathOf(string relative) => Path.Combine(Root, relative);

    public static string Read(string relative) => File.ReadAllText(PathOf(relative));

    /// <summary>Every file that matches, as paths relative to the root, without what builds leave behind.</summary>
    public static IEnumerable<string> Files(string pattern, string under = "")
        => Walk(PathOf(under), pattern).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Walk(string directory, string pattern)
    {
        foreach (string file in Directory.EnumerateFiles(directory, pattern))
        {
            yield return file;
        }

        foreach (string child in Directory.EnumerateDirectories(directory))
        {
            if (!NotOurs.Contains(Path.GetFileName(child)))
            {
                foreach (string file in Walk(child, pattern))
                {
                    yield return file;
                }
            }
        }
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        // The build may run elsewhere than it was compiled (a published copy), so look from the binaries first.
        foreach (string start in new[] { AppContext.BaseDirectory, here })
        {
            for (string? directory = Path.GetDirectoryName(start); directory is not null; directory = Path.GetDirectoryName(directory))
            {
                if (File.Exists(Path.Combine(directory, "fabric.sln")))
                {
                    return directory;
                }
            }
        }

        throw new DirectoryNotFoundException("no fabric.sln above these tests");
    }
}
