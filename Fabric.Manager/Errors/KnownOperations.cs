using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Fabric.Manager.Errors;

/// <summary>An operation of NSX-T's API: the template of its path, the query it is told by if any, and its methods.</summary>
internal sealed record KnownOperation(string Template, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyList<string> Methods)
{
    public string Text => Query.Count == 0 ? Template : $"{Template}?{string.Join('&', Query.Select(pair => $"{pair.Name}={pair.Value}"))}";
}

/// <summary>
/// Every operation that NSX-T has, read from the list beside this file. It tells what is not served here (501) from what does not exist (404).
/// </summary>
internal sealed class KnownOperations
{
    private static readonly Lazy<KnownOperations> Read = new(() => new KnownOperations());

    private readonly Node _root = new();
    private readonly List<KnownOperation> _all = [];

    private KnownOperations()
    {
        using var stream = typeof(KnownOperations).Assembly.GetManifestResourceStream("operations.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                Add(line);
            }
        }
    }

    public static IReadOnlyList<KnownOperation> All => Read.Value._all;

    /// <summary>The operation that a request asks for; one with a fixed query before one without.</summary>
    public static KnownOperation? Find(string method, string path, IQueryCollection query)
    {
        var found = new List<KnownOperation>();
        Collect(Read.Value._root, path.Split('/', StringSplitOptions.RemoveEmptyEntries), 0, found);
        return found.Where(operation => operation.Methods.Contains(HttpMethods.IsHead(method) ? HttpMethods.Get : method) && operation.Query.All(pair => query[pair.Name] == pair.Value))
            .MaxBy(operation => operation.Query.Count);
    }

    private static void Collect(Node node, ReadOnlySpan<string> pieces, int at, List<KnownOperation> found)
    {
        if (at == pieces.Length)
        {
            found.AddRange(node.Here);
            return;
        }

        if (node.Literal.TryGetValue(pieces[at], out var next))
        {
            Collect(next, pieces, at + 1, found);
        }

        if (node.Any is { } any && found.Count == 0)
        {
            Collect(any, pieces, at + 1, found);
        }
    }

    private void Add(string line)
    {
        string[] words = line.Split(' ');
        string[] parts = words[0].Split('?', 2);
        var query = parts.Length == 1 ? [] : QueryHelpers.ParseQuery(parts[1]).Select(pair => (pair.Key, pair.Value.ToString())).ToList();
        var operation = new KnownOperation(parts[0], query, words[1..]);
        _all.Add(operation);
        var node = _root;
        foreach (string piece in parts[0].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (piece.StartsWith('{'))
            {
                node = node.Any ??= new Node();
            }
            else
            {
                if (!node.Literal.TryGetValue(piece, out var next))
                {
                    node.Literal[piece] = next = new Node();
                }

                node = next;
            }
        }

        node.Here.Add(operation);
    }

    /// <summary>One segment of all paths.</summary>
    private sealed class Node
    {
        public Dictionary<string, Node> Literal { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Node? Any { get; set; }

        public List<KnownOperation> Here { get; } = [];
    }
}
