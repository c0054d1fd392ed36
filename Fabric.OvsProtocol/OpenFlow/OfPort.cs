namespace Fabric.OvsProtocol.OpenFlow;

/// <summary>Port numbers with a meaning of their own (OpenFlow 1.3.5, section 7.2.1).</summary>
public static class OfPort
{
    public const uint InPort = 0xFFFFFFF8;
    public const uint Table = 0xFFFFFFF9;
    public const uint Normal = 0xFFFFFFFA;
    public const uint Flood = 0xFFFFFFFB;
    public const uint All = 0xFFFFFFFC;
    public const uint Controller = 0xFFFFFFFD;
    public const uint Local = 0xFFFFFFFE;
    public const uint Any = 0xFFFFFFFF;

    private static readonly (string Name, uint Number)[] Names =
    [
        ("IN_PORT", InPort), ("TABLE", Table), ("NORMAL", Normal), ("FLOOD", Flood), ("ALL", All),
        ("CONTROLLER", Controller), ("LOCAL", Local), ("ANY", Any),
    ];

    /// <summary>The name of a port with a meaning, else its number.</summary>
    public static string Describe(uint port) => Array.Find(Names, each => each.Number == port).Name ?? port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out uint port)
    {
        var named = Array.Find(Names, each => each.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
        port = named.Number;
        return named.Name is not null || uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out port);
    }
}
