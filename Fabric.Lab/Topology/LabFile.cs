using Fabric.Lab.Hosting;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Topology;

/// <summary>Reads a lab from its file: YAML first, then the schema, then what no schema can say (names that exist, addresses that fit).</summary>
internal static class LabFile
{
    /// <param name="path">A lab.yaml, or the folder it is in.</param>
    /// <exception cref="LabFileException">The file says something that cannot be.</exception>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static LabTopology Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, "lab.yaml") : path;
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception wrong) when (wrong is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"there is no lab at {path}: give a lab.yaml or its folder, such as samples/two-hosts");
        }
    }

    public static LabTopology Parse(string yaml, string file)
    {
        var root = Load(yaml, file);
        var problems = SchemaCheck.Problems(root);
        if (problems.Count == 0)
        {
            var assembly = new LabAssembly((YamlMappingNode)root);
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
