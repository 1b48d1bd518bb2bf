#!/usr/bin/env bash
# make test: everything, in order, until something fails. The last line is the plain count of what passed.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"
# shellcheck source=end2end/scripts/postgres.sh
. "$SCRIPTS/postgres.sh"
# shellcheck source=end2end/scripts/steps.sh
. "$SCRIPTS/steps.sh"

# The frontend is wasm only; leaving it out also keeps app's ssr and csr features apart.
host=(--locked --workspace --exclude frontend)
wasm=(--locked --package frontend --package app --target wasm32-unknown-unknown)
phone=(--locked --package frontend --no-default-features --target wasm32-unknown-unknown)

say "Revisando las herramientas: Rust, wasm-bindgen, node, Chromium, PostgreSQL y LibreOffice…"
need_rust
need_wasm_bindgen
need_node_packages
need_chromium
need_strace
need_calc
need_postgres

documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps "${host[@]}"; }

step "Formato" cargo fmt --all --check
step "Clippy, servidor y herramientas" cargo clippy "${host[@]}" --all-targets -- -D warnings
step "Clippy, navegador" cargo clippy "${wasm[@]}" -- -D warnings
step "Clippy, navegador de un teléfono" cargo clippy "${phone[@]}" -- -D warnings
step "Documentación" documentation
step "Compilar las pruebas" cargo test "${host[@]}" --no-run
start_postgres
step "Pruebas de Rust (SQLite y PostgreSQL)" limit 20m cargo test "${host[@]}" --no-fail-fast
postgres_stop
step "Sitio para las pruebas en el navegador" "$SCRIPTS/site.sh" dev
step "Programas para las pruebas en el navegador" cargo build "${host[@]}" --bins --tests
export MESA_E2E_REPORT=$LOGS/browser.json
step "Pruebas en el navegador" limit 20m node_modules/.bin/playwright test --config end2end
# What a phone would download is a matter of the release.
step "Sitio de la versión final" "$SCRIPTS/site.sh" release
step "Primera visita de un teléfono, hasta 350 KiB" node "$SCRIPTS/first-visit.mjs" "$CARGO_TARGET_DIR/debug/mesa" target/site 350
report
