using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;

namespace Fabric.Manager.Storage;

/// <summary>One object on its way into the tree: what was asked, what is there, what it becomes.</summary>
internal sealed class PolicyDraft(PolicyWrite write, PolicyResource? before)
{
    public PolicyWrite Write => write;

    public PolicyPlace Place => write.Place;

    public PolicyResource? Before { get; set; } = before;

    public PolicyResource? After { get; set; }

    /// <summary>Parents before children and what is named before what names it; otherwise, and in circles, as given.</summary>
    public static IReadOnlyList<PolicyDraft> InOrder(IReadOnlyList<PolicyDraft> drafts)
    {
        if (drafts.Count < 2)
        {
            return drafts;
        }

        var byPath = new Dictionary<string, List<PolicyDraft>>();
        foreach (var draft in drafts)
        {
            if (!byPath.TryGetValue(draft.Place.Path, out var same))
            {
                byPath.Add(draft.Place.Path, same = []);
            }

            same.Add(draft);
        }

        var ordered = new List<PolicyDraft>(drafts.Count);
        var begun = new HashSet<PolicyDraft>();
        var open = new Stack<(PolicyDraft Draft, IEnumerator<PolicyDraft> Needs)>(); // not the call stack: chains may be as long as the body
        foreach (var draft in drafts)
        {
            Begin(draft);
            while (open.TryPeek(out var top))
            {
                if (top.Needs.MoveNext())
                {
                    Begin(top.Needs.Current);
                }
                else
                {
                    ordered.Add(open.Pop().Draft);
                }
            }
        }

        return ordered;

        void Begin(PolicyDraft draft)
        {
            if (begun.Add(draft))
            {
                open.Push((draft, draft.Needs(byPath).GetEnumerator()));
            }
        }
    }

    private IEnumerable<PolicyDraft> Needs(Dictionary<string, List<PolicyDraft>> byPath)
        => ResourceLinks.References(After!).Select(target => target.Id).Prepend(Place.ParentPath)
            .SelectMany(path => byPath.GetValueOrDefault(path, []));
}
