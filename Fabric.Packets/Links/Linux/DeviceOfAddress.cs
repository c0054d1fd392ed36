using System.Runtime.InteropServices;
using Fabric.Packets.Addresses;

namespace Fabric.Packets.Links.Linux;

/// <summary>Finds the network device that has an address, in the present network namespace.</summary>
internal static unsafe class DeviceOfAddress
{
    /// <exception cref="LinkException">No device has it.</exception>
    public static string Find(IpAddress address)
    {
        InterfaceAddress* first;
        _ = LinuxCalls.Check(LinuxCalls.GetInterfaceAddresses(&first), "list network devices");
        try
        {
            for (var at = first; at != null; at = at->Next)
            {
                if (at->Address == null || *(ushort*)at->Address != SocketAddress.FamilyOf(address))
                {
                    continue;
                }

                if (SocketAddress.Read(new ReadOnlySpan<byte>(at->Address, (int)SocketAddress.LengthOf(address)), out _) == address)
                {
                    return Marshal.PtrToStringUTF8((nint)at->Name)!;
                }
            }
        }
        finally
        {
            LinuxCalls.FreeInterfaceAddresses(first);
        }

        throw new LinkException($"no network device has the tunnel endpoint's address {address}");
    }
}
