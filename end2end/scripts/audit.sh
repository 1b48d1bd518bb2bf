#!/usr/bin/env bash
# audit.sh: licences, sources and bans of all dependencies (deny.toml), and known vulnerabilities if their list can be fetched.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

need_rust
need_cargo_deny
"$DENY" --locked check --hide-inclusion-graph bans licenses sources
if "$DENY" --locked fetch db; then
  "$DENY" --locked check --disable-fetch advisories
else
  say "The list of known weaknesses can't be reached: they were NOT checked."
fi
