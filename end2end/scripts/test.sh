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

say "Checking the tools: Rust, wasm-bindgen, node, Chromium, Firefox, WebKit, PostgreSQL, Java, LibreOffice, qpdf, poppler and openssl…"
need_rust
need_wasm_bindgen
need_wasm_split
need_test_packages
need_chromium
need_engines
need_strace
need_calc
need_pdf_tools
need_openssl
need_verifier
need_postgres
need_java
need_verapdf

documentation() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps "${host[@]}"; }

step "Format" cargo fmt --all --check
step "Clippy, server and tools" cargo clippy "${host[@]}" --all-targets -- -D warnings
step "Clippy, browser" cargo clippy "${wasm[@]}" -- -D warnings
step "Documentation" documentation
step "Build the tests" cargo test "${host[@]}" --no-run
start_postgres
# nextest runs the tests of all programs in parallel, in half the time; without it cargo does.
runner=(cargo test)
! cargo nextest --version >/dev/null 2>&1 || runner=(cargo nextest run)
step "Rust tests (SQLite and PostgreSQL)" limit 20m "${runner[@]}" "${host[@]}" --no-fail-fast
postgres_stop
# The same program that ships.
step "Site" "$SCRIPTS/site.sh"
step "Programs for the browser tests" cargo build "${host[@]}" --bins --tests
export MESA_E2E_REPORT=$LOGS/browser.json
step "Browser tests" limit 35m node_modules/.bin/playwright test --config end2end --grep-invert @alone
export MESA_E2E_REPORT=$LOGS/alone.json
step "Browser tests that measure, one at a time" limit 5m node_modules/.bin/playwright test --config end2end --grep @alone --workers 1
export MESA_E2E_REPORT=$LOGS/engines.json
step "Tests in Firefox and WebKit" limit 10m node_modules/.bin/playwright test --config end2end/engines
export MESA_E2E_REPORT=$LOGS/visits.json
step "Pages: HTML, and bytes that a newcomer gets" limit 5m node_modules/.bin/playwright test --config end2end/visits visits/html visits/weight
report
