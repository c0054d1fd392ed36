namespace Fabric.NodeOvs.Tests.Ovsdb;

/// <summary>The database server against the real ovs-vsctl and ovsdb-client.</summary>
internal sealed class OvsVsctlTests
{
    [Test]
    public async Task Bridges_and_ports_are_made_listed_changed_and_deleted()
    {
        await using var database = RunningDatabase.Start();
        await Vsctl(database, "init");
        await Vsctl(database, "add-br", "br-int", "--", "set", "bridge", "br-int", "datapath_type=netdev", "fail_mode=secure", "protocols=OpenFlow13,OpenFlow15");
        await Vsctl(database, "add-port", "br-int", "pod1", "tag=101", "--", "set", "Interface", "pod1", "external_ids:pod=shop/web-0", "external_ids:iface-id=if1");
        await Vsctl(database, "--may-exist", "add-port", "br-int", "pod1");
        await Vsctl(database, "add-port", "br-int", "uplink", "trunks=101,102");
        await Vsctl(database, "set", "Port", "pod1", "external_ids:a=1", "external_ids:b=2");
        await Vsctl(database, "set", "Port", "pod1", "external_ids:a=3");
        await Vsctl(database, "remove", "Port", "pod1", "external_ids", "b");

        Assert.Multiple(async () =>
        {
            Assert.That(await Vsctl(database, "list-ports", "br-int"), Is.EqualTo("pod1\nuplink\n"));
            Assert.That(await Vsctl(database, "get", "Port", "pod1", "tag"), Is.EqualTo("101\n"));
            Assert.That(await Vsctl(database, "get", "Port", "pod1", "external_ids"), Is.EqualTo("{a=\"3\"}\n"));
            Assert.That(await Vsctl(database, "get", "Port", "uplink", "trunks"), Is.EqualTo("[101, 102]\n"));
            Assert.That(await Vsctl(database, "--columns=name", "--bare", "find", "Interface", "external_ids:iface-id=if1"), Is.EqualTo("pod1\n"));
            Assert.That(await Vsctl(database, "iface-to-br", "pod1"), Is.EqualTo("br-int\n"));
        });

        await Vsctl(database, "del-port", "br-int", "pod1");
        Assert.That(await Vsctl(database, "--bare", "--columns=name", "list", "Interface"), Is.EqualTo("br-int\n\nuplink\n").Or.EqualTo("uplink\n\nbr-int\n"), "what nobody refers to is gone");
        await Vsctl(database, "del-br", "br-int");
        Assert.That(await Vsctl(database, "--bare", "--columns=name", "list", "Port"), Is.Empty);
    }

    [Test]
    public async Task Nothing_is_missing_in_the_schema_for_show_and_list()
    {
        await using var database = RunningDatabase.Start();
        await Vsctl(database, "init");
        await Vsctl(database, "add-br", "br0");
        foreach (string[] command in new[] { (string[])["show"], ["list", "Bridge"], ["list", "Port"], ["list", "Interface"], ["list", "Open_vSwitch"], ["list-br"], ["get-controller", "br0"] })
        {
            var (exit, _, error) = await OvsTool.RunAsync("ovs-vsctl", [$"--db=unix:{database.Socket}", .. command]);
            Assert.That((exit, error), Is.EqualTo((0, "")), string.Join(' ', command));
        }
    }

    [Test]
    public async Task What_cannot_be_is_refused_with_the_words_of_the_protocol()
    {
        await using var database = RunningDatabase.Start();
        await Vsctl(database, "init");
        await Vsctl(database, "add-br", "br0");
        Assert.Multiple(async () =>
        {
            Assert.That(await Transact(database, """{"op":"select","table":"Nowhere","where":[]}"""), Does.Contain("No table named Nowhere").And.Contains("syntax error"));
            Assert.That(await Transact(database, """{"op":"select","table":"Port","where":[["nothing","==",1]]}"""), Does.Contain("unknown column"));
            Assert.That(await Transact(database, """{"op":"update","table":"Bridge","where":[],"row":{"name":"other"}}"""), Does.Contain("constraint violation"));
            Assert.That(await Transact(database, """{"op":"delete","table":"Bridge","where":[]}"""), Does.Contain("referential integrity violation"));
            Assert.That(await Transact(database, """{"op":"insert","table":"Port","row":{"name":"lonely"}}"""), Does.Contain("constraint violation"));
            Assert.That(await Transact(database, """{"op":"insert","table":"Port","row":{"name":"p","tag":4096,"interfaces":["set",[]]}}"""), Does.Contain("constraint violation"));
            Assert.That(await Transact(database, """{"op":"abort"}"""), Does.Contain("aborted"));
            Assert.That(await Transact(database, """{"op":"assert","lock":"mine"}"""), Does.Contain("not owner"));
            Assert.That(
                await Transact(database, """{"op":"wait","table":"Bridge","where":[],"columns":["name"],"until":"==","rows":[{"name":"br9"}],"timeout":0}"""),
                Does.Contain("timed out").And.Contains("clause test failed"));
        });
    }

    [Test]
    public async Task Everything_is_there_after_a_restart()
    {
        var database = RunningDatabase.Start();
        await Vsctl(database, "init");
        await Vsctl(database, "add-br", "br0");
        await Vsctl(database, "add-port", "br0", "p1", "tag=7");
        string before = await Dump(database);
        await File.AppendAllTextAsync(Path.Combine(database.Folder, "conf.db"), "{\"Bridge\":{\"cut"); // as a crash leaves it
        database = await database.RestartAsync();
        await using (database)
        {
            Assert.That(await Dump(database), Is.EqualTo(before));
            await Vsctl(database, "add-port", "br0", "p2");
        }
    }

    private static async Task<string> Dump(RunningDatabase database)
    {
        var (exit, output, error) = await OvsTool.RunAsync("ovsdb-client", "dump", $"unix:{database.Socket}", "Open_vSwitch");
        Assert.That((exit, error), Is.EqualTo((0, "")));
        return output;
    }

    private static async Task<string> Vsctl(RunningDatabase database, params string[] command)
    {
        var (exit, output, error) = await OvsTool.RunAsync("ovs-vsctl", [$"--db=unix:{database.Socket}", "--no-wait", .. command]);
        Assert.That((exit, error), Is.EqualTo((0, "")), string.Join(' ', command));
        return output;
    }

    private static async Task<string> Transact(RunningDatabase database, string operation)
        => (await OvsTool.RunAsync("ovsdb-client", "transact", $"unix:{database.Socket}", $"[\"Open_vSwitch\",{operation}]")).Output;
}
