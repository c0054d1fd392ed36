#!/bin/sh
# A first segment through the Policy API, with nothing but curl: made, realized, and seen on the hosts.
#   NSX=https://127.0.0.1:8443 NSX_PASSWORD=… first-segment.sh         makes the segment, waits until it is realized, shows it
#   NSX=https://127.0.0.1:8443 NSX_PASSWORD=… first-segment.sh remove  takes it away again
set -eu
: "${NSX:?the address of the manager, such as https://127.0.0.1:8443}" "${NSX_PASSWORD:?the password of admin}"

nsx() { # nsx METHOD PATH [BODY]: prints the answer; fails, and says why, unless the manager agreed
  curl --silent --show-error --insecure --fail-with-body --user "admin:$NSX_PASSWORD" --request "$1" "$NSX$2" \
    --header 'Content-Type: application/json' ${3:+--data "$3"}
}

field() { # field NAME: the first string of that name in the JSON on standard input
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" | head -n 1
}

if [ "${1:-}" = remove ]; then
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
tries=0
until nsx GET '/policy/api/v1/infra/realized-state/status?intent_path=/infra/segments/first' | grep -q '"publish_status":"REALIZED"'; do
  tries=$((tries + 1))
  [ "$tries" -lt 100 ] || { echo "not realized after 20 s" >&2; exit 1; }
  sleep 0.2
done
nsx GET '/policy/api/v1/infra/realized-state/realized-entities?intent_path=/infra/segments/first' | tr '{' '\n' |
  sed -n 's/.*"entity_type":"\([^"]*\)".*/  \1/p' | sort -u
