namespace Fabric.Packets.Ethernet;

/// <summary>What is wrong with a frame that no stage should look at.</summary>
public enum FrameMalformation : byte
{
    None = 0,

    /// <summary>Shorter than an Ethernet header.</summary>
    TooShort,

    /// <summary>Longer than any frame the fabric carries.</summary>
    TooLong,

    /// <summary>A VLAN tag is cut short.</summary>
    TruncatedVlanTag,

    /// <summary>An ARP packet is cut short or not for IPv4 over Ethernet.</summary>
    BadArp,

    /// <summary>The IP header is cut short.</summary>
    TruncatedIpHeader,

    /// <summary>The version is not the one the EtherType promises.</summary>
    BadIpVersion,

    /// <summary>The IPv4 header length is below 20 or beyond the packet.</summary>
    BadIpHeaderLength,

    /// <summary>The stated length is below the header's or beyond the frame.</summary>
    BadIpTotalLength,

    /// <summary>The IPv4 header checksum does not add up.</summary>
    BadIpChecksum,

    /// <summary>A fragment that ends beyond 65535 bytes, or a middle one whose length is no multiple of eight.</summary>
    BadFragment,

    /// <summary>IPv6 extension headers are cut short, repeat, or are too many.</summary>
    BadExtensionHeaders,

    /// <summary>The transport header is cut short, or states a length that cannot be.</summary>
    BadTransportLength,
}
