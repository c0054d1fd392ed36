using System.Text.Json;
using Fabric.Lab.Topology;

namespace Fabric.Lab.Tests.Topology;

public sealed class LabFileTests
{
    private const string Whole = """
        name: small
        networks:
          - name: web
            subnets: [10.1.0.0/29, "fd00::/64"]
            router: r1
        hypervisors:
          - name: hv1
            nodes:
              - name: n1
                pods:
                  - { name: p1, network: web }
                  - { name: p2, network: web, ip: 10.1.0.2, vlan: 11 }
        """;

    [Test]
    public void What_the_file_leaves_open_is_filled_in()
    {
        var lab = LabFile.Parse(Whole, "lab.yaml");
        var pods = lab.Pods.ToList();
        Assert.That(lab.Networks[0].Gateways.Select(g => g.ToString()), Is.EqualTo(new[] { "10.1.0.1/29", "fd00::1/64" }).AsCollection);
        Assert.That(pods[0].Addresses.Select(a => a.ToString()), Is.EqualTo(new[] { "10.1.0.3/29", "fd00::2/64" }).AsCollection);
        Assert.That(pods[1].Ipv4.ToString(), Is.EqualTo("10.1.0.2"));
        Assert.That(pods.Select(p => (int)p.Vlan.Value), Is.EqualTo(new[] { 12, 11 }).AsCollection);
        Assert.That(pods.Select(p => p.Mac).Distinct().Count(), Is.EqualTo(2));
        Assert.That((lab.Mtu, lab.Overlay, lab.SpoofGuard), Is.EqualTo((1700, Overlay.Geneve, true)));
    }

    [Test]
    public void Ids_come_from_names_alone()
    {
        var once = LabFile.Parse(Whole, "lab.yaml");
        var again = LabFile.Parse(Whole, "elsewhere.yaml");
        Assert.That(again.Pods.First().VifId, Is.EqualTo(once.Pods.First().VifId));
        Assert.That(Guid.TryParse(once.Nodes.First().VifId, out _), Is.True);
    }

    [TestCase("overlay: genve", "lab.yaml:1:10: \"overlay\": \"genve\" is none of geneve, vxlan")]
    [TestCase("ovrlay: geneve", "lab.yaml:1:1: unknown key \"ovrlay\" in lab; did you mean \"overlay\"?")]
    [TestCase("mtu: big", "lab.yaml:1:6: \"mtu\": \"big\" is no whole number; expected bytes of IP")]
    [TestCase("mtu: 100", "lab.yaml:1:6: \"mtu\": \"100\" is not between 1280 and 9000")]
    [TestCase("spoofguard: maybe", "lab.yaml:1:13: \"spoofguard\": \"maybe\" must be true or false")]
    [TestCase("rules: {}", "lab.yaml:1:8: \"rules\" must be a list of firewall rules")]
    [TestCase("rules: [{name: a, action: alow}]", "lab.yaml:1:27: \"action\": \"alow\" is none of allow, drop, reject")]
    [TestCase("rules: [{name: a, action: drop, service: tcp:80}]", "\"service\": \"tcp:80\" does not fit; expected any, icmp")]
    [TestCase("rules: [{name: a, action: drop, from: wbe}]", "\"wbe\" is neither a group nor an address")]
    [TestCase("groups: [{name: g, pods: [p9]}]", "there is no pod \"p9\"; known pods are p1, p2")]
    [TestCase("underlay: 10.0.0.300/24", "lab.yaml:1:11: \"underlay\": \"10.0.0.300/24\" is no subnet; expected addresses")]
    [TestCase("underlay: 10.0.0.0/31", "\"10.0.0.0/31\" is no IPv4 subnet of /29 or larger")]
    public void A_mistake_is_told_with_its_line_and_the_remedy(string line, string expected)
        => Assert.That(Mistakes($"{line}\n{Whole}"), Does.Contain(expected));

    [TestCase("network: web, ip: 10.1.0.2", "network: wb, ip: 10.1.0.2", "there is no network \"wb\"; known networks are web")]
    [TestCase("ip: 10.1.0.2", "ip: 10.2.0.2", "\"10.2.0.2\" is not in network \"web\"; expected an address in 10.1.0.0/29")]
    [TestCase("ip: 10.1.0.2", "ip: 10.1.0.1", "\"10.1.0.1\" is taken")]
    [TestCase("name: p2", "name: p1", "a second pod \"p1\"")]
    [TestCase("10.1.0.0/29", "10.1.0.1/29", "has host bits set; the subnet is 10.1.0.0/29")]
    [TestCase("{ name: p1, network: web }", "{ name: p1 }", "lab.yaml:11:13: pod has no \"network\"; add the name of one of the networks")]
    [TestCase("name: small", "name: Small Lab", "expected the lab's name")]
    public void A_mistake_within_is_told_too(string right, string wrong, string expected)
        => Assert.That(Mistakes(Whole.Replace(right, wrong, StringComparison.Ordinal)), Does.Contain(expected));

    [Test]
    public void A_network_that_is_wrong_is_told_once()
        => Assert.That(Mistakes(Whole.Replace("10.1.0.0/29", "10.1.0.1/29", StringComparison.Ordinal)).Split('\n'), Has.Length.EqualTo(1));

    [Test]
    public void A_full_subnet_is_told()
    {
        string crowded = Whole + string.Concat(Enumerable.Range(3, 6).Select(n => $"\n          - {{ name: p{n}, network: web }}"));
        Assert.That(Mistakes(crowded), Does.Contain("subnet 10.1.0.0/29 is full"));
    }

    [TestCase("")]
    [TestCase("name: [")]
    [TestCase("- a\n- b")]
    [TestCase("just words")]
    public void What_is_no_lab_at_all_is_refused_in_words(string text)
        => Assert.That(Mistakes(text), Does.StartWith("lab.yaml:"));

    [Test]
    public void The_schema_names_only_keywords_that_the_check_knows()
    {
        string[] known =
        [
            "$schema", "$id", "$ref", "$defs", "title", "description", "type", "additionalProperties", "required", "properties", "items",
            "enum", "pattern", "format", "minimum", "maximum", "minItems", "maxItems",
        ];
        using var schema = SchemaCheck.LoadSchema();
        Assert.That(Keywords(schema.RootElement).Distinct().Except(known), Is.Empty);
    }

    [Test]
    public void The_samples_are_labs()
    {
        var labs = Directory.GetFiles(House.Repository.PathOf("samples"), "lab.yaml", SearchOption.AllDirectories);
        Assert.That(labs, Is.Not.Empty);
        foreach (string lab in labs)
        {
            Assert.That(() => LabFile.Read(lab), Throws.Nothing, lab);
        }
    }

    private static IEnumerable<string> Keywords(JsonElement schema)
    {
        foreach (var member in schema.EnumerateObject())
        {
            yield return member.Name;
            var within = member.Name switch
            {
                "properties" or "$defs" => member.Value.EnumerateObject().Select(p => p.Value),
                "items" => [member.Value],
                "additionalProperties" when member.Value.ValueKind == JsonValueKind.Object => [member.Value],
                _ => Enumerable.Empty<JsonElement>(),
            };
            foreach (string keyword in within.SelectMany(Keywords))
            {
                yield return keyword;
            }
        }
    }

    private static string Mistakes(string yaml) => Assert.Throws<LabFileException>(() => LabFile.Parse(yaml, "lab.yaml"))!.Message;
}
