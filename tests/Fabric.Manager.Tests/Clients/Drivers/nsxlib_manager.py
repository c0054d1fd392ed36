"""The Manager API through vmware-nsxlib 14: what OpenStack's plugin does with it, and how it takes a refusal."""
import sys
import uuid

import nsxlib_connection
from steps import Steps, equal, true
from vmware_nsxlib import v3
from vmware_nsxlib.v3 import exceptions, nsx_constants

url, password = sys.argv[1:3]
steps = Steps()
TAGS = [{"scope": "os-project-id", "tag": "driver"}]
nsx = steps("start: session, version, tag limits", lambda: v3.NsxLib(nsxlib_connection.settings(url, "admin", password, allow_overwrite_header=True)))
if nsx is None:
    steps.done()

steps("version", lambda: true(nsx.get_version() >= "3.0.0", nsx.get_version()))
steps("tag limits as the manager describes them", lambda: equal((nsx.tag_limits.scope_length, nsx.tag_limits.tag_length, nsx.tag_limits.max_tags), (128, 256, 30), "limits"))
steps("keep-alive", lambda: true(nsx.cluster.endpoints and all(e.state == "UP" for e in nsx.cluster.endpoints.values()), "an endpoint is not up"))


def session_is_renewed():
    """A session whose token is wrong is answered 403 with error 98: the library's keep-alive opens another."""
    for endpoint in nsx.cluster.endpoints.values():
        with endpoint.pool.item() as connection:
            connection.default_headers["X-XSRF-TOKEN"] = "00000000-0000-0000-0000-000000000000"
        nsx.cluster._validate(endpoint)  # what its timer does
    true(nsx.transport_zone.list()["results"], "no transport zones")


steps("a session with a wrong token is opened again", session_is_renewed)
zones = nsx.transport_zone.list()["results"]
overlay = next(z["id"] for z in zones if z["transport_type"] == "OVERLAY")
vlan = next(z["id"] for z in zones if z["transport_type"] == "VLAN")
steps("transport zone: type", lambda: equal(nsx.transport_zone.get_transport_type(overlay), "OVERLAY", "type"))
steps("transport zone: host switch mode", lambda: nsx.transport_zone.get_host_switch_mode(overlay))
steps("transport zone: id by name", lambda: equal(nsx.transport_zone.get_id_by_name_or_id(next(z["display_name"] for z in zones if z["id"] == overlay)), overlay, "id"))

# --- switches and ports
switch = steps("logical switch: create", lambda: nsx.logical_switch.create("lib-net", overlay, TAGS)["id"])
vlan_switch = steps("VLAN logical switch: create", lambda: nsx.logical_switch.create("lib-vlan", vlan, TAGS, vlan_id=33)["id"])
steps("logical switch: get", lambda: equal(nsx.logical_switch.get(switch)["display_name"], "lib-net", "display_name"))
steps("logical switch: update", lambda: equal(nsx.logical_switch.update(switch, name="lib-net-2", admin_state=False)["admin_state"], "DOWN", "admin_state"))
steps("logical switch: find by name", lambda: equal(nsx.logical_switch.get_id_by_name_or_id("lib-net-2"), switch, "id"))
spoofguard = steps("SpoofGuard profile: create", lambda: nsx.switching_profile.create_spoofguard_profile("lib-spoofguard", "made by the driver", whitelist_ports=True, tags=TAGS)["id"])
dhcp_filter = steps("switch security profile: create", lambda: nsx.switching_profile.create_dhcp_profile("lib-security", "made by the driver", tags=TAGS)["id"])
learning = steps("MAC learning profile: create", lambda: nsx.switching_profile.create_mac_learning_profile("lib-learning", "made by the driver", tags=TAGS)["id"])
qos = steps("QoS profile: create", lambda: nsx.qos_switching_profile.create(TAGS, name="lib-qos", description="made by the driver")["id"])
steps("QoS profile: shape", lambda: nsx.qos_switching_profile.update_shaping(qos, shaping_enabled=True, burst_size=1000, peak_bandwidth=100, average_bandwidth=50, qos_marking="untrusted", dscp=10, direction=nsx_constants.EGRESS))
steps("switching profiles: find by name", lambda: equal([p["id"] for p in nsx.switching_profile.find_by_display_name("lib-spoofguard")], [spoofguard], "ids"))


def port(vif, **more):
    return nsx.logical_port.create(switch, vif, tags=TAGS, name="lib-port", **more)


vif = str(uuid.uuid4())
port_id = steps("logical port: create", lambda: port(vif, switch_profile_ids=nsx.switching_profile.build_switch_profile_ids(nsx.switching_profile, spoofguard, dhcp_filter))["id"])
steps("logical port: bind addresses", lambda: equal(nsx.logical_port.update(port_id, vif, address_bindings=[v3.resources.PacketAddressClassifier("10.50.0.5", "00:50:56:aa:00:05", None)])["address_bindings"][0]["ip_address"], "10.50.0.5", "ip"))
steps("logical port: by attachment", lambda: equal([p["id"] for p in nsx.logical_port.get_by_attachment("VIF", vif)["results"]], [port_id], "ids"))
steps("logical port: by switch", lambda: true(port_id in [p["id"] for p in nsx.logical_port.get_by_logical_switch(switch)["results"]], "the port is not among the switch's"))
child = steps("child port: create", lambda: port(str(uuid.uuid4()), parent_vif_id=vif, traffic_tag=12, vif_type="CHILD", app_id="pod-1")["id"])
steps("logical port: several by one tag", lambda: true({port_id, child} <= {p["id"] for p in nsx.search_by_tags(TAGS, resource_type="LogicalPort")["results"]}, "search by tags lacks a port"))
steps("search: by attribute", lambda: equal([r["id"] for r in nsx.search_resource_by_attributes("LogicalSwitch", display_name="lib-net-2")["results"]], [switch], "ids"))
steps("search: everything by tags, in pages", lambda: true(len(nsx.search_all_by_tags(TAGS)) >= 8, "fewer than were made"))

# --- routers
edge_cluster = steps("edge clusters", lambda: nsx.edge_cluster.list()["results"])
tier0 = steps("tier-0: create", lambda: nsx.logical_router.create("lib-t0", TAGS, edge_cluster_uuid=edge_cluster[0]["id"] if edge_cluster else None, tier_0=True)["id"])
tier1 = steps("tier-1: create", lambda: nsx.logical_router.create("lib-t1", TAGS, edge_cluster_uuid=edge_cluster[0]["id"] if edge_cluster else None)["id"])
steps("routers: link tier-1 to tier-0", lambda: nsx.router.add_router_link_port(tier1, tier0, TAGS))
steps("routers: link port by router", lambda: true(nsx.logical_router_port.get_tier1_link_port(tier1)["linked_logical_router_port_id"]["target_id"], "no linked port"))
router_port = steps("router interface: create", lambda: nsx.router.create_logical_router_intf_port_by_ls_id(tier1, "lib-downlink", TAGS, switch, nsx.logical_port.create(switch, None, tags=TAGS, name="lib-router-port", attachment_type=None)["id"], [{"ip_addresses": ["10.50.0.1"], "prefix_length": 24}])["id"])
steps("router interface: by switch", lambda: equal(nsx.logical_router_port.get_by_lswitch_id(switch)["id"], router_port, "id"))
steps("router: advertisement", lambda: nsx.router.update_advertisement(tier1, advertise_route_nat=True, advertise_route_connected=True))
steps("router: advertisement rules", lambda: nsx.logical_router.update_advertisement_rules(tier1, [{"display_name": "lib-rule", "action": "ALLOW", "networks": ["10.50.0.0/24"]}]))
snat = steps("NAT: SNAT rule", lambda: nsx.logical_router.add_nat_rule(tier1, "SNAT", "172.16.9.9", source_net="10.50.0.0/24", display_name="lib-snat", tags=TAGS)["id"])
steps("NAT: list", lambda: equal([r["id"] for r in nsx.logical_router.list_nat_rules(tier1)["results"]], [snat], "rules"))
steps("NAT: update", lambda: nsx.logical_router.update_nat_rule(tier1, snat, translated_network="172.16.9.10"))
steps("NAT: delete by values", lambda: nsx.logical_router.delete_nat_rule_by_values(tier1, match_source_network="10.50.0.0/24"))
route = steps("static route: create", lambda: nsx.logical_router.add_static_route(tier1, "192.168.50.0/24", "10.50.0.9")["id"])
steps("static route: delete by values", lambda: nsx.logical_router.delete_static_route_by_values(tier1, dest_cidr="192.168.50.0/24", nexthop="10.50.0.9"))

# --- pools, groups, firewall
pool = steps("IP pool: create", lambda: nsx.ip_pool.create("10.60.0.0/24", allocation_ranges=[{"start": "10.60.0.10", "end": "10.60.0.11"}], display_name="lib-pool", gateway_ip="10.60.0.1", tags=TAGS)["id"])
steps("IP pool: allocate", lambda: equal(nsx.ip_pool.allocate(pool)["allocation_id"], "10.60.0.10", "address"))
steps("IP pool: allocate a given address", lambda: equal(nsx.ip_pool.allocate(pool, ip_addr="10.60.0.11")["allocation_id"], "10.60.0.11", "address"))
exhausted = steps.refused("IP pool: exhausted", (exceptions.ManagerError,), nsx.ip_pool.allocate, pool)
if exhausted:
    steps("IP pool: exhausted is 5109", lambda: equal(exhausted.error_code, 5109, "error_code"))
steps("IP pool: allocations", lambda: equal(len(nsx.ip_pool.get_allocations(pool)["results"]), 2, "allocations"))
steps("IP pool: release", lambda: [nsx.ip_pool.release(pool, a) for a in ("10.60.0.10", "10.60.0.11")])
block = steps("IP block: create", lambda: nsx.client.create("pools/ip-blocks", {"display_name": "lib-block", "cidr": "10.70.0.0/16"}))
if block:
    subnet = steps("IP block: cut a subnet", lambda: nsx.ip_block_subnet.create(block["id"], 64))
    steps("IP block: subnets", lambda: equal(nsx.ip_block_subnet.list(block["id"])["results"][0]["cidr"], "10.70.0.0/26", "cidr"))
    steps("IP block: give the subnet back", lambda: nsx.ip_block_subnet.delete(subnet["id"]))
    steps("IP block: delete", lambda: nsx.client.delete("pools/ip-blocks/" + block["id"]))
ip_set = steps("IP set: create", lambda: nsx.ip_set.create("lib-ips", "made by the driver", ip_addresses=["10.80.0.0/24"], tags=TAGS)["id"])
steps("IP set: add an address", lambda: nsx.ip_set.update(ip_set, ip_addresses=["10.80.0.0/24", "10.81.0.1"]))
group = steps("NS group: create with criteria", lambda: nsx.ns_group.create("lib-group", "made by the driver", TAGS, membership_criteria=nsx.ns_group.get_port_tag_expression("app", "web"))["id"])
steps("NS group: add a member", lambda: nsx.ns_group.add_members(group, "IPSet", [ip_set]))
steps("NS group: remove the member", lambda: nsx.ns_group.remove_member(group, "IPSet", ip_set, verify=True))
section = steps("firewall section: create", lambda: nsx.firewall_section.create_empty("lib-section", "made by the driver", [], TAGS, operation="insert_top")["id"])
rule = steps("firewall rule: add", lambda: nsx.firewall_section.add_rule(nsx.firewall_section.get_rule_dict("lib-rule", sources=[nsx.firewall_section.get_nsgroup_reference(group)], action="ALLOW", logged=True), section))
steps("firewall rules: add several", lambda: nsx.firewall_section.add_rules([nsx.firewall_section.get_rule_dict(f"lib-{n}", action="DROP") for n in range(3)], section, operation="insert_bottom"))
steps("firewall rules: list", lambda: equal(len(nsx.firewall_section.get_rules(section)["results"]), 4, "rules"))
steps("firewall section: update with rules", lambda: nsx.firewall_section.update(section, display_name="lib-section-2", rules=[nsx.firewall_section.get_rule_dict("lib-only", action="REJECT")]))
steps("firewall rules: replaced", lambda: equal([r["display_name"] for r in nsx.firewall_section.get_rules(section)["results"]], ["lib-only"], "rules"))
steps("firewall: default section is first of a name", lambda: nsx.firewall_section.list())
steps("firewall: exclude list", lambda: nsx.firewall_section.get_excludelist())

# --- DHCP, load balancer, certificates
if edge_cluster:
    profile = steps("DHCP profile: create", lambda: nsx.client.create("dhcp/server-profiles", {"display_name": "lib-dhcp", "edge_cluster_id": edge_cluster[0]["id"]}))
    if profile:
        server = steps("DHCP server: create", lambda: nsx.dhcp_server.create(profile["id"], "10.50.0.2/24", name="lib-dhcp", dns_nameservers=["10.9.9.9"], domain_name="lab.example", gateway_ip="10.50.0.1", tags=TAGS))
        steps("DHCP binding: create", lambda: nsx.dhcp_server.create_binding(server["id"], "00:50:56:aa:00:06", "10.50.0.6", hostname="six", lease_time=3600))
        steps("DHCP server: delete", lambda: nsx.dhcp_server.delete(server["id"]))
        steps("DHCP profile: delete", lambda: nsx.native_dhcp_profile.delete(profile["id"]))
lb = nsx.load_balancer
app = steps("LB application profile: create", lambda: lb.application_profile.create(display_name="lib-http", resource_type="LbHttpProfile", tags=TAGS)["id"])
monitor = steps("LB monitor: create", lambda: lb.monitor.create(display_name="lib-monitor", resource_type="LbHttpMonitor", request_url="/health", tags=TAGS)["id"])
lb_pool = steps("LB pool: create", lambda: lb.pool.create(display_name="lib-pool", tags=TAGS)["id"])
steps("LB pool: monitor", lambda: lb.pool.add_monitor_to_pool(lb_pool, monitor))
virtual = steps("LB virtual server: create", lambda: lb.virtual_server.create(display_name="lib-vs", ip_protocol="TCP", ip_address="10.50.9.1", ports=["80"], application_profile_id=app, pool_id=lb_pool, tags=TAGS)["id"])
service = steps("LB service: create", lambda: lb.service.create(display_name="lib-lb", size="SMALL", tags=TAGS)["id"])
steps("LB service: add the virtual server", lambda: lb.service.add_virtual_server(service, virtual))
steps("LB service: delete", lambda: lb.service.delete(service))
for name, api, ident in (("virtual server", lb.virtual_server, virtual), ("pool", lb.pool, lb_pool), ("monitor", lb.monitor, monitor), ("application profile", lb.application_profile, app)):
    steps(f"LB {name}: delete", api.delete, ident)
steps("certificates: list", lambda: nsx.trust_management.get_certs())
steps("principal identities: list", lambda: nsx.trust_management.get_identities("nobody"))
steps("virtual machines: none by that name", lambda: equal(nsx.virtual_machine.get_by_display_name("no-such")["results"], [], "results"))
steps("VIFs: none of that machine", lambda: equal(nsx.vif.get_by_owner_vm_id("no-such")["results"], [], "results"))
steps("global routing: IPv6 on", lambda: nsx.global_routing.enable_ipv6())
steps("global routing: IPv6 off", lambda: nsx.global_routing.disable_ipv6())

# --- refusals
steps.refused("404: ResourceNotFound", (exceptions.ResourceNotFound,), nsx.logical_switch.get, "no-such")


def stale():
    body = nsx.client.get("logical-switches/" + switch)
    nsx.client.update("logical-switches/" + switch, body)
    nsx.client.update("logical-switches/" + switch, body)


steps.refused("412: StaleRevision", (exceptions.StaleRevision,), stale)
steps.refused("400: BadRequest names the field", (exceptions.ManagerError,), nsx.client.create, "logical-switches", {"display_name": "bad"})
steps.refused("400: a section that rules of others would break stays", (exceptions.ManagerError,), nsx.client.delete, "ns-groups/no-such-group")
steps.refused("403: wrong password", (exceptions.ManagerError,), lambda: v3.NsxLib(nsxlib_connection.settings(url, "admin", password + "x")).transport_zone.list())

# --- and away with it
steps("firewall section: delete", lambda: nsx.firewall_section.delete(section))
steps("NS group: delete", lambda: nsx.ns_group.delete(group))
steps("IP set: delete", lambda: nsx.ip_set.delete(ip_set))
steps("IP pool: delete", lambda: nsx.ip_pool.delete(pool))
steps("router interface: delete", lambda: nsx.logical_router_port.delete(router_port))
steps("routers: unlink", lambda: nsx.router.remove_router_link_port(tier1))
steps("tier-1: delete", lambda: nsx.logical_router.delete(tier1))
steps("tier-0: delete", lambda: nsx.logical_router.delete(tier0))
steps("child port: delete", lambda: nsx.logical_port.delete(child))
steps("logical port: delete", lambda: nsx.logical_port.delete(port_id))
steps("logical switch: delete with its ports", lambda: nsx.logical_switch.delete(switch))
steps("VLAN logical switch: delete", lambda: nsx.logical_switch.delete(vlan_switch))
for ident in (spoofguard, dhcp_filter, learning):
    steps("switching profile: delete", nsx.switching_profile.delete, ident)
steps("QoS profile: delete", nsx.qos_switching_profile.delete, qos)
steps.done()
