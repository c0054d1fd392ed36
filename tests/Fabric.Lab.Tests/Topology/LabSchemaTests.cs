using System.Text.Json;
using System.Text.Json.Nodes;
using Fabric.Lab.Topology;
using Json.Schema;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fabric.Lab.Tests.Topology;

/// <summary>Our own check and a full validator read one schema: they must agree on what is a lab.</summary>
public sealed class LabSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(File.ReadAllText(House.Repository.PathOf("samples/lab.schema.json")));

    private const string Small = """
        name: small
        networks: [{ name: web, subnets: [10.1.0.0/29] }]
        hypervisors: [{ name: hv1, nodes: [{ name: n1, pods: [{ name: p1, network: web }] }] }]
        """;

    [Test]
    public void Both_take_the_samples()
    {
        foreach (string lab in Directory.GetFiles(House.Repository.PathOf("samples"), "lab.yaml", SearchOption.AllDirectories))
        {
            Assert.That(Verdicts(File.ReadAllText(lab)), Is.EqualTo((true, true)), lab);
        }
    }

    [TestCase("mtu: 1279")]
    [TestCase("mtu: 1700.5")]
    [TestCase("overlay: stt")]
    [TestCase("api: rest")]
    [TestCase("spoofguard: [true]")]
    [TestCase("hypervisor: []")]
    [TestCase("external: [{ name: x }]")]
    [TestCase("groups: [{ name: g, labels: [a] }]")]
    [TestCase("rules: [{ name: r, action: allow, service: tcp/http }]")]
    [TestCase("rules: [{ name: r, action: [allow] }]")]
    public void Both_refuse(string line) => Assert.That(Verdicts($"{line}\n{Small}"), Is.EqualTo((false, false)));

    [TestCase("mtu: 9000")]
    [TestCase("overlay: vxlan")]
    [TestCase("api: policy")]
    [TestCase("rules: [{ name: r, action: allow, service: \"udp/53,5353-5355\", from: any }]")]
    [TestCase("external: [{ name: x, tep: 192.168.250.9, overlay: vxlan }]")]
    public void Both_take(string line) => Assert.That(Verdicts($"{line}\n{Small}"), Is.EqualTo((true, true)));

    private static (bool Validator, bool Check) Verdicts(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = stream.Documents[0].RootNode;
        using var json = JsonDocument.Parse(Json(root)!.ToJsonString());
        return (Schema.Evaluate(json.RootElement).IsValid, SchemaCheck.Problems(root).Count == 0);
    }

    /// <summary>Plain scalars that look like numbers or booleans are (YAML 1.2, core schema).</summary>
    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => scalar.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when double.TryParse(scalar.Value, out double number) => number,
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };
}
