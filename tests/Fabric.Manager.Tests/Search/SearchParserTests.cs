using FsCheck;
using FsCheck.Fluent;
using Fabric.Manager.Search;

namespace Fabric.Manager.Tests.Search;

internal sealed class SearchParserTests
{
    [TestCase("resource_type:Segment", "resource_type:segment")]
    [TestCase("resource_type:(A OR B)", "(resource_type:a OR resource_type:b)")]
    [TestCase("resource_type:A AND display_name:N* AND marked_for_delete:false AND path:\\/infra*", "(resource_type:a AND display_name:n* AND marked_for_delete:false AND path:/infra*)")]
    [TestCase("a:1 b:2", "(a:1 AND b:2)")]
    [TestCase("a:1 OR b:2 AND c:3", "(a:1 OR (b:2 AND c:3))")]
    [TestCase("(a:1 OR b:2) c:3", "((a:1 OR b:2) AND c:3)")]
    [TestCase("NOT a:1 AND !b:2 -c:3 +d:4", "(NOT a:1 AND NOT b:2 AND NOT c:3 AND d:4)")]
    [TestCase("NOT (a:1 OR b:2)", "NOT (a:1 OR b:2)")]
    [TestCase("tags.scope:ncp\\/cluster AND tags.tag:\"k8s one\"", "(tags.scope:ncp/cluster AND tags.tag:k8s one)")]
    [TestCase("id:5f3a-1\\-2\\:x", "id:5f3a-1-2:x")]
    [TestCase("display_name:web\\ 1\\*?", "display_name:web 1*?")]
    [TestCase("display_name:\"a*\"", "display_name:a*")]
    [TestCase("id:a:b", "id:a:b")]
    [TestCase("web", "any:web")]
    [TestCase("a : b", null)]
    [TestCase("a: b", "a:b")]
    [TestCase("vlan:[1 TO 10]", "vlan:[1 TO 10]")]
    [TestCase("vlan:{1 TO *]", "vlan:{1 TO *]")]
    [TestCase("vlan:>=5", "vlan:[5 TO *]")]
    [TestCase("vlan:<5", "vlan:[* TO 5}")]
    [TestCase("a:x && b:y || c:z", "((a:x AND b:y) OR c:z)")]
    [TestCase("ANDROID OR NOTE", "(any:android OR any:note)")]
    [TestCase("resource_type%3ASegment%20AND%20id%3Aone", "(resource_type:segment AND id:one)")]
    [TestCase("id:a%3Ab", "(id:a%3ab OR id:a:b)")]
    [TestCase("tags.scope:nsx-op\\\\/cluster", "(tags.scope:nsx-op\\/cluster OR tags.scope:nsx-op/cluster)")]
    public void Queries_read_as_clients_mean_them(string text, string? tree)
    {
        var (query, error) = SearchParser.Parse(text);
        Assert.That(query?.ToString() ?? "", Is.EqualTo(tree ?? query?.ToString() ?? ""), error);
    }

    [TestCase("a:", "field a has no value")]
    [TestCase("a:(b", "a ')' is missing")]
    [TestCase("a:b)", "there is no '('")]
    [TestCase("()", "a term is missing")]
    [TestCase("a:b AND", "a term is missing")]
    [TestCase("OR a:b", "a term is missing")]
    [TestCase("a:b AND OR c:d", "a term is missing")]
    [TestCase("NOT", null)]
    [TestCase("a:\"b", "the quote does not end")]
    [TestCase("a:b\\", "it ends with a backslash")]
    [TestCase("a:[1 2]", "has no TO")]
    [TestCase("a:[1 TO 2", "has no end")]
    [TestCase("a:>", "a bound is missing")]
    public void What_cannot_be_read_is_named(string text, string? named)
    {
        var (query, error) = SearchParser.Parse(text);
        Assert.That(query, Is.Null);
        Assert.That(error, Does.Contain(named ?? "missing"));
    }

    [Test]
    public void Deep_nesting_is_refused()
        => Assert.That(SearchParser.Parse(new string('(', 4000) + "a" + new string(')', 4000)).Error, Does.Contain("too deeply"));

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Escaped_text_means_itself()
        => Prop.ForAll<NonEmptyString>(given =>
        {
            string text = new([.. given.Get.Where(letter => letter is not '%' and not '\\' && !char.IsSurrogate(letter) && letter is not ('\uE000' or '\uE001'))]);
            if (text.Length == 0)
            {
                return;
            }

            string escaped = string.Concat(text.Select(letter => char.IsLetterOrDigit(letter) ? $"{letter}" : $"\\{letter}"));
            var (query, error) = SearchParser.Parse($"f:{escaped}");
            Assert.That(query, Is.EqualTo(new SearchQuery.Match("f", SearchPattern.Exactly(text))), error);
        });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Any_text_is_read_or_refused()
        => Prop.ForAll(Gen.Elements("a", ":", "(", ")", " AND ", " OR ", " NOT ", "\"", "\\", "*", "?", "[", "]", "{", " TO ", "-", "!", ">", "%3A", "x.y", " ", "&&").ListOf()
            .Select(string.Concat).ToArbitrary(), text =>
        {
            var (query, error) = SearchParser.Parse(text);
            Assert.That(query is null, Is.EqualTo(error is not null));
        });

    [TestCase("a*c", "abc", true)]
    [TestCase("a*c", "abcd", false)]
    [TestCase("*b*", "abc", true)]
    [TestCase("a?c", "abc", true)]
    [TestCase("a?c", "ac", false)]
    [TestCase("*", "", true)]
    [TestCase("a**b", "axxb", true)]
    [TestCase("*ab*ab*c", "xababxabc", true)]
    [TestCase("ABC", "abc", true)]
    public void Wildcards_stand_for_other_letters(string pattern, string text, bool matches)
    {
        var match = (SearchQuery.Match)SearchParser.Parse($"f:{pattern}").Query!;
        Assert.That(match.Pattern.Matches(text), Is.EqualTo(matches));
    }
}
