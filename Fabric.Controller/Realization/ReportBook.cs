using Fabric.Contracts.V1;

namespace Fabric.Controller.Realization;

/// <summary>Names what a report is about; a later one of the same subject replaces it.</summary>
internal readonly record struct ReportSubject(RuntimeReport.ReportOneofCase Kind, string Id, string Node = "");

/// <summary>
/// The latest report of every subject, and which of them the manager has yet to hear. An end is told once and then forgotten. A manager that is slow or away costs nothing
/// but memory for the subjects themselves.
/// </summary>
internal sealed class ReportBook
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ReportSubject, RuntimeReport> _latest = [];
    private readonly HashSet<ReportSubject> _news = [];
    private TaskCompletionSource _written = NewSignal();
    private bool _open;

    /// <summary>From now on what the book holds is worth telling: hosts have had their time to report.</summary>
    public void Open()
    {
        lock (_lock)
        {
            _open = true;
            _written.TrySetResult();
        }
    }

    public void Write(ReportSubject subject, RuntimeReport report)
    {
        lock (_lock)
        {
            if (_latest.TryGetValue(subject, out var known) && known.Equals(report))
            {
                return;
            }

            _latest[subject] = report;
            _news.Add(subject);
            _written.TrySetResult();
        }
    }

    /// <summary>Forgets a subject without a word: a report of another subject has told of its end.</summary>
    public void Drop(ReportSubject subject)
    {
        lock (_lock)
        {
            _latest.Remove(subject);
            _news.Remove(subject);
        }
    }

    /// <summary>Everything that stands, for a manager that has just connected.</summary>
    public IReadOnlyList<RuntimeReport> TakeAll()
    {
        lock (_lock)
        {
            foreach (var subject in _latest.Where(pair => IsFarewell(pair.Value)).Select(pair => pair.Key).ToArray())
            {
                _latest.Remove(subject);
            }

            _news.Clear();
            return [.. _latest.Values];
        }
    }

    /// <summary>What has changed since the last taking; empty when nothing has.</summary>
    public IReadOnlyList<RuntimeReport> TakeNews()
    {
        lock (_lock)
        {
            var news = _news.Select(subject => _latest[subject]).ToArray();
            foreach (var subject in _news.Where(subject => IsFarewell(_latest[subject])).ToArray())
            {
                _latest.Remove(subject);
            }

            _news.Clear();
            return news;
        }
    }

    /// <summary>Ends when the book is open and there is news to take.</summary>
    public async Task WaitAsync(bool forNews, CancellationToken stop)
    {
        while (true)
        {
            Task signal;
            lock (_lock)
            {
                if (_open && (!forNews || _news.Count > 0))
                {
                    return;
                }

                if (_written.Task.IsCompleted)
                {
                    _written = NewSignal();
                }

                signal = _written.Task;
            }

            await signal.WaitAsync(stop);
        }
    }

    private static bool IsFarewell(RuntimeReport report) => report.ReportCase switch
    {
        RuntimeReport.ReportOneofCase.VifGone => true,
        RuntimeReport.ReportOneofCase.Port => report.Port.Gone,
        RuntimeReport.ReportOneofCase.SwitchTables => report.SwitchTables.Gone,
        RuntimeReport.ReportOneofCase.Realization => report.Realization.Gone,
        _ => false,
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
