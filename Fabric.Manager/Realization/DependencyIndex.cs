namespace Fabric.Manager.Realization;

/// <summary>Which intents have looked at what. Most things are looked at by one intent alone, which then stands in for a set of one.</summary>
internal sealed class DependencyIndex
{
    private readonly Dictionary<string, Dependency[]> _reads = [];
    private readonly Dictionary<Dependency, object> _readers = [];

    public IEnumerable<string> ReadersOf(Dependency dependency) => _readers.GetValueOrDefault(dependency) switch
    {
        string one => [one],
        HashSet<string> several => several,
        _ => [],
    };

    public void Set(string intent, IReadOnlyCollection<Dependency> reads)
    {
        foreach (var old in _reads.GetValueOrDefault(intent, []))
        {
            if (!reads.Contains(old))
            {
                Leave(old, intent);
            }
        }

        if (reads.Count == 0)
        {
            _reads.Remove(intent);
            return;
        }

        foreach (var dependency in reads)
        {
            Join(dependency, intent);
        }

        _reads[intent] = [.. reads];
    }

    private void Join(Dependency dependency, string intent)
    {
        switch (_readers.GetValueOrDefault(dependency))
        {
            case null:
                _readers[dependency] = intent;
                break;
            case string one when one != intent:
                _readers[dependency] = new HashSet<string> { one, intent };
                break;
            case HashSet<string> several:
                several.Add(intent);
                break;
            default:
                break;
        }
    }

    private void Leave(Dependency dependency, string intent)
    {
        switch (_readers.GetValueOrDefault(dependency))
        {
            case string one when one == intent:
                _readers.Remove(dependency);
                break;
            case HashSet<string> several when several.Remove(intent) && several.Count == 1:
                _readers[dependency] = several.First();
                break;
            default:
                break;
        }
    }
}
