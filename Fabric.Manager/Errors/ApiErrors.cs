using Fabric.Manager.Catalog;
using Fabric.Manager.Security;

namespace Fabric.Manager.Errors;

/// <summary>
/// Every error the API answers: status, code, module and wording, one method each. Codes are NSX's where clients look at them
/// (reference: the table of error codes that clients act upon); the rest are the module's general ones.
/// </summary>
internal static class ApiErrors
{
    private const string Common = "common-services";

    public static ApiError NotFound(string kind, string id)
        => new(404, 600, Common, $"The requested object : {kind}/{id} could not be found. Object identifiers are case sensitive.");

    public static ApiError NoSuchPath(string method, string path)
        => new(404, 600, Common, $"The requested operation : {method} {path} could not be found. Object identifiers are case sensitive.");

    public static ApiError MethodNotAllowed(string method, string path) => new(405, 601, Common, $"Request method '{method}' is not supported for {path}.");

    public static ApiError StaleRevision(string kind, string id, long given, long current)
        => new(412, 206, Common, $"The object {kind}/{id} was modified by somebody else (expected revision {current}, found {given}). Please fetch the latest copy of the object and retry operation.");

    public static ApiError MissingRevision(string kind, string id)
        => new(412, 206, Common, $"The object {kind}/{id} can be replaced only with its _revision. Please fetch the latest copy of the object and retry operation.");

    public static ApiError FieldErrors(IReadOnlyList<string> errors)
        => new(400, 255, Common, $"Field level validation errors: {{{string.Join("; ", errors)}}}");

    public static ApiError Field(string error) => FieldErrors([error]);

    public static ApiError Malformed(string reason) => new(400, 258, Common, $"JSON message parse error. {reason}");

    public static ApiError UnknownField(string kind, string field)
        => new(400, 287, Common, $"JSON message parse error. Unrecognized field \"{field}\" (class {kind}), not marked as ignorable.");

    public static ApiError TooLarge(long limit) => new(413, 284, Common, $"The request body is larger than {limit} bytes.");

    public static ApiError WrongMediaType(string? given) => new(415, 285, Common, $"Content type '{given}' is not supported; application/json is.");

    public static ApiError MissingReference(string field, ResourceKey target)
        => new(400, 604, Common, $"The object {target} referenced by field {field} could not be found. Object identifiers are case sensitive.");

    public static ApiError AlreadyExists(string kind, string id) => new(409, 605, Common, $"The object {kind}/{id} already exists.");

    public static ApiError InUse(ResourceKey key, IEnumerable<ResourceKey> referrers)
        => new(400, 606, Common, $"The object {key} cannot be deleted as either it has children or it is being referenced by other objects: {string.Join(", ", referrers)}.");

    public static ApiError SystemOwned(ResourceKey key) => new(400, 289, Common, $"The object {key} is owned by the system and cannot be deleted or modified.");

    public static ApiError Immutable(string field) => new(400, 610, Common, $"The field {field} cannot be changed after the object was created.");

    public static ApiError BadQuery(string parameter, string reason) => new(400, 220, Common, $"Invalid value of query parameter {parameter}: {reason}");

    public static ApiError Stopping() => new(503, 99, Common, "The service is shutting down.");

    public static ApiError StoreUnavailable() => new(503, 99, Common, "The database cannot take the write; nothing was changed.");

    public static ApiError Internal() => new(500, 100, Common, "An unexpected error occurred; the manager's log has the details.");

    // Policy. Clients take paths out of the brackets of 500030: first the object's, then those in its way.
    private const string Policy = "policy";

    public static ApiError NoSuchObject(string path)
        => new(404, 600, Common, $"The requested object : {path} could not be found. Object identifiers are case sensitive.");

    public static ApiError InvalidPath(string path) => new(400, 500_012, Policy, $"The path=[{path}] is invalid");

    public static ApiError PathInUse(string path, IEnumerable<string> blockers)
        => new(400, 500_030, Policy, $"The object path=[{path}] cannot be deleted as either it has children or it is being referenced by other objects path=[{string.Join(",", blockers)}].");

    public static ApiError MarkedForDelete(string path)
        => new(400, 500_045, Policy, $"The object path=[{path}] is marked for delete. Either use another path or wait for the purge cycle to permanently remove the object.");

    public static ApiError PathExists(string path) => new(400, 500_127, Policy, $"Cannot create an object with path=[{path}] as it already exists.");

    public static ApiError StalePath(string path, long given, long current)
        => new(412, 500_087, Policy, $"The object path=[{path}] was modified by somebody else (expected revision {current}, found {given}). Please fetch the latest copy of the object and retry operation.");

    public static ApiError BadId(string id) => new(400, 500_008, Policy, $"The id '{id}' is invalid: up to 255 characters, no spaces and none of / \\ ; ? # % \" < >.");

    public static ApiError NotOwner(Caller caller, string type, string createUser)
        => new(400, 289, Common, $"Principal '{caller.Name}' with role '[{string.Join(", ", caller.Roles)}]' attempts to delete or modify an object of type {type} it doesn't own. (createUser={createUser}, allowOverwrite=null)");

    // Authentication. 403 with the code of the same number is what clients take for a wrong password, 98 for a session to renew.
    public static ApiError BadCredentials(int status)
        => new(status, 403, Common, "The credentials were incorrect or the account specified has been locked.");

    public static ApiError BadSession() => new(403, 98, Common, "Invalid session or XSRF token; create a new session.");

    public static ApiError CertificateNotTrusted() => new(500, 99, Common, "The client certificate is not that of any principal identity, or it is not valid now.");

    public static ApiError NotAllowed()
        => new(403, 403, Common, "User is not authorized to perform this operation on the application. Please contact the system administrator to get access.");

    public static ApiError NoSuchRole(string role) => new(400, 36_500, "aaa", $"Role {role} does not exist.");

    public static ApiError NoSuchUser(string user) => new(404, 36_218, "node-services", $"User {user} not found.");

    public static ApiError User(string reason) => new(400, 36_220, "node-services", reason);

    public static ApiError BadCertificate(string reason) => new(400, 2021, "trust-management", $"The certificate or its key cannot be read: {reason}.");

    public static ApiError RateExceeded(string client, long rate)
        => new(429, 102, Common, $"Client '{client}' exceeded request rate of {rate} per second.");

    public static ApiError TooManyAtOnce(string client) => new(503, 98, Common, $"Client '{client}' has too many requests under way, or the service has; try again later.");

    public static ApiError NotServed(string method, string operation)
        => new(501, 501, Common, $"The operation {method} {operation} of the NSX-T API is not served by this manager.");

    // Faults on order.
    public static ApiError NoSuchFault(string name, IEnumerable<string> known) => new(400, 255, Common, $"There is no fault '{name}'; known are {string.Join(", ", known)}.");

    public static ApiError FaultNotHere(string name, string reason) => new(400, 255, Common, $"Fault '{name}' cannot be ordered here ({reason}).");

    // Pools.
    public static ApiError PoolExhausted(string pool) => new(400, 5109, "id-allocation", $"IP pool {pool} is exhausted.");

    public static ApiError NotInPool(string pool, string address) => new(400, 5110, "id-allocation", $"IP address {address} is not in pool {pool}.");

    public static ApiError AddressUnavailable(string pool, string address) => new(400, 5123, "id-allocation", $"IP address {address} of pool {pool} is not available.");

    public static ApiError NotAllocated(string pool, string address) => new(400, 5114, "id-allocation", $"IP address {address} is not allocated from pool {pool}.");

    public static ApiError AddressAllocated(string pool, string address) => new(400, 5141, "id-allocation", $"IP address {address} of pool {pool} is allocated already.");

    public static ApiError RangeDeleted(string pool, string address)
        => new(400, 5015, "id-allocation", $"A range of {pool} cannot be deleted: {address} is allocated from it.");

    public static ApiError RangeShrunk(string pool, string address)
        => new(400, 5016, "id-allocation", $"A range of {pool} cannot be shortened: {address} is allocated from what is cut off.");

    public static ApiError RangeModified(string pool, string address)
        => new(400, 5602, "id-allocation", $"A range of {pool} cannot be moved: {address} is allocated from it.");

    public static ApiError PoolInUse(string pool, int count) => new(400, 5015, "id-allocation", $"IP pool {pool} cannot be deleted: {count} addresses are allocated.");

    public static ApiError VnisExhausted() => new(400, 8203, "nsx-switching", "No VNI is left in the VNI pools.");

    public static ApiError VniUnavailable(uint vni, string reason) => new(400, 8204, "nsx-switching", $"VNI {vni} cannot be used: {reason}.");

    // Switching.
    public static ApiError AttachmentTaken(string attachment, ResourceKey holder)
        => new(400, 8308, "nsx-switching", $"Attachment {attachment} is already attached to {holder}.");

    public static ApiError Switching(string reason) => new(400, 8300, "nsx-switching", reason);

    public static ApiError PortAttached(string port) => new(400, 8402, "nsx-switching", $"Logical port {port} has an attachment; detach it first or delete with detach=true.");

    // Runtime state that nobody has reported.
    public static ApiError NoPortStatistics(string port, string reason)
        => new(400, 8420, "nsx-switching", $"Logical port {port} has no statistics or table of addresses: {reason}.");

    public static ApiError NoController(string subject) => new(503, 98, Common, $"No controller has reported the tables of {subject}.");

    /// <summary>A policy object that cannot become what it says (realization alarms).</summary>
    public static ApiError Realization(string reason) => new(400, 500_042, "policy", reason);

    public static ApiError Routing(string reason) => new(400, 8700, "nsx-routing", reason);

    public static ApiError LoadBalancing(string reason) => new(400, 23_500, "load-balancer", reason);

    // Firewall.
    public static ApiError DefaultSection() => new(400, 100_012, "firewall", "The default section cannot be deleted, moved or emptied.");

    public static ApiError SectionLocked(string section, string? user) => new(400, 100_082, "firewall", $"Section {section} is locked by {user}.");

    public static ApiError SectionHasRules(string section) => new(400, 100_013, "firewall", $"Section {section} has rules; delete it with cascade=true.");

    public static ApiError Firewall(string reason) => new(400, 100_001, "firewall", reason);

    // Search. Clients repeat what answers one of the last three.
    public static ApiError BadSearch(string query, string reason) => new(400, 60_505, "nsx-search", $"The query '{query}' cannot be read: {reason}.");

    public static ApiError SearchPageTooLarge(int size) => new(503, 60_576, "nsx-search", $"A page of {size} results is too large; ask for fewer with page_size.");

    public static ApiError SearchIndexing() => new(400, 60_508, "nsx-search", "Search is indexing; please try again later.");

    public static ApiError SearchTimedOut() => new(400, 60_514, "nsx-search", "The search took too long; please try again later.");

    public static ApiError SearchOutOfSync() => new(400, 60_515, "nsx-search", "The search index is out of sync with the database; please try again later.");
}
