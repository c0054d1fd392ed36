using Fabric.Contracts.V1;

namespace Fabric.Controller.Intent;

/// <summary>
/// What a tag expression asks for; matches ignore case. An empty scope or tag is a wild card, so a tag is indexed under every
/// question that it answers.
/// </summary>
internal readonly record struct TagKey(string Scope, string Tag)
{
    public static TagKey Of(string scope, string tag) => new(scope.ToLowerInvariant(), tag.ToLowerInvariant());

    public static IEnumerable<TagKey> AnsweredBy(IEnumerable<Tag> tags)
        => tags.SelectMany(tag => new[] { Of(tag.Scope, tag.Tag_), Of("", tag.Tag_), Of(tag.Scope, "") }).Distinct();
}
