using System.Globalization;
using Fabric.OvsProtocol.OpenFlow.Actions;
using Fabric.OvsProtocol.OpenFlow.Fields;

namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>Reads what stands in the brackets of <c>learn(...)</c>.</summary>
internal static class LearnParser
{
    public static LearnAction Parse(string value)
    {
        var learn = new LearnAction { Table = 1 };
        var specs = new List<LearnSpec>();
        var given = new Dictionary<FieldId, FieldMatch>();
        foreach (string part in TextParts.Split(value))
        {
            var (name, what) = TextParts.NameAndValue(part);
            switch (name)
            {
                case "table":
                    learn = learn with { Table = byte.Parse(what!, CultureInfo.InvariantCulture) };
                    break;
                case "idle_timeout":
                    learn = learn with { IdleTimeout = Short(what) };
                    break;
                case "hard_timeout":
                    learn = learn with { HardTimeout = Short(what) };
                    break;
                case "fin_idle_timeout":
                    learn = learn with { FinIdleTimeout = Short(what) };
                    break;
                case "fin_hard_timeout":
                    learn = learn with { FinHardTimeout = Short(what) };
                    break;
                case "priority":
                    learn = learn with { Priority = Short(what) };
                    break;
                case "cookie":
                    learn = learn with { Cookie = (ulong)FieldText.Number(what!) };
                    break;
                case "send_flow_rem":
                    learn = learn with { Flags = learn.Flags | LearnAction.SendFlowRemoved };
                    break;
                case "delete_learned":
                    learn = learn with { Flags = learn.Flags | LearnAction.DeleteLearned };
                    break;
                default:
                    specs.Add(Spec(part, name, what, given));
                    break;
            }
        }

        return learn with { Specs = specs };
    }

    private static LearnSpec Spec(string part, string name, string? what, Dictionary<FieldId, FieldMatch> given)
    {
        switch (name)
        {
            case "output":
                var port = ActionParser.Part(what!);
                return new LearnSpec(LearnTarget.Output, port, 0, null, port.Bits);
            case "load":
                int arrow = what!.IndexOf("->", StringComparison.Ordinal);
                var to = ActionParser.Part(what[(arrow + 2)..]);
                string left = what[..arrow];
                return char.IsAsciiDigit(left[0])
                    ? new LearnSpec(LearnTarget.Load, null, FieldText.Number(left), to, to.Bits)
                    : new LearnSpec(LearnTarget.Load, ActionParser.Part(left), 0, to, to.Bits);
        }

        if (what is null)
        {
            var same = ActionParser.Part(part);
            return new LearnSpec(LearnTarget.Match, same, 0, same, same.Bits);
        }

        if (!name.Contains('[', StringComparison.Ordinal) && !what.Contains('[', StringComparison.Ordinal) && Field.OfName(what) is null && MatchText.TryParse(name, what, given))
        {
            var field = given.Values.Last();
            return new LearnSpec(LearnTarget.Match, null, field.Value, FieldPart.Whole(field.Id), field.Field.Bits);
        }

        var target = ActionParser.Part(name);
        return char.IsAsciiDigit(what[0])
            ? new LearnSpec(LearnTarget.Match, null, FieldText.Number(what), target, target.Bits)
            : new LearnSpec(LearnTarget.Match, ActionParser.Part(what), 0, target, target.Bits);
    }

    private static ushort Short(string? text)
        => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number) ? number : throw new FormatException($"learn: \"{text}\" is no number from 0 to 65535");
}
