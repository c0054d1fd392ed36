using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;

namespace Fabric.Manager.Endpoints.Policy;

/// <summary>A request for something below an object of the tree.</summary>
/// <param name="Context">The whole request.</param>
/// <param name="Model">What is configured as it came in.</param>
/// <param name="Place">The object's.</param>
/// <param name="Resource">The object.</param>
/// <param name="Values">What stood at the template's names.</param>
internal sealed record PolicyCall(HttpContext Context, FabricModel Model, PolicyPlace Place, PolicyResource Resource, IReadOnlyDictionary<string, string> Values)
{
    public string Path => Resource.Path;

    public T Of<T>()
        where T : PolicyResource
        => (T)Resource;
}

/// <summary>
/// What is served below or at objects of one type beside the tree's own operations: states, statistics, actions. A template is the path below
/// the object, with <c>{names}</c>, and perhaps <c>?action=word</c>; where it and a row both fit, the view answers.
/// </summary>
internal sealed class PolicyView
{
    private const string Action = "?action=";

    private PolicyView(string method, Type record, string template, Func<PolicyCall, Task<IResult>> answer)
    {
        int query = template.IndexOf(Action, StringComparison.Ordinal);
        Method = method;
        Record = record;
        Template = template;
        ActionName = query < 0 ? null : template[(query + Action.Length)..];
        string path = query < 0 ? template : template[..query];
        Pieces = path.Length == 0 ? [] : path.Split('/');
        Answer = answer;
    }

    public string Method { get; }

    /// <summary>The type of the objects below which it is; members of its family included.</summary>
    public Type Record { get; }

    public string Template { get; }

    public string? ActionName { get; }

    public IReadOnlyList<string> Pieces { get; }

    public Func<PolicyCall, Task<IResult>> Answer { get; }

    public static PolicyView Get<T>(string template, Func<PolicyCall, IResult> answer)
        where T : PolicyResource
        => new(HttpMethods.Get, typeof(T), template, call => Task.FromResult(answer(call)));

    public static PolicyView Get<T>(string template, Func<PolicyCall, Task<IResult>> answer)
        where T : PolicyResource
        => new(HttpMethods.Get, typeof(T), template, answer);

    public static PolicyView Post<T>(string template, Func<PolicyCall, Task<IResult>> answer)
        where T : PolicyResource
        => new(HttpMethods.Post, typeof(T), template, answer);

    public static PolicyView Put<T>(string template, Func<PolicyCall, Task<IResult>> answer)
        where T : PolicyResource
        => new(HttpMethods.Put, typeof(T), template, answer);

    public static PolicyView Patch<T>(string template, Func<PolicyCall, Task<IResult>> answer)
        where T : PolicyResource
        => new(HttpMethods.Patch, typeof(T), template, answer);

    public static PolicyView Delete<T>(string template, Func<PolicyCall, Task<IResult>> answer)
        where T : PolicyResource
        => new(HttpMethods.Delete, typeof(T), template, answer);

    /// <summary>The values of the template's names, if the pieces fit it.</summary>
    public Dictionary<string, string>? Match(ReadOnlySpan<string> pieces)
    {
        if (pieces.Length != Pieces.Count)
        {
            return null;
        }

        var values = new Dictionary<string, string>();
        for (int i = 0; i < pieces.Length; i++)
        {
            if (Pieces[i].StartsWith('{'))
            {
                values[Pieces[i][1..^1]] = pieces[i];
            }
            else if (Pieces[i] != pieces[i])
            {
                return null;
            }
        }

        return values;
    }
}
