using System.Globalization;
using System.Text.Json.Nodes;
using Fabric.Manager.Catalog;
using Fabric.Manager.Endpoints;
using Fabric.Manager.Errors;
using Fabric.Manager.Realization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Fabric.Manager.Faults;

/// <summary>What NSX-T does not have, for people who test their client: faults on order, and the journal of requests. Below /fabric/v1.</summary>
internal static class FaultEndpoints
{
    public static IServiceCollection AddFaults(this IServiceCollection services)
    {
        services.AddSingleton<FaultBook>();
        services.AddSingleton<IRealizationFaults>(provider => provider.GetRequiredService<FaultBook>());
        services.AddSingleton<FaultGate>();
        services.AddSingleton<RequestJournal>();
        return services;
    }

    public static void MapFaults(this IEndpointRouteBuilder app)
    {
        var fabric = app.MapGroup("/fabric/v1");
        fabric.MapGet("/faults", (FaultBook book) => Answers.Ok(Listed(book.All())));
        fabric.MapPost("/faults", AddAsync);
        fabric.MapDelete("/faults", (FaultBook book) =>
        {
            book.Clear();
            return Answers.Empty();
        });
        fabric.MapGet("/faults/{id}", (FaultBook book, string id)
            => book.All().FirstOrDefault(order => order.Id == id) is { } found ? Answers.Ok(found) : Answers.Error(ApiErrors.NotFound("Fault", id)));
        fabric.MapDelete("/faults/{id}", (FaultBook book, string id) => book.Remove(id) ? Answers.Empty() : Answers.Error(ApiErrors.NotFound("Fault", id)));
        fabric.MapGet("/fault-kinds", () => Answers.Ok(new JsonObject
        {
            ["results"] = new JsonArray([.. FaultCatalogue.All.Select(kind => new JsonObject
            {
                ["name"] = kind.Name,
                ["place"] = kind.Place.ToString().ToLowerInvariant(),
                ["description"] = kind.Description,
            })]),
        }));
        fabric.MapGet("/requests", Requests);
        fabric.MapDelete("/requests", (RequestJournal journal) =>
        {
            journal.Clear();
            return Answers.Empty();
        });
    }

    private static JsonObject Listed(IReadOnlyList<FaultOrder> orders)
        => new() { ["results"] = new JsonArray([.. orders.Select(ResourceJson.ToWire)]), ["result_count"] = orders.Count };

    private static async Task<IResult> AddAsync(HttpContext context, FaultBook book)
    {
        var (order, error) = await context.ReadAsync<FaultOrder>().ConfigureAwait(false);
        if (order is null)
        {
            return Answers.Error(error!);
        }

        return FaultCatalogue.Find(order.Name) is not { } kind
            ? Answers.Error(ApiErrors.NoSuchFault(order.Name, FaultCatalogue.All.Where(each => each.Place != FaultPlace.Nowhere).Select(each => each.Name)))
            : kind.Place == FaultPlace.Nowhere ? Answers.Error(ApiErrors.FaultNotHere(kind.Name, kind.Description))
            : order.Probability is < 0 or > 1 ? Answers.Error(ApiErrors.Field("probability must be between 0 and 1"))
            : Answers.Ok(book.Add(order, kind), 201);
    }

    /// <summary>Selected by user, method, status, path (a star stands for anything) and what came after an id; the newest last.</summary>
    private static JsonAnswer Requests(HttpContext context, RequestJournal journal)
    {
        var chosen = journal.All().AsEnumerable();
        if (context.Query("user") is { } user)
        {
            chosen = chosen.Where(entry => entry.User == user);
        }

        if (context.Query("method") is { } method)
        {
            chosen = chosen.Where(entry => entry.Method.Equals(method, StringComparison.OrdinalIgnoreCase));
        }

        if (context.Query("path") is { } path)
        {
            string[] pieces = path.Split('*');
            chosen = chosen.Where(entry => Fits(entry.Path, pieces));
        }

        if (context.Query("status") is { } status)
        {
            chosen = chosen.Where(entry => entry.Status.ToString(CultureInfo.InvariantCulture) == status);
        }

        if (long.TryParse(context.Query("after"), NumberStyles.None, CultureInfo.InvariantCulture, out long after))
        {
            chosen = chosen.Where(entry => entry.Id > after);
        }

        var all = chosen.ToList();
        return Answers.Ok(new JsonObject
        {
            ["results"] = new JsonArray([.. all.Select(ResourceJson.ToWire)]),
            ["result_count"] = all.Count,
        });
    }

    private static bool Fits(string path, string[] pieces)
    {
        if (pieces.Length == 1)
        {
            return path == pieces[0];
        }

        int at = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            int found = i == 0 ? (path.StartsWith(pieces[0], StringComparison.Ordinal) ? 0 : -1)
                : i == pieces.Length - 1 ? (path.Length - pieces[i].Length >= at && path.EndsWith(pieces[i], StringComparison.Ordinal) ? path.Length - pieces[i].Length : -1)
                : path.IndexOf(pieces[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + pieces[i].Length;
        }

        return true;
    }
}
