using System.Text.RegularExpressions;
using Fabric.Lab.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>Reads a lab from its file: YAML first, then the schema, then what no schema can say (names that exist, addresses that fit).</summary>
internal static class LabFile
{
    /// <summary>A lab.yaml, by its own path or the folder it is in.</summary>
    public static string PathOf(string path) => Directory.Exists(path) ? Path.Combine(path, "lab.yaml") : path;

    /// <param name="path">A lab.yaml, or the folder it is in.</param>
    /// <param name="name">A name other than the file's, or null.</param>
    /// <param name="overlay">An encapsulation other than the file's, or null.</param>
    /// <exception cref="LabFileException">The file says something that cannot be.</exception>
    /// <exception cref="UsageException">There is no such file, or no such name.</exception>
    public static LabTopology Read(string path, string? name = null, Overlay? overlay = null)
    {
        if (name is not null && !Regex.IsMatch(name, "^[a-z][a-z0-9-]{0,30}$"))
        {
            throw new UsageException($"\"{name}\" is no name for a lab: use lower case letters, digits and hyphens");
        }

        string file = PathOf(path);
        try
        {
            var lab = Parse(File.ReadAllText(file), file, name);
            return overlay is { } other ? lab with { Overlay = other } : lab;
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no lab at {path}: give a lab.yaml or its folder, such as samples/two-hosts");
        }
    }

    public static LabTopology Parse(string yaml, string file, string? name = null)
    {
        var root = Load(yaml, file);
        var problems = SchemaCheck.Problems(root);
        if (problems.Count == 0)
        {
            var assembly = new LabAssembly((YamlMappingNode)root, name);
            var topology = assembly.Assemble();
            problems = assembly.Problems;
            if (problems.Count == 0)
            {
                return topology;
            }
        }

        throw new LabFileException(file, problems);
    }

    private static YamlNode Load(string yaml, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException wrong)
        {
            throw new LabFileException(file, [LabProblem.At(wrong.Start, $"no valid YAML: {wrong.Message}")]);
        }

        return stream.Documents.Count > 0
            ? stream.Documents[0].RootNode
            : throw new LabFileException(file, [new LabProblem(1, 1, "the file is empty; start from samples/two-hosts/lab.yaml")]);
    }
}
