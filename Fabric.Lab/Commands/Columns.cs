namespace Fabric.Lab.Commands;

/// <summary>Rows of text under one another, each column as wide as its widest cell.</summary>
internal static class Columns
{
    public static IEnumerable<string> Align(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
