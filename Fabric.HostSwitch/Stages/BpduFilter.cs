using Fabric.HostSwitch.Pipeline;
using Fabric.Packets.Addresses;

namespace Fabric.HostSwitch.Stages;

/// <summary>Keeps a VM's bridge protocols out of the fabric (reference: nsx-dataplane.md, 3.4).</summary>
internal sealed class BpduFilter : IStage
{
    public string Name => "bpdu-filter";

    public Verdict Run(ref Frame frame)
    {
        var destination = frame.Destination;
        if (!destination.IsGroup && destination.Value >> 24 != 0x00E02B)
        {
            return Verdict.Continue;
        }

        var security = frame.Port!.Security;
        return security.BpduFilter && IsBpdu(destination) && !security.AllowsBpdu(destination)
            ? Verdict.Drop(DropReason.BpduFilter)
            : Verdict.Continue;
    }

    private static bool IsBpdu(MacAddress mac) => mac.Value switch
    {
        >= 0x0180_C200_0000 and <= 0x0180_C200_000F => true, // IEEE 802.1D
        0x00E0_2B00_0000 or 0x00E0_2B00_0004 or 0x00E0_2B00_0006 => true, // Extreme
        0x0100_0C00_0000 or 0x0100_0CCC_CCCC or 0x0100_0CCC_CCCD or 0x0100_0CCD_CDCD => true, // Cisco
        >= 0x0100_0CCC_CCC0 and <= 0x0100_0CCC_CCC7 => true,
        _ => false,
    };
}
