using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Catalog.Policy.Security;
using Fabric.Manager.Seeds.Policy;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Endpoints.Policy.Security;

/// <summary>The values that context profiles may ask for: those the manager knows, and those that users added.</summary>
internal static class ContextAttributeViews
{
    private static readonly string[] Customizable = ["DOMAIN_NAME", "CUSTOM_URL"];

    private static readonly Dictionary<string, IReadOnlyList<string>> Known = new()
    {
        ["APP_ID"] = SecuritySeeds.ApplicationIds,
        ["DOMAIN_NAME"] = ["*-files.sharepoint.com", "*-myfiles.sharepoint.com", "*.github.com", "*.google.com", "*.microsoft.com", "*.office365.com", "*.sharepoint.com"],
        ["URL_CATEGORY"] =
        [
            "Abortion", "Abused Drugs", "Adult and Pornography", "Alcohol and Tobacco", "Auctions", "Bot Nets", "Business and Economy", "Computer and Internet Info", "Education", "Entertainment and Arts", "Financial Services",
            "Gambling", "Games", "Government", "Hacking", "Health and Medicine", "Malware Sites", "News and Media", "Phishing and Other Frauds", "Search Engines", "Shopping",
            "Social Networking", "Sports", "Streaming Media", "Training and Tools", "Travel", "Web Advertisements", "Web-based Email",
        ],
        ["URL_REPUTATION"] = ["TRUSTWORTHY", "LOW_RISK", "MODERATE_RISK", "SUSPICIOUS", "HIGH_RISK"],
    };

    public static IReadOnlyList<PolicyView> All { get; } =
    [
        PolicyView.Get<Infra>("context-profiles/attributes", call => List(call, "SYSTEM")),
        PolicyView.Get<Infra>("context-profiles/custom-attributes/default", call => List(call, "CUSTOM")),
        PolicyView.Patch<Infra>("context-profiles/custom-attributes/default", call => ChangeAsync(call, (_, given) => given)),
        PolicyView.Post<Infra>("context-profiles/custom-attributes/default?action=add", call => ChangeAsync(call, (old, given) => [.. old.Except(given), .. given])),
        PolicyView.Post<Infra>("context-profiles/custom-attributes/default?action=remove", call => ChangeAsync(call, (old, given) => [.. old.Except(given)])),
    ];

    private static JsonAnswer List(PolicyCall call, string source)
    {
        bool custom = (call.Context.Query("attribute_source") ?? source) == "CUSTOM";
        string? wanted = call.Context.Query("attribute_key");
        var values = custom
            ? Customizable.Select(key => (Key: key, Values: call.Model.Find<CustomAttributeValues>(IdOf(call, key))?.Values ?? [])).Where(each => each.Values.Count > 0)
            : Known.Select(each => (each.Key, Values: each.Value));
        return Answers.Page(call.Context, values.Where(each => wanted is null || each.Key == wanted).Select(each => new PolicyContextProfile
        {
            Id = each.Key,
            DisplayName = each.Key,
            Attributes = [new PolicyAttributes { Key = each.Key, Value = each.Values, AttributeSource = custom ? "CUSTOM" : "SYSTEM" }],
        }));
    }

    private static string IdOf(PolicyCall call, string key) => $"{call.Path}|{key}";

    private static async Task<IResult> ChangeAsync(PolicyCall call, Func<IReadOnlyList<string>, IReadOnlyList<string>, IReadOnlyList<string>> change)
    {
        var (given, error) = await call.Context.ReadAsync<PolicyCustomAttributes>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await call.Context.RequestServices.GetRequiredService<PolicyWriter>().ChangeAsync(
            call.Context.Caller(),
            scope =>
            {
                string id = IdOf(call, given.Key);
                var values = change(scope.Model.Find<CustomAttributeValues>(id)?.Values ?? [], given.Value);
                if (values.Count > 0)
                {
                    scope.Put(new CustomAttributeValues { Id = id, Values = values });
                }
                else
                {
                    scope.Remove(ResourceKey.Of<CustomAttributeValues>(id));
                }

                return new WriteOutcome.Done();
            },
            call.Context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Refused refused ? Answers.Error(refused.Error) : Answers.Empty();
    }
}
