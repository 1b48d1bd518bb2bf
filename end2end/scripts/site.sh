#!/usr/bin/env bash
# Builds what browsers load: site.sh release → target/site (embedded in the release binary),
# site.sh dev → target/site-dev (served to the end-to-end tests through MESA_SITE).
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

case ${1:-} in
  release) profile=wasm-release site=target/site ;;
  dev) profile=wasm-dev site=target/site-dev ;;
  *) die "usage: site.sh release|dev" ;;
esac

need_rust
need_wasm_bindgen
need_wasm_split
need_node_packages
[ "$1" = dev ] || need_libdeflate
built=$CARGO_TARGET_DIR/wasm32-unknown-unknown/$profile/frontend.wasm
# The splitter needs to know what the linker knew.
heartbeat 15 "compilando la parte del navegador" cargo rustc --locked --package frontend --lib --target wasm32-unknown-unknown \
  --profile "$profile" -- -C link-arg=--emit-relocs
heartbeat 15 "empaquetando" node "$SCRIPTS/site.mjs" "$1" "$built" "$site"
