using Fabric.Packets.Addresses;
using Fabric.Packets.Ethernet;

namespace Fabric.Packets.Printing;

/// <summary>A frame for people: one line for each layer, down through tags and tunnels to the innermost payload. Never throws.</summary>
public static class PacketPrinter
{
    private const int MaxDepth = 4;

    public static string Print(ReadOnlySpan<byte> frame)
    {
        var text = new PacketText();
        PrintFrame(text, frame);
        return text.ToString();
    }

    internal static void PrintFrame(PacketText text, ReadOnlySpan<byte> frame)
    {
        if (!EthernetView.TryParse(frame, out var ethernet))
        {
            text.Line("Ethernet", $"cut short at {frame.Length} bytes");
            return;
        }

        text.Line("Ethernet", $"{ethernet.Source} > {ethernet.Destination}, {Name(ethernet.EtherType)}, {frame.Length} bytes");
        PrintPayload(text, ethernet.EtherType, ethernet.Payload);
    }

    internal static void PrintInner(PacketText text, EtherType type, ReadOnlySpan<byte> payload)
    {
        if (text.Depth >= MaxDepth)
        {
            text.Line("Payload", $"{payload.Length} bytes");
            return;
        }

        text.Depth++;
        if (type == EtherType.TransparentEthernetBridging)
        {
            PrintFrame(text, payload);
        }
        else
        {
            PrintPayload(text, type, payload);
        }

        text.Depth--;
    }

    private static void PrintPayload(PacketText text, EtherType type, ReadOnlySpan<byte> payload)
    {
        while (type is EtherType.Vlan or EtherType.ServiceVlan)
        {
            if (!VlanView.TryParse(payload, out var vlan))
            {
                text.Line("VLAN", "cut short");
                return;
            }

            text.Line("VLAN", $"{vlan.Tag}, {Name(vlan.EtherType)}");
            type = vlan.EtherType;
            payload = vlan.Payload;
        }

        switch (type)
        {
            case EtherType.Arp:
                PrintArp(text, payload);
                break;
            case EtherType.Ipv4:
                IpPrinter.PrintIpv4(text, payload);
                break;
            case EtherType.Ipv6:
                IpPrinter.PrintIpv6(text, payload);
                break;
            default:
                text.Line("Payload", $"{payload.Length} bytes");
                break;
        }
    }

    private static void PrintArp(PacketText text, ReadOnlySpan<byte> payload)
    {
        if (!ArpView.TryParse(payload, out var arp))
        {
            text.Line("ARP", "malformed, or not for IPv4 over Ethernet");
            return;
        }

        text.Line("ARP", arp.Operation switch
        {
            ArpOperation.Request => $"who has {arp.TargetAddress}? tell {arp.SenderAddress} ({arp.SenderMac})",
            ArpOperation.Reply => $"{arp.SenderAddress} is at {arp.SenderMac}, to {arp.TargetAddress} ({arp.TargetMac})",
            _ => $"operation {(int)arp.Operation}, {arp.SenderAddress} ({arp.SenderMac}) to {arp.TargetAddress} ({arp.TargetMac})",
        });
    }

    private static string Name(EtherType type) => type switch
    {
        EtherType.Ipv4 => "IPv4",
        EtherType.Ipv6 => "IPv6",
        EtherType.Arp => "ARP",
        EtherType.Vlan => "802.1Q",
        EtherType.ServiceVlan => "802.1ad",
        < (EtherType)0x0600 => $"802.2 length {(ushort)type}",
        _ => $"type 0x{(ushort)type:x4}",
    };
}
