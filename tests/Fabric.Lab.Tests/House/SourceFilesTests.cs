using System.Text.RegularExpressions;

namespace Fabric.Lab.Tests.House;

/// <summary>How a source file looks: short, one namespace equal to its folder, no regions.</summary>
internal sealed partial class SourceFilesTests
{
    private const int LongestFile = 400;

    [Test]
    public void No_file_is_longer_than_its_second_concept_would_allow()
    {
        var offenders = from file in Repository.Files("*.cs")
                        let lines = File.ReadLines(Repository.PathOf(file)).Count()
                        where lines > LongestFile
                        select $"{file}: {lines} lines";
        Assert.That(offenders, Is.Empty, $"past {LongestFile} lines there are two concepts in it");
    }

    [Test]
    public void A_namespace_is_its_folder()
    {
        var offenders = from file in Repository.Files("*.cs")
                        let match = Namespace().Match(Repository.Read(file))
                        where match.Success && match.Groups["name"].Value != ExpectedNamespace(file)
                        select $"{file}: {match.Groups["name"].Value}, not {ExpectedNamespace(file)}";
        Assert.That(offenders, Is.Empty);
    }

    [Test]
    public void There_are_no_regions()
        => Assert.That(Repository.Files("*.cs").Where(file => Region().IsMatch(Repository.Read(file))), Is.Empty);

    private static string ExpectedNamespace(string file)
    {
        string folder = Path.GetDirectoryName(file)!.Replace('/', '.');
        return folder.StartsWith("tests.", StringComparison.Ordinal) ? folder["tests.".Length..]
            : folder.StartsWith("Ncp.Ncp.", StringComparison.Ordinal) ? folder["Ncp.".Length..]
            : folder;
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^\s*#region", RegexOptions.Multiline)]
    private static partial Regex Region();
}
