using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>What a column may hold: a scalar, an optional one, a set or a map (RFC 7047, section 3.2, &lt;type&gt;).</summary>
public sealed class ColumnType
{
    private ColumnType(ScalarType key, ScalarType? value, int least, int most)
    {
        Key = key;
        Value = value;
        Least = least;
        Most = most;
    }

    public ScalarType Key { get; }

    /// <summary>Of a map; null: a set, or a scalar.</summary>
    public ScalarType? Value { get; }

    /// <summary>0 or 1.</summary>
    public int Least { get; }

    /// <summary>"unlimited" is <see cref="int.MaxValue"/>.</summary>
    public int Most { get; }

    public bool IsMap => Value is not null;

    public bool IsScalar => Least == 1 && Most == 1 && !IsMap;

    public bool IsOptional => Least == 0 && Most == 1 && !IsMap;

    /// <summary>What a new row holds: nothing where that is allowed, else the key's default.</summary>
    public Datum Default => Least == 0 ? Datum.Empty
        : IsMap ? Datum.OfMap([new(Atom.Default(Key.Kind), Atom.Default(Value!.Kind))])
        : Datum.Of(Atom.Default(Key.Kind));

    public static ColumnType Scalar(ScalarType key) => new(key, null, 1, 1);

    public static ColumnType SetOf(ScalarType key, int least, int most) => new(key, null, least, most);

    public static ColumnType MapOf(ScalarType key, ScalarType value, int least, int most) => new(key, value, least, most);

    /// <exception cref="OvsdbSyntaxException">The JSON is no &lt;type&gt;.</exception>
    public static ColumnType Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return Scalar(ScalarType.Read(json));
        }

        var key = ScalarType.Read(SchemaJson.Member(json, "key"));
        var value = json.TryGetProperty("value", out var of) ? ScalarType.Read(of) : null;
        int least = (int)(SchemaJson.WholeOrNull(json, "min") ?? 1);
        int most = json.TryGetProperty("max", out var max) && max.ValueKind == JsonValueKind.String
            ? max.GetString() == "unlimited" ? int.MaxValue : throw new OvsdbSyntaxException("max is a number or \"unlimited\"")
            : (int)(SchemaJson.WholeOrNull(json, "max") ?? 1);
        return least is 0 or 1 && most >= 1 ? new ColumnType(key, value, least, most)
            : throw new OvsdbSyntaxException($"min {least} and max {most}: min must be 0 or 1, and max at least 1");
    }

    /// <summary>Why a datum of the right kinds is not allowed; null: it is.</summary>
    public string? Refuse(Datum datum)
    {
        ArgumentNullException.ThrowIfNull(datum);
        if (datum.Count < Least || datum.Count > Most)
        {
            return $"{datum.Count} values when type requires between {Least} and {(Most == int.MaxValue ? "unlimited" : $"{Most}")}";
        }

        return datum.Keys.Select(Key.Refuse).Concat(IsMap ? datum.Values.Select(Value!.Refuse) : []).FirstOrDefault(wrong => wrong is not null);
    }

    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (IsScalar && Key.IsPlain)
        {
            Key.Write(json);
            return;
        }

        json.WriteStartObject();
        json.WritePropertyName("key");
        Key.Write(json);
        if (IsMap)
        {
            json.WritePropertyName("value");
            Value!.Write(json);
        }

        if (Least != 1)
        {
            json.WriteNumber("min", Least);
        }

        if (Most == int.MaxValue)
        {
            json.WriteString("max", "unlimited");
        }
        else if (Most != 1)
        {
            json.WriteNumber("max", Most);
        }

        json.WriteEndObject();
    }
}
