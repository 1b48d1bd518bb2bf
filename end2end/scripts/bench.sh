#!/usr/bin/env bash
# make bench: the release server on one core, the load tool on another, a fresh store for each run; prints a table.
# MODES="steady join-storm …" chooses what is measured (load --help has the list; document is a test of server/document, slow and lighthouse
# are browsers). SIZES="editors:followers …" and SECONDS_EACH
# are of steady; FOLLOWERS (of followers), HISTORY (earlier edits of history) and RUNS may be set.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

read -ra modes <<<"${MODES:-steady join-storm offline-room offline-return history kill followers slow-readers mesas document rendering slow lighthouse}"
read -ra sizes <<<"${SIZES:-10:20 60:200 60:1000}"
runs=${RUNS:-3}
seconds=${SECONDS_EACH:-20}
mesa=$CARGO_TARGET_DIR/release/mesa
load=$CARGO_TARGET_DIR/release/load

say "Building the server and the load tool…"
need_test_packages
need_chromium
"$SCRIPTS/site.sh"
cargo build --locked --release --package server
cargo build --locked --release --package load
# Two sockets for each client, and a limit for each program.
ulimit -n "$(ulimit -Hn)" || true

failed=()
work=$(mktemp -d "${TMPDIR:-/tmp}/mesa-abierta-bench.XXXXXX")
server=
servers=()
loads=()
stop_servers() {
  [ "${#servers[@]}" -eq 0 ] || kill -TERM "${servers[@]}" 2>/dev/null || true
  local one
  for one in "${servers[@]}"; do wait "$one" || true; done
  servers=()
}
finish() {
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  [ "${#loads[@]}" -eq 0 ] || kill "${loads[@]}" 2>/dev/null || true
  stop_servers
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# core N: the command prefix that binds to one core, if there is more than one.
core() {
  if [ "$(nproc)" -ge 2 ]; then printf 'taskset --cpu-list %s' "$1"; fi
}
read -ra at_server <<<"$(core 0)"
read -ra at_load <<<"$(core 1)"

# one_run NAME NUMBER MODE OPTION…: appends a line to NAME.results.
one_run() {
  local name=$1 number=$2 mode=$3 port url data status=0 serve more=()
  shift 3
  data=$work/$name-$number
  mkdir "$data"
  port=$(free_port)
  url=http://127.0.0.1:$port
  "$mesa" demo --data "$data" --stage agreed --json --url "$url" >"$work/links.json"
  serve=("${at_server[@]}" "$mesa" serve --data "$data" --addr "127.0.0.1:$port" --per-address 1000000)
  if [ "$mode" = kill ]; then
    # This mode starts the server itself, and kills it.
    more=(--serve "$(printf '%q ' "${serve[@]}")")
  else
    "${serve[@]}" >"$work/server.log" 2>&1 &
    server=$!
    node "$SCRIPTS/wait.mjs" "$url/healthz" || { cat "$work/server.log" >&2; die "the server does not answer."; }
    more=(--pid "$server")
  fi
  "${at_load[@]}" "$load" --mode "$mode" --url "$url" --links "$work/links.json" --json "${more[@]}" "$@" \
    >"$work/result.json" 2>"$work/load.log" || status=$?
  if [ -n "$server" ]; then
    kill -TERM "$server"
    wait "$server" || true
    server=
  fi
  if [ "$status" -ne 0 ]; then
    cat "$work/load.log" "$work/result.json" >&2
    say "FAILED: the load tool ended with $status ($name, run $number)."
    failed+=("$name")
  fi
  "$mesa" verify --data "$data" >"$work/verify.log" 2>&1 || { cat "$work/verify.log" >&2; die "mesa verify finds differences."; }
  # A run that lost something counts as well: the table says so.
  tail -n 1 "$work/result.json" >>"$work/$name.results"
  rm -rf "$data"
}

# three_runs NUMBER: three mesas of one exercise at once, then three exercises, each on a server of its own: 60 + 200 at one edit a second each.
# A line more in mesas.results and exercises.results for each of the three.
three_runs() {
  local number=$1 one url=() data=() pid=() name
  for name in mesas exercises; do
    for one in 1 2 3; do
      data[one]=$work/$name-$number-$one
      if [ "$name" = mesas ] && [ "$one" -gt 1 ]; then
        url[one]=${url[1]} pid[one]=${pid[1]}
        "$mesa" add-mesa --exercise "$(sed 's/.*"exercise_id":"\([^"]*\)".*/\1/' "$work/links-1.json")" --theme "Mesa $one" \
          --data "${data[1]}" --json --url "${url[1]}" >"$work/links-$one.json"
        # The server notices within a second.
        sleep 2
        "$load" --mode furnish --url "${url[1]}" --links "$work/links-$one.json" --json >/dev/null
      else
        mkdir "${data[one]}"
        url[one]=http://127.0.0.1:$(free_port)
        "$mesa" demo --data "${data[one]}" --stage agreed --json --url "${url[one]}" >"$work/links-$one.json"
        "${at_server[@]}" "$mesa" serve --data "${data[one]}" --addr "${url[one]#http://}" --per-address 1000000 >"$work/server-$one.log" 2>&1 &
        pid[one]=$!
        servers+=("$!")
        node "$SCRIPTS/wait.mjs" "${url[one]}/healthz" || { cat "$work/server-$one.log" >&2; die "the server does not answer."; }
      fi
    done
    loads=()
    for one in 1 2 3; do
      "${at_load[@]}" "$load" --url "${url[one]}" --links "$work/links-$one.json" --pid "${pid[one]}" --rate 1 --seconds "$seconds" --json \
        >"$work/result-$one.json" &
      loads+=("$!")
    done
    for one in 1 2 3; do
      wait "${loads[one - 1]}" || { say "FAILED: the load tool at $name, $one."; failed+=("$name"); }
      tail -n 1 "$work/result-$one.json" >>"$work/$name.results"
    done
    loads=()
    stop_servers
    for one in 1 2 3; do
      [ ! -e "${data[one]}" ] || "$mesa" verify --data "${data[one]}" >"$work/verify.log" 2>&1 || { cat "$work/verify.log" >&2; die "mesa verify finds differences."; }
    done
  done
}

# browser_runs NAME LABEL: the same in a browser, with a server that Playwright starts.
browser_runs() {
  local name=$1 number
  for ((number = 1; number <= runs; number++)); do
    say "[$name, $number/$runs] $2…"
    if ! MESA_BENCH_RESULT=$work/$name.results MESA_BIN=$mesa MESA_SITE=$ROOT/target/site \
      node_modules/.bin/playwright test --config end2end/visits "visits/$name" >"$work/browser.log" 2>&1; then
      cat "$work/browser.log" >&2
      say "FAILED: $name, run $number."
      failed+=("$name")
    fi
  done
  # Such as the audits that cost points.
  grep '^      ' "$work/browser.log" || true
}

# document_runs: how long a document takes, with no server beside it.
document_runs() {
  local number
  cargo test --locked --release --package document --test document --no-run
  for ((number = 1; number <= runs; number++)); do
    say "[document, $number/$runs] eight commitments, forty activities, sixteen signers…"
    if ! "${at_load[@]}" cargo test --quiet --locked --release --package document --test document -- --ignored --exact --nocapture \
      speed::a_large_plan_takes_less_than_half_a_second >"$work/document.log" 2>&1; then
      cat "$work/document.log" >&2
      say "FAILED: document, run $number."
      failed+=(document)
    fi
    grep '^{"plan_ms"' "$work/document.log" >>"$work/document.results" || true
  done
}

# all_runs NAME LABEL MODE OPTION…
all_runs() {
  local name=$1 label=$2 number
  shift 2
  for ((number = 1; number <= runs; number++)); do
    say "[$name, $number/$runs] $label…"
    one_run "$name" "$number" "$@"
  done
}

for mode in "${modes[@]}"; do
  case $mode in
    steady)
      for size in "${sizes[@]}"; do
        all_runs "$size" "${size%:*} editors and ${size#*:} followers, $seconds s" steady \
          --editors "${size%:*}" --followers "${size#*:}" --rate 2 --seconds "$seconds"
      done
      ;;
    join-storm) all_runs join-storm "60 phones come within 10 s" join-storm ;;
    offline-room) all_runs offline-room "60 editors and 200 followers, 30 s without network" offline-room ;;
    offline-return) all_runs offline-return "60 come back with 200 edits each" offline-return ;;
    history)
      all_runs history "${HISTORY:-100000} earlier edits" history --edits "${HISTORY:-100000}" --rate 5 --seconds 15
      ;;
    # More per second than people write, so that something is always in transit.
    kill) all_runs kill "60 editors, the server dies four times" kill --rate 10 ;;
    followers)
      all_runs followers "20 editors, up to ${FOLLOWERS:-18000} followers" followers --followers "${FOLLOWERS:-18000}" --seconds 5
      ;;
    mesas)
      for ((number = 1; number <= runs; number++)); do
        say "[mesas, $number/$runs] three mesas of one exercise, three exercises: 60 editors and 200 followers each…"
        three_runs "$number"
      done
      ;;
    document) document_runs ;;
    rendering) all_runs rendering "10 editors and 20 followers, without and beside documents" rendering --editors 10 --followers 20 --seconds 10 ;;
    slow) browser_runs slow "a slow phone on a slow 4G network" ;;
    lighthouse) browser_runs lighthouse "Lighthouse on a phone" ;;
    slow-readers) all_runs slow-readers "60 editors, 200 followers and 60 who don't read in time" slow-readers --seconds 25 ;;
    *) die "there is no mode '$mode'; load --help has the list." ;;
  esac
done
say ""
node "$SCRIPTS/bench.mjs" "$work" "$seconds" "${modes[*]}" "${sizes[*]}"
[ "${#failed[@]}" -eq 0 ] || die "runs of ${failed[*]} failed."
