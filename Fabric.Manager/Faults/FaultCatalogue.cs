using Fabric.Manager.Errors;

namespace Fabric.Manager.Faults;

/// <summary>
/// Every misfortune that clients of NSX-T are known to meet, by name, in the form they meet it. A new one: a line here and a test case; the
/// table of docs/faults.md is made from this list.
/// </summary>
internal static class FaultCatalogue
{
    private const string Common = "common-services";
    private const string Policy = "Policy";

    private static readonly string[] Writes = ["POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] Changes = ["PUT", "PATCH"];
    private static readonly string[] Deletes = ["DELETE"];
    private static readonly string[] Reads = ["GET"];

    public static readonly IReadOnlyList<FaultKind> All =
    [
        // Revisions.
        Answer("stale-revision", "412, code 206: somebody else changed the object in between", Changes, path => new(412, 206, Common, $"The object {path} was modified by somebody else. Please fetch the latest copy of the object and retry operation.")),
        Answer("concurrent-change", "409, code 206: the same, as some types say it", Changes, path => new(409, 206, Common, $"The object {path} was changed at the same time. Please fetch the latest copy of the object and retry operation.")),
        Answer("stale-policy-revision", "400, code 500087 (or 500232, 100148 with error_code): the revision is old, as the Policy API says it", Changes, path => new(400, 500_087, Policy, $"The object path=[{path}] has a newer revision. Please fetch the latest copy of the object and retry operation.")),
        Answer("stale-object", "404, code 500090: the object that was read is not there any more", Changes, path => new(404, 500_090, Policy, $"The object path=[{path}] is out of date or gone.")),

        // Objects.
        Answer("not-found", "404, code 600 (Manager API) or 202 (Policy API)", Reads, path => IsPolicy(path) ? new(404, 202, Policy, $"The path=[{path}] does not exist.") : ApiErrors.NotFound("Object", path)),
        Answer("in-use", "400, code 500030, with both paths in the text", Deletes, path => ApiErrors.PathInUse(path, [$"{path}/children/ordered-fault"])),
        Answer("marked-for-delete", "400, code 500045: the path is still being purged", Changes, ApiErrors.MarkedForDelete),
        Answer("segment-has-vms", "400, code 503040", Deletes, path => NetworkErrors.SegmentHasVifs(path, 1)),
        Answer("port-in-use", "400, code 503101: the attachment is used by another port", Changes, path => new(400, 503_101, Policy, $"The attachment of segment port path=[{path}] is already used by another port.")),
        Answer("vlan-overlap", "400, code 8327 (or 640873 with error_code)", Writes, path => new(400, 8327, "nsx-switching", $"The VLANs of {path} overlap those of another switch of the zone.")),
        Answer("address-overlap", "400, code 500105", Writes, path => new(400, 500_105, Policy, $"The addresses of path=[{path}] overlap those of another object.")),

        // Store.
        Answer("transaction-aborted", "500, code 607: repeat it", Writes, _ => new(500, 607, Common, "The transaction was aborted. Please retry the operation.")),
        Answer("store-restarting", "500, code 98: the database is not there for now", [], _ => new(500, 98, Common, "Cannot connect to the database server. Please retry the operation later.")),

        // Load.
        Answer("rate-limit", "429, code 102, Retry-After", [], path => ApiErrors.RateExceeded("ordered fault", 100)) with { RetryAfter = 1 },
        Answer("busy", "503, Retry-After", [], _ => ApiErrors.TooManyAtOnce("ordered fault")) with { RetryAfter = 1 },
        Answer("bad-gateway", "502", [], _ => new(502, 502, Common, "The proxy has no answer from the service behind it.")),
        Answer("gateway-timeout", "504", [], _ => new(504, 504, Common, "The service behind the proxy did not answer in time.")),
        Answer("request-timeout", "408", [], _ => new(408, 408, Common, "The request did not arrive in time.")),
        new("delay", "the right answer, delay_ms later", FaultPlace.Request),
        new("connection-reset", "the connection breaks instead of an answer; the work is not done", FaultPlace.Connection),
        new("answer-lost", "the work is done, and the connection breaks before the answer", FaultPlace.Answer),
        new("slow-body", "the right answer, 64 bytes at a time with delay_ms (or 100) between", FaultPlace.Answer),

        // Who one is.
        Answer("bad-xsrf", "403, code 98: the token is not that of the session", [], _ => ApiErrors.BadSession()),
        new("session-expired", "the session ends: 403, code 98, now and until the client has a new one", FaultPlace.Request) { Error = _ => ApiErrors.BadSession() },
        Answer("wrong-login", "403, code 403", [], _ => ApiErrors.BadCredentials(403)),
        Answer("no-license", "403, code 505", [], _ => new(403, 505, Common, "The license does not allow this operation, or there is none.")),
        Answer("certificate-not-trusted", "500, code 99", [], _ => ApiErrors.CertificateNotTrusted()),

        // Search.
        SearchAnswer("search-indexing", "400, code 60508", ApiErrors.SearchIndexing()),
        SearchAnswer("search-timeout", "400, code 60514", ApiErrors.SearchTimedOut()),
        SearchAnswer("search-out-of-sync", "400, code 60515", ApiErrors.SearchOutOfSync()),
        new("search-lag", "search does not find what was made in the last seconds (or 10); what was deleted is gone at once", FaultPlace.Search),

        // Realization.
        new("realization-pending", "the intent stays UNREALIZED for as long as the fault stands", FaultPlace.Realization),
        Misfortune("realization-error", "ERROR with an alarm of code 500042, provider not ready; with count it heals after that many attempts", path => new(400, 500_042, Policy, $"The provider of path=[{path}] is not ready.")),
        Misfortune("allocation-failed", "ERROR with an alarm of code 8212: no address is free", path => new(400, 8212, Policy, $"No IP address is free for path=[{path}].")),
        Misfortune("reserved-range", "ERROR with an alarm of code 508134 (or 508135 with error_code)", path => new(400, 508_134, Policy, $"The range of path=[{path}] is reserved.")),
        new("partial-realization", "realized on some hosts only: stop a host with `fabric lab kill host-...`; what it has not reported stays in progress", FaultPlace.Nowhere),
        new("manager-change-lag", "a change through the Manager API that the Policy API shows late: here Manager objects never become policy, so there is nothing to be late", FaultPlace.Nowhere),

        // Hosts and underlay.
        new("vif-late", "a virtual machine's interface that comes late: hosts of a lab report what they have, at once", FaultPlace.Nowhere),
        new("port-lingers", "a port that outlives its machine: in a lab, a port lives as long as its object", FaultPlace.Nowhere),
        new("host-disconnected", "a host with stale rules: `fabric lab kill host-...` and `fabric lab restart host-...`", FaultPlace.Nowhere),
        new("generation-mismatch", "a host that has not applied the latest: it is seen while a host is stopped", FaultPlace.Nowhere),
        new("underlay-mtu", "an underlay below the 1600 that Geneve needs: lab.yaml's underlay has an mtu", FaultPlace.Nowhere),
        new("underlay-loss", "lost packets between tunnel endpoints: use tc on the lab's underlay", FaultPlace.Nowhere),
        new("tep-partition", "a tunnel endpoint that nobody reaches: take its interface down in the lab's namespace", FaultPlace.Nowhere),
        new("tep-duplicate", "two tunnel endpoints with one address: the manager gives each address once", FaultPlace.Nowhere),
    ];

    private static readonly Dictionary<string, FaultKind> ByName = All.ToDictionary(kind => kind.Name);

    public static FaultKind? Find(string name) => ByName.GetValueOrDefault(name);

    private static bool IsPolicy(string path) => path.StartsWith("/policy/", StringComparison.OrdinalIgnoreCase);

    private static FaultKind Answer(string name, string description, string[] methods, Func<string, ApiError> error)
        => new(name, description, FaultPlace.Request) { Methods = methods, Error = error };

    private static FaultKind SearchAnswer(string name, string description, ApiError error) => new(name, description, FaultPlace.Search) { Error = _ => error };

    private static FaultKind Misfortune(string name, string description, Func<string, ApiError> error) => new(name, description, FaultPlace.Realization) { Error = error };
}
