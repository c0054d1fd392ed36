using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Publishing;
using Fabric.Manager.Realization;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Endpoints.Policy.Realization;

/// <summary>What an intent has become, in the API's form: one entity for each Manager object made from it, with how hosts take it.</summary>
internal sealed class RealizedEntities(FabricModel model, RealizationBook book, RuntimeState runtime)
{
    public const string EnforcementPoint = "/infra/sites/default/enforcement-points/default";
    private const string Root = "/infra/realized-state/enforcement-points/default";

    /// <summary>Entity types that clients pick by, and the collection in the entity's path; others are named after their kind.</summary>
    private static readonly Dictionary<string, (string Type, string Collection)> Names = new()
    {
        [nameof(LogicalSwitch)] = ("RealizedLogicalSwitch", "logical-switches"),
        [nameof(LogicalPort)] = ("RealizedLogicalPort", "logical-ports"),
        [nameof(LogicalRouter)] = ("RealizedLogicalRouter", "logical-routers"),
        [nameof(LogicalRouterPort)] = ("RealizedLogicalRouterPort", "logical-router-ports"),
        [nameof(StaticRoute)] = ("RealizedStaticRoute", "static-routes"),
        [nameof(NSGroup)] = ("RealizedGroup", "groups/nsgroups"),
        [nameof(IPSet)] = ("RealizedIpSet", "ip-sets/ip-sets-nsxt"),
        [nameof(MACSet)] = ("RealizedMacSet", "mac-sets/mac-sets-nsxt"),
        [nameof(FirewallSection)] = ("RealizedFirewallSection", "firewalls/firewall-sections"),
        [nameof(NSService)] = ("RealizedService", "services/nsservices"),
        [nameof(NSServiceGroup)] = ("RealizedService", "services/nsservices"),
        [nameof(BaseSwitchingProfile)] = ("RealizedSwitchingProfile", "switching-profiles"),
        [nameof(IpPool)] = ("IpPool", "ip-pools"),
    };

    /// <summary>
    /// Nothing while nothing is known of the intent, as on a real manager right after the write. An intent that becomes nothing is realized
    /// as it stands, and says so in an entity of its own: clients that wait for one poll for minutes.
    /// </summary>
    public IReadOnlyList<JsonObject> Of(string intentPath)
    {
        var intent = Intent(intentPath);
        if (book.Of(intentPath) is not { } attempt)
        {
            return intent is not null && Realizers.Of(intent) is null
                ? [Alone(new Attempt(intentPath, RealizationStatus.Realized) { Revision = intent.Revision, At = intent.LastModifiedTime }, intent)]
                : [];
        }

        var entities = attempt.Owned.Select(model.Find).Where(found => found is not null).Select(found => OfObject(attempt, intent, found!)).ToList();
        if (entities.Count == 0 && intent is not null)
        {
            entities.Add(Alone(attempt, intent));
        }

        return entities;
    }

    /// <summary>The entity whose own path this is.</summary>
    public JsonObject? At(string realizedPath)
    {
        string id = realizedPath[(realizedPath.LastIndexOf('/') + 1)..];
        string? intentPath = book.PathOf(id) ?? ResourceCatalog.All.Select(type => model.Find(new ResourceKey(type.Kind, id))?.IntentPath).FirstOrDefault(path => path is not null);
        return intentPath is null ? null : Of(intentPath).FirstOrDefault(entity => (string?)entity["path"] == realizedPath);
    }

    /// <summary>In one word; an intent that becomes nothing is realized as it stands.</summary>
    public string StateOf(PolicyResource intent)
        => Realizers.Of(intent) is null ? Word(RealizationStatus.Realized)
            : Of(intent.Path) is { Count: > 0 } entities ? Worst(entities.Select(entity => (string)entity["state"]!))
            : book.Of(intent.Path) is { } attempt ? Word(StatusOf(attempt, intent))
            : Word(RealizationStatus.Unrealized);

    public static JsonObject? AlarmOf(Attempt attempt) => attempt.Problem is { } problem ? Alarm(attempt.Path, problem) : null;

    private static string Worst(IEnumerable<string> states)
    {
        var words = states.ToHashSet();
        return words.Contains("ERROR") ? "ERROR" : words.Contains("UNREALIZED") ? "UNREALIZED" : "REALIZED";
    }

    private PolicyResource? Intent(string path) => PolicyTree.Find(path) is { Id: not null } place ? model.Find(place.Key) as PolicyResource : null;

    /// <summary>An older attempt says nothing about what the intent is now.</summary>
    private static RealizationStatus StatusOf(Attempt attempt, PolicyResource? intent)
        => intent is not null && attempt.Revision is { } seen && seen < intent.Revision ? RealizationStatus.Unrealized : attempt.Status;

    private JsonObject OfObject(Attempt attempt, PolicyResource? intent, ManagedResource found)
    {
        var status = StatusOf(attempt, intent);
        var kind = FeedTranslation.KindOf(ResourceKey.KindOf(found.GetType()));
        var reported = runtime.Realization(kind, found.Id);
        string onHosts = RuntimeRealization.StateOf(reported, found.Revision);
        string? failure = reported?.Nodes.FirstOrDefault(node => node.Failure.Length > 0)?.Failure;
        if (status == RealizationStatus.Realized && onHosts == RuntimeRealization.Failed)
        {
            status = RealizationStatus.Error; // every host refuses it
        }

        string key = ResourceKey.KindOf(found.GetType());
        var (type, collection) = Names.GetValueOrDefault(key, ($"Realized{key}", CollectionOf(key)));
        var entity = Entity(attempt, intent, status, type, $"{Root}/{collection}/{found.Id}", found.Id, found.DisplayName ?? found.Id);
        entity["tags"] = ResourceJson.ToWire(found)["tags"]?.DeepClone();
        entity["_create_time"] = found.CreateTime;
        entity["_create_user"] = found.CreateUser;
        entity["_last_modified_time"] = found.LastModifiedTime;
        entity["_last_modified_user"] = found.LastModifiedUser;
        entity["realization_specific_identifier"] = found.Id;
        entity["realization_api"] = ResourceCatalog.Of(found.GetType()) is { Path: var path } && !path.Contains('{', StringComparison.Ordinal) ? $"/api/v1{path}/{found.Id}" : null;
        entity["runtime_status"] = onHosts switch
        {
            RuntimeRealization.Success => "SUCCESS",
            RuntimeRealization.InProgress => "IN_PROGRESS",
            RuntimeRealization.PartialSuccess => "DEGRADED",
            RuntimeRealization.Failed => "ERROR",
            _ => "UNINITIALIZED",
        };
        if (failure is not null)
        {
            entity["runtime_error"] = failure;
            if (status == RealizationStatus.Error && attempt.Problem is null)
            {
                entity["alarms"] = new JsonArray(Alarm(attempt.Path, new ApiError(500, 500_000, "policy", failure)));
            }
        }

        return entity;
    }

    /// <summary>The one entity of an intent without a Manager object: an address from a pool, or one that could not be realized at all.</summary>
    private static JsonObject Alone(Attempt attempt, PolicyResource intent)
    {
        var realizer = Realizers.Of(intent);
        string type = realizer?.EntityType ?? $"Realized{intent.ResourceType}";
        string id = RealizedId.Of(intent);
        var entity = Entity(attempt, intent, StatusOf(attempt, intent), type, $"{Root}/{CollectionOf(type)}/{id}", id, intent.DisplayName ?? intent.Id);
        entity["realization_specific_identifier"] = id;
        entity["_create_time"] = intent.CreateTime;
        entity["_last_modified_time"] = intent.LastModifiedTime;
        if (realizer?.Attributes(intent) is { Count: > 0 } attributes)
        {
            entity["extended_attributes"] = new JsonArray([.. attributes.Select(attribute => (JsonNode)new JsonObject
            {
                ["data_type"] = "STRING",
                ["multivalue"] = false,
                ["key"] = attribute.Key,
                ["values"] = new JsonArray(attribute.Value),
            })]);
        }

        return entity;
    }

    private static JsonObject Entity(Attempt attempt, PolicyResource? intent, RealizationStatus status, string type, string path, string id, string name) => new()
    {
        ["resource_type"] = "GenericPolicyRealizedResource",
        ["id"] = id,
        ["display_name"] = name,
        ["path"] = path,
        ["relative_path"] = id,
        ["parent_path"] = Root,
        ["entity_type"] = type,
        ["intent_paths"] = new JsonArray(attempt.Path),
        ["intent_reference"] = new JsonArray(attempt.Path),
        ["enforcement_point_path"] = EnforcementPoint,
        ["site_path"] = "/infra/sites/default",
        ["state"] = Word(status),
        ["publish_status"] = Word(status),
        ["publish_time"] = attempt.At,
        ["time_taken_for_realization"] = intent is null ? 0 : Math.Max(0, attempt.At - intent.LastModifiedTime),
        ["alarms"] = status == RealizationStatus.Error && attempt.Problem is { } problem ? new JsonArray(Alarm(attempt.Path, problem)) : new JsonArray(),
        ["marked_for_delete"] = intent is null or { MarkedForDelete: true },
    };

    private static JsonObject Alarm(string path, ApiError problem) => new()
    {
        ["resource_type"] = "PolicyAlarmResource",
        ["id"] = RealizedId.Of($"{path}/alarm/{problem.Code}"),
        ["display_name"] = $"{problem.Code}",
        ["parent_path"] = path,
        ["source_reference"] = path,
        ["message"] = problem.Message,
        ["error_details"] = new JsonObject
        {
            ["error_code"] = problem.Code,
            ["module_name"] = problem.Module,
            ["error_message"] = problem.Message,
            ["details"] = problem.Details ?? problem.Message,
        },
    };

    private static string Word(RealizationStatus status) => status switch
    {
        RealizationStatus.Realized => "REALIZED",
        RealizationStatus.Error => "ERROR",
        _ => "UNREALIZED",
    };

    private static string CollectionOf(string kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind) + "s";
}
