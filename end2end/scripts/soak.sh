#!/usr/bin/env bash
# make soak: the Rust tests in their long variants (MESA_SOAK=1): kill loops, many histories, many damaged inputs; browsers that
# are killed after a key, slow networks; keyboard and storage in Firefox and WebKit; then the fuzzer, five minutes for each of its targets (MESA_FUZZ_SECONDS).
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"
# shellcheck source=end2end/scripts/postgres.sh
. "$SCRIPTS/postgres.sh"
# shellcheck source=end2end/scripts/steps.sh
. "$SCRIPTS/steps.sh"

need_rust
need_strace
need_calc
need_test_packages
need_java
need_verapdf
step "Build the tests" cargo test --locked --workspace --exclude frontend --no-run
start_postgres
export MESA_SOAK=1
step "Long tests" cargo test --locked --workspace --exclude frontend --no-fail-fast -- --include-ignored
step "Programs for the browser" build_for_browser
need_keyboard
step "Browsers that die, slow networks, long waits" node_modules/.bin/playwright test --config end2end --retries 0 --workers 1 \
  /killed_browser /typing_at_one_place /merging /late.spec /screens.spec /translated
step "Keyboard and storage in Firefox and WebKit" node_modules/.bin/playwright test --config end2end/engines
step "Fuzzer" "$SCRIPTS/fuzz.sh" "${MESA_FUZZ_SECONDS:-300}"
report
