using System.Text.RegularExpressions;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Errors;
using Fabric.Manager.Realization;

namespace Fabric.Manager.Faults;

/// <summary>
/// The faults that are ordered now, in the order they came; the first that fits strikes. In memory only: a manager that starts is well. The
/// random choices of an order come from its seed, so that the same requests meet the same fate.
/// </summary>
internal sealed class FaultBook : IRealizationFaults
{
    private readonly Lock _turn = new();
    private readonly List<Standing> _orders = [];
    private int _last;
    private int _count;

    /// <summary>Without a look at any lock: nearly always nothing is ordered.</summary>
    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    public IReadOnlyList<FaultOrder> All()
    {
        lock (_turn)
        {
            return [.. _orders.Select(standing => standing.Shown)];
        }
    }

    public FaultOrder Add(FaultOrder order, FaultKind kind)
    {
        lock (_turn)
        {
            var standing = new Standing(order with { Id = $"{++_last}" }, kind);
            _orders.Add(standing);
            Volatile.Write(ref _count, _orders.Count);
            return standing.Shown;
        }
    }

    public bool Remove(string id) => RemoveAll(standing => standing.Shown.Id == id) > 0;

    public void Clear() => RemoveAll(_ => true);

    /// <summary>The fault that strikes this request at one of these places, and has thereby struck once more.</summary>
    public (FaultOrder Order, FaultKind Kind)? Strike(FaultTarget target, params ReadOnlySpan<FaultPlace> places)
    {
        lock (_turn)
        {
            foreach (var standing in _orders)
            {
                if (places.Contains(standing.Kind.Place) && standing.Fits(target) && standing.Fires())
                {
                    return (standing.Shown, standing.Kind);
                }
            }
        }

        return null;
    }

    public RealizationFault? Of(PolicyResource intent)
    {
        if (IsEmpty || Strike(new FaultTarget("", intent.Path, intent.ResourceType, null, null), FaultPlace.Realization) is not var (order, kind))
        {
            return null;
        }

        return kind.Error is { } error ? new RealizationFault(Coded(error(intent.Path), order)) : RealizationFault.Pending;
    }

    public static ApiError Coded(ApiError error, FaultOrder order) => order.ErrorCode is { } code ? error with { Code = (int)code } : error;

    private int RemoveAll(Predicate<Standing> which)
    {
        lock (_turn)
        {
            int removed = _orders.RemoveAll(which);
            Volatile.Write(ref _count, _orders.Count);
            return removed;
        }
    }

    /// <summary>An order with what has become of it.</summary>
    private sealed class Standing
    {
        private readonly Regex? _path;
        private readonly Random? _chance;

        public Standing(FaultOrder order, FaultKind kind)
        {
            Shown = order;
            Kind = kind;
            _path = order.Path is null ? null : new Regex($"^{Regex.Escape(order.Path).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
            _chance = order.Probability is null ? null : new Random((int)(order.Seed ?? 1));
        }

        public FaultOrder Shown { get; private set; }

        public FaultKind Kind { get; }

        public bool Fits(FaultTarget target)
        {
            if (Shown.Count is { } count && Shown.Fired >= count)
            {
                return false;
            }

            var methods = Shown.Methods ?? (Kind.Methods.Count > 0 ? Kind.Methods : null);
            return (_path is null || _path.IsMatch(target.Path))
                && (Kind.Place == FaultPlace.Realization || methods is null || methods.Contains(target.Method))
                && (Shown.ResourceType is null || Shown.ResourceType == target.ResourceType)
                && (Shown.Client is null || Shown.Client == target.User || Shown.Client == target.Address);
        }

        public bool Fires()
        {
            if (_chance is not null && _chance.NextDouble() >= Shown.Probability)
            {
                return false;
            }

            Shown = Shown with { Fired = Shown.Fired + 1 };
            return true;
        }
    }
}

/// <summary>What a fault may strike: a request or an intent.</summary>
internal sealed record FaultTarget(string Method, string Path, string? ResourceType, string? User, string? Address);
