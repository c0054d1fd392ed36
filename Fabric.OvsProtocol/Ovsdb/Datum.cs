using System.Text.Json;

namespace Fabric.OvsProtocol.Ovsdb;

/// <summary>
/// The content of one column of one row (RFC 7047, section 5.1, &lt;value&gt;): a set of atoms, or a map of pairs, always in order and
/// without repetition. A scalar is a set of one.
/// </summary>
public sealed class Datum : IEquatable<Datum>
{
    public static readonly Datum Empty = new([], []);

    private readonly Atom[] _keys;
    private readonly Atom[] _values;

    private Datum(Atom[] keys, Atom[] values)
    {
        _keys = keys;
        _values = values;
    }

    public int Count => _keys.Length;

    public IReadOnlyList<Atom> Keys => _keys;

    /// <summary>Of a map, beside its keys; empty for a set.</summary>
    public IReadOnlyList<Atom> Values => _values;

    /// <summary>The one atom of a scalar; null when there is none or more.</summary>
    public Atom? Single => _keys.Length == 1 && _values.Length == 0 ? _keys[0] : null;

    public static Datum Of(Atom atom) => new([atom], []);

    public static Datum OfSet(IEnumerable<Atom> atoms)
    {
        Atom[] keys = [.. atoms.Distinct().Order()];
        return keys.Length == 0 ? Empty : new Datum(keys, []);
    }

    /// <summary>Where a key comes twice the last one counts.</summary>
    public static Datum OfMap(IEnumerable<KeyValuePair<Atom, Atom>> pairs)
    {
        var sorted = new SortedDictionary<Atom, Atom>();
        foreach (var (key, value) in pairs)
        {
            sorted[key] = value;
        }

        return sorted.Count == 0 ? Empty : new Datum([.. sorted.Keys], [.. sorted.Values]);
    }

    /// <summary>Reads a value of a type in any of the forms the RFC allows; false with the reason when it is none. Constraints are not checked.</summary>
    public static bool TryRead(JsonElement json, ColumnType type, out Datum? datum, out string? wrong)
    {
        ArgumentNullException.ThrowIfNull(type);
        datum = null;
        if (Tagged(json, "map") is { } pairs)
        {
            return TryReadMap(pairs, type, out datum, out wrong);
        }

        if (type.IsMap)
        {
            wrong = $"{json.GetRawText()} is no map";
            return false;
        }

        if (Tagged(json, "set") is not { } items)
        {
            bool read = Atom.TryRead(json, type.Key.Kind, out var one, out wrong);
            datum = read ? Of(one) : null;
            return read;
        }

        var atoms = new List<Atom>(items.GetArrayLength());
        foreach (var item in items.EnumerateArray())
        {
            if (!Atom.TryRead(item, type.Key.Kind, out var atom, out wrong))
            {
                return false;
            }

            atoms.Add(atom);
        }

        datum = OfSet(atoms);
        wrong = datum.Count == atoms.Count ? null : "set contains duplicate";
        return wrong is null;
    }

    public bool Contains(Atom key) => Array.BinarySearch(_keys, key) >= 0;

    /// <summary>The value beside a key of a map.</summary>
    public bool TryGet(Atom key, out Atom value)
    {
        int at = _values.Length == 0 ? -1 : Array.BinarySearch(_keys, key);
        value = at >= 0 ? _values[at] : default;
        return at >= 0;
    }

    /// <summary>The value of a string key in a map of strings; null when it is not there.</summary>
    public string? Text(string key) => TryGet(Atom.Of(key), out var value) ? value.Text : null;

    public IEnumerable<KeyValuePair<Atom, Atom>> Pairs() => _keys.Zip(_values, (key, value) => new KeyValuePair<Atom, Atom>(key, value));

    public void Write(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (_values.Length > 0)
        {
            WriteMap(json);
        }
        else if (_keys.Length == 1)
        {
            _keys[0].Write(json);
        }
        else
        {
            json.WriteStartArray();
            json.WriteStringValue("set");
            json.WriteStartArray();
            foreach (var key in _keys)
            {
                key.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }
    }

    /// <summary>The same, with an empty map written as one: only its column knows that it is not an empty set.</summary>
    public void Write(Utf8JsonWriter json, ColumnType type)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(type);
        if (type.IsMap)
        {
            WriteMap(json);
        }
        else
        {
            Write(json);
        }
    }

    public bool Equals(Datum? other) => other is not null && _keys.AsSpan().SequenceEqual(other._keys) && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Datum);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var key in _keys)
        {
            hash.Add(key);
        }

        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    public override string ToString() => _values.Length > 0
        ? $"{{{string.Join(", ", Pairs().Select(pair => $"{pair.Key}={pair.Value}"))}}}"
        : _keys.Length == 1 ? _keys[0].ToString() : $"[{string.Join(", ", _keys)}]";

    private static bool TryReadMap(JsonElement pairs, ColumnType type, out Datum? datum, out string? wrong)
    {
        datum = null;
        if (!type.IsMap)
        {
            wrong = "a map where a set is expected";
            return false;
        }

        var read = new List<KeyValuePair<Atom, Atom>>(pairs.GetArrayLength());
        foreach (var pair in pairs.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2)
            {
                wrong = "a map is a list of pairs";
                return false;
            }

            if (!Atom.TryRead(pair[0], type.Key.Kind, out var key, out wrong) || !Atom.TryRead(pair[1], type.Value!.Kind, out var value, out wrong))
            {
                return false;
            }

            read.Add(new(key, value));
        }

        datum = OfMap(read);
        wrong = datum.Count == read.Count ? null : "map contains duplicate key";
        return wrong is null;
    }

    private static JsonElement? Tagged(JsonElement json, string tag)
        => json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 2 && json[0].ValueKind == JsonValueKind.String
            && json[0].ValueEquals(tag) && json[1].ValueKind == JsonValueKind.Array
            ? json[1]
            : null;

    private void WriteMap(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteStringValue("map");
        json.WriteStartArray();
        for (int i = 0; i < _values.Length; i++)
        {
            json.WriteStartArray();
            _keys[i].Write(json);
            _values[i].Write(json);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
    }
}
