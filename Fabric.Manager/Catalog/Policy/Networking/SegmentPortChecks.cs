using Fabric.Manager.Errors;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Catalog.Policy.Networking;

/// <summary>Checks of segment ports: one port per VIF, and a child's parent and tag.</summary>
internal static class SegmentPortChecks
{
    public static Checked<SegmentPort> Complete(WriteScope scope, SegmentPort? before, SegmentPort port)
        => CheckAttachment(scope, ResourceKey.Of(port), port.Attachment) is { } error ? error : port;

    public static ApiError? CheckAttachment(WriteScope scope, ResourceKey port, PortAttachment? attachment)
    {
        if (attachment?.Id is not { Length: > 0 } vif)
        {
            return null;
        }

        if (scope.Model.HolderOf(SegmentPort.VifOf(vif)) is { } holder && holder != port)
        {
            return NetworkErrors.VifTaken(vif, holder.Id);
        }

        return attachment.Type != "CHILD" ? null
            : attachment.ContextId is null ? ApiErrors.Field("attachment.context_id may not be null for a CHILD: it names the VIF of the parent")
            : attachment.TrafficTag is null ? ApiErrors.Field("attachment.traffic_tag may not be null for a CHILD: it tells its frames from the parent's")
            : null;
    }
}
