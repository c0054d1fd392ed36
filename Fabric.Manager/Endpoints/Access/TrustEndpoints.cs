using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Trust;
using Fabric.Manager.Errors;
using Fabric.Manager.Security;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints.Access;

/// <summary>Certificates that users bring, and the identities of machines that log in with one.</summary>
internal static class TrustEndpoints
{
    private static readonly ResourceType Certificates = ResourceType.Of<Certificate>(
        "/trust-management/certificates",
        show: (_, certificate) => certificate with { Details = null },
        filters: [("type", certificate => certificate.Purpose == "signing-ca" ? "ca_certificate" : "cluster_api_certificate")]);

    private static readonly ResourceType Identities = ResourceType.Of<PrincipalIdentity>("/trust-management/principal-identities", Complete);

    public static void MapTrust(this IEndpointRouteBuilder api)
    {
        api.MapGet(Certificates.Path, (HttpContext context, ResourceStore store, TimeProvider time) => ListCertificates(context, store, time));
        api.MapPost(Certificates.Path, ImportAsync);
        api.MapGet(Certificates.Path + "/{id}", GetCertificate);
        api.MapDelete(Certificates.Path + "/{id}", (HttpContext context, ResourceStore store, string id) => DeleteAsync(context, store, Certificates, id));
        api.MapGet(Identities.Path, (HttpContext context, ResourceStore store) => ResourceEndpoints.List(context, store.Current, Identities));
        api.MapPost(Identities.Path, PostIdentityAsync);
        api.MapPost(Identities.Path + "/with-certificate", CreateWithCertificateAsync);
        api.MapGet(Identities.Path + "/{id}", (ResourceStore store, string id)
            => store.Current.Find<PrincipalIdentity>(id) is { } found ? Answers.Ok(found) : Answers.Error(ApiErrors.NotFound(nameof(PrincipalIdentity), id)));
        api.MapDelete(Identities.Path + "/{id}", (HttpContext context, ResourceStore store, string id) => DeleteAsync(context, store, Identities, id));
    }

    private static Checked<PrincipalIdentity> Complete(WriteScope scope, PrincipalIdentity? before, PrincipalIdentity after)
    {
        if (after.Role is { } role && !RoleTable.Exists(role))
        {
            return ApiErrors.NoSuchRole(role);
        }

        return scope.Model.All<PrincipalIdentity>().FirstOrDefault(other => other.Id != after.Id && other.Name == after.Name && other.NodeId == after.NodeId) is null
            ? after
            : ApiErrors.AlreadyExists(nameof(PrincipalIdentity), $"{after.Name}@{after.NodeId}");
    }

    private static JsonAnswer ListCertificates(HttpContext context, ResourceStore store, TimeProvider time)
    {
        var chosen = store.Current.All<Certificate>()
            .Where(certificate => context.Query("type") is not { } type || Certificates.Filters["type"](store.Current, certificate, type))
            .Select(certificate => context.Flag("details") ? CertificateText.WithDetails(certificate, time.GetUtcNow()) : certificate);
        return Answers.Page(context, chosen);
    }

    private static JsonAnswer GetCertificate(HttpContext context, ResourceStore store, TimeProvider time, string id)
        => context.Query("action") is not null ? Answers.Error(context.UnknownAction())
            : store.Current.Find<Certificate>(id) is { } found
            ? Answers.Ok(context.Flag("details") ? CertificateText.WithDetails(found, time.GetUtcNow()) : found)
            : Answers.Error(ApiErrors.NotFound(nameof(Certificate), id));

    private static async Task<IResult> ImportAsync(HttpContext context, ResourceStore store)
    {
        if (context.Query("action") != "import")
        {
            return Answers.Error(context.UnknownAction());
        }

        var (given, error) = await context.ReadAsync<TrustObjectData>().ConfigureAwait(false);
        (var certificate, error) = given is null ? (null, error) : CertificateText.Read(given);
        if (certificate is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(context.User(), scope => Import(scope, certificate), context.RequestAborted).ConfigureAwait(false);
        return outcome is WriteOutcome.Stored stored
            ? Answers.List([stored.Resource], ListRequest.Everything, status: 201)
            : Answers.Of(outcome, store.Current, Certificates);
    }

    private static WriteOutcome Import(WriteScope scope, Certificate certificate)
    {
        var made = certificate.Id.Length == 0 ? certificate with { Id = scope.Ids.Next() } : certificate;
        return scope.Model.Find(ResourceKey.Of(made)) is null ? scope.Put(made) : ApiErrors.AlreadyExists(nameof(Certificate), made.Id);
    }

    private static async Task<IResult> PostIdentityAsync(HttpContext context, ResourceStore store)
    {
        if (context.Query("action") is { } action)
        {
            return action == "update_certificate" ? await UpdateCertificateAsync(context, store).ConfigureAwait(false) : Answers.Error(context.UnknownAction());
        }

        var (given, error) = await context.ReadAsync<PrincipalIdentity>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(context.User(), scope => Create(scope, given), context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Identities, 201);
    }

    private static async Task<IResult> CreateWithCertificateAsync(HttpContext context, ResourceStore store)
    {
        var (given, error) = await context.ReadAsync<PrincipalIdentityWithCertificate>().ConfigureAwait(false);
        (var certificate, error) = given is null ? (null, error) : CertificateText.Read(new TrustObjectData { PemEncoded = given.CertificatePem, DisplayName = given.Name });
        if (certificate is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope => Import(scope, certificate with { Category = "PRINCIPAL_IDENTITY_CERTIFICATE" }) is WriteOutcome.Stored { Resource: { } imported }
                ? Create(scope, new PrincipalIdentity
                {
                    Id = given!.Id,
                    DisplayName = given.DisplayName,
                    Description = given.Description,
                    Tags = given.Tags,
                    Name = given.Name,
                    NodeId = given.NodeId,
                    Role = given.Role,
                    RolesForPaths = given.RolesForPaths,
                    IsProtected = given.IsProtected,
                    CertificateId = imported.Id,
                })
                : ApiErrors.Internal(),
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Identities, 201);
    }

    private static WriteOutcome Create(WriteScope scope, PrincipalIdentity given)
    {
        var made = given.Id.Length == 0 ? given with { Id = scope.Ids.Next() } : given;
        return scope.Model.Find(ResourceKey.Of(made)) is null
            ? ResourceWriter.Write(scope, Identities, null, made with { DisplayName = made.DisplayName ?? made.Name })
            : ApiErrors.AlreadyExists(nameof(PrincipalIdentity), made.Id);
    }

    private static async Task<IResult> UpdateCertificateAsync(HttpContext context, ResourceStore store)
    {
        var (given, error) = await context.ReadAsync<UpdatePrincipalIdentityCertificateRequest>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        var outcome = await store.WriteAsync(
            context.User(),
            scope => scope.Model.Find<PrincipalIdentity>(given.PrincipalIdentityId) is { } before
                ? ResourceWriter.Write(scope, Identities, before, before with { CertificateId = given.CertificateId })
                : ApiErrors.NotFound(nameof(PrincipalIdentity), given.PrincipalIdentityId),
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, Identities);
    }

    private static async Task<IResult> DeleteAsync(HttpContext context, ResourceStore store, ResourceType type, string id)
    {
        var key = new ResourceKey(type.Kind, id);
        var outcome = await store.WriteAsync(
            context.User(),
            scope =>
            {
                if (scope.Model.Find(key) is null)
                {
                    return ApiErrors.NotFound(type.Kind, id);
                }

                if (scope.Model.ReferrersOf(key) is { Count: > 0 } referrers)
                {
                    return ApiErrors.InUse(key, referrers);
                }

                scope.Remove(key);
                return new WriteOutcome.Done();
            },
            context.RequestAborted).ConfigureAwait(false);
        return Answers.Of(outcome, store.Current, type);
    }
}
