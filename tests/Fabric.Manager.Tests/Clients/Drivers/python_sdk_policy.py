"""The Policy API through the NSX Python SDK: every kind of object created, read, changed, listed and deleted, and refused as documented."""
import sys
import time
import uuid

from com.vmware.nsx_policy.model_client import *  # noqa: F403 the models, one for each type
from builtins import type  # the models' module brings a `type` of its own
from com.vmware.vapi.std.errors_client import (ConcurrentChange, Error, InvalidRequest, NotFound, Unauthenticated, Unauthorized)

import sdk_connection
from sdk_connection import field
from steps import Steps, equal, true

url, password = sys.argv[1:3]
steps = Steps()
client = sdk_connection.policy(url, "admin", password)
infra = client.infra
STALE = (ConcurrentChange, InvalidRequest, Error)
REFUSED = (InvalidRequest,)


def certificate():
    """A certificate and its key, made for this run."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    import datetime
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sdk.example")])
    now = datetime.datetime(2025, 1, 1)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now).not_valid_after(now + datetime.timedelta(days=7300))
            .sign(key, hashes.SHA256()))
    return (made.public_bytes(serialization.Encoding.PEM).decode(),
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode())


def first(service, *parents):
    results = service.list(*parents).results
    true(results, "the list is empty")
    return results[0]


def path_of_zone(transport_type):
    zones = infra.sites.enforcement_points.TransportZones.list("default", "default").results
    return next(z.path for z in zones if z.tz_type.startswith(transport_type))


overlay = steps("transport zone: overlay by enforcement point", path_of_zone, "OVERLAY")
vlan = steps("transport zone: VLAN by enforcement point", path_of_zone, "VLAN")
edge_cluster = steps("edge cluster by enforcement point",
                     lambda: first(infra.sites.enforcement_points.EdgeClusters, "default", "default").path)
CERTIFICATE, KEY = certificate()
TAGS = [Tag(scope="sdk", tag="round-trip")]
ANY = ["ANY"]


def ports(*numbers):
    return L4PortSetServiceEntry(id="web", display_name="web", l4_protocol="TCP", destination_ports=list(numbers), source_ports=[])


# name, service, ids of the parents, own id, object. The order is that of creation; deletion goes backwards.
OBJECTS = [
    ("domain group of addresses", infra.domains.Groups, ("default",), "sdk-addresses",
     Group(expression=[IPAddressExpression(ip_addresses=["10.1.1.0/24", "10.1.2.5", "10.1.3.1-10.1.3.9"])])),
    ("domain group by tag", infra.domains.Groups, ("default",), "sdk-tagged",
     Group(expression=[Condition(member_type="VirtualMachine", key="Tag", operator="EQUALS", value="app|web"),
                       ConjunctionOperator(conjunction_operator="OR"),
                       Condition(member_type="SegmentPort", key="Tag", operator="EQUALS", value="app|web")])),
    ("service", infra.Services, (), "sdk-service", Service(service_entries=[ports("8080", "8443-8445")])),
    ("service entry", infra.services.ServiceEntries, ("sdk-service",), "icmp", ICMPTypeServiceEntry(protocol="ICMPv4", icmp_type=8)),
    ("context profile", infra.ContextProfiles, (), "sdk-context",
     PolicyContextProfile(attributes=[PolicyAttributes(key="APP_ID", value=["SSL"], datatype="STRING")])),
    ("security policy", infra.domains.SecurityPolicies, ("default",), "sdk-policy",
     SecurityPolicy(category="Application", sequence_number=10, stateful=True,
                    rules=[Rule(id="allow-web", action="ALLOW", sequence_number=10, scope=ANY, source_groups=ANY, direction="IN_OUT",
                                destination_groups=["/infra/domains/default/groups/sdk-addresses"], services=["/infra/services/sdk-service"])])),
    ("security rule", infra.domains.security_policies.Rules, ("default", "sdk-policy"), "drop-rest",
     Rule(action="DROP", sequence_number=20, scope=ANY, source_groups=ANY, destination_groups=["/infra/domains/default/groups/sdk-tagged"],
          services=ANY, logged=True, direction="IN_OUT", ip_protocol="IPV4_IPV6")),
    ("segment security profile", infra.SegmentSecurityProfiles, (), "sdk-segment-security", SegmentSecurityProfile(bpdu_filter_enable=True)),
    ("SpoofGuard profile", infra.SpoofguardProfiles, (), "sdk-spoofguard", SpoofGuardProfile(address_binding_allowlist=True)),
    ("IP discovery profile", infra.IpDiscoveryProfiles, (), "sdk-ip-discovery", IPDiscoveryProfile(duplicate_ip_detection=DuplicateIPDetectionOptions(duplicate_ip_detection_enabled=True), ip_v4_discovery_options=IPv4DiscoveryOptions(arp_snooping_config=ArpSnoopingConfig(arp_snooping_enabled=True, arp_binding_limit=2)))),
    ("MAC discovery profile", infra.MacDiscoveryProfiles, (), "sdk-mac-discovery", MacDiscoveryProfile(mac_change_enabled=True, mac_learning_enabled=False)),
    ("QoS profile", infra.QosProfiles, (), "sdk-qos", QosProfile(class_of_service=3, dscp=QosDscp(mode="TRUSTED", priority=50))),
    ("IPv6 NDRA profile", infra.Ipv6NdraProfiles, (), "sdk-ndra", Ipv6NdraProfile(ra_mode="SLAAC_DNS_THROUGH_RA", reachable_timer=10, retransmit_interval=1000, ra_config=RAConfig(), dns_config=RaDNSConfig())),
    ("IPv6 DAD profile", infra.Ipv6DadProfiles, (), "sdk-dad", Ipv6DadProfile(dad_mode="LOOSE", ns_retries=3, wait_time=1)),
    ("BFD profile", infra.BfdProfiles, (), "sdk-bfd", BfdProfile(interval=500, multiple=3)),
    ("DHCP server", infra.DhcpServerConfigs, (), "sdk-dhcp", DhcpServerConfig(server_addresses=["100.96.0.1/30"], lease_time=86400)),
    ("DHCP relay", infra.DhcpRelayConfigs, (), "sdk-relay", DhcpRelayConfig(server_addresses=["10.99.0.9"])),
    ("tier-0", infra.Tier0s, (), "sdk-t0", Tier0(ha_mode="ACTIVE_STANDBY", failover_mode="NON_PREEMPTIVE")),
    ("tier-0 locale service", infra.tier_0s.LocaleServices, ("sdk-t0",), "ls", lambda: LocaleServices(edge_cluster_path=edge_cluster)),
    ("prefix list", infra.tier_0s.PrefixLists, ("sdk-t0",), "ours", PrefixList(prefixes=[PrefixEntry(action="PERMIT", network="10.0.0.0/8", ge=24, le=28)])),
    ("community list", infra.tier_0s.CommunityLists, ("sdk-t0",), "sdk-communities", CommunityList(communities=["65001:12"])),
    ("route map", infra.tier_0s.RouteMaps, ("sdk-t0",), "out", Tier0RouteMap(entries=[RouteMapEntry(action="PERMIT", prefix_list_matches=["/infra/tier-0s/sdk-t0/prefix-lists/ours"])])),
    ("tier-0 static route", infra.tier_0s.StaticRoutes, ("sdk-t0",), "all", StaticRoutes(network="0.0.0.0/0", next_hops=[RouterNexthop(ip_address="172.16.0.1", admin_distance=1)])),
    ("VLAN segment", infra.Segments, (), "sdk-uplink", lambda: Segment(transport_zone_path=vlan, vlan_ids=["100"])),
    ("tier-0 interface", infra.tier_0s.locale_services.Interfaces, ("sdk-t0", "ls"), "uplink",
     lambda: Tier0Interface(type="EXTERNAL", segment_path="/infra/segments/sdk-uplink", subnets=[InterfaceSubnet(ip_addresses=["172.16.0.2"], prefix_len=24)],
                            edge_path=first(infra.sites.enforcement_points.edge_clusters.EdgeNodes, "default", "default", edge_cluster.rsplit("/", 1)[1]).path)),
    ("BGP neighbor", infra.tier_0s.locale_services.bgp.Neighbors, ("sdk-t0", "ls"), "tor", BgpNeighborConfig(neighbor_address="172.16.0.1", remote_as_num="65000")),
    ("tier-1", infra.Tier1s, (), "sdk-t1", Tier1(tier0_path="/infra/tier-0s/sdk-t0", route_advertisement_types=["TIER1_CONNECTED", "TIER1_NAT"])),
    ("tier-1 locale service", infra.tier_1s.LocaleServices, ("sdk-t1",), "ls", lambda: LocaleServices(edge_cluster_path=edge_cluster)),
    ("tier-1 static route", infra.tier_1s.StaticRoutes, ("sdk-t1",), "lab", StaticRoutes(network="192.168.77.0/24", next_hops=[RouterNexthop(ip_address="10.77.0.9", admin_distance=2)])),
    ("segment", infra.Segments, (), "sdk-web", lambda: Segment(transport_zone_path=overlay, connectivity_path="/infra/tier-1s/sdk-t1", subnets=[SegmentSubnet(gateway_address="10.77.0.1/24")])),
    ("segment port", infra.segments.Ports, ("sdk-web",), "sdk-port", SegmentPort(attachment=PortAttachment(id=str(uuid.uuid4()), type="INDEPENDENT"), address_bindings=[PortAddressBindingEntry(ip_address="10.77.0.5", mac_address="00:50:56:00:00:05")])),
    ("segment security binding", infra.segments.SegmentSecurityProfileBindingMaps, ("sdk-web",), "security", SegmentSecurityProfileBindingMap(segment_security_profile_path="/infra/segment-security-profiles/sdk-segment-security", spoofguard_profile_path="/infra/spoofguard-profiles/sdk-spoofguard")),
    ("segment discovery binding", infra.segments.SegmentDiscoveryProfileBindingMaps, ("sdk-web",), "discovery", SegmentDiscoveryProfileBindingMap(ip_discovery_profile_path="/infra/ip-discovery-profiles/sdk-ip-discovery", mac_discovery_profile_path="/infra/mac-discovery-profiles/sdk-mac-discovery")),
    ("segment QoS binding", infra.segments.SegmentQosProfileBindingMaps, ("sdk-web",), "qos", SegmentQosProfileBindingMap(qos_profile_path="/infra/qos-profiles/sdk-qos")),
    ("NAT rule", infra.tier_1s.nat.NatRules, ("sdk-t1", "USER"), "snat", PolicyNatRule(action="SNAT", source_network="10.77.0.0/24", translated_network="172.16.0.100", enabled=True, sequence_number=10)),
    ("gateway policy", infra.domains.GatewayPolicies, ("default",), "sdk-gateway", GatewayPolicy(category="LocalGatewayRules", sequence_number=10)),
    ("gateway rule", infra.domains.gateway_policies.Rules, ("default", "sdk-gateway"), "allow", Rule(action="ALLOW", sequence_number=10, scope=["/infra/tier-1s/sdk-t1"], source_groups=ANY, destination_groups=ANY, services=ANY, direction="IN_OUT")),
    ("DNS forwarder zone", infra.DnsForwarderZones, (), "sdk-dns", PolicyDnsForwarderZone(upstream_servers=["10.9.9.9"])),
    ("IP block", infra.IpBlocks, (), "sdk-block", IpAddressBlock(cidr="10.200.0.0/16")),
    ("IP pool", infra.IpPools, (), "sdk-pool", IpAddressPool()),
    ("IP pool subnet", infra.ip_pools.IpSubnets, ("sdk-pool",), "fixed", IpAddressPoolStaticSubnet(cidr="10.201.0.0/24", gateway_ip="10.201.0.1", allocation_ranges=[IpPoolRange(start="10.201.0.10", end="10.201.0.99")])),
    ("IP pool block subnet", infra.ip_pools.IpSubnets, ("sdk-pool",), "cut", IpAddressPoolBlockSubnet(ip_block_path="/infra/ip-blocks/sdk-block", size=256)),
    ("IP allocation", infra.ip_pools.IpAllocations, ("sdk-pool",), "one", IpAddressAllocation(allocation_ip="10.201.0.20")),
    ("certificate", infra.Certificates, (), "sdk-certificate", TlsTrustData(pem_encoded=CERTIFICATE, private_key=KEY)),
    ("LB service", infra.LbServices, (), "sdk-lb", LBService(connectivity_path="/infra/tier-1s/sdk-t1", size="SMALL")),
    ("LB monitor", infra.LbMonitorProfiles, (), "sdk-monitor", LBHttpMonitorProfile(resource_type="LBHttpMonitorProfile", interval=5, fall_count=3, rise_count=3, request_url="/health", monitor_port=80)),
    ("LB application profile", infra.LbAppProfiles, (), "sdk-http", LBHttpProfile(idle_timeout=15)),
    ("LB persistence profile", infra.LbPersistenceProfiles, (), "sdk-persistence", LBSourceIpPersistenceProfile(timeout=300)),
    ("LB client SSL profile", infra.LbClientSslProfiles, (), "sdk-client-ssl", LBClientSslProfile(cipher_group_label="BALANCED")),
    ("LB server SSL profile", infra.LbServerSslProfiles, (), "sdk-server-ssl", LBServerSslProfile(cipher_group_label="BALANCED")),
    ("LB pool", infra.LbPools, (), "sdk-members", LBPool(algorithm="ROUND_ROBIN", members=[LBPoolMember(ip_address="10.77.0.5", port="80", display_name="one")], active_monitor_paths=["/infra/lb-monitor-profiles/sdk-monitor"])),
    ("LB virtual server", infra.LbVirtualServers, (), "sdk-virtual", LBVirtualServer(ip_address="10.210.0.1", ports=["80"], application_profile_path="/infra/lb-app-profiles/sdk-http", pool_path="/infra/lb-pools/sdk-members", lb_service_path="/infra/lb-services/sdk-lb", lb_persistence_profile_path="/infra/lb-persistence-profiles/sdk-persistence")),
    ("L2 bridge profile", infra.sites.enforcement_points.EdgeBridgeProfiles, ("default", "default"), "sdk-bridge", lambda: L2BridgeEndpointProfile(edge_paths=[first(infra.sites.enforcement_points.edge_clusters.EdgeNodes, "default", "default", edge_cluster.rsplit("/", 1)[1]).path])),
    ("project", client.orgs.Projects, ("default",), "sdk-project", Project(short_id="SDKP", tier0s=["/infra/tier-0s/sdk-t0"], site_infos=[])),
    ("project group", client.orgs.projects.infra.domains.Groups, ("default", "sdk-project", "default"), "inside", Group(expression=[IPAddressExpression(ip_addresses=["10.5.0.0/16"])])),
    ("project segment", client.orgs.projects.infra.Segments, ("default", "sdk-project"), "inside", lambda: Segment(transport_zone_path=overlay, subnets=[SegmentSubnet(gateway_address="10.78.0.1/24")])),
]
OWN_FIELDS = {"Project"}


def build(make):
    made = make() if callable(make) else make
    made.tags = TAGS
    return made


def typed(service, got, made):
    """What `get` gave as the type that was sent: answers of families come as dynamic structures."""
    return got.convert_to(type(made)) if hasattr(got, "convert_to") and not isinstance(got, type(made)) else got


def create(service, parents, own, make):
    made = build(make)
    try:
        service.get(*parents, own)
    except NotFound:
        pass
    else:
        raise AssertionError("it is there before it was created")
    service.patch(*parents, own, made)
    got = typed(service, service.get(*parents, own), made)
    equal(got.id, own, "id")
    equal(got.display_name, own if made.display_name is None else made.display_name, "display_name")
    equal(got.revision, 0, "_revision after creation")
    true(got.path and got.path.endswith("/" + own), f"path is {got.path}")
    true(got.unique_id, "there is no unique_id")
    equal([(t.scope, t.tag) for t in got.tags], [("sdk", "round-trip")], "tags")
    for wire in type(made).get_binding_type().get_field_names():
        name = type(made)._canonical_to_pep_names.get(wire, wire)
        sent = getattr(made, name, None)
        if isinstance(sent, (str, int, bool)) and name not in ("private_key", "resource_type") and not wire.startswith("_"):
            equal(getattr(got, name), sent, wire)
    return got


def change(service, parents, own, make):
    made = build(make)
    before = typed(service, service.get(*parents, own), made)
    service.patch(*parents, own, made)
    equal(typed(service, service.get(*parents, own), made).revision, before.revision, "_revision after an unchanged PATCH")
    before.description = "changed by PUT"
    if hasattr(before, "private_key"):
        before.private_key = KEY
    after = typed(service, service.update(*parents, own, before), made)
    equal(after.revision, before.revision + 1, "_revision after PUT")
    equal(typed(service, service.get(*parents, own), made).description, "changed by PUT", "description")
    try:
        before.description = "from an old copy"
        service.update(*parents, own, before)
    except STALE as error:
        true(error.data is not None, "the error has no body")
    else:
        raise AssertionError("a stale _revision was accepted")


def listed(service, parents, own):
    page = service.list(*parents, page_size=1)
    total, seen = page.result_count, [r for r in page.results]
    while page.cursor:
        page = service.list(*parents, cursor=page.cursor, page_size=1)
        seen += page.results
    equal(len(seen), total, "results over all pages against result_count")
    ids = [field(r, "id") for r in seen]
    true(own in ids, f"{own} is not among {ids}")


def delete(service, parents, own):
    service.delete(*parents, own)
    for _ in range(50):
        try:
            service.get(*parents, own)
        except NotFound:
            return
        time.sleep(0.1)
    raise AssertionError("it is still there after 5 s")


created = []
for name, service, parents, own, make in OBJECTS:
    if steps(f"{name}: create and read", create, service, parents, own, make):
        created.append((name, service, parents, own))
        steps(f"{name}: change, unchanged, stale", change, service, parents, own, make)
        steps(f"{name}: list in pages", listed, service, parents, own)

# --- singletons -----------------------------------------------------------------------------------------------
def bgp():
    service = infra.tier_0s.locale_services.Bgp
    routing = service.get("sdk-t0", "ls")
    routing.local_as_num = "65001"
    routing.ecmp = True
    service.update("sdk-t0", "ls", routing)
    equal(service.get("sdk-t0", "ls").local_as_num, "65001", "local_as_num")


def forwarder():
    service = infra.tier_1s.DnsForwarder
    service.patch("sdk-t1", PolicyDnsForwarder(listener_ip="10.210.0.53", default_forwarder_zone_path="/infra/dns-forwarder-zones/sdk-dns", enabled=True))
    equal(service.get("sdk-t1").listener_ip, "10.210.0.53", "listener_ip")
    service.delete("sdk-t1")


steps("BGP: read, change", bgp)
steps("DNS forwarder: create, read, delete", forwarder)
steps("NAT sections", lambda: true({"USER", "INTERNAL"} <= {n.id for n in infra.tier_1s.Nat.list("sdk-t1").results}, "no USER and INTERNAL"))

# --- what is realized -----------------------------------------------------------------------------------------
def realized():
    for _ in range(100):
        entities = infra.realized_state.RealizedEntities.list("/infra/segments/sdk-web").results
        if entities and all(e.state == "REALIZED" for e in entities):
            return
        time.sleep(0.1)
    raise AssertionError(f"not realized: {[(e.entity_type, e.state) for e in entities]}")


steps("segment: realized entities", realized)
steps("group: IP members", lambda: true("10.1.2.5" in " ".join(infra.domains.groups.members.IpAddresses.list("default", "sdk-addresses").results), "the address is no member"))

# --- search ---------------------------------------------------------------------------------------------------
def search(query, expected):
    for _ in range(50):
        found = {field(r, "path") for r in client.search.Query.list(query).results}
        if expected in found:
            return
        time.sleep(0.1)
    raise AssertionError(f"{expected} is not among {sorted(found)[:9]}")


steps("search by type and name", search, "resource_type:Segment AND display_name:sdk-w*", "/infra/segments/sdk-web")
steps("search by tag", search, "resource_type:Tier1 AND tags.scope:sdk AND tags.tag:round\\-trip", "/infra/tier-1s/sdk-t1")
steps("search by path", search, "path:\\/infra\\/domains\\/default\\/groups\\/sdk*", "/infra/domains/default/groups/sdk-tagged")

# --- one request, one transaction -----------------------------------------------------------------------------
def in_domain(child):
    return Infra(resource_type="Infra", children=[ChildResourceReference(
        id="default", target_type="Domain", resource_type="ChildResourceReference", children=[child])])


def gone(get, *ids):
    for _ in range(50):
        try:
            get(*ids)
        except NotFound:
            return
        time.sleep(0.1)
    raise AssertionError("it is still there after 5 s")


def hierarchical():
    inner = Group(id="sdk-inner", resource_type="Group", expression=[IPAddressExpression(ip_addresses=["10.3.0.0/24"])])
    client.Infra.patch(in_domain(ChildGroup(group=inner, resource_type="ChildGroup")))
    equal(infra.domains.Groups.get("default", "sdk-inner").id, "sdk-inner", "id")
    client.Infra.patch(in_domain(ChildGroup(group=inner, marked_for_delete=True, resource_type="ChildGroup")))
    gone(infra.domains.Groups.get, "default", "sdk-inner")


def all_or_nothing():
    good = Group(id="sdk-half", resource_type="Group", expression=[IPAddressExpression(ip_addresses=["10.3.0.0/24"])])
    bad = Rule(id="bad", resource_type="Rule", action="ALLOW", source_groups=["/infra/domains/default/groups/no-such"],
               destination_groups=ANY, services=ANY, scope=ANY)
    policy = SecurityPolicy(id="sdk-half", resource_type="SecurityPolicy", category="Application", rules=[bad])
    both = in_domain(ChildGroup(group=good, resource_type="ChildGroup"))
    both.children[0].children.append(ChildSecurityPolicy(security_policy=policy, resource_type="ChildSecurityPolicy"))
    try:
        client.Infra.patch(both)
    except REFUSED:
        gone(infra.domains.Groups.get, "default", "sdk-half")
        return
    raise AssertionError("a path that does not exist was accepted")


def tree():
    whole = client.Infra.get(filter="Type-Domain|Group")
    domains = [c.convert_to(ChildDomain) for c in whole.children]
    groups = [c.convert_to(ChildGroup).group.id for d in domains if d.domain.id == "default" for c in d.domain.children]
    true("sdk-tagged" in groups, f"groups in the tree are {groups}")


steps("hierarchical: create and delete in /infra", hierarchical)
steps("hierarchical: one bad child, nothing written", all_or_nothing)
steps("hierarchical: read with a filter", tree)


def revise():
    policies = infra.domains.SecurityPolicies
    policies.patch("default", "sdk-first", SecurityPolicy(category="Application", sequence_number=90))
    policies.revise("default", "sdk-first", policies.get("default", "sdk-first"), anchor_path="/infra/domains/default/security-policies/sdk-policy", operation="insert_before")
    before, after = (policies.get("default", i).sequence_number for i in ("sdk-first", "sdk-policy"))
    true(before < after, f"sequence numbers are {before} and {after}")
    policies.delete("default", "sdk-first")


steps("security policy: revise before another", revise)

# --- refusals -------------------------------------------------------------------------------------------------
def code_of(error):
    body = error.data.convert_to(ApiError)
    true(body.error_message, "there is no error_message")
    return body.error_code


missing = steps.refused("404: no such segment", (NotFound,), infra.Segments.get, "no-such")
if missing:
    steps("404: error body", lambda: true(code_of(missing) in (600, 500012), f"error_code is {code_of(missing)}"))
in_use = steps.refused("400: a group that rules name is not deleted", REFUSED, infra.domains.Groups.delete, "default", "sdk-addresses")
if in_use:
    steps("400: in use is 500030", lambda: equal(code_of(in_use), 500030, "error_code"))
    steps("400: in use names who uses it", lambda: true("/rules/allow-web" in in_use.data.convert_to(ApiError).error_message or "security-policies/sdk-policy" in in_use.data.convert_to(ApiError).error_message, in_use.data.convert_to(ApiError).error_message))
steps("400: in use leaves the group", lambda: infra.domains.Groups.get("default", "sdk-addresses"))
dangling = steps.refused("400: a path that does not exist", REFUSED, infra.Segments.patch, "sdk-bad", Segment(transport_zone_path=overlay, connectivity_path="/infra/tier-1s/no-such"))
steps.refused("400: a word that is not of the enumeration", REFUSED, infra.Tier0s.patch, "sdk-bad", Tier0(ha_mode="SOMETIMES"))
steps.refused("400: an address that is none", REFUSED, infra.Segments.patch, "sdk-bad", Segment(transport_zone_path=overlay, subnets=[SegmentSubnet(gateway_address="10.0.0.300/24")]))
steps.refused("404: nothing bad was kept", (NotFound,), infra.Segments.get, "sdk-bad")
steps.refused("403: wrong password", (Unauthorized, Unauthenticated), sdk_connection.policy(url, "admin", password + "x").infra.Segments.list)

for name, service, parents, own in reversed(created):
    steps(f"{name}: delete", delete, service, parents, own)
steps.done()
