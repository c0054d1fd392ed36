"""The Manager API through the NSX Python SDK: objects created, read, changed, listed and deleted, and refused as documented."""
import sys
import uuid

from com.vmware.nsx.model_client import *  # noqa: F403 the models, one for each type
from builtins import type  # the models' module brings a `type` of its own
from com.vmware.vapi.std.errors_client import ConcurrentChange, Error, InvalidRequest, NotFound, Unauthenticated, Unauthorized

import sdk_connection
from sdk_connection import field
from steps import Steps, equal, true

url, password = sys.argv[1:3]
steps = Steps()
client = sdk_connection.manager(url, "admin", password)
made = {}


def typed(value, kind):
    return value.convert_to(kind) if not isinstance(value, kind) else value


def create(service, model):
    model = model() if callable(model) else model
    model.tags = [Tag(scope="sdk", tag="round-trip")]
    created = typed(service.create(model), type(model))
    true(created.id, "there is no id")
    equal(created.revision, 0, "_revision after creation")
    got = typed(service.get(created.id), type(model))
    equal(got.display_name, model.display_name, "display_name")
    equal([(t.scope, t.tag) for t in got.tags], [("sdk", "round-trip")], "tags")
    return got


def change(service, kind, ident):
    got = typed(service.get(ident), kind)
    got.description = "changed"
    after = typed(service.update(ident, got), kind)
    equal(after.revision, got.revision + 1, "_revision after PUT")
    equal(after.description, "changed", "description")
    try:
        service.update(ident, got)
    except (ConcurrentChange, Error) as error:
        equal(error.data.convert_to(ApiError).error_code, 206, "error_code of a stale revision")
    else:
        raise AssertionError("a stale _revision was accepted")


def listed(service, ident):
    page = service.list(page_size=1)
    total, seen = page.result_count, list(page.results)
    while page.cursor:
        page = service.list(cursor=page.cursor, page_size=1)
        seen += page.results
    equal(len(seen), total, "results over all pages against result_count")
    true(ident in [field(r, "id") for r in seen], f"{ident} is not listed")


def gone(service, ident):
    try:
        service.get(ident)
    except NotFound:
        return
    raise AssertionError("it is still there")


def object_(name, service, model):
    got = steps(f"{name}: create and read", create, service, model)
    if got:
        made[name] = got.id
        steps(f"{name}: change, stale", change, service, type(got), got.id)
        steps(f"{name}: list in pages", listed, service, got.id)
    return got and got.id


steps("node", lambda: true(client.Node.get().node_version, "no node_version"))
zones = steps("transport zones", lambda: [typed(z, TransportZone) for z in client.TransportZones.list().results]) or []
overlay = next(z.id for z in zones if z.transport_type == "OVERLAY")
vlan = next(z.id for z in zones if z.transport_type == "VLAN")

object_("transport zone", client.TransportZones, TransportZone(display_name="sdk-zone", transport_type="OVERLAY"))
object_("IP pool", client.pools.IpPools, IpPool(display_name="sdk-pool", subnets=[IpPoolSubnet(cidr="10.90.0.0/24", allocation_ranges=[IpPoolRange(start="10.90.0.10", end="10.90.0.12")])]))
object_("IP block", client.pools.IpBlocks, IpBlock(display_name="sdk-block", cidr="10.91.0.0/16"))
object_("switching profile", client.SwitchingProfiles, SpoofGuardSwitchingProfile(display_name="sdk-spoofguard", white_list_providers=["LPORT_BINDINGS"]))
object_("logical switch", client.LogicalSwitches, LogicalSwitch(display_name="sdk-switch", transport_zone_id=overlay, admin_state="UP", replication_mode="MTEP"))
object_("VLAN logical switch", client.LogicalSwitches, LogicalSwitch(display_name="sdk-vlan", transport_zone_id=vlan, admin_state="UP", vlan=7))
object_("logical port", client.LogicalPorts, lambda: LogicalPort(display_name="sdk-port", logical_switch_id=made["logical switch"], admin_state="UP", attachment=LogicalPortAttachment(attachment_type="VIF", id=str(uuid.uuid4())), address_bindings=[PacketAddressClassifier(ip_address="10.92.0.5", mac_address="00:50:56:00:00:05")]))
object_("tier-1 logical router", client.LogicalRouters, LogicalRouter(display_name="sdk-t1", router_type="TIER1"))
object_("router port's switch port", client.LogicalPorts, lambda: LogicalPort(display_name="sdk-router-port", logical_switch_id=made["logical switch"], admin_state="UP"))
object_("router downlink", client.LogicalRouterPorts, lambda: LogicalRouterDownLinkPort(display_name="sdk-downlink", logical_router_id=made["tier-1 logical router"], linked_logical_switch_port_id=ResourceReference(target_id=made["router port's switch port"], target_type="LogicalPort"), subnets=[IPSubnet(ip_addresses=["10.92.0.1"], prefix_length=24)]))
object_("IP set", client.IpSets, IPSet(display_name="sdk-ips", ip_addresses=["10.93.0.0/24"]))
object_("NS group", client.NsGroups, lambda: NSGroup(display_name="sdk-group", membership_criteria=[NSGroupTagExpression(target_type="LogicalPort", scope="app", tag="web")], members=[NSGroupSimpleExpression(target_type="IPSet", target_property="id", op="EQUALS", value=made["IP set"])]))
object_("NS service", client.NsServices, NSService(display_name="sdk-service", nsservice_element=L4PortSetNSService(l4_protocol="TCP", destination_ports=["8080"])))
object_("firewall section", client.firewall.Sections, FirewallSection(display_name="sdk-section", section_type="LAYER3", stateful=True))


def rules():
    section = made["firewall section"]
    rule = client.firewall.sections.Rules.create(section, FirewallRule(display_name="web", action="ALLOW", revision=client.firewall.Sections.get(section).revision,
        sources=[ResourceReference(target_id=made["NS group"], target_type="NSGroup")],
        services=[FirewallService(target_id=made["NS service"], target_type="NSService")]))
    true(rule.id, "the rule has no id")
    equal([r.id for r in client.firewall.sections.Rules.list(section).results], [rule.id], "rules of the section")


def allocation():
    pool = made["IP pool"]
    taken = client.pools.IpPools.allocateorrelease(pool, AllocationIpAddress(), action="ALLOCATE")
    equal(taken.allocation_id, "10.90.0.10", "first address")
    client.pools.IpPools.allocateorrelease(pool, AllocationIpAddress(allocation_id="10.90.0.10"), action="RELEASE")


steps("firewall rules", rules)
steps("address: allocate and release", allocation)
missing = steps.refused("404: no such switch", (NotFound,), client.LogicalSwitches.get, "no-such")
steps("404: error body", lambda: true(missing.data.convert_to(ApiError).error_code in (202, 600), "error_code"))
steps.refused("400: a required field is missing", (InvalidRequest,), client.LogicalSwitches.create, LogicalSwitch(display_name="sdk-bad", admin_state="UP"))
steps.refused("400: a switch with ports is not deleted", (InvalidRequest,), client.LogicalSwitches.delete, made.get("logical switch", "no"))
steps.refused("403: wrong password", (Unauthorized, Unauthenticated), sdk_connection.manager(url, "admin", password + "x").LogicalSwitches.list)

SERVICES = {"transport zone": client.TransportZones, "IP pool": client.pools.IpPools, "IP block": client.pools.IpBlocks, "switching profile": client.SwitchingProfiles,
            "logical switch": client.LogicalSwitches, "VLAN logical switch": client.LogicalSwitches, "logical port": client.LogicalPorts,
            "tier-1 logical router": client.LogicalRouters, "router port's switch port": client.LogicalPorts, "router downlink": client.LogicalRouterPorts,
            "IP set": client.IpSets, "NS group": client.NsGroups, "NS service": client.NsServices, "firewall section": client.firewall.Sections}


def delete(service, ident, **how):
    service.delete(ident, **how)
    gone(service, ident)


for name in reversed(list(made)):
    how = {"cascade": True} if name == "firewall section" else {"detach": True} if name in ("logical port", "router port's switch port") else {}
    steps(f"{name}: delete", delete, SERVICES[name], made[name], **how)
steps.done()
