using System.Text.RegularExpressions;
using Fabric.Lab.Commands;

namespace Fabric.Lab.Tests.House;

/// <summary>The documents name things that exist: rooms, files, links, commands.</summary>
internal sealed partial class DocsTests
{
    private static readonly string[] Documents =
        ["README.md", "CONTRIBUTING.md", .. Repository.Files("*.md", "docs"), .. Repository.Files("*.md", "samples")];

    [TestCaseSource(nameof(Documents))]
    public void A_link_leads_somewhere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.PathOf(document))!;
        var broken = from Match link in Link().Matches(Repository.Read(document))
                     let target = link.Groups["target"].Value
                     where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith('#')
                     let path = Path.Combine(folder, target.Split('#')[0])
                     where !File.Exists(path) && !Directory.Exists(path)
                     select target;
        Assert.That(broken, Is.Empty);
    }

    [Test]
    public void The_map_shows_every_room()
    {
        string map = Repository.Read("docs/ARCHITECTURE.md");
        var folders = Repository.Files("*").Select(file => file.Split('/')).Where(parts => parts.Length > 1).Select(parts => parts[0])
            .Distinct().Where(folder => !folder.StartsWith('.'));
        Assert.That(folders.Where(folder => !map.Contains($"[`{folder}`]", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void The_map_shows_no_file_that_is_not_there()
    {
        var missing = from line in Repository.Read("docs/ARCHITECTURE.md").Split('\n')
                      let cells = line.Split('|')
                      where cells.Length == 6 && cells[1].Contains("[`", StringComparison.Ordinal)
                      let room = Code().Match(cells[1]).Groups["text"].Value
                      from Match file in Code().Matches(cells[4])
                      let path = Path.Combine(Repository.Root, room, file.Groups["text"].Value)
                      where !File.Exists(path) && !Directory.Exists(path)
                      select $"{room}: {file.Groups["text"].Value}";
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void Every_command_in_the_documents_is_one()
    {
        var root = FabricCommand.Create();
        var unknown = from document in Documents
                      from Match use in Use().Matches(Repository.Read(document))
                      let words = use.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                      where words.Length > 0 && words[0] != "test" && !IsCommand(root, words)
                      select $"{document}: fabric {string.Join(' ', words)}";
        Assert.That(unknown, Is.Empty);
    }

    [Test]
    public void Every_decision_is_listed()
    {
        string list = Repository.Read("docs/decisions/README.md");
        var records = Repository.Files("*.md", "docs/decisions").Select(file => Path.GetFileName(file)!).Where(name => name != "README.md");
        Assert.Multiple(() =>
        {
            foreach (string record in records)
            {
                Assert.That(list, Does.Contain($"({record})"));
                string text = Repository.Read($"docs/decisions/{record}");
                Assert.That(text, Does.Match(@"(## |\*\*)Context").And.Match(@"(## |\*\*)Decision").And.Match(@"(## |\*\*)Consequences"), record);
            }
        });
    }

    private static bool IsCommand(System.CommandLine.Command command, string[] words)
    {
        foreach (string word in words)
        {
            if (command.Subcommands.Count == 0)
            {
                return true; // the rest is arguments
            }

            var next = command.Subcommands.FirstOrDefault(child => child.Name == word);
            if (next is null)
            {
                return false;
            }

            command = next;
        }

        return true;
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`(?<text>[^`]+)`")]
    private static partial Regex Code();

    /// <summary>./fabric, then words until the first flag, path or anything else.</summary>
    [GeneratedRegex(@"\./fabric(?<words>(?: [a-z]+(?![\w./=-]))*)")]
    private static partial Regex Use();
}
