namespace Fabric.OvsProtocol.OpenFlow.Text;

/// <summary>The parts of ovs-ofctl's notation: names with values after an equals sign or colon, or in brackets, between commas.</summary>
internal static class TextParts
{
    /// <summary>Splits at commas, and spaces, that stand in no brackets.</summary>
    public static IEnumerable<string> Split(string text)
    {
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            char letter = i < text.Length ? text[i] : ',';
            if (letter is '(' or '[')
            {
                depth++;
            }
            else if (letter is ')' or ']')
            {
                depth--;
            }
            else if (depth == 0 && (letter is ',' || char.IsWhiteSpace(letter)))
            {
                if (i > start)
                {
                    yield return text[start..i];
                }

                start = i + 1;
            }
        }
    }

    /// <summary>A name and what follows it: after <c>=</c> or <c>:</c>, or within brackets; null: nothing does.</summary>
    public static (string Name, string? Value) NameAndValue(string part)
    {
        int at = part.AsSpan().IndexOfAny('=', ':', '(');
        if (at < 0)
        {
            return (part, null);
        }

        if (part[at] == '(')
        {
            return part.EndsWith(')') ? (part[..at], part[(at + 1)..^1]) : throw new FormatException($"\"{part}\": a bracket is not closed");
        }

        return (part[..at], part[(at + 1)..]);
    }
}
