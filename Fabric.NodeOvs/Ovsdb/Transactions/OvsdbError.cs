using System.Text.Json;

namespace Fabric.NodeOvs.Ovsdb.Transactions;

/// <summary>Why an operation or a transaction is refused (RFC 7047, section 3.1, &lt;error&gt;).</summary>
internal sealed record OvsdbError(string Error, string? Details = null)
{
    public static OvsdbError Syntax(int operation, int of, string details)
        => new("syntax error", $"Parsing ovsdb operation {operation} of {of} failed: {details}");

    public static OvsdbError UnknownColumn(string column, string table) => new("unknown column", $"No column {column} in table {table}.");

    public static OvsdbError Constraint(string details) => new("constraint violation", details);

    public static OvsdbError Integrity(string details) => new("referential integrity violation", details);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Details is not null)
        {
            json.WriteString("details", Details);
        }

        json.WriteString("error", Error);
        json.WriteEndObject();
    }
}
