using System.Diagnostics;
using System.Net.NetworkInformation;
using Fabric.Packets.Addresses;
using Microsoft.Extensions.Logging;

namespace Fabric.HostSwitch.Agent;

/// <summary>The tunnel endpoints' addresses on the uplink device: adds those that are missing, and takes away only what it added.</summary>
internal sealed class UplinkAddresses(ILogger<UplinkAddresses> logger)
{
    private readonly Lock _turn = new();
    private readonly Dictionary<IpPrefix, string> _added = [];

    /// <summary>Whether the device has the address now. False: there is no such device, or it took no address.</summary>
    public bool Ensure(string device, IpPrefix address)
    {
        lock (_turn)
        {
            if (FindDevice(device) is not { } present)
            {
                return false;
            }

            if (Has(present, address.Address))
            {
                return true;
            }

            string[] options = address.Address.IsIpv4 ? [] : ["nodad"]; // an endpoint must be usable at once
            if (RunIp(["addr", "add", address.ToString(), "dev", device, .. options]) is { } failure)
            {
                logger.AddressNotAdded(address.ToString(), device, failure);
                return false;
            }

            _added[address] = device;
            logger.AddressAdded(address.ToString(), device);
            return true;
        }
    }

    /// <summary>Takes away the addresses that were added here and are wanted no more.</summary>
    public void Retain(IReadOnlyCollection<IpAddress> wanted)
    {
        lock (_turn)
        {
            foreach (var (address, device) in _added.Where(added => !wanted.Contains(added.Key.Address)).ToList())
            {
                RunIp(["addr", "del", address.ToString(), "dev", device]);
                _added.Remove(address);
            }
        }
    }

    private static NetworkInterface? FindDevice(string name)
        => Array.Find(NetworkInterface.GetAllNetworkInterfaces(), device => device.Name == name);

    private static bool Has(NetworkInterface device, IpAddress address)
    {
        foreach (var unicast in device.GetIPProperties().UnicastAddresses)
        {
            if (IpAddress.TryRead(unicast.Address.GetAddressBytes(), out var own) && own == address)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Null: done; else what the system answered.</summary>
    private static string? RunIp(string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
            string said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : said.Trim();
        }
        catch (System.ComponentModel.Win32Exception absent)
        {
            return absent.Message;
        }
    }
}
