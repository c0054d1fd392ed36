#!/usr/bin/env python3
"""A first segment through the NSX Python SDK (nsx-policy-python-sdk): made, realized, and shown with what it became.

  NSX_MANAGER=https://127.0.0.1:8443 NSX_PASSWORD=… first_segment.py           makes the segment, waits until it is realized, shows it
  NSX_MANAGER=https://127.0.0.1:8443 NSX_PASSWORD=… first_segment.py remove    takes it away again
"""
import os
import sys
import time

import requests
from com.vmware import nsx_policy_client
from com.vmware.nsx_policy.model_client import Segment, SegmentSubnet, Tier1
from vmware.vapi.bindings.stub import ApiClient
from vmware.vapi.lib import connect
from vmware.vapi.security.user_password import create_user_password_security_context
from vmware.vapi.stdlib.client.factories import StubConfigurationFactory


def connected(url, password):
    session = requests.session()
    session.verify = os.environ.get("NSX_CA_FILE", False)  # the manager's own certificate, or none is checked
    session.trust_env = False  # or bundles that the environment names would be asked for it after all
    connector = connect.get_requests_connector(session=session, msg_protocol="rest", url=url)
    connector.set_security_context(create_user_password_security_context("admin", password))
    return ApiClient(nsx_policy_client.StubFactory(StubConfigurationFactory.new_std_configuration(connector)))


def overlay_zone(infra):
    zones = infra.sites.enforcement_points.TransportZones.list("default", "default").results
    return next(zone.path for zone in zones if zone.tz_type.startswith("OVERLAY"))


def realized(infra, path):
    for _ in range(100):
        entities = infra.realized_state.RealizedEntities.list(path).results
        if entities and all(entity.state == "REALIZED" for entity in entities):
            return entities
        time.sleep(0.2)
    raise SystemExit("not realized after 20 s")


def main():
    infra = connected(os.environ["NSX_MANAGER"], os.environ["NSX_PASSWORD"]).infra
    if sys.argv[1:] == ["remove"]:
        infra.Segments.delete("first-by-sdk")
        infra.Tier1s.delete("first-by-sdk")
        return print("removed")

    infra.Tier1s.patch("first-by-sdk", Tier1(route_advertisement_types=["TIER1_CONNECTED"]))
    infra.Segments.patch("first-by-sdk", Segment(
        transport_zone_path=overlay_zone(infra), connectivity_path="/infra/tier-1s/first-by-sdk",
        subnets=[SegmentSubnet(gateway_address="10.21.0.1/24")]))
    print("realized as:")
    for entity in sorted({entity.entity_type for entity in realized(infra, "/infra/segments/first-by-sdk")}):
        print(f"  {entity}")


if __name__ == "__main__":
    main()
