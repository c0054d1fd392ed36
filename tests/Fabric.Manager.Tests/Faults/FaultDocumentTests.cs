using Fabric.Manager.Faults;

namespace Fabric.Manager.Tests.Faults;

/// <summary>docs/faults.md has every fault of the catalogue.</summary>
internal sealed class FaultDocumentTests
{
    [Test]
    public void The_document_names_every_fault()
        => WrittenDocs.Hold("faults.md", "faults", nameof(FaultDocumentTests), "\n| name | what the client meets | strikes |\n|---|---|---|\n"
            + string.Concat(FaultCatalogue.All.Select(kind => $"| `{kind.Name}` | {kind.Description} | {Where(kind)} |\n")) + "\n");

    private static string Where(FaultKind kind) => kind.Place switch
    {
        FaultPlace.Nowhere => "cannot be ordered",
        FaultPlace.Request => kind.Methods.Count == 0 ? "requests" : string.Join(", ", kind.Methods),
        FaultPlace.Connection => "the connection",
        FaultPlace.Answer => "the answer",
        FaultPlace.Search => "searches",
        _ => "intents",
    };
}
