using System.Globalization;
using System.Text.RegularExpressions;

namespace Fabric.Lab.Tests.House;

/// <summary>Each project logs in its own thousand of ids, from one file, and no id means two things.</summary>
internal sealed partial class EventIdsTests
{
    private static readonly Dictionary<string, int> Thousands = new()
    {
        ["Fabric.Manager"] = 1000,
        ["Fabric.Controller"] = 2000,
        ["Fabric.HostSwitch"] = 3000,
        ["Fabric.NodeOvs"] = 4000,
        ["Fabric.Lab"] = 5000,
    };

    [Test]
    public void An_event_id_means_one_thing()
    {
        var repeated = Events().GroupBy(logged => logged.Id).Where(group => group.Count() > 1);
        Assert.That(repeated.Select(group => $"{group.Key} in {string.Join(" and ", group.Select(logged => logged.File))}"), Is.Empty);
    }

    [Test]
    public void A_project_logs_in_its_own_thousand_and_in_one_file()
    {
        Assert.Multiple(() =>
        {
            foreach (var (file, id) in Events())
            {
                string project = file.Split('/')[0];
                Assert.That(Thousands, Does.ContainKey(project), file);
                Assert.That(file, Is.EqualTo($"{project}/Log.cs"), "events stand in the project's Log.cs");
                Assert.That(id / 1000 * 1000, Is.EqualTo(Thousands[project]), $"{file}: {id}");
            }
        });
    }

    private static List<(string File, int Id)> Events()
        => [.. from file in Repository.Files("*.cs")
               where !file.StartsWith("tests/", StringComparison.Ordinal)
               from Match match in LoggerMessage().Matches(Repository.Read(file))
               select (file, int.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex LoggerMessage();
}
