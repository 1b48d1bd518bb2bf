#!/usr/bin/env bash
# fuzz.sh [SECONDS [TARGET…]]: libFuzzer on the targets of app/sync/tests/fuzz, SECONDS for each (60). make soak runs it. Coverage comes
# from an LLVM pass that the stable compiler has; besides Rust only a C++ compiler is needed, for libFuzzer itself. Its findings stay in the
# cache, and the next run continues from there. A failing input is left in target/fuzz: it belongs in the corpus, with the fix.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

seconds=${1:-60}
shift || true
[ $# -gt 0 ] || set -- frames patches snapshots outbox

need_rust
command -v c++ >/dev/null || need_debian_packages g++
host=$(rustc -vV | sed -n 's/^host: //p')
# A target folder of its own: other flags would recompile everything else.
export CARGO_TARGET_DIR=$CARGO_TARGET_DIR/fuzz
export RUSTFLAGS="-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Ccodegen-units=1 -Cdebug-assertions=on -Coverflow-checks=on"
# With --target the flags don't apply to build scripts and macros.
engine=(cargo test --locked --release --target "$host" -p sync --features fuzz --test engine)
"${engine[@]}" --no-run

failed=$ROOT/target/fuzz
mkdir -p "$failed"
for target; do
  found=$CACHE/fuzz/$target
  mkdir -p "$found"
  say "      $target: $seconds s"
  MESA_FUZZ=$target MESA_FUZZ_SEEDS=$found "${engine[@]}" --quiet -- \
    -max_total_time="$seconds" -max_len=8192 -timeout=20 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
    -artifact_prefix="$failed/$target-" "$found" "$ROOT/app/sync/tests/fuzz/corpus/$target"
done
