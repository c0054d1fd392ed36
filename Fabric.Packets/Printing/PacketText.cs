using System.Text;

namespace Fabric.Packets.Printing;

/// <summary>Lines of a printed packet: a layer's name, what it says, indented by how many frames it lies within.</summary>
internal sealed class PacketText
{
    private const int NameWidth = 9;
    private readonly StringBuilder _text = new();

    /// <summary>Frames around the present one.</summary>
    public int Depth { get; set; }

    public void Line(string layer, string facts)
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        _text.Append(' ', Depth * 2).Append(layer.PadRight(NameWidth)).Append(' ').Append(facts);
    }

    public override string ToString() => _text.ToString();
}
