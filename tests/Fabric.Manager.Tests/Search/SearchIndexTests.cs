using System.Globalization;
using Fabric.Manager.Catalog;
using Fabric.Manager.Search;

namespace Fabric.Manager.Tests.Search;

internal sealed class SearchIndexTests
{
    private static readonly string[] Words = ["a", "ab", "abc", "b", "ba", "c/d", "12", "7", "x y"];

    [Test]
    public void An_index_finds_what_reading_everything_finds([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var index = new SearchIndex();
        var all = new Dictionary<string, ManagedResource>();
        for (int step = 0; step < 400; step++)
        {
            string id = random.Next(60).ToString(CultureInfo.InvariantCulture);
            if (random.Next(4) == 0)
            {
                all.Remove(id);
                index.Put(ResourceKey.Of<IPSet>(id), null);
            }
            else
            {
                all[id] = new IPSet
                {
                    Id = id,
                    DisplayName = Word(random),
                    Description = random.Next(2) == 0 ? null : Word(random),
                    Tags = [.. Enumerable.Range(0, random.Next(3)).Select(_ => new Tag { Scope = Word(random), Value = Word(random) })],
                };
                index.Put(ResourceKey.Of<IPSet>(id), all[id]);
            }

            if (step % 4 == 0)
            {
                var query = Query(random, 3);
                var expected = all.Values.Where(resource => Holds(query, [.. ResourceTerms.Of(resource)])).Select(resource => resource.Id);
                Assert.That(index.Find(query).Select(hit => hit.Id), Is.EquivalentTo(expected), $"{query}");
            }
        }
    }

    [Test]
    public void Nothing_is_left_of_what_is_gone()
    {
        var index = new SearchIndex();
        index.Put(ResourceKey.Of<IPSet>("a"), new IPSet { Id = "a", DisplayName = "one" });
        index.Put(ResourceKey.Of<IPSet>("a"), new IPSet { Id = "a", DisplayName = "two" });
        Assert.That(index.Find(SearchParser.Parse("one").Query!), Is.Empty);
        index.Put(ResourceKey.Of<IPSet>("a"), null);
        Assert.That(index.Find(SearchParser.Parse("display_name:* OR NOT x:y").Query!), Is.Empty);
        Assert.That(index.Count, Is.Zero);
    }

    private static string Word(Random random) => Words[random.Next(Words.Length)];

    private static SearchQuery Query(Random random, int depth)
    {
        if (depth == 0 || random.Next(3) == 0)
        {
            string field = random.Next(4) switch { 0 => "display_name", 1 => "description", 2 => "tags.scope", _ => "tags.tag" };
            string word = Word(random);
            string value = random.Next(5) switch { 0 => word[..1] + "*", 1 => "*" + word[^1..], 2 => "?" + word[1..] + "*", _ => $"\"{word}\"" };
            return random.Next(6) == 0
                ? new SearchQuery.Between(field, random.Next(3) == 0 ? null : Word(random), random.Next(2) == 0, random.Next(3) == 0 ? null : Word(random), random.Next(2) == 0)
                : SearchParser.Parse($"{(random.Next(5) == 0 ? "" : field + ":")}{value.Replace(" ", value.StartsWith('"') ? " " : "\\ ", StringComparison.Ordinal)}").Query!;
        }

        return random.Next(3) switch
        {
            0 => new SearchQuery.Not(Query(random, depth - 1)),
            1 => new SearchQuery.And([Query(random, depth - 1), Query(random, depth - 1), Query(random, depth - 1)]),
            _ => new SearchQuery.Or([Query(random, depth - 1), Query(random, depth - 1)]),
        };
    }

    private static bool Holds(SearchQuery query, (string Field, string Value)[] values) => query switch
    {
        SearchQuery.And and => and.Parts.All(part => Holds(part, values)),
        SearchQuery.Or or => or.Parts.Any(part => Holds(part, values)),
        SearchQuery.Not not => !Holds(not.Part, values),
        SearchQuery.Between range => values.Any(value => value.Field == range.Field && FieldTerms.Holds(range, value.Value)),
        SearchQuery.Match match => values.Any(value => (match.Field is null
            ? match.Pattern.IsExact || value.Field is "display_name" or "id" or "description" or "resource_type" or "tags.scope" or "tags.tag"
            : match.Field == value.Field) && match.Pattern.Matches(value.Value)),
        _ => false,
    };
}
