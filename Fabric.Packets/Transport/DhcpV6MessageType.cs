namespace Fabric.Packets.Transport;

/// <summary>DHCPv6 message types: the first byte of the payload of UDP between ports 546 and 547 (RFC 8415, section 7.3).</summary>
public enum DhcpV6MessageType : byte
{
    Solicit = 1,
    Advertise = 2,
    Request = 3,
    Confirm = 4,
    Renew = 5,
    Rebind = 6,
    Reply = 7,
    Release = 8,
    Decline = 9,
    Reconfigure = 10,
    InformationRequest = 11,
    RelayForward = 12,
    RelayReply = 13,
}
