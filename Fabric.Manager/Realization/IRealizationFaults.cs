using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;

namespace Fabric.Manager.Realization;

/// <summary>Where somebody who tests a client makes realization late or wrong. Asked at every attempt.</summary>
internal interface IRealizationFaults
{
    /// <summary>What is to go wrong with this intent now; null: nothing.</summary>
    RealizationFault? Of(PolicyResource intent);
}

/// <summary>An ordered misfortune: with an error the intent fails with it, without one it stays unrealized.</summary>
internal sealed record RealizationFault(ApiError? Error)
{
    public static readonly RealizationFault Pending = new((ApiError?)null);
}

/// <summary>Nothing goes wrong on order.</summary>
internal sealed class NoRealizationFaults : IRealizationFaults
{
    public RealizationFault? Of(PolicyResource intent) => null;
}
