using Fabric.Lab.Topology;
using Fabric.Packets.Addresses;

namespace Fabric.Lab.Pods;

/// <summary>What a lab's pods can be asked to do, whether they are namespaces or simulated.</summary>
internal interface IPods
{
    Task<PodAnswer> PingAsync(LabPod from, IpAddress to, CancellationToken cancellation);

    Task<PodAnswer> GetAsync(LabPod from, Uri url, CancellationToken cancellation);

    /// <summary>Sends datagrams from an address that is not the pod's.</summary>
    Task<PodAnswer> SpoofAsync(LabPod from, IpAddress source, IpAddress to, int count, CancellationToken cancellation);
}
