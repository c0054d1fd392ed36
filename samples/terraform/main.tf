# Two groups, what may pass between them, and a segment behind a tier-1 gateway. Address and password come from the
# environment: NSXT_MANAGER_HOST, NSXT_USERNAME, NSXT_PASSWORD, NSXT_ALLOW_UNVERIFIED_SSL.
terraform {
  required_providers {
    nsxt = {
      source = "vmware/nsxt"
    }
  }
}

provider "nsxt" {}

data "nsxt_policy_transport_zone" "overlay" {
  transport_type = "OVERLAY_STANDARD"
  is_default     = true
}

resource "nsxt_policy_tier1_gateway" "shop" {
  display_name              = "shop"
  nsx_id                    = "shop"
  route_advertisement_types = ["TIER1_CONNECTED"]
}

resource "nsxt_policy_segment" "web" {
  display_name        = "shop-web"
  nsx_id              = "shop-web"
  connectivity_path   = nsxt_policy_tier1_gateway.shop.path
  transport_zone_path = data.nsxt_policy_transport_zone.overlay.path

  subnet {
    cidr = "10.20.1.1/24"
  }

  tag {
    scope = "app"
    tag   = "shop"
  }
}

resource "nsxt_policy_group" "web" {
  display_name = "shop-web"
  nsx_id       = "shop-web"

  criteria {
    condition {
      member_type = "SegmentPort"
      key         = "Tag"
      operator    = "EQUALS"
      value       = "shop|web"
    }
  }
}

resource "nsxt_policy_group" "clients" {
  display_name = "shop-clients"
  nsx_id       = "shop-clients"

  criteria {
    ipaddress_expression {
      ip_addresses = ["10.20.9.0/24"]
    }
  }
}

resource "nsxt_policy_service" "web" {
  display_name = "shop-web"
  nsx_id       = "shop-web"

  l4_port_set_entry {
    display_name      = "web"
    protocol          = "TCP"
    destination_ports = ["8080"]
  }
}

resource "nsxt_policy_security_policy" "shop" {
  display_name = "shop"
  nsx_id       = "shop"
  category     = "Application"
  stateful     = true

  rule {
    display_name       = "clients reach the web"
    source_groups      = [nsxt_policy_group.clients.path]
    destination_groups = [nsxt_policy_group.web.path]
    services           = [nsxt_policy_service.web.path]
    action             = "ALLOW"
  }

  rule {
    display_name       = "nobody else does"
    destination_groups = [nsxt_policy_group.web.path]
    action             = "DROP"
    logged             = true
  }
}

output "segment" {
  value = nsxt_policy_segment.web.path
}
