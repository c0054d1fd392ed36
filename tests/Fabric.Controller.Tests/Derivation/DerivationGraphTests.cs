using Fabric.Controller.Derivation;

namespace Fabric.Controller.Tests.Derivation;

internal sealed class DerivationGraphTests
{
    private readonly DerivationGraph _graph = new();
    private readonly Source<string, int> _numbers;
    private readonly Derived<string, int> _parity;
    private readonly Derived<string, string> _words;
    private readonly List<string> _heard = [];

    public DerivationGraphTests()
    {
        _numbers = new Source<string, int>(_graph, 0);
        _parity = new Derived<string, int>(_graph, key => _numbers[key] % 2);
        _words = new Derived<string, string>(_graph, key => _parity[key] == 0 ? "even" : "odd")
        {
            Changed = (key, word) => _heard.Add($"{key} {word}"),
        };
    }

    [Test]
    public void An_observer_hears_of_a_value_that_differs()
    {
        _words.Observe("a");
        _graph.Settle();
        _numbers.Set("a", 1);
        _graph.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "a even", "a odd" }));
    }

    [Test]
    public void A_change_that_comes_to_the_same_goes_no_further()
    {
        _words.Observe("a");
        _graph.Settle();
        long before = _graph.Evaluations;
        _numbers.Set("a", 2);
        _graph.Settle();
        Assert.That(_heard, Is.EqualTo(new[] { "a even" }));
        Assert.That(_graph.Evaluations - before, Is.EqualTo(1), "parity was computed, the word was not");
    }

    [Test]
    public void What_nothing_depends_on_costs_nothing()
    {
        _words.Observe("a");
        _graph.Settle();
        long before = _graph.Evaluations;
        _numbers.Set("b", 1);
        _graph.Settle();
        Assert.That(_graph.Evaluations, Is.EqualTo(before));
    }

    [Test]
    public void What_a_value_no_longer_reads_no_longer_concerns_it()
    {
        var either = new Derived<string, int>(_graph, _ => _numbers["switch"] == 0 ? _numbers["left"] : _numbers["right"]);
        either.Observe("");
        _graph.Settle();
        _numbers.Set("switch", 1);
        _graph.Settle();
        long before = _graph.Evaluations;
        _numbers.Set("left", 7);
        _graph.Settle();
        Assert.That(_graph.Evaluations, Is.EqualTo(before));
        _numbers.Set("right", 8);
        _graph.Settle();
        Assert.That(either[""], Is.EqualTo(8));
    }

    [Test]
    public void A_forgotten_value_is_computed_no_more()
    {
        _words.Observe("a");
        _graph.Settle();
        _words.Forget("a");
        long before = _graph.Evaluations;
        _numbers.Set("a", 1);
        _graph.Settle();
        Assert.That(_graph.Evaluations, Is.EqualTo(before));
    }

    [Test]
    public void An_inverse_index_follows_what_each_key_selects()
    {
        var index = new InverseIndex(_graph, key => Sets.Empty.Add(_words[key]));
        index.Include("a");
        index.Include("b");
        _numbers.Set("b", 1);
        _graph.Settle();
        Assert.That(index["even"], Is.EqualTo(new[] { "a" }));
        Assert.That(index["odd"], Is.EqualTo(new[] { "b" }));
        _numbers.Set("a", 3);
        _graph.Settle();
        Assert.That(index["odd"], Is.EqualTo(new[] { "a", "b" }));
        index.Exclude("b");
        _graph.Settle();
        Assert.That(index["odd"], Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public void A_value_that_depends_on_itself_is_refused()
    {
        Derived<string, int>? circle = null;
        circle = new Derived<string, int>(_graph, key => circle![key] + 1);
        Assert.That(() => circle["a"], Throws.InvalidOperationException);
    }
}
