"""The Policy API through vmware-nsxlib 14: what OpenStack's policy plugin and NCP do with it, transactions and search included."""
import sys
import uuid

import nsxlib_connection
from steps import Steps, equal, true
from vmware_nsxlib.v3 import exceptions
from vmware_nsxlib.v3 import policy
from vmware_nsxlib.v3.policy import transaction

url, password = sys.argv[1:3]
steps = Steps()
TAGS = [{"scope": "os-project-id", "tag": "policy-driver"}]
nsx = steps("start: session, version", lambda: policy.NsxPolicyLib(nsxlib_connection.settings(url, "admin", password, allow_overwrite_header=True, allow_passthrough=True)))
if nsx is None:
    steps.done()

zone = steps("transport zone: overlay", lambda: next(z["id"] for z in nsx.transport_zone.list("default") if z["tz_type"].startswith("OVERLAY")))
vlan = steps("transport zone: VLAN", lambda: next(z["id"] for z in nsx.transport_zone.list("default") if z["tz_type"].startswith("VLAN")))
steps("transport zone: type", lambda: true(nsx.transport_zone.get_tz_type(zone).startswith("OVERLAY"), "type"))
steps("transport zone: by name", lambda: true(nsx.transport_zone.get_id_by_name(nsx.transport_zone.get(zone)["display_name"]) == zone, "id") if hasattr(nsx.transport_zone, "get_id_by_name") else nsx.transport_zone.get_by_name(nsx.transport_zone.get(zone)["display_name"]))
edge_cluster = steps("edge cluster: path", lambda: nsx.edge_cluster.get_path(nsx.edge_cluster.list("default")[0]["id"]))

# --- domains, groups, services
domain = steps("domain: create", lambda: nsx.domain.create_or_overwrite("lib-domain", "lib-domain", tags=TAGS))
steps("domain: get", lambda: equal(nsx.domain.get("lib-domain")["display_name"], "lib-domain", "display_name"))
steps("group: by tag", lambda: nsx.group.create_or_overwrite("lib-web", "default", "lib-web", cond_val="app|web", tags=TAGS))
steps("group: by conditions", lambda: nsx.group.create_or_overwrite_with_conditions("lib-ips", "default", "lib-ips", conditions=[nsx.group.build_ip_address_expression(["10.3.0.0/24"])], tags=TAGS))
steps("group: nested", lambda: nsx.group.create_or_overwrite_with_conditions("lib-nested", "default", "lib-nested", conditions=[nsx.group.build_nested_condition(conditions=[nsx.group.build_condition(cond_val="app|db", cond_member_type="SegmentPort"), nsx.group.build_condition(cond_val="tier|gold", cond_member_type="SegmentPort")])]))
steps("group: by path", lambda: nsx.group.create_or_overwrite_with_conditions("lib-paths", "default", "lib-paths", conditions=[nsx.group.build_path_expression(["/infra/domains/default/groups/lib-web"])]))
steps("group: union", lambda: nsx.group.create_or_overwrite_with_conditions("lib-union", "default", "lib-union", conditions=nsx.group.build_union_condition(conditions=[nsx.group.build_condition(cond_val="a|b"), nsx.group.build_ip_address_expression(["10.4.0.1"])])))
steps("group: update the name alone", lambda: nsx.group.update("default", "lib-web", name="lib-web-2"))
steps("group: conditions are left", lambda: equal((nsx.group.get("default", "lib-web")["display_name"], len(nsx.group.get("default", "lib-web")["expression"])), ("lib-web-2", 1), "name and conditions"))
steps("group: by name", lambda: equal(nsx.group.get_by_name("default", "lib-web-2")["id"], "lib-web", "id"))
steps("group: realized", lambda: nsx.group.wait_until_realized("default", "lib-ips"))
steps("service: TCP", lambda: nsx.service.create_or_overwrite("lib-http", "lib-http", protocol="TCP", dest_ports=["80", "8080"], tags=TAGS))
steps("service: TCP entry is there", lambda: equal(nsx.service.get("lib-http")["service_entries"][0]["destination_ports"], ["80", "8080"], "ports"))
steps("service: update", lambda: nsx.service.update("lib-http", dest_ports=["81"], protocol="TCP"))
steps("service: ICMP", lambda: nsx.icmp_service.create_or_overwrite("lib-ping", "lib-ping", version=4, icmp_type=8))
steps("service: protocol number", lambda: nsx.ip_protocol_service.create_or_overwrite("lib-gre", "lib-gre", protocol_number=47))
steps("service: mixed", lambda: nsx.mixed_service.create_or_overwrite("lib-mixed", "lib-mixed", entries=[nsx.service.build_entry("one", "lib-mixed", "one", protocol="UDP", dest_ports=["53"]), nsx.icmp_service.build_entry("two", "lib-mixed", "two", version=6)]))
steps("service: list", lambda: true(any(s["id"] == "lib-http" for s in nsx.service.list()), "not listed"))

# --- security
steps("security policy: with entries", lambda: nsx.comm_map.create_with_entries("lib-map", "default", "lib-map", category="Application", entries=[
    nsx.comm_map.build_entry("one", "default", "lib-map", "one", sequence_number=10, source_groups=["lib-web"], dest_groups=["lib-ips"], service_ids=["lib-http"], action="ALLOW")], tags=TAGS))
steps("security policy: entry added", lambda: nsx.comm_map.create_entry("two", "default", "lib-map", "two", sequence_number=20, action="DROP", source_groups=["lib-nested"]))
steps("security policy: entry got", lambda: equal(nsx.comm_map.get_entry("default", "lib-map", "two")["action"], "DROP", "action"))
steps("security policy: entries", lambda: equal([r["id"] for r in nsx.comm_map.get("default", "lib-map")["rules"]], ["one", "two"], "rules"))
steps("security policy: update an entry", lambda: nsx.comm_map.update_entry("default", "lib-map", "two", action="REJECT"))
steps("security policy: update with entries", lambda: nsx.comm_map.update_entries("default", "lib-map", [nsx.comm_map.build_entry("three", "default", "lib-map", "three", sequence_number=30, action="ALLOW")]))
steps("security policy: delete an entry", lambda: nsx.comm_map.delete_entry("default", "lib-map", "three"))
steps("exclude list", lambda: nsx.exclude_list.get())

# --- networks
steps("tier-0: create", lambda: nsx.tier0.create_or_overwrite("lib-t0", "lib-t0", ha_mode="ACTIVE_STANDBY", tags=TAGS))
steps("tier-0: get", lambda: equal(nsx.tier0.get("lib-t0")["ha_mode"], "ACTIVE_STANDBY", "ha_mode"))
steps("tier-0: list", lambda: true("lib-t0" in [t["id"] for t in nsx.tier0.list()], "not listed"))
steps("tier-0: realized", lambda: nsx.tier0.wait_until_realized("lib-t0", entity_type="RealizedLogicalRouter"))
steps("tier-1: create", lambda: nsx.tier1.create_or_overwrite("lib-t1", "lib-t1", tier0="lib-t0", route_advertisement=nsx.tier1.build_route_advertisement(subnets=True), tags=TAGS))
steps("tier-1: advertise NAT too", lambda: nsx.tier1.update_route_advertisement("lib-t1", nat=True))
steps("tier-1: advertisement", lambda: equal(set(nsx.tier1.get("lib-t1")["route_advertisement_types"]), {"TIER1_CONNECTED", "TIER1_NAT"}, "types"))
steps("tier-1: edge cluster", lambda: nsx.tier1.set_edge_cluster_path("lib-t1", edge_cluster))
steps("tier-1: edge cluster read back", lambda: equal(nsx.tier1.get_edge_cluster_path("lib-t1"), edge_cluster, "path"))
steps("tier-1: realized, with its UUID", lambda: uuid.UUID(nsx.tier1.get_realized_id("lib-t1", entity_type="RealizedLogicalRouter", realization_info=nsx.tier1.wait_until_realized("lib-t1", entity_type="RealizedLogicalRouter"))))
steps("segment: create", lambda: nsx.segment.create_or_overwrite("lib-seg", "lib-seg", tier1_id="lib-t1", transport_zone_id=zone, subnets=[nsx.segment.build_subnet("10.44.0.1/24")], tags=TAGS))
steps("segment: VLAN", lambda: nsx.segment.create_or_overwrite("lib-vlan", "lib-vlan", transport_zone_id=vlan, vlan_ids=["44"]))
steps("segment: its logical switch", lambda: true(nsx.nsx_api.logical_switch.get(nsx.segment.get_realized_logical_switch_id("lib-seg"))["vni"], "the switch has no VNI"))
steps("segment: zone", lambda: equal(nsx.segment.get_transport_zone_id("lib-seg"), zone, "zone"))
steps("segment: update", lambda: nsx.segment.update("lib-seg", name="lib-seg-2", description="changed"))
steps("segment: subnets are left", lambda: equal(nsx.segment.get("lib-seg")["subnets"][0]["gateway_address"], "10.44.0.1/24", "gateway"))
vif = str(uuid.uuid4())
steps("segment port: create", lambda: nsx.segment_port.create_or_overwrite("lib-port", "lib-seg", "lib-port", attachment_type="PARENT", vif_id=vif, address_bindings=[nsx.segment_port.build_address_binding("10.44.0.5", "00:50:56:44:00:05")], tags=TAGS))
steps("segment port: child", lambda: nsx.segment_port.create_or_overwrite("lib-child", "lib-seg", "lib-child", attachment_type="CHILD", vif_id=str(uuid.uuid4()), app_id="pod", context_id=vif, traffic_tag=7, tags=TAGS))
steps("segment port: realized", lambda: nsx.segment_port.wait_until_realized("lib-seg", "lib-port", entity_type="RealizedLogicalPort"))
steps("segment port: bindings", lambda: equal(nsx.segment_port.get("lib-seg", "lib-port")["address_bindings"][0]["ip_address"], "10.44.0.5", "ip"))
steps("segment port: list", lambda: equal({p["id"] for p in nsx.segment_port.list("lib-seg")}, {"lib-port", "lib-child"}, "ports"))
steps("segment port: security profiles", lambda: nsx.segment_port_security_profiles.create_or_overwrite("lib-bind", "lib-seg", "lib-port", segment_security_profile_id="default-segment-security-profile", spoofguard_profile_id="default-spoofguard-profile"))
steps("segment port: discovery profiles", lambda: nsx.segment_port_discovery_profiles.create_or_overwrite("lib-bind", "lib-seg", "lib-port", mac_discovery_profile_id="default-mac-discovery-profile", ip_discovery_profile_id="default-ip-discovery-profile"))
steps("segment port: security profiles read back", lambda: true(nsx.segment_port_security_profiles.list("lib-seg", "lib-port"), "none"))
steps("tier-1: interface on a VLAN segment", lambda: nsx.tier1.add_segment_interface("lib-t1", "lib-interface", "lib-vlan", [policy.core_defs.InterfaceSubnet(["10.45.0.1"], 24)], ipv6_ndra_profile_id="default"))
steps("tier-1: interface removed", lambda: nsx.tier1.remove_segment_interface("lib-t1", "lib-interface"))
steps("NAT: SNAT", lambda: nsx.tier1_nat_rule.create_or_overwrite("lib-snat", "lib-t1", nat_rule_id="lib-snat", source_network="10.44.0.0/24", translated_network="172.16.44.1", action="SNAT", sequence_number=5, tags=TAGS))
steps("NAT: list", lambda: equal([r["id"] for r in nsx.tier1_nat_rule.list("lib-t1")], ["lib-snat"], "rules"))
steps("NAT: update", lambda: nsx.tier1_nat_rule.update("lib-t1", "lib-snat", translated_network="172.16.44.2", action="SNAT"))
steps("static route: create", lambda: nsx.tier1_static_route.create_or_overwrite("lib-route", "lib-t1", "lib-route", network="192.168.44.0/24", next_hop="10.44.0.9"))
steps("static route: get", lambda: equal(nsx.tier1_static_route.get("lib-t1", "lib-route")["next_hops"][0]["ip_address"], "10.44.0.9", "next hop"))
steps("gateway policy: with entries", lambda: nsx.gateway_policy.create_with_entries("lib-gw", "default", "lib-gw", category="LocalGatewayRules", entries=[nsx.gateway_policy.build_entry("one", "default", "lib-gw", "one", sequence_number=1, scope=["/infra/tier-1s/lib-t1"], action="ALLOW")]))
steps("gateway policy: get", lambda: equal(nsx.gateway_policy.get("default", "lib-gw")["rules"][0]["id"], "one", "rule"))

# --- addresses
steps("IP block: create", lambda: nsx.ip_block.create_or_overwrite("lib-block", "lib-block", cidr="10.66.0.0/16", tags=TAGS))
steps("IP pool: create", lambda: nsx.ip_pool.create_or_overwrite("lib-pool", "lib-pool", tags=TAGS))
steps("IP pool: static subnet", lambda: nsx.ip_pool.create_or_update_static_subnet("lib-pool", "10.67.0.0/24", [{"start": "10.67.0.10", "end": "10.67.0.12"}], "lib-static", gateway_ip="10.67.0.1"))
steps("IP pool: subnet of the block", lambda: nsx.ip_pool.allocate_block_subnet("lib-pool", "lib-block", 64, "lib-cut"))
steps("IP pool: the block subnet's CIDR", lambda: equal(nsx.ip_pool.get_ip_block_subnet_cidr("lib-pool", "lib-cut", wait=True), ["10.66.0.0/26"], "cidr"))
steps("IP pool: allocate a given address", lambda: nsx.ip_pool.allocate_ip("lib-pool", "lib-alloc", ip_address="10.67.0.11"))
steps("IP pool: allocate any", lambda: nsx.ip_pool.allocate_ip("lib-pool", "lib-any"))
steps("IP pool: the address realized", lambda: true(nsx.ip_pool.get_realized_allocated_ip("lib-pool", "lib-any", wait=True), "no address"))
steps("IP pool: allocations", lambda: equal({a["id"] for a in nsx.ip_pool.list_allocations("lib-pool")}, {"lib-alloc", "lib-any"}, "allocations"))
steps("IP pool: release", lambda: [nsx.ip_pool.release_ip("lib-pool", i) for i in ("lib-alloc", "lib-any")])
steps("IP pool: give the block subnet back", lambda: nsx.ip_pool.release_block_subnet("lib-pool", "lib-cut"))
steps("IP pool: static subnet back", lambda: nsx.ip_pool.release_static_subnet("lib-pool", "lib-static"))

# --- profiles
steps("segment security profile", lambda: nsx.segment_security_profile.create_or_overwrite("lib-sec", "lib-sec", bpdu_filter_enable=True))
steps("SpoofGuard profile", lambda: nsx.spoofguard_profile.create_or_overwrite("lib-spoof", "lib-spoof", address_binding_whitelist=True))
steps("MAC discovery profile", lambda: nsx.mac_discovery_profile.create_or_overwrite("lib-mac", "lib-mac", mac_change_enabled=True, mac_learning_enabled=False))
steps("QoS profile", lambda: nsx.qos_profile.create_or_overwrite("lib-qos", "lib-qos", class_of_service=1))
steps("IP discovery profiles", lambda: true(nsx.ip_discovery_profile.list(), "none"))
steps("NDRA profile", lambda: nsx.ipv6_ndra_profile.create_or_overwrite("lib-ndra", "lib-ndra", ra_mode="SLAAC_DNS_THROUGH_RA"))
steps("DHCP relay", lambda: nsx.dhcp_relay_config.create_or_overwrite("lib-relay", "lib-relay", server_addresses=["10.99.0.1"]))

# --- load balancer
lb = nsx.load_balancer
steps("LB application profile", lambda: lb.lb_http_profile.create_or_overwrite("lib-http", "lib-http-profile", tags=TAGS))
steps("LB monitor", lambda: lb.lb_monitor_profile_http.create_or_overwrite(lb_monitor_profile_id="lib-monitor", name="lib-monitor", interval=5, timeout=5, fall_count=3, rise_count=3))
steps("LB service", lambda: lb.lb_service.create_or_overwrite("lib-lb", "lib-lb", connectivity_path="/infra/tier-1s/lib-t1", size="SMALL"))
steps("LB pool", lambda: lb.lb_pool.create_or_overwrite("lib-members", "lib-members", members=[], algorithm="ROUND_ROBIN"))
steps("LB pool: member", lambda: lb.lb_pool.create_pool_member_and_add_to_pool("lib-members", "10.44.0.5", port="80", display_name="one"))
steps("LB pool: monitor", lambda: lb.lb_pool.add_monitor_to_pool("lib-members", ["/infra/lb-monitor-profiles/lib-monitor"]))
steps("LB virtual server", lambda: lb.virtual_server.create_or_overwrite("lib-vs", "lib-vs", application_profile_id="lib-http-profile", ip_address="10.68.0.1", ports=["80"], lb_service_id="lib-lb", pool_id="lib-members"))
steps("LB virtual server: get", lambda: equal(lb.virtual_server.get("lib-vs")["pool_path"], "/infra/lb-pools/lib-members", "pool_path"))
steps("LB service: status", lambda: lb.lb_service.get_status("lib-lb"))
for name, api, ident in (("virtual server", lb.virtual_server, "lib-vs"), ("pool", lb.lb_pool, "lib-members"), ("service", lb.lb_service, "lib-lb"), ("monitor", lb.lb_monitor_profile_http, "lib-monitor"), ("application profile", lb.lb_http_profile, "lib-http-profile")):
    steps(f"LB {name}: delete", api.delete, ident)

# --- search and transactions
steps("search: by tags", lambda: true({"lib-seg", "lib-t1"} <= {r["id"] for r in nsx.search_all_by_tags(TAGS)}, "a resource is missing"))
steps("search: by type and tags", lambda: equal([r["id"] for r in nsx.search_by_tags(TAGS, resource_type="Tier1")["results"]], ["lib-t1"], "ids"))
steps("search: by attribute", lambda: equal([r["id"] for r in nsx.search_resource_by_attributes("Segment", display_name="lib-seg-2")["results"]], ["lib-seg"], "ids"))


def one_transaction():
    with transaction.NsxPolicyTransaction():
        nsx.group.create_or_overwrite("lib-t-group", "default", "lib-t-group", cond_val="app|t")
        nsx.service.create_or_overwrite("lib-t-service", "lib-t-service", protocol="TCP", dest_ports=["99"])
        nsx.comm_map.create_or_overwrite("lib-t-map", "default", "lib-t-map", sequence_number=1, source_groups=["lib-t-group"], service_ids=["lib-t-service"])
    equal(nsx.comm_map.get("default", "lib-t-map")["rules"][0]["source_groups"], ["/infra/domains/default/groups/lib-t-group"], "source groups")


def three_deleted():
    nsx.comm_map.delete("default", "lib-t-map")
    nsx.group.delete("default", "lib-t-group")
    nsx.service.delete("lib-t-service")
    for get in (lambda: nsx.comm_map.get("default", "lib-t-map"), lambda: nsx.group.get("default", "lib-t-group"), lambda: nsx.service.get("lib-t-service")):
        try:
            get()
        except exceptions.ResourceNotFound:
            continue
        raise AssertionError("something of the transaction is still there")


def failed_transaction():
    try:
        with transaction.NsxPolicyTransaction():
            nsx.group.create_or_overwrite("lib-f-group", "default", "lib-f-group", cond_val="app|f")
            nsx.segment.create_or_overwrite("lib-f-seg", "lib-f-seg", tier1_id="no-such-tier1", transport_zone_id=zone)
    except exceptions.ManagerError:
        nsx.group.get("default", "lib-f-group")


steps("transaction: create three", one_transaction)
steps("transaction: the three deleted", three_deleted)
steps.refused("transaction: one bad, none written", (exceptions.ResourceNotFound,), failed_transaction)

# --- refusals
steps.refused("404: ResourceNotFound", (exceptions.ResourceNotFound,), nsx.segment.get, "no-such")
in_use = steps.refused("400: a gateway in use", (exceptions.ManagerError,), nsx.tier1.delete, "lib-t1")
if in_use:
    steps("400: a gateway in use is 500030", lambda: equal(in_use.error_code, 500030, "error_code"))


def stale():
    body = nsx.client.get("infra/segments/lib-seg")
    body["description"] = "once"
    nsx.client.update("infra/segments/lib-seg", body)
    body["description"] = "twice"
    nsx.client.update("infra/segments/lib-seg", body)


steps.refused("stale revision: StaleRevision", (exceptions.StaleRevision,), stale)
steps.refused("400: no such path", (exceptions.ManagerError,), nsx.segment.create_or_overwrite, "bad", "lib-bad", tier1_id="no-such", transport_zone_id=zone)

# --- and away with it
steps("gateway policy: delete", nsx.gateway_policy.delete, "default", "lib-gw")
steps("security policy: delete", nsx.comm_map.delete, "default", "lib-map")
for ident in ("lib-paths", "lib-union", "lib-nested", "lib-web", "lib-ips"):
    steps("group: delete", nsx.group.delete, "default", ident)
for ident in ("lib-http", "lib-ping", "lib-gre", "lib-mixed"):
    steps("service: delete", nsx.service.delete, ident)
steps("segment port: detach", nsx.segment_port.detach, "lib-seg", "lib-port")
for ident in ("lib-child", "lib-port"):
    steps("segment port: delete", nsx.segment_port.delete, "lib-seg", ident)
for ident in ("lib-seg", "lib-vlan"):
    steps("segment: delete", nsx.segment.delete, ident)
steps("NAT: delete", nsx.tier1_nat_rule.delete, "lib-t1", "lib-snat")
steps("static route: delete", nsx.tier1_static_route.delete, "lib-t1", "lib-route")
steps("tier-1: edge cluster away", nsx.tier1.remove_edge_cluster, "lib-t1")
steps("tier-1: delete", nsx.tier1.delete, "lib-t1")
steps("tier-0: delete", nsx.tier0.delete, "lib-t0")
steps("IP pool: delete", nsx.ip_pool.delete, "lib-pool")
steps("IP block: delete", nsx.ip_block.delete, "lib-block")
for api, ident in ((nsx.segment_security_profile, "lib-sec"), (nsx.spoofguard_profile, "lib-spoof"), (nsx.mac_discovery_profile, "lib-mac"), (nsx.qos_profile, "lib-qos"), (nsx.ipv6_ndra_profile, "lib-ndra"), (nsx.dhcp_relay_config, "lib-relay")):
    steps("profile: delete", api.delete, ident)
steps("domain: delete", nsx.domain.delete, "lib-domain")
steps.done()
