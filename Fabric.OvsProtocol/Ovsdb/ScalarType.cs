using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>Whether a reference keeps the row that it names alive (RFC 7047, section 3.2, refType).</summary>
public enum ReferenceKind
{
    None,
    Strong,
    Weak,
}

/// <summary>What one key or value of a column may be (RFC 7047, section 3.2, &lt;base-type&gt;).</summary>
public sealed class ScalarType
{
    public ScalarType(AtomKind kind) => Kind = kind;

    public AtomKind Kind { get; }

    /// <summary>The only values allowed; empty: any.</summary>
    public IReadOnlyList<Atom> Enumeration { get; init; } = [];

    public long? LeastInteger { get; init; }

    public long? MostInteger { get; init; }

    public double? LeastReal { get; init; }

    public double? MostReal { get; init; }

    /// <summary>In characters.</summary>
    public int? LeastLength { get; init; }

    public int? MostLength { get; init; }

    /// <summary>The table that a uuid refers to; null: none.</summary>
    public string? RefersTo { get; init; }

    public ReferenceKind Reference { get; init; }

    /// <summary>Any value of the kind will do.</summary>
    public bool IsPlain => Enumeration.Count == 0 && LeastInteger is null && MostInteger is null && LeastReal is null && MostReal is null
        && LeastLength is null && MostLength is null && RefersTo is null;

    /// <summary>Reads a &lt;base-type&gt;: a word, or an object with constraints.</summary>
    /// <exception cref="OvsdbSyntaxException">It is neither.</exception>
    public static ScalarType Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return new ScalarType(KindOf(json.GetString()!));
        }

        var kind = KindOf(SchemaJson.Text(json, "type"));
        string? table = SchemaJson.TextOrNull(json, "refTable");
        return new ScalarType(kind)
        {
            Enumeration = json.TryGetProperty("enum", out var words) ? ReadWords(words, kind) : [],
            LeastInteger = kind == AtomKind.Integer ? SchemaJson.WholeOrNull(json, "minInteger") : null,
            MostInteger = kind == AtomKind.Integer ? SchemaJson.WholeOrNull(json, "maxInteger") : null,
            LeastReal = json.TryGetProperty("minReal", out var least) ? least.GetDouble() : null,
            MostReal = json.TryGetProperty("maxReal", out var most) ? most.GetDouble() : null,
            LeastLength = (int?)SchemaJson.WholeOrNull(json, "minLength"),
            MostLength = (int?)SchemaJson.WholeOrNull(json, "maxLength"),
            RefersTo = table,
            Reference = table is null ? ReferenceKind.None
                : SchemaJson.TextOrNull(json, "refType") == "weak" ? ReferenceKind.Weak : ReferenceKind.Strong,
        };
    }

    /// <summary>Why the atom is not allowed here; null: it is.</summary>
    public string? Refuse(Atom atom)
    {
        if (Enumeration.Count > 0 && !Enumeration.Contains(atom))
        {
            return $"{atom} is not one of the allowed values ({string.Join(", ", Enumeration)})";
        }

        return Kind switch
        {
            AtomKind.Integer when atom.Integer < LeastInteger || atom.Integer > MostInteger
                => $"{atom} is not in the valid range {LeastInteger ?? long.MinValue} to {MostInteger ?? long.MaxValue}",
            AtomKind.Real when atom.Real < LeastReal || atom.Real > MostReal => $"{atom} is not in the valid range",
            AtomKind.Text when atom.Text.Length < LeastLength => $"\"{atom}\" length {atom.Text.Length} is less than minimum allowed length {LeastLength}",
            AtomKind.Text when atom.Text.Length > MostLength => $"\"{atom}\" length {atom.Text.Length} is greater than maximum allowed length {MostLength}",
            _ => null,
        };
    }

    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (IsPlain)
        {
            json.WriteStringValue(Atom.Word(Kind));
            return;
        }

        json.WriteStartObject();
        json.WriteString("type", Atom.Word(Kind));
        if (Enumeration.Count > 0)
        {
            json.WritePropertyName("enum");
            Datum.OfSet(Enumeration).Write(json);
        }

        SchemaJson.Number(json, "minInteger", LeastInteger);
        SchemaJson.Number(json, "maxInteger", MostInteger);
        SchemaJson.Number(json, "minLength", LeastLength);
        SchemaJson.Number(json, "maxLength", MostLength);
        if (LeastReal is { } least)
        {
            json.WriteNumber("minReal", least);
        }

        if (MostReal is { } most)
        {
            json.WriteNumber("maxReal", most);
        }

        if (RefersTo is not null)
        {
            json.WriteString("refTable", RefersTo);
            if (Reference == ReferenceKind.Weak)
            {
                json.WriteString("refType", "weak");
            }
        }

        json.WriteEndObject();
    }

    private static AtomKind KindOf(string word) => word switch
    {
        "integer" => AtomKind.Integer,
        "real" => AtomKind.Real,
        "boolean" => AtomKind.Boolean,
        "string" => AtomKind.Text,
        "uuid" => AtomKind.Uuid,
        _ => throw new OvsdbSyntaxException($"\"{word}\" is no atomic type; the types are integer, real, boolean, string, uuid"),
    };

    private static IReadOnlyList<Atom> ReadWords(JsonElement json, AtomKind kind)
        => Datum.TryRead(json, ColumnType.SetOf(new ScalarType(kind), 0, int.MaxValue), out var set, out string? wrong)
            ? set!.Keys
            : throw new OvsdbSyntaxException(wrong!);
}
