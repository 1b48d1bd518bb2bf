# shellcheck shell=bash
# Steps of a test run: each prints its name and its seconds, the first that fails ends the run, passed tests are counted. Sourced after
# postgres.sh. A step is one command; its output is shown and kept.

LOGS=$(mktemp -d "${TMPDIR:-/tmp}/mesa-abierta-test.XXXXXX")
STEP=0

finish() {
  postgres_stop
  rm -rf "$LOGS"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# step NAME COMMAND…
step() {
  local name=$1 began=$SECONDS status=0
  shift
  STEP=$((STEP + 1))
  say ""
  say "== $STEP. $name"
  heartbeat 60 "$name" "$@" 2>&1 | tee "$LOGS/$STEP.log" || status=$?
  if [ "$status" -ne 0 ]; then
    say ""
    say "FAILED: step $STEP ($name), status $status, after $(duration $((SECONDS - began)))."
    [ "$status" -ne 124 ] || say "It ran out of time."
    exit 1
  fi
  say "== $STEP. $name: fine, $(duration $((SECONDS - began)))"
}

# limit DURATION COMMAND…: kills a command that hangs, with all its children; status 124.
limit() {
  # On a terminal the command has to stay in the foreground, so that Ctrl-C reaches it.
  if [ -t 0 ]; then timeout --foreground --kill-after=10 "$@"; else timeout --kill-after=10 "$@"; fi
}

# The results of cargo's test programs, summed over all steps: "passed failed ignored".
cargo_counts() {
  sed 's/\x1b\[[0-9;]*m//g' "$LOGS"/*.log | awk '
    /test result: / {
      for (i = 2; i <= NF; i++) {
        if ($i == "passed;") passed += $(i - 1)
        if ($i == "failed;") failed += $(i - 1)
        if ($i == "ignored;") ignored += $(i - 1)
      }
    }
    # The same from cargo nextest, in one line.
    /Summary \[.*tests? run: / {
      for (i = 2; i <= NF; i++) {
        if ($i ~ /^passed/) passed += $(i - 1)
        if ($i ~ /^failed/) failed += $(i - 1)
        if ($i ~ /^skipped/) ignored += $(i - 1)
      }
    }
    END { print passed + 0, failed + 0, ignored + 0 }'
}

# The results of Playwright's reports, summed: "passed failed skipped".
browser_counts() {
  node -e '
    const sums = [0, 0, 0];
    for (const file of process.argv.slice(1)) {
      const { stats } = JSON.parse(require("node:fs").readFileSync(file, "utf8"));
      [stats.expected + stats.flaky, stats.unexpected, stats.skipped].forEach((count, index) => (sums[index] += count));
    }
    console.log(...sums);' $(browser_reports)
}

browser_reports() { find "$LOGS" -name '*.json'; }

# The browser tests that passed only when retried, one a line: each has found a fault, of the test or the product.
browser_flaky() {
  node -e '
    const suites = process.argv.slice(1).flatMap((file) => JSON.parse(require("node:fs").readFileSync(file, "utf8")).suites);
    const walk = (suite) => {
      for (const spec of suite.specs ?? []) {
        if (spec.tests.some((test) => test.status === "flaky")) console.log(`${spec.file}: ${spec.title}`);
      }
      (suite.suites ?? []).forEach(walk);
    };
    suites.forEach(walk);' $(browser_reports)
}

# The plain count, as the last line; fails when something failed or nothing ran.
report() {
  local passed failed ignored browser_passed browser_failed skipped
  read -r passed failed ignored < <(cargo_counts)
  read -r browser_passed browser_failed skipped < <(browser_counts)
  passed=$((passed + browser_passed)) failed=$((failed + browser_failed)) skipped=$((skipped + ignored))
  say ""
  [ "$skipped" -eq 0 ] || say "$skipped not run (the long ones belong to make soak)."
  local flaky
  flaky=$(browser_flaky)
  [ -z "$flaky" ] || printf 'Passed only at the second try; something fails at times:\n%s\n' "$flaky"
  say "All in $(duration $SECONDS)."
  say "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
}

start_postgres() {
  need_postgres
  postgres_start
  # Otherwise those tests would be skipped if PostgreSQL weren't running.
  export MESA_REQUIRE_POSTGRES=1
}
