using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Ipam;
using Fabric.Manager.Errors;
using Fabric.Manager.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Fabric.Manager.Endpoints;

/// <summary>Addresses of an IP pool or of a subnet of a block on request: ALLOCATE, RELEASE, and the list of what is out.</summary>
internal static class PoolEndpoints
{
    public static void MapPools(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pools/ip-pools/{id}", (HttpContext context, ResourceWriter writer, string id) => ActAsync(context, writer, nameof(IpPool), id, model => model.Find<IpPool>(id)));
        api.MapPost("/pools/ip-subnets/{id}", (HttpContext context, ResourceWriter writer, string id)
            => ActAsync(context, writer, nameof(IpBlockSubnet), id, model => model.Find<IpBlockSubnet>(id) is { } subnet ? IpBlockChecks.AsPool(subnet) : null));
        api.MapGet("/pools/ip-pools/{id}/allocations", List);
    }

    private static async Task<IResult> ActAsync(HttpContext context, ResourceWriter writer, string kind, string id, Func<FabricModel, IpPool?> find)
    {
        string? action = context.Query("action");
        if (action is not ("ALLOCATE" or "RELEASE"))
        {
            return Answers.Error(context.UnknownAction());
        }

        var (given, error) = await context.ReadAsync<AllocationIpAddress>().ConfigureAwait(false);
        if (given is null)
        {
            return Answers.Error(error!);
        }

        string? wanted = given.AllocationId;
        var outcome = await writer.ChangeAsync(
            context.Caller(),
            scope => find(scope.Model) is not { } pool ? ApiErrors.NotFound(kind, id)
                : action == "ALLOCATE" ? Allocate(scope, pool, wanted) : Release(scope, pool, wanted),
            context.RequestAborted).ConfigureAwait(false);
        return outcome switch
        {
            WriteOutcome.Stored { Resource: AllocationIpAddress allocated } => Answers.Ok(Shown(allocated)),
            WriteOutcome.Refused refused => Answers.Error(refused.Error),
            _ => Answers.Empty(),
        };
    }

    private static WriteOutcome Allocate(WriteScope scope, IpPool pool, string? wanted)
    {
        var (address, error) = AddressPools.Take(scope, pool, wanted);
        return address is null
            ? error!
            : scope.Put(new AllocationIpAddress { Id = AddressPools.IdOf(pool.Id, address.Ip), AllocationId = address.Ip, PoolId = pool.Id, DisplayName = address.Ip });
    }

    private static WriteOutcome Release(WriteScope scope, IpPool pool, string? wanted)
    {
        if (wanted is null)
        {
            return ApiErrors.Field("allocation_id may not be null for action RELEASE");
        }

        string ip = Packets.Addresses.IpAddress.Parse(wanted).ToString();
        if (scope.Model.Find<AllocationIpAddress>(AddressPools.IdOf(pool.Id, ip)) is not { FreeAt: null })
        {
            return ApiErrors.NotAllocated(pool.Id, wanted);
        }

        AddressPools.GiveBack(scope, pool.Id, ip);
        return new WriteOutcome.Stored(new AllocationIpAddress { AllocationId = ip });
    }

    private static JsonAnswer List(HttpContext context, ResourceWriter writer, string id)
    {
        var (request, error) = ListRequest.Read(context.Request.Query);
        if (request is null)
        {
            return Answers.Error(error!);
        }

        var model = writer.Current;
        return model.Find<IpPool>(id) is null
            ? Answers.Error(ApiErrors.NotFound(nameof(IpPool), id))
            : Answers.List(
                [.. AddressPools.Allocated(model, id).Select(ip => model.Find<AllocationIpAddress>(AddressPools.IdOf(id, ip)) ?? new AllocationIpAddress { Id = ip, AllocationId = ip })
                    .Select(Shown).OrderBy(address => Packets.Addresses.IpAddress.Parse(address.AllocationId!))],
                request);
    }

    private static AllocationIpAddress Shown(AllocationIpAddress allocated) => allocated with { Id = allocated.AllocationId ?? "" };
}
