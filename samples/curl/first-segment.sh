#!/bin/sh
# A first segment through the Policy API, with nothing but curl: made, realized, and seen on a host.
#   NSX_MANAGER=https://127.0.0.1:8443 NSX_PASSWORD=… first-segment.sh         makes the segment, waits until it is realized, shows it
#   NSX_MANAGER=… NSX_PASSWORD=… first-segment.sh attach NODE   gives a lab's node VM a port in it, and shows which host has it
#   NSX_MANAGER=… NSX_PASSWORD=… first-segment.sh remove        takes everything away again
set -eu
: "${NSX_MANAGER:?the address of the manager, such as https://127.0.0.1:8443}" "${NSX_PASSWORD:?the password of admin}"

nsx() { # nsx METHOD PATH [BODY]: prints the answer; fails, and says why, unless the manager agreed
  curl --silent --show-error --insecure --fail-with-body --user "admin:$NSX_PASSWORD" --request "$1" "$NSX_MANAGER$2" \
    --header 'Content-Type: application/json' ${3:+--data "$3"}
}

field() { # field NAME: the first string of that name in the JSON on standard input
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1
}

realized_as() { # realized_as PATH TYPE: the id of the object of that type that stands for the intent
  nsx GET "/policy/api/v1/infra/realized-state/realized-entities?intent_path=$1" | sed 's/{"resource_type":"Generic/\n&/g' | grep "\"entity_type\":\"$2\"" |
    field realization_specific_identifier
}

wait_for() { # wait_for WHAT PATH TEXT: until the answer has the text, 20 s at most
  tries=0
  until nsx GET "$2" | grep -q "$3"; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "$1: not after 20 s" >&2; exit 1; }
    sleep 0.2
  done
}

if [ "${1:-}" = attach ]; then
  parent=$(nsx GET /api/v1/logical-ports | sed 's/{"resource_type":"LogicalPort"/\n&/g' | grep "\"display_name\":\"$2\"" | sed -n 's/.*"vif_type":"PARENT"[^}]*},"id":"\([^"]*\)".*/\1/p')
  [ -n "$parent" ] || { echo "no node VM $2 has a parent port here" >&2; exit 1; }
  nsx PATCH /policy/api/v1/infra/segments/first/ports/guest '{
    "attachment": {"type": "CHILD", "id": "first-guest", "context_id": "'"$parent"'", "traffic_tag": 99, "app_id": "guest"},
    "address_bindings": [{"ip_address": "10.20.0.5", "mac_address": "02:00:00:00:00:05"}]
  }'
  wait_for "realized" '/policy/api/v1/infra/realized-state/status?intent_path=/infra/segments/first/ports/guest' '"publish_status":"REALIZED"'
  port=$(realized_as /infra/segments/first/ports/guest RealizedLogicalPort)
  wait_for "up" "/api/v1/logical-ports/$port/status" '"status":"UP"'
  host=$(nsx GET "/api/v1/logical-ports/$port/state" | sed -n 's/.*"transport_node_ids":\["\([^"]*\)".*/\1/p')
  echo "port $port is UP on host $(nsx GET "/api/v1/transport-nodes/$host" | field display_name)"
  exit 0
fi

if [ "${1:-}" = remove ]; then
  nsx DELETE /policy/api/v1/infra/segments/first/ports/guest > /dev/null || true # there is one only if something was attached
  nsx DELETE /policy/api/v1/infra/segments/first
  nsx DELETE /policy/api/v1/infra/tier-1s/first
  echo "removed"
  exit 0
fi

nsx PATCH /policy/api/v1/infra/tier-1s/first '{"display_name": "first", "route_advertisement_types": ["TIER1_CONNECTED"]}'
nsx PATCH /policy/api/v1/infra/segments/first '{
  "display_name": "first",
  "connectivity_path": "/infra/tier-1s/first",
  "transport_zone_path": "/infra/sites/default/enforcement-points/default/transport-zones/'"$(
    nsx GET '/api/v1/transport-zones?transport_type=OVERLAY' | tr '{' '\n' | grep '"transport_type":"OVERLAY"' | field id)"'",
  "subnets": [{"gateway_address": "10.20.0.1/24"}]
}'

echo "realized as:"
wait_for "realized" '/policy/api/v1/infra/realized-state/status?intent_path=/infra/segments/first' '"publish_status":"REALIZED"'
nsx GET '/policy/api/v1/infra/realized-state/realized-entities?intent_path=/infra/segments/first' | tr '{' '\n' |
  sed -n 's/.*"entity_type":"\([^"]*\)".*/  \1/p' | sort -u
