using System.Xml.Linq;

namespace Fabric.Lab.Tests.House;

/// <summary>What the house rules read of one project file: its name, its path, and the projects and packages it names.</summary>
internal sealed record ProjectFile(string Name, string Path, IReadOnlyList<string> Projects, IReadOnlyList<XElement> Packages)
{
    public static IReadOnlyList<ProjectFile> All { get; } = [.. Repository.Files("*.csproj").Select(Load)];

    public override string ToString() => Name;

    private static ProjectFile Load(string path)
    {
        var xml = XDocument.Load(Repository.PathOf(path));
        var projects = xml.Descendants("ProjectReference").Select(reference => NameOf(reference.Attribute("Include")!.Value));
        return new ProjectFile(NameOf(path), path, [.. projects], [.. xml.Descendants("PackageReference")]);
    }

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
