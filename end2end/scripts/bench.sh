#!/usr/bin/env bash
# make bench: the release server on one core, the load tool on another, a fresh store for each run; prints a table.
# SIZES="editors:followers …", RUNS and SECONDS_EACH may be set.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

read -ra sizes <<<"${SIZES:-10:20 60:200}"
runs=${RUNS:-3}
seconds=${SECONDS_EACH:-20}
mesa=$CARGO_TARGET_DIR/release/mesa
load=$CARGO_TARGET_DIR/release/load

say "Compilando el servidor y la herramienta de carga…"
"$SCRIPTS/site.sh" release
cargo build --locked --release --package server
cargo build --locked --release --package load
# Two sockets for each client, and each program has its own limit.
ulimit -n "$(ulimit -Hn)" || true

work=$(mktemp -d "${TMPDIR:-/tmp}/mesa-abierta-bench.XXXXXX")
server=
finish() {
  [ -z "$server" ] || kill -KILL "$server" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

# on_core N COMMAND…: replaces itself by the command, bound to one core where there is more than one.
on_core() {
  local core=$1
  shift
  if [ "$(nproc)" -ge 2 ]; then exec taskset --cpu-list "$core" "$@"; else exec "$@"; fi
}

one_run() {
  local size=$1 number=$2 port url data status=0 by_pid=()
  data=$work/$size-$number
  mkdir "$data"
  port=$(free_port)
  url=http://127.0.0.1:$port
  "$mesa" demo --data "$data" --stage agreed --json --url "$url" >"$work/links.json"
  (on_core 0 "$mesa" serve --data "$data" --addr "127.0.0.1:$port") >"$work/server.log" 2>&1 &
  server=$!
  node "$SCRIPTS/wait.mjs" "$url/healthz" || { cat "$work/server.log" >&2; die "el servidor no contestó."; }
  if "$load" --help 2>&1 | grep -q -- '--pid'; then by_pid=(--pid "$server"); fi
  (on_core 1 "$load" --url "$url" --links "$work/links.json" --editors "${size%:*}" --followers "${size#*:}" \
    --rate 2 --seconds "$seconds" --json "${by_pid[@]}") >"$work/result.json" || status=$?
  kill -TERM "$server"
  wait "$server" || true
  server=
  [ "$status" -eq 0 ] || die "la herramienta de carga terminó con $status ($size, corrida $number)."
  "$mesa" verify --data "$data" >"$work/verify.log" 2>&1 || { cat "$work/verify.log" >&2; die "mesa verify encontró diferencias."; }
  tail -n 1 "$work/result.json" >>"$work/$size.results"
  rm -rf "$data"
}

for size in "${sizes[@]}"; do
  for ((number = 1; number <= runs; number++)); do
    say "[$size, $number/$runs] ${size%:*} editores y ${size#*:} seguidores, $seconds s…"
    one_run "$size" "$number"
  done
done
say ""
node "$SCRIPTS/bench.mjs" "$work" "$seconds" "${sizes[@]}"
