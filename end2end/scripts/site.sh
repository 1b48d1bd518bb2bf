#!/usr/bin/env bash
# Builds what browsers load into target/site: embedded in the release binary, and served by the servers of the tests.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

need_rust
need_wasm_bindgen
need_wasm_split
need_node_packages
need_libdeflate
built=$CARGO_TARGET_DIR/wasm32-unknown-unknown/wasm-release/frontend.wasm
# The splitter needs the linker's relocations.
heartbeat 15 "compilando la parte del navegador" cargo rustc --locked --package frontend --lib --target wasm32-unknown-unknown \
  --profile wasm-release -- -C link-arg=--emit-relocs
heartbeat 15 "empaquetando" node "$SCRIPTS/site.mjs" "$built" target/site
