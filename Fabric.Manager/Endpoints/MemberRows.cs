using System.Text.Json.Nodes;
using Fabric.Contracts.V1;
using Fabric.Manager.Catalog;
using Fabric.Manager.Catalog.Policy;
using Fabric.Manager.Grouping;
using Fabric.Manager.Storage;

namespace Fabric.Manager.Endpoints;

/// <summary>Members of groups as both APIs list them.</summary>
internal static class MemberRows
{
    private const string RealizedMachines = "/infra/realized-state/enforcement-points/default/virtual-machines";

    public static JsonObject Vif(VifPresent vif) => new()
    {
        ["resource_type"] = "VirtualNetworkInterface",
        ["display_name"] = vif.Device,
        ["external_id"] = vif.VifId,
        ["lport_attachment_id"] = vif.VifId,
        ["mac_address"] = vif.Mac.Mac(),
        ["host_id"] = vif.NodeId,
        ["device_key"] = vif.Device,
        ["device_name"] = vif.Device,
        ["owner_vm_id"] = vif.VmId,
        ["owner_vm_type"] = "REGULAR",
        ["vm_local_id_on_host"] = vif.VmId,
    };

    /// <summary>A machine as the Manager API knows it.</summary>
    public static JsonObject Machine(EffectiveMembers members, string id) => Machine(members.Model, id, members.Inventory.NameOf(id), HostOf(members, id));

    public static JsonObject Machine(FabricModel model, string id, string? name, string? host) => new()
    {
        ["resource_type"] = "VirtualMachine",
        ["display_name"] = name,
        ["external_id"] = id,
        ["host_id"] = host,
        ["local_id_on_host"] = id,
        ["compute_ids"] = new JsonArray($"externalId:{id}"),
        ["power_state"] = "VM_RUNNING", // a machine is known by a vnic that is plugged
        ["type"] = "REGULAR",
        ["tags"] = TagsOf(model, id),
    };

    /// <summary>The same as the Policy API knows it.</summary>
    public static JsonObject RealizedMachine(EffectiveMembers members, string id) => new()
    {
        ["resource_type"] = "RealizedVirtualMachine",
        ["id"] = id,
        ["display_name"] = members.Inventory.NameOf(id),
        ["path"] = $"{RealizedMachines}/{id}",
        ["relative_path"] = id,
        ["parent_path"] = "/infra/realized-state/enforcement-points/default",
        ["state"] = "REALIZED",
        ["host_id"] = HostOf(members, id),
        ["local_id_on_host"] = id,
        ["compute_ids"] = new JsonArray($"externalId:{id}"),
        ["power_state"] = "VM_RUNNING",
        ["tags"] = TagsOf(members.Model, id),
    };

    /// <summary>A policy object as a member.</summary>
    public static JsonObject Details(PolicyResource resource) => new() { ["id"] = resource.Id, ["display_name"] = resource.DisplayName, ["path"] = resource.Path };

    /// <summary>A Manager object as a member of a policy group: by the path of its intent, if it has one.</summary>
    public static JsonObject Details(ManagedResource resource) => new() { ["id"] = resource.Id, ["display_name"] = resource.DisplayName, ["path"] = resource.IntentPath ?? resource.Id };

    /// <summary>A Manager object as a member of an NSGroup.</summary>
    public static JsonObject Reference(ManagedResource resource) => new()
    {
        ["target_id"] = resource.Id,
        ["target_display_name"] = resource.DisplayName,
        ["target_type"] = resource.ResourceType,
        ["is_valid"] = true,
    };

    /// <summary>A policy object that another belongs to.</summary>
    public static JsonObject PathReference(PolicyResource resource) => new()
    {
        ["path"] = resource.Path,
        ["target_id"] = resource.Path,
        ["target_display_name"] = resource.DisplayName,
        ["target_type"] = resource.ResourceType,
        ["is_valid"] = true,
    };

    private static string? HostOf(EffectiveMembers members, string machine) => members.Inventory.VifsOf(machine).Select(vif => vif.NodeId).FirstOrDefault();

    private static JsonArray TagsOf(FabricModel model, string machine)
        => [.. (model.Find<VirtualMachineTags>(machine)?.Tags ?? []).Select(tag => new JsonObject { ["scope"] = tag.Scope, ["tag"] = tag.Value })];
}
