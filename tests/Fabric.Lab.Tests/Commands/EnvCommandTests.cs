using System.Text.Json.Nodes;
using Fabric.Lab.Commands;

namespace Fabric.Lab.Tests.Commands;

/// <summary>What `fabric manager env` prints.</summary>
internal sealed class EnvCommandTests
{
    [Test]
    public void A_value_with_quotes_is_one_word_of_the_shell()
        => Assert.That(EnvCommand.Line("NSXT_PASSWORD", "it's $HOME"), Is.EqualTo("export NSXT_PASSWORD='it'\\''s $HOME'"));

    [Test]
    public void The_names_that_the_suites_look_for_come_first()
    {
        JsonObject[] zones = [new() { ["display_name"] = "nsx-overlay-transportzone" }, new() { ["display_name"] = "1-transportzone" }];
        Assert.That(EnvCommand.Choose(zones, ["1-transportzone"]), Is.EqualTo("1-transportzone"));
        Assert.That(EnvCommand.Choose(zones, ["elsewhere"]), Is.EqualTo("nsx-overlay-transportzone"));
        Assert.That(EnvCommand.Choose([], ["elsewhere"]), Is.Null);
    }

    [Test]
    public void Every_variable_is_named_once()
        => Assert.That(EnvCommand.Objects.Select(item => item.Variable), Is.Unique);
}
