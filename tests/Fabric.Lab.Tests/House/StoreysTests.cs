namespace Fabric.Lab.Tests.House;

/// <summary>Three storeys: references point down, never sideways. A new project gets its storey here.</summary>
internal sealed class StoreysTests
{
    private static readonly string[] Floor = ["Fabric.Packets", "Fabric.Contracts", "Fabric.OvsProtocol"];
    private static readonly string[] Roof = ["Fabric.Lab"];

    private static readonly string[] Services =
    [
        "Fabric.Manager", "Fabric.Controller", "Fabric.HostSwitch", "Fabric.NodeOvs",
        "Ncp.ContainerPlugin", "Ncp.NodeAgent", "Ncp.Cni", "Ncp.KubeProxy", "Ncp.KubeSim",
    ];

    private static IEnumerable<ProjectFile> Products => ProjectFile.All.Where(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Products))]
    public void A_project_references_only_what_is_below_it(ProjectFile project)
    {
        string[] below = Roof.Contains(project.Name) ? [.. Services, .. Floor] : Services.Contains(project.Name) ? Floor : [];
        Assert.Multiple(() =>
        {
            Assert.That(Floor.Concat(Services).Concat(Roof), Does.Contain(project.Name), "every project stands on a storey: name it in StoreysTests");
            Assert.That(project.Projects.Except(below), Is.Empty, $"{project.Name} may reference only {string.Join(", ", below)}");
        });
    }

    [Test]
    public void The_test_kit_stands_on_the_floor()
    {
        var kit = ProjectFile.All.Single(project => project.Name == "Fabric.TestKit");
        Assert.That(kit.Projects.Except(Floor), Is.Empty);
    }

    [Test]
    public void A_test_project_tests_the_project_it_is_named_after()
    {
        var tests = ProjectFile.All.Where(project => project.Name.EndsWith(".Tests", StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            foreach (var project in tests)
            {
                Assert.That(project.Projects, Does.Contain(project.Name[..^".Tests".Length]), project.Name);
            }
        });
    }

    [Test]
    public void Every_project_is_in_the_solution()
    {
        string solution = Repository.Read("fabric.sln").Replace('\\', '/');
        Assert.That(ProjectFile.All.Where(project => !solution.Contains($"\"{project.Path}\"", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void Versions_stand_in_one_file_and_are_exact()
    {
        var versioned = ProjectFile.All.Where(project => project.Packages.Any(package =>
            package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null));
        var central = System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").ToList();
        var inexact = central.Where(package => !char.IsAsciiDigit(package.Attribute("Version")!.Value[0])
            || package.Attribute("Version")!.Value.Contains('*', StringComparison.Ordinal));
        Assert.Multiple(() =>
        {
            Assert.That(versioned, Is.Empty, "versions belong in Directory.Packages.props");
            Assert.That(inexact, Is.Empty, "a version is exact");
        });
    }

    [Test]
    public void Every_package_is_used_and_named_in_a_decision()
    {
        var central = System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props"))
            .Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value).ToList();
        var used = ProjectFile.All.SelectMany(project => project.Packages).Select(package => package.Attribute("Include")!.Value)
            .Concat(System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Build.props"))
                .Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value));
        string decisions = string.Concat(Repository.Files("*.md", "docs/decisions").Select(Repository.Read));
        Assert.Multiple(() =>
        {
            Assert.That(central.Except(used), Is.Empty, "no project uses these packages");
            Assert.That(central.Where(package => !decisions.Contains($"`{package}`", StringComparison.Ordinal)), Is.Empty,
                "a package needs a decision record in docs/decisions");
        });
    }
}
