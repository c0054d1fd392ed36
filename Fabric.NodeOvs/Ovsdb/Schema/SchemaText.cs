using System.Globalization;
using Fabric.OvsProtocol.Ovsdb;

namespace Fabric.NodeOvs.Ovsdb.Schema;

/// <summary>Reads the short form in which this project keeps database schemas; open_vswitch.txt says how it is written.</summary>
internal static class SchemaText
{
    /// <summary>The schema of the database that Open vSwitch is configured by.</summary>
    public static DatabaseSchema OpenVSwitch()
    {
        using var stream = typeof(SchemaText).Assembly.GetManifestResourceStream("open_vswitch.txt")!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    /// <exception cref="FormatException">A line cannot be read; the message numbers it.</exception>
    public static DatabaseSchema Read(string text)
    {
        string name = "";
        string version = "";
        var tables = new Dictionary<string, TableSchema>(StringComparer.Ordinal);
        var columns = new Dictionary<string, ColumnSchema>(StringComparer.Ordinal);
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            try
            {
                if (line[0] == ' ')
                {
                    var column = Column(line.Trim());
                    columns.Add(column.Name, column);
                }
                else if (line.StartsWith("database ", StringComparison.Ordinal))
                {
                    string[] words = line.Split(' ');
                    (name, version) = (words[1], words[2]);
                }
                else
                {
                    columns = new Dictionary<string, ColumnSchema>(StringComparer.Ordinal);
                    var table = Table(line.Split(' '), columns);
                    tables.Add(table.Name, table);
                }
            }
            catch (Exception wrong) when (wrong is FormatException or IndexOutOfRangeException or ArgumentException)
            {
                throw new FormatException($"line {number}: \"{line.Trim()}\": {wrong.Message}");
            }
        }

        return new DatabaseSchema(name, version, null, tables);
    }

    private static TableSchema Table(string[] words, Dictionary<string, ColumnSchema> columns)
    {
        List<IReadOnlyList<string>> indexes = [];
        bool root = false;
        int most = int.MaxValue;
        for (int i = 1; i < words.Length; i++)
        {
            switch (words[i])
            {
                case "root":
                    root = true;
                    break;
                case "at":
                    most = int.Parse(words[i + 2], CultureInfo.InvariantCulture);
                    i += 2;
                    break;
                case "unique":
                    indexes.Add(words[++i].Split(','));
                    break;
                default:
                    throw new FormatException($"\"{words[i]}\" is none of root, at most N, unique COLUMN");
            }
        }

        return new TableSchema(words[0], columns, indexes, root, most);
    }

    private static ColumnSchema Column(string line)
    {
        string[] parts = line.Split(": ", 2);
        string[] words = parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var key = Scalar(words[0]);
        int next = 1;
        ScalarType? value = null;
        if (words.Length > 2 && words[1] == "->")
        {
            value = Scalar(words[2]);
            next = 3;
        }

        var (least, most) = next < words.Length && words[next].Contains("..", StringComparison.Ordinal) ? Many(words[next++]) : (1, 1);
        string[] flags = words[next..];
        if (flags.Except(["ephemeral", "fixed"]).FirstOrDefault() is { } unknown)
        {
            throw new FormatException($"\"{unknown}\" is neither ephemeral nor fixed");
        }

        var type = value is null ? ColumnType.SetOf(key, least, most) : ColumnType.MapOf(key, value, least, most);
        return new ColumnSchema(parts[0], type, flags.Contains("ephemeral"), !flags.Contains("fixed"));
    }

    private static (int Least, int Most) Many(string word)
    {
        string[] ends = word.Split("..");
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), ends[1] == "*" ? int.MaxValue : int.Parse(ends[1], CultureInfo.InvariantCulture));
    }

    private static ScalarType Scalar(string word)
    {
        if (word[0] is '@' or '~')
        {
            return new ScalarType(AtomKind.Uuid) { RefersTo = word[1..], Reference = word[0] == '@' ? ReferenceKind.Strong : ReferenceKind.Weak };
        }

        if (word.Contains('|', StringComparison.Ordinal))
        {
            return new ScalarType(AtomKind.Text) { Enumeration = [.. word.Split('|').Select(Atom.Of).Order()] };
        }

        int bracket = word.IndexOf('[', StringComparison.Ordinal);
        if (bracket > 0)
        {
            string[] ends = word[(bracket + 1)..^1].Split("..");
            return new ScalarType(AtomKind.Integer) { LeastInteger = End(ends[0]), MostInteger = End(ends[1]) };
        }

        return new ScalarType(word switch
        {
            "integer" => AtomKind.Integer,
            "real" => AtomKind.Real,
            "boolean" => AtomKind.Boolean,
            "string" => AtomKind.Text,
            "uuid" => AtomKind.Uuid,
            _ => throw new FormatException($"\"{word}\" is no type"),
        });
    }

    private static long? End(string text) => text.Length == 0 ? null : long.Parse(text, CultureInfo.InvariantCulture);
}
