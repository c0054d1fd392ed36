namespace Fabric.Controller.Derivation;

/// <summary>A family of computed values, one per key, computed when first asked for and again when what they read has changed.</summary>
internal sealed class Derived<TKey, TValue>(
    DerivationGraph graph, Func<TKey, TValue> compute, IEqualityComparer<TValue>? comparer = null)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Memo> _memos = [];
    private readonly IEqualityComparer<TValue> _comparer = comparer ?? EqualityComparer<TValue>.Default;

    /// <summary>Hears of every observed value that differs after <see cref="DerivationGraph.Settle"/>.</summary>
    public Action<TKey, TValue>? Changed { get; set; }

    /// <summary>Indexes are settled before the outputs that read them.</summary>
    public bool FeedsIndex { get; init; }

    public TValue this[TKey key]
    {
        get
        {
            var memo = MemoOf(key);
            graph.Reading?.Read(memo);
            memo.Refresh();
            return memo.Value;
        }
    }

    /// <summary>Keeps a value current from now on. Observations are counted.</summary>
    public void Observe(TKey key)
    {
        var memo = MemoOf(key);
        memo.Observers++;
        if (memo.Observers == 1)
        {
            graph.Enqueue(memo, FeedsIndex);
        }
    }

    public void Forget(TKey key)
    {
        if (_memos.TryGetValue(key, out var memo) && memo.Observers > 0 && --memo.Observers == 0)
        {
            memo.Release();
        }
    }

    private Memo MemoOf(TKey key)
    {
        if (!_memos.TryGetValue(key, out var memo))
        {
            memo = new Memo(this, key);
            _memos[key] = memo;
        }

        return memo;
    }

    private sealed class Memo(Derived<TKey, TValue> owner, TKey key) : DerivedCell(owner.Graph)
    {
        private bool _computed;
        private bool _released;

        public TValue Value { get; private set; } = default!;

        public int Observers { get; set; }

        protected override bool IsObserved => Observers > 0;

        protected override bool FeedsIndex => owner.FeedsIndex;

        protected override bool IsReleased => _released;

        public void Release() => ReleaseIfUnused();

        public override string ToString() => $"{typeof(TValue).Name} of {key}";

        protected override bool Compute()
        {
            var value = owner.Compute(key);
            if (_computed && owner._comparer.Equals(Value, value))
            {
                return false;
            }

            _computed = true;
            Value = value;
            return true;
        }

        protected override void Announce()
        {
            if (Observers > 0 && !_released)
            {
                owner.Changed?.Invoke(key, Value);
            }
        }

        protected override void ReleaseIfUnused()
        {
            if (!HasReaders && Observers == 0 && !_released)
            {
                _released = true;
                owner._memos.Remove(key);
                Detach();
            }
        }
    }

    private DerivationGraph Graph => graph;

    private TValue Compute(TKey key) => compute(key);
}
