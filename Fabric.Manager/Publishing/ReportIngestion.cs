using Fabric.Contracts.V1;
using Case = Fabric.Contracts.V1.RuntimeReport.ReportOneofCase;

namespace Fabric.Manager.Publishing;

/// <summary>
/// Takes the reports of one connection. Between begin and end they gather aside, and then replace what the controller had said
/// before: so readers never meet a half-told fabric.
/// </summary>
internal sealed class ReportIngestion(RuntimeState state)
{
    private RuntimeView? _gathering;

    public void Take(RuntimeReport report)
    {
        switch (report.ReportCase)
        {
            case Case.Begin:
                _gathering = RuntimeView.Empty;
                break;
            case Case.End when _gathering is { } whole:
                state.Change(report.ControllerId, _ => whole);
                _gathering = null;
                break;
            default:
                if (_gathering is not null)
                {
                    _gathering = _gathering.With(report);
                }
                else
                {
                    state.Change(report.ControllerId, view => view.With(report), report.VifPresent?.VifId ?? report.VifGone?.VifId);
                }

                break;
        }
    }
}
