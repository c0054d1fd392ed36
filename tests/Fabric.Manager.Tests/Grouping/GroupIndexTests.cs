using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Grouping;

namespace Fabric.Manager.Tests.Grouping;

/// <summary>The index of groups against the plain reading of their definitions, over random changes.</summary>
internal sealed class GroupIndexTests
{
    private static readonly string[] Words = ["a", "b", "c", "ab"];
    private static readonly string[] Kinds = [nameof(Segment), nameof(SegmentPort), nameof(LogicalPort), Subject.Machine];
    private static readonly string[] Operators = ["EQUALS", "EQUALS", "EQUALS", "CONTAINS", "STARTSWITH", "ENDSWITH", "NOTEQUALS"];

    [Test]
    public void What_changes_added_up_to_is_what_the_whole_says([Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        var index = new GroupIndex();
        var resources = new Dictionary<ResourceKey, ManagedResource>();
        var machines = new Dictionary<ResourceKey, Subject>();
        for (int step = 0; step < 400; step++)
        {
            Change(random, index, resources, machines);
            if (step % 20 == 19)
            {
                Same(index, resources, machines, $"seed {seed}, step {step}");
            }
        }
    }

    [Test]
    public void A_change_costs_the_same_however_many_groups_and_members_there_are_that_it_does_not_touch()
    {
        long few = AllocatedBy(100);
        long many = AllocatedBy(5_000);
        Assert.That(many, Is.LessThan(few * 3), $"{few} bytes among 100, {many} among 5000");
    }

    private static long AllocatedBy(int size)
    {
        var index = new GroupIndex();
        for (int i = 0; i < size; i++)
        {
            Put(index, Port($"p{i}", "n", ("only", $"{i}")));
            Put(index, new Group { Id = $"g{i}", Path = $"/infra/domains/default/groups/g{i}", Expression = [Tagged("LogicalPort", $"only|{i}")] });
        }

        void Once(int tag) => Put(index, Port("p1", "n", ("only", $"{tag}")));
        Once(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 50; i++)
        {
            Once(i);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Put(GroupIndex index, ManagedResource resource) => index.Put(ResourceKey.Of(resource), resource);

    private static LogicalPort Port(string id, string name, params (string Scope, string Value)[] tags)
        => new() { Id = id, DisplayName = name, Tags = [.. tags.Select(tag => new Tag { Scope = tag.Scope, Value = tag.Value })] };

    private static Condition Tagged(string type, string value) => new() { MemberType = type, Key = "Tag", Value = value };

    private static void Change(Random random, GroupIndex index, Dictionary<ResourceKey, ManagedResource> resources, Dictionary<ResourceKey, Subject> machines)
    {
        int number = random.Next(8);
        bool goes = random.Next(4) == 0;
        if (random.Next(5) == 0)
        {
            var key = new ResourceKey(Subject.Machine, $"m{number}");
            if (goes)
            {
                machines.Remove(key);
            }
            else
            {
                machines[key] = new Subject(key, Words[random.Next(4)], Tags(random));
            }

            index.Put(key, machines.GetValueOrDefault(key));
            return;
        }

        ManagedResource resource = random.Next(5) switch
        {
            0 => new Segment { Id = $"s{number}", Path = SegmentPath(number), DisplayName = Words[random.Next(4)], Tags = Tags(random) },
            1 => new SegmentPort { Id = "p", Path = $"{SegmentPath(number)}/ports/p", ParentPath = SegmentPath(number), DisplayName = Words[random.Next(4)], Tags = Tags(random) },
            2 => Port($"p{number}", Words[random.Next(4)]) with { Tags = Tags(random) },
            3 => new NSGroup { Id = $"n{number}", Members = [Named(random)], MembershipCriteria = [Criteria(random)] },
            _ => new Group { Id = $"g{number}", Path = GroupPath(number), DisplayName = Words[random.Next(4)], Tags = Tags(random), Expression = Expressions(random) },
        };
        var at = ResourceKey.Of(resource);
        if (goes)
        {
            resources.Remove(at);
        }
        else
        {
            resources[at] = resource;
        }

        index.Put(at, resources.GetValueOrDefault(at));
    }

    private static string SegmentPath(int number) => $"/infra/segments/s{number}";

    private static string GroupPath(int number) => $"/infra/domains/default/groups/g{number}";

    private static Tag[] Tags(Random random) => [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Tag { Scope = Words[random.Next(3)], Value = Words[random.Next(4)] })];

    private static NSGroupSimpleExpression Named(Random random) => random.Next(2) == 0
        ? new NSGroupSimpleExpression { TargetType = nameof(NSGroup), TargetProperty = "id", Value = $"n{random.Next(8)}" }
        : new NSGroupSimpleExpression { TargetType = nameof(LogicalPort), TargetProperty = "id", Value = $"p{random.Next(8)}" };

    private static NSGroupExpression Criteria(Random random)
    {
        NSGroupExpression One() => random.Next(2) == 0
            ? new NSGroupTagExpression { TargetType = nameof(LogicalPort), Scope = Words[random.Next(3)], Tag = Words[random.Next(4)] }
            : new NSGroupSimpleExpression { TargetType = nameof(LogicalPort), TargetProperty = "name", Op = Operators[random.Next(7)], Value = Words[random.Next(4)] };
        return random.Next(2) == 0 ? One() : new NSGroupComplexExpression { Expressions = [One(), One()] };
    }

    private static Expression[] Expressions(Random random)
    {
        var list = new List<Expression> { One() };
        for (int more = random.Next(3); more > 0; more--)
        {
            list.Add(new ConjunctionOperator { Word = "OR" });
            list.Add(One());
        }

        return [.. list];

        Expression One() => random.Next(4) switch
        {
            0 => new PathExpression { Paths = [random.Next(2) == 0 ? GroupPath(random.Next(8)) : SegmentPath(random.Next(8))] },
            1 => new NestedExpression { Expressions = [Condition(random, "Segment"), new ConjunctionOperator { Word = "AND" }, Condition(random, "Segment")] },
            2 => Condition(random, nameof(Group)),
            _ => Condition(random, Kinds[random.Next(4)]),
        };
    }

    private static Condition Condition(Random random, string kind) => random.Next(2) == 0
        ? Tagged(kind, (random.Next(3) == 0 ? "" : Words[random.Next(3)]) + "|" + Words[random.Next(4)]) with { Operator = Operators[random.Next(7)] }
        : new Condition { MemberType = kind, Key = "Name", Operator = Operators[random.Next(7)], Value = Words[random.Next(4)].ToUpperInvariant() };

    private static void Same(GroupIndex index, Dictionary<ResourceKey, ManagedResource> resources, Dictionary<ResourceKey, Subject> machines, string when)
    {
        var subjects = resources.Values.Select(Subject.Of).OfType<Subject>().Concat(machines.Values).ToList();
        var plain = resources.Keys.Where(key => key.Kind is nameof(Group) or nameof(NSGroup)).ToDictionary(key => key, key => PlainMembers(resources, subjects, key));
        foreach (var (group, members) in plain)
        {
            Assert.That(index.MembersOf(group), Is.EquivalentTo(members), $"{when}, {group}");
        }

        foreach (var subject in subjects)
        {
            Assert.That(index.Containing([subject.Key]), Is.EquivalentTo(plain.Where(group => group.Value.Contains(subject.Key)).Select(group => group.Key)), $"{when}, {subject.Key}");
        }
    }

    /// <summary>Every member of a group, by asking every subject every question.</summary>
    private static HashSet<ResourceKey> PlainMembers(Dictionary<ResourceKey, ManagedResource> resources, List<Subject> subjects, ResourceKey group)
    {
        var members = new HashSet<ResourceKey>();
        var seen = new HashSet<ResourceKey> { group };
        var open = new Stack<ResourceKey>(seen);
        while (open.TryPop(out var next))
        {
            var own = resources[next] is Group policy
                ? GroupTerms.Of(policy.Expression!).SelectMany(term => term is [PathExpression paths] ? paths.Paths.Select(path => GroupPlan.KeyOf(path)!.Value)
                    : subjects.Where(subject => GroupTerms.ConditionsOf(term).All(condition => Criterion.Of(condition).Holds(subject))).Select(subject => subject.Key))
                : Plain((NSGroup)resources[next]);
            foreach (var member in own.ToList())
            {
                members.Add(member);
                if (resources.ContainsKey(member) && member.Kind is nameof(Group) or nameof(NSGroup) && resources.ContainsKey(member) && seen.Add(member))
                {
                    open.Push(member);
                }
            }
        }

        return members;

        IEnumerable<ResourceKey> Plain(NSGroup nsGroup)
            => nsGroup.Members!.Select(member => new ResourceKey(member.TargetType, member.Value)).Concat(nsGroup.MembershipCriteria!.SelectMany(criterion => subjects.Where(subject
                => (criterion is NSGroupComplexExpression complex ? complex.Expressions : [criterion]).All(part => Criterion.Of(part)!.Value.Holds(subject))).Select(subject => subject.Key)));
    }
}
