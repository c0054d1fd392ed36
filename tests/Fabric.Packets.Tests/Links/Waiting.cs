using Fabric.Packets.Links;
using Fabric.TestKit;

namespace Fabric.Packets.Tests.Links;

/// <summary>Waits on descriptors, for as long as it takes but a few seconds, until enough of what a test looks for has come.</summary>
internal static class Waiting
{
    private const int Turns = 50;
    private const int TurnMs = 100;

    public static List<byte[]> ReceiveUntil(this ILink link, int count, Func<byte[], bool> isWanted)
    {
        using var poller = new LinkPoller();
        poller.Add(link.Descriptor, 0);
        var wanted = new List<byte[]>();
        for (int turn = 0; turn < Turns && wanted.Count < count; turn++)
        {
            _ = poller.Wait(TurnMs);
            wanted.AddRange(link.ReceiveAll().Where(isWanted));
        }

        return wanted;
    }

    public static List<(byte[] Payload, TunnelPath Path)> ReceiveUntil(this ITunnelSocket socket, int count)
    {
        using var poller = new LinkPoller();
        poller.Add(socket.Descriptor, 0);
        var all = new List<(byte[], TunnelPath)>();
        for (int turn = 0; turn < Turns && all.Count < count; turn++)
        {
            _ = poller.Wait(TurnMs);
            all.AddRange(socket.ReceiveAll());
        }

        return all;
    }
}
