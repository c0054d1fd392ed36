namespace Fabric.NodeOvs.Ovsdb.Monitors;

/// <summary>How changes are told: whole rows (RFC 7047, section 4.1.6, "update"), or differences (ovsdb-server(7), "update2").</summary>
internal enum MonitorForm
{
    Rows,
    Differences,
}
