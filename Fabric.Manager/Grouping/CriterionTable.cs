using Fabric.Manager.Catalog;

namespace Fabric.Manager.Grouping;

/// <summary>
/// Who answers which question. A member that changes is met by the questions that it answered and those that it answers now: exact ones are
/// looked up by what it is, the others of its kind are asked one by one, each once however many groups have it. Tags are indexed before anybody
/// asks, since they are what groups mostly ask for; any other new question is put to all members of its kind once.
/// </summary>
internal sealed class CriterionTable
{
    private static readonly HashSet<ResourceKey> None = [];

    private readonly Dictionary<ResourceKey, Subject> _subjects = [];
    private readonly Dictionary<string, HashSet<ResourceKey>> _ofKind = [];
    private readonly Dictionary<Criterion, object> _tagged = []; // every question for a tag that some member answers, asked or not: one member's key, or a set
    private readonly Dictionary<Criterion, Asked> _asked = [];
    private readonly Dictionary<string, HashSet<Criterion>> _open = [];

    public IReadOnlySet<ResourceKey> MembersOf(Criterion criterion)
        => !criterion.IsOfTag ? _asked.TryGetValue(criterion, out var asked) ? asked.Members : None
            : _tagged.GetValueOrDefault(criterion) switch { ResourceKey one => new HashSet<ResourceKey> { one }, HashSet<ResourceKey> several => several, _ => None };

    public Subject? Find(ResourceKey key) => _subjects.GetValueOrDefault(key);

    /// <summary>The groups that ask a question which this member answers, each as often as it asks one.</summary>
    public IEnumerable<ResourceKey> GroupsAsking(Subject subject)
    {
        foreach (var criterion in Criterion.AnsweredBy(subject).Distinct())
        {
            foreach (var group in _asked.GetValueOrDefault(criterion)?.Groups ?? None)
            {
                yield return group;
            }
        }

        foreach (var criterion in _open.GetValueOrDefault(subject.Key.Kind, []))
        {
            if (_asked[criterion] is { } asked && asked.Members.Contains(subject.Key))
            {
                foreach (var group in asked.Groups)
                {
                    yield return group;
                }
            }
        }
    }

    /// <summary>Takes a member in, in the place of its former self, or out (null).</summary>
    public void Put(ResourceKey key, Subject? subject)
    {
        if (_subjects.Remove(key, out var old))
        {
            foreach (var criterion in Criterion.AnsweredBy(old).Distinct())
            {
                if (criterion.IsOfTag)
                {
                    Untag(criterion, key);
                }
                else if (_asked.TryGetValue(criterion, out var asked))
                {
                    asked.Members.Remove(key);
                }
            }

            foreach (var criterion in _open.GetValueOrDefault(key.Kind, []))
            {
                _asked[criterion].Members.Remove(key);
            }

            _ofKind[key.Kind].Remove(key);
        }

        if (subject is null)
        {
            return;
        }

        _subjects.Add(key, subject);
        SetIn(_ofKind, key.Kind).Add(key);
        foreach (var criterion in Criterion.AnsweredBy(subject))
        {
            if (criterion.IsOfTag)
            {
                Tag(criterion, key);
            }
            else if (_asked.TryGetValue(criterion, out var asked))
            {
                asked.Members.Add(key);
            }
        }

        foreach (var criterion in _open.GetValueOrDefault(key.Kind, []))
        {
            if (criterion.Holds(subject))
            {
                _asked[criterion].Members.Add(key);
            }
        }
    }

    public void Ask(ResourceKey group, Criterion criterion)
    {
        if (!_asked.TryGetValue(criterion, out var asked))
        {
            asked = new Asked();
            _asked.Add(criterion, asked);
            if (!criterion.IsExact)
            {
                SetIn(_open, criterion.Kind).Add(criterion);
            }

            if (!criterion.IsOfTag)
            {
                asked.Members.UnionWith(_ofKind.GetValueOrDefault(criterion.Kind, []).Where(key => criterion.Holds(_subjects[key])));
            }
        }

        asked.Groups.Add(group);
    }

    public void Unask(ResourceKey group, Criterion criterion)
    {
        if (_asked.TryGetValue(criterion, out var asked) && asked.Groups.Remove(group) && asked.Groups.Count == 0)
        {
            _asked.Remove(criterion);
            _open.GetValueOrDefault(criterion.Kind)?.Remove(criterion);
        }
    }

    private void Tag(Criterion criterion, ResourceKey key)
    {
        switch (_tagged.GetValueOrDefault(criterion))
        {
            case null:
                _tagged[criterion] = key;
                break;
            case ResourceKey one when one != key:
                _tagged[criterion] = new HashSet<ResourceKey> { one, key };
                break;
            case HashSet<ResourceKey> several:
                several.Add(key);
                break;
            default:
                break;
        }
    }

    private void Untag(Criterion criterion, ResourceKey key)
    {
        if (_tagged.GetValueOrDefault(criterion) is HashSet<ResourceKey> several ? several.Remove(key) && several.Count == 0 : _tagged.ContainsKey(criterion))
        {
            _tagged.Remove(criterion);
        }
    }

    private static HashSet<TItem> SetIn<TKey, TItem>(Dictionary<TKey, HashSet<TItem>> sets, TKey key)
        where TKey : notnull
    {
        if (!sets.TryGetValue(key, out var set))
        {
            set = [];
            sets.Add(key, set);
        }

        return set;
    }

    /// <summary>A question that groups ask: who they are and, unless it is exact, who answers it.</summary>
    private sealed class Asked
    {
        public HashSet<ResourceKey> Groups { get; } = [];

        public HashSet<ResourceKey> Members { get; } = [];
    }
}
