using System.Globalization;
using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>
/// One atomic value (RFC 7047, section 5.1, &lt;atom&gt;). A uuid may still be the name that a transaction gave to a row that it inserts.
/// </summary>
public readonly struct Atom : IEquatable<Atom>, IComparable<Atom>
{
    private readonly long _bits;
    private readonly string? _text;
    private readonly Guid _uuid;

    private Atom(AtomKind kind, long bits, string? text, Guid uuid)
    {
        Kind = kind;
        _bits = bits;
        _text = text;
        _uuid = uuid;
    }

    public AtomKind Kind { get; }

    public long Integer => _bits;

    public double Real => BitConverter.Int64BitsToDouble(_bits);

    public bool Boolean => _bits != 0;

    /// <summary>The text of a string atom; the name of a row not yet inserted when <see cref="IsNamed"/>.</summary>
    public string Text => _text ?? "";

    public Guid Uuid => _uuid;

    /// <summary>A uuid atom that is still a name (&lt;named-uuid&gt;).</summary>
    public bool IsNamed => Kind == AtomKind.Uuid && _text is not null;

    public static Atom Of(long value) => new(AtomKind.Integer, value, null, default);

    public static Atom Of(double value) => new(AtomKind.Real, BitConverter.DoubleToInt64Bits(value), null, default);

    public static Atom Of(bool value) => new(AtomKind.Boolean, value ? 1 : 0, null, default);

    public static Atom Of(string value) => new(AtomKind.Text, 0, value, default);

    public static Atom Of(Guid value) => new(AtomKind.Uuid, 0, null, value);

    public static Atom Named(string name) => new(AtomKind.Uuid, 0, name, default);

    /// <summary>What a column holds when nobody wrote it (RFC 7047, section 5.2.1).</summary>
    public static Atom Default(AtomKind kind) => kind switch
    {
        AtomKind.Real => Of(0.0),
        AtomKind.Boolean => Of(false),
        AtomKind.Text => Of(""),
        AtomKind.Uuid => Of(Guid.Empty),
        _ => Of(0),
    };

    /// <summary>Reads an atom of a kind; false with the reason when the JSON is none.</summary>
    public static bool TryRead(JsonElement json, AtomKind kind, out Atom atom, out string? wrong)
    {
        atom = default;
        wrong = null;
        switch (kind)
        {
            case AtomKind.Integer when json.ValueKind == JsonValueKind.Number && TryWhole(json, out long whole):
                atom = Of(whole);
                return true;
            case AtomKind.Real when json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out double real) && double.IsFinite(real):
                atom = Of(real);
                return true;
            case AtomKind.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False:
                atom = Of(json.GetBoolean());
                return true;
            case AtomKind.Text when json.ValueKind == JsonValueKind.String:
                atom = Of(json.GetString()!);
                return true;
            case AtomKind.Uuid when Pair(json) is var (tag, value) && tag == "uuid" && Guid.TryParseExact(value, "D", out var uuid):
                atom = Of(uuid);
                return true;
            case AtomKind.Uuid when Pair(json) is var (tag, value) && tag == "named-uuid" && IsId(value):
                atom = Named(value);
                return true;
            default:
                wrong = $"{json.GetRawText()} is no {Word(kind)}";
                return false;
        }
    }

    public static bool operator ==(Atom left, Atom right) => left.Equals(right);

    public static bool operator !=(Atom left, Atom right) => !left.Equals(right);

    public static bool operator <(Atom left, Atom right) => left.CompareTo(right) < 0;

    public static bool operator >(Atom left, Atom right) => left.CompareTo(right) > 0;

    public static bool operator <=(Atom left, Atom right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Atom left, Atom right) => left.CompareTo(right) >= 0;

    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        switch (Kind)
        {
            case AtomKind.Integer:
                json.WriteNumberValue(_bits);
                break;
            case AtomKind.Real:
                json.WriteNumberValue(Real);
                break;
            case AtomKind.Boolean:
                json.WriteBooleanValue(Boolean);
                break;
            case AtomKind.Text:
                json.WriteStringValue(Text);
                break;
            default:
                json.WriteStartArray();
                json.WriteStringValue(IsNamed ? "named-uuid" : "uuid");
                json.WriteStringValue(IsNamed ? Text : _uuid.ToString("D"));
                json.WriteEndArray();
                break;
        }
    }

    /// <summary>The order in which sets and maps are kept and written: by kind, then by value.</summary>
    public int CompareTo(Atom other)
    {
        if (Kind != other.Kind)
        {
            return Kind.CompareTo(other.Kind);
        }

        return Kind switch
        {
            AtomKind.Real => Real.CompareTo(other.Real),
            AtomKind.Text => string.CompareOrdinal(Text, other.Text),
            AtomKind.Uuid when IsNamed || other.IsNamed => string.CompareOrdinal(_text, other._text),
            AtomKind.Uuid => _uuid.CompareTo(other._uuid),
            _ => _bits.CompareTo(other._bits),
        };
    }

    public bool Equals(Atom other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Atom other && Equals(other);

    public override int GetHashCode() => Kind switch
    {
        AtomKind.Text => HashCode.Combine(Kind, Text),
        AtomKind.Uuid => HashCode.Combine(Kind, _uuid, _text),
        _ => HashCode.Combine(Kind, _bits),
    };

    public override string ToString() => Kind switch
    {
        AtomKind.Real => Real.ToString("R", CultureInfo.InvariantCulture),
        AtomKind.Boolean => Boolean ? "true" : "false",
        AtomKind.Text => Text,
        AtomKind.Uuid => IsNamed ? Text : _uuid.ToString("D"),
        _ => _bits.ToString(CultureInfo.InvariantCulture),
    };

    internal static string Word(AtomKind kind) => kind switch
    {
        AtomKind.Integer => "integer",
        AtomKind.Real => "real",
        AtomKind.Boolean => "boolean",
        AtomKind.Text => "string",
        _ => "uuid",
    };

    /// <summary>An &lt;id&gt;: a letter or underscore, then also digits (RFC 7047, section 3.1).</summary>
    internal static bool IsId(string text)
        => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    // Some writers send whole numbers as 1.0.
    private static bool TryWhole(JsonElement json, out long whole)
    {
        if (json.TryGetInt64(out whole))
        {
            return true;
        }

        if (json.TryGetDouble(out double real) && Math.Truncate(real) == real && Math.Abs(real) < 9e15)
        {
            whole = (long)real;
            return true;
        }

        return false;
    }

    private static (string Tag, string Value)? Pair(JsonElement json)
        => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 2
            && json[0].ValueKind == JsonValueKind.String && json[1].ValueKind == JsonValueKind.String
            ? (json[0].GetString()!, json[1].GetString()!)
            : null;
}
