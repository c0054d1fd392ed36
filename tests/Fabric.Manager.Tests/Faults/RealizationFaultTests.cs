using Fabric.Manager.Catalog.Policy.Networking;
using Fabric.Manager.Faults;
using Fabric.Manager.Realization;

namespace Fabric.Manager.Tests.Faults;

internal sealed class RealizationFaultTests
{
    private static readonly Segment Late = new() { Id = "late", Path = "/infra/segments/late" };

    [Test]
    public void An_intent_stays_unrealized_while_the_fault_stands()
    {
        var book = new FaultBook();
        Assert.That(book.Of(Late), Is.Null);
        var order = book.Add(new FaultOrder { Name = "realization-pending", Path = "/infra/segments/*" }, FaultCatalogue.Find("realization-pending")!);
        Assert.That(book.Of(Late), Is.EqualTo(RealizationFault.Pending));
        Assert.That(book.Of(Late), Is.EqualTo(RealizationFault.Pending));
        Assert.That(book.Of(Late with { Path = "/infra/tier-1s/late" }), Is.Null);
        book.Remove(order.Id);
        Assert.That(book.Of(Late), Is.Null);
    }

    [Test]
    public void An_intent_fails_as_often_as_ordered_and_heals()
    {
        var book = new FaultBook();
        book.Add(new FaultOrder { Name = "reserved-range", ResourceType = "Segment", Count = 2, ErrorCode = 508_135 }, FaultCatalogue.Find("reserved-range")!);
        Assert.That(book.Of(Late)?.Error?.Code, Is.EqualTo(508_135));
        Assert.That(book.Of(Late)?.Error?.Code, Is.EqualTo(508_135));
        Assert.That(book.Of(Late), Is.Null);
    }
}
