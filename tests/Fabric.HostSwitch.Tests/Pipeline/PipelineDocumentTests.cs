using System.Runtime.CompilerServices;
using Fabric.HostSwitch.Pipeline;
using Fabric.HostSwitch.Tests.Rig;

namespace Fabric.HostSwitch.Tests.Pipeline;

/// <summary>docs/pipeline.md says what the stage lists do.</summary>
internal sealed class PipelineDocumentTests
{
    [Test]
    public void It_has_a_section_for_each_stage_in_their_order()
    {
        using var fabric = new TestFabric();
        var host = fabric.Host("one");
        fabric.Publish();
        var journeys = host.Datapath.Journeys;
        var stages = new[] { journeys.FromVnic, journeys.ToVnic, journeys.FromTunnel, journeys.ToTunnel, journeys.FromHost }
            .SelectMany(journey => journey.Stages)
            .Select(stage => stage.Name)
            .Distinct();

        var sections = Document().Split('\n').Where(line => line.StartsWith("### ", StringComparison.Ordinal)).Select(line => line[4..].Trim());

        Assert.That(sections, Is.EqualTo(stages));
    }

    [Test]
    public void Every_counter_it_names_exists()
    {
        var known = Enum.GetValues<DropReason>().Select(reason => reason.CounterName()).ToHashSet();
        string text = Document();
        var named = System.Text.RegularExpressions.Regex.Matches(text, "`([a-z0-9_]+_(drops|pkts|dropped|errors|filtered|rx|tx|mcast|ipv4))`")
            .Select(match => match.Groups[1].Value)
            .Where(name => !name.StartsWith('_'));

        Assert.That(named.Where(name => !known.Contains(name)), Is.Empty);
    }

    private static string Document([CallerFilePath] string here = "")
        => File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "pipeline.md"));
}
