using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Checks;

/// <summary>Where in a list something goes: <c>operation</c> and <c>id</c> of the request. insert_top when nothing is said.</summary>
internal readonly record struct Place(string Operation, string? Id)
{
    public static readonly string[] Operations = ["insert_top", "insert_bottom", "insert_before", "insert_after"];

    public bool IsRelative => Operation is "insert_before" or "insert_after";
}

/// <summary>The order of sections of one type, kept as rising priorities with gaps. The default section stays last.</summary>
internal static class SectionOrder
{
    /// <summary>Priority of the default sections.</summary>
    public const long Last = 1L << 40;

    private const long First = 1L << 30;
    private const long Gap = 1L << 16;

    /// <summary>The section with the priority that puts it there; others move only when a gap is used up.</summary>
    public static Checked<FirewallSection> Put(WriteScope scope, FirewallSection section, Place place)
    {
        if (section.IsDefault)
        {
            return ApiErrors.DefaultSection();
        }

        var order = scope.Model.All<FirewallSection>()
            .Where(other => other.SectionType == section.SectionType && !other.IsDefault && other.Id != section.Id
                && (other.IntentPath is null || other.Id == place.Id)) // what policy made keeps its own order, before all these
            .OrderBy(other => other.Priority).ToList();
        int at = place.Operation == "insert_bottom" ? order.Count : 0;
        if (place.IsRelative)
        {
            if (scope.Model.Find<FirewallSection>(place.Id) is not { } anchor || anchor.SectionType != section.SectionType)
            {
                return ApiErrors.MissingReference("id", ResourceKey.Of<FirewallSection>(place.Id ?? ""));
            }

            if (anchor.IsDefault && place.Operation == "insert_after")
            {
                return ApiErrors.DefaultSection();
            }

            at = anchor.IsDefault ? order.Count : order.FindIndex(other => other.Id == anchor.Id) + (place.Operation == "insert_after" ? 1 : 0);
        }

        if (order.Count == 0)
        {
            return section with { Priority = First };
        }

        if (at == 0)
        {
            return section with { Priority = order[0].Priority - Gap };
        }

        if (at == order.Count)
        {
            return section with { Priority = order[^1].Priority + Gap };
        }

        long before = order[at - 1].Priority;
        long after = order[at].Priority;
        if (after - before >= 2)
        {
            return section with { Priority = before + ((after - before) / 2) };
        }

        for (int i = 0; i < order.Count; i++)
        {
            scope.Put(order[i] with { Priority = First + ((i < at ? i : i + 1) * Gap) });
        }

        return section with { Priority = First + (at * Gap) };
    }

    /// <summary>Rules with others put in among them; a default rule stays last.</summary>
    public static (List<FirewallRule>? Rules, ApiError? Error) Insert(IReadOnlyList<FirewallRule> rules, IEnumerable<FirewallRule> added, Place place)
    {
        var list = rules.ToList();
        int end = list.Count > 0 && list[^1].IsDefault ? list.Count - 1 : list.Count;
        int at = place.Operation == "insert_bottom" ? end : 0;
        if (place.IsRelative)
        {
            int anchor = list.FindIndex(rule => rule.Id == place.Id);
            if (anchor < 0)
            {
                return (null, ApiErrors.MissingReference("id", new ResourceKey(nameof(FirewallRule), place.Id ?? "")));
            }

            at = anchor + (place.Operation == "insert_after" ? 1 : 0);
            if (at > end)
            {
                return (null, ApiErrors.DefaultSection());
            }
        }

        list.InsertRange(at, added);
        return (list, null);
    }
}
