namespace Fabric.Packets.Captures;

/// <summary>Numbers of the classic pcap file format (draft-ietf-opsawg-pcap).</summary>
internal static class PcapFormat
{
    public const int FileHeaderLength = 24;
    public const int RecordHeaderLength = 16;
    public const uint MicrosecondMagic = 0xA1B2C3D4;
    public const uint NanosecondMagic = 0xA1B23C4D;
    public const uint BlockFileMagic = 0x0A0D0D0A; // pcapng
    public const uint EthernetLinkType = 1;
    public const int SnapLength = 262144;
}
