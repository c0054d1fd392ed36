namespace Fabric.Manager.Catalog.Policy;

/// <summary>Goes down the tree along the pieces of a path, object by object, as far as rows lead.</summary>
internal struct PolicyWalk(string[] pieces)
{
    private int _at;

    /// <summary>The object or collection reached; null before the first step.</summary>
    public PolicyPlace? Place { get; private set; }

    /// <summary>The pieces that no row has taken.</summary>
    public readonly ReadOnlySpan<string> Rest => pieces.AsSpan(_at);

    /// <summary>One object further. False: there is no row that way, or the end is reached.</summary>
    public bool Next()
    {
        if (Place is { Id: null })
        {
            return false;
        }

        string parent = Place?.Path ?? "";
        if ((Place?.Type ?? PolicyTree.Root).ChildAt(Rest) is not { } row)
        {
            return false;
        }

        _at += row.Pieces.Count;
        if (row.IsSingle)
        {
            Place = new PolicyPlace(row, parent, row.PathOf(parent, ""), row.Pieces[^1]);
        }
        else if (_at < pieces.Length && (pieces[_at].Length > 0 || _at < pieces.Length - 1))
        {
            Place = new PolicyPlace(row, parent, row.PathOf(parent, pieces[_at]), pieces[_at]);
            _at++;
        }
        else
        {
            _at = pieces.Length; // the collection, with or without a slash at its end
            Place = new PolicyPlace(row, parent, $"{parent}/{row.Place}", null);
        }

        return true;
    }
}
