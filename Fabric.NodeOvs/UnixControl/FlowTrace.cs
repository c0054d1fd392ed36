using System.Globalization;
using System.Text;
using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Execution;
using Fabric.NodeOvs.Datapath.Fields;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.NodeOvs.Datapath.Translation;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Text;

namespace Fabric.NodeOvs.UnixControl;

/// <summary>Says what would be done with a packet, and why: the very lookup that packets go through, with nothing done (ovs-vswitchd(8), "ofproto/trace").</summary>
internal static class FlowTrace
{
    private const int MostPasses = 16;

    public static string Run(PacketSwitch packets, Bridge bridge, string flow)
    {
        var fields = default(PacketFields);
        foreach (var field in FlowText.Parse(flow).Match.Fields)
        {
            fields.Set(field);
        }

        var story = new Story();
        story.Text.Append(CultureInfo.InvariantCulture, $"Flow: {flow}\n");
        Pass(packets, story, bridge, 0, fields, 0);
        return story.Text.ToString();
    }

    private static void Pass(PacketSwitch packets, Story story, Bridge bridge, byte table, PacketFields fields, int passes)
    {
        story.Text.Append(CultureInfo.InvariantCulture, $"\nbridge(\"{bridge.Name}\")\n{new string('-', bridge.Name.Length + 10)}\n");
        var program = new Translator(packets.Frozen, packets.Now, story, withEffects: false).Translate(bridge, table, fields, 0);
        story.Text.Append(CultureInfo.InvariantCulture, $"\nDatapath actions: {(program.Actions.Length == 0 ? "drop" : string.Join(',', program.Actions.Select(Format)))}\n");
        foreach (var again in Recirculations(program.Actions))
        {
            if (passes >= MostPasses || packets.Frozen[again] is not { } frozen)
            {
                continue;
            }

            story.Text.Append(CultureInfo.InvariantCulture, $"\nrecirc(0x{again:x}) - resume conntrack with default ct_state=trk|new\n");
            var next = fields;
            frozen.Restore(ref next);
            next[FieldSlot.CtState] = 0x21; // tracked and new, as ovs-appctl assumes
            Pass(packets, story, frozen.Bridge, frozen.Table, next, passes + 1);
        }
    }

    private static IEnumerable<uint> Recirculations(PacketAction[] actions) => actions.SelectMany(action => action switch
    {
        PacketAction.Recirculate again => [again.Pass],
        PacketAction.OnCopy copy => Recirculations(copy.Actions),
        _ => [],
    });

    private static string Format(PacketAction action) => action switch
    {
        PacketAction.Output output => output.Port.ToString(CultureInfo.InvariantCulture),
        PacketAction.PushVlan push => $"push_vlan(vid={push.Control & 0xFFF},pcp={push.Control >> 13})",
        PacketAction.PopVlan => "pop_vlan",
        PacketAction.Recirculate again => $"recirc(0x{again.Pass:x})",
        PacketAction.Track track => $"ct({(track.Request.Commit ? "commit," : "")}zone={track.Request.Zone}{(track.Request.Nat is null ? "" : ",nat")})",
        PacketAction.OnCopy copy => $"clone({string.Join(',', copy.Actions.Select(Format))})",
        _ => action.ToString().Replace(" ", "", StringComparison.Ordinal),
    };

    /// <summary>Writes each step on a line of its own, deeper lookups further in.</summary>
    private sealed class Story : ILookupStory
    {
        public StringBuilder Text { get; } = new();

        public void Looked(Bridge bridge, byte table, FlowEntry? found, int depth)
        {
            string margin = new(' ', 4 * depth);
            if (found is null)
            {
                Text.Append(CultureInfo.InvariantCulture, $"{margin}{table,2}. No match.\n{margin}    drop\n");
                return;
            }

            string match = MatchText.Format(found.Match);
            Text.Append(CultureInfo.InvariantCulture, $"{margin}{table,2}. {match}{(match.Length > 0 ? ", " : "")}priority {found.Priority}{(found.Cookie == 0 ? "" : $", cookie 0x{found.Cookie:x}")}\n");
        }

        public void Does(FlowAction action, int depth) => Text.Append(CultureInfo.InvariantCulture, $"{new string(' ', (4 * depth) + 4)}{ActionText.Format(action)}\n");

        public void Chose(GroupEntry group, BucketEntry bucket, int depth)
            => Text.Append(CultureInfo.InvariantCulture, $"{new string(' ', (4 * depth) + 4)}-> using bucket {bucket.Bucket.Id} of group {group.Id}\n");

        public void Says(string what, int depth) => Text.Append(CultureInfo.InvariantCulture, $"{new string(' ', (4 * depth) + 4)}>>>> {what}\n");
    }
}
