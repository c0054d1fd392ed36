using System.CommandLine;
using System.Text.Json.Nodes;
using Fabric.Lab.Hosting;

namespace Fabric.Lab.Commands;

/// <summary>`fabric fault`: orders a manager to misbehave, by name and for whom it is meant; the manager knows the names.</summary>
internal static class FaultCommand
{
    private const string Path = "/fabric/v1/faults";

    public static Command Create()
    {
        var fault = new Command("fault", "Misbehaviour on order, to test a client of the manager.");
        fault.Subcommands.Add(Add());
        fault.Subcommands.Add(List());
        fault.Subcommands.Add(Kinds());
        fault.Subcommands.Add(Remove());
        return fault;
    }

    private static Command Add()
    {
        var login = new ManagerLogin();
        var output = OutputOption.Create();
        var name = new Argument<string>("name") { Description = "Of the fault; `fabric fault kinds` lists them" };
        var path = new Option<string?>("--path") { Description = "Which requests, or which intent; * stands for anything" };
        var methods = new Option<string[]>("--method") { Description = "Which methods; may be repeated" };
        var type = new Option<string?>("--type") { Description = "The type that the path leads to, such as Segment" };
        var client = new Option<string?>("--client") { Description = "A user's name, or the address that the request comes from" };
        var count = new Option<long?>("--count") { Description = "How often it strikes; none: until it is removed" };
        var probability = new Option<double?>("--probability") { Description = "Of striking a request that fits, from 0 to 1" };
        var seed = new Option<long?>("--seed") { Description = "Of the chance: the same seed, the same fate" };
        var delay = new Option<long?>("--delay-ms") { Description = "Passed before it strikes" };
        var seconds = new Option<long?>("--seconds") { Description = "How far search lags" };
        var code = new Option<long?>("--error-code") { Description = "Another code than the usual one" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be ordered" };
        var add = new Command("add", "Order a fault.") { name, path, methods, type, client, count, probability, seed, delay, seconds, code, dryRun, output };
        login.AddTo(add);
        add.SetAction(async (parsed, cancellation) =>
        {
            var order = new JsonObject { ["name"] = parsed.GetValue(name) };
            Put(order, "path", parsed.GetValue(path));
            Put(order, "resource_type", parsed.GetValue(type));
            Put(order, "client", parsed.GetValue(client));
            Put(order, "count", parsed.GetValue(count));
            Put(order, "probability", parsed.GetValue(probability));
            Put(order, "seed", parsed.GetValue(seed));
            Put(order, "delay_ms", parsed.GetValue(delay));
            Put(order, "seconds", parsed.GetValue(seconds));
            Put(order, "error_code", parsed.GetValue(code));
            if (parsed.GetValue(methods) is { Length: > 0 } words)
            {
                order["methods"] = new JsonArray([.. words.Select(word => JsonValue.Create(word.ToUpperInvariant()))]);
            }

            if (parsed.GetValue(dryRun))
            {
                Console.WriteLine(order.ToJsonString());
                return 0;
            }

            using var manager = login.Open(parsed);
            var made = await manager.PostAsync(Path, order, cancellation).ConfigureAwait(false);
            Console.WriteLine(parsed.GetValue(output) == OutputForm.Json ? made.ToJsonString() : $"fault {made["id"]}: {made["name"]}");
            return 0;
        });
        return add;
    }

    private static Command List()
    {
        var login = new ManagerLogin();
        var output = OutputOption.Create();
        var list = new Command("list", "The faults that stand, and how often each has struck.") { output };
        login.AddTo(list);
        list.SetAction(async (parsed, cancellation) =>
        {
            using var manager = login.Open(parsed);
            var all = (JsonArray)(await manager.GetAsync(Path, cancellation).ConfigureAwait(false))["results"]!;
            if (parsed.GetValue(output) == OutputForm.Json)
            {
                Console.WriteLine(all.ToJsonString());
            }
            else
            {
                Print(["id", "name", "path", "client", "fired", "of"], all.Select(order => new[] { Text(order!, "id"), Text(order!, "name"), Text(order!, "path"), Text(order!, "client"), Text(order!, "fired"), Text(order!, "count") }));
            }

            return 0;
        });
        return list;
    }

    private static Command Kinds()
    {
        var login = new ManagerLogin();
        var output = OutputOption.Create();
        var kinds = new Command("kinds", "Every fault that there is, and what a client sees of it.") { output };
        login.AddTo(kinds);
        kinds.SetAction(async (parsed, cancellation) =>
        {
            using var manager = login.Open(parsed);
            var all = (JsonArray)(await manager.GetAsync("/fabric/v1/fault-kinds", cancellation).ConfigureAwait(false))["results"]!;
            if (parsed.GetValue(output) == OutputForm.Json)
            {
                Console.WriteLine(all.ToJsonString());
            }
            else
            {
                Print(["name", "strikes", "what the client meets"], all.Select(kind => new[] { Text(kind!, "name"), Text(kind!, "place"), Text(kind!, "description") }));
            }

            return 0;
        });
        return kinds;
    }

    private static Command Remove()
    {
        var login = new ManagerLogin();
        var id = new Argument<string?>("id") { Description = "Of the fault", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Every fault" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed" };
        var remove = new Command("remove", "End a fault.") { id, all, dryRun };
        login.AddTo(remove);
        remove.SetAction(async (parsed, cancellation) =>
        {
            string? which = parsed.GetValue(id);
            if ((which is null) != parsed.GetValue(all))
            {
                throw new UsageException("name one fault by its id, or say --all");
            }

            if (parsed.GetValue(dryRun))
            {
                Console.WriteLine(which is null ? "would remove every fault" : $"would remove fault {which}");
                return 0;
            }

            using var manager = login.Open(parsed);
            await manager.DeleteAsync(which is null ? Path : $"{Path}/{Uri.EscapeDataString(which)}", cancellation).ConfigureAwait(false);
            Console.WriteLine(which is null ? "no fault stands" : $"fault {which} is over");
            return 0;
        });
        return remove;
    }

    private static void Put<T>(JsonObject order, string field, T? value)
    {
        if (value is not null)
        {
            order[field] = JsonValue.Create(value);
        }
    }

    private static string Text(JsonNode row, string field) => row[field]?.ToString() ?? "-";

    private static void Print(string[] head, IEnumerable<string[]> rows)
    {
        foreach (string line in Columns.Align([head, .. rows]))
        {
            Console.WriteLine(line);
        }
    }
}
