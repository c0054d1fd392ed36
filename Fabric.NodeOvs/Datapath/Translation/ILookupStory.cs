using Fabric.NodeOvs.Bridges;
using Fabric.NodeOvs.Datapath.Tables;
using Fabric.OvsProtocol.OpenFlow.Actions;

namespace Fabric.NodeOvs.Datapath.Translation;

/// <summary>Hears what a lookup does, step by step.</summary>
internal interface ILookupStory
{
    /// <summary>A table was looked up; null: no flow was met.</summary>
    void Looked(Bridge bridge, byte table, FlowEntry? found, int depth);

    void Does(FlowAction action, int depth);

    void Chose(GroupEntry group, BucketEntry bucket, int depth);

    void Says(string what, int depth);
}
