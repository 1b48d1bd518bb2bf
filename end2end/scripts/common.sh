# shellcheck shell=bash
# Shared by all scripts: paths, progress messages, finding a free port. Sourced, not run. Sets ROOT, CACHE, TOOLS and CARGO_TARGET_DIR, and
# changes to ROOT.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
export SCRIPTS=$ROOT/end2end/scripts
home=~ # also where HOME isn't set
CACHE=${XDG_CACHE_HOME:-$home/.cache}/mesa-abierta
TOOLS=$CACHE/tools
# Outside the clone, so that a second clone doesn't compile the dependencies again.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$CACHE/target}
# The user's own npm settings must not change what is installed.
export npm_config_update_notifier=false npm_config_audit=false npm_config_fund=false

cd "$ROOT" || exit 1
mkdir -p "$TOOLS" "$CARGO_TARGET_DIR"
# The server embeds this folder: it has to exist even for a debug build.
mkdir -p target/site/pkg

say() { printf '%s\n' "$*"; }
die() { printf '\nError: %s\n' "$*" >&2; exit 1; }

# heartbeat SECONDS LABEL COMMAND…: runs the command and prints now and then that it is still running, unless cargo's own progress bar shows
# it (on a terminal). Returns the command's status.
heartbeat() {
  local every=$1 label=$2 began=$SECONDS status=0 beat='' quiet
  shift 2
  if [ ! -t 2 ]; then
    (
      # A read that blocks forever, not a sleep, which would outlive this loop and hold the output open.
      exec {quiet}<> <(:)
      while true; do
        read -r -t "$every" -u "$quiet" || true
        printf '      … %s: %s\n' "$label" "$(duration $((SECONDS - began)))"
      done
    ) &
    beat=$!
  fi
  "$@" || status=$?
  if [ -n "$beat" ]; then
    kill "$beat" 2>/dev/null || true
    wait "$beat" 2>/dev/null || true
  fi
  return "$status"
}

duration() {
  if [ "$1" -ge 60 ]; then printf '%d min %02d s' $(($1 / 60)) $(($1 % 60)); else printf '%d s' "$1"; fi
}

# free_port: a TCP port of 127.0.0.1 that nothing listens on, below the kernel's ephemeral ports.
free_port() {
  node -e '
    const net = require("node:net");
    const attempt = (left) => {
      const port = 21000 + Math.floor(Math.random() * 9000);
      const probe = net.createServer();
      probe.once("error", () => (left ? attempt(left - 1) : process.exit(1)));
      probe.listen(port, "127.0.0.1", () => probe.close(() => console.log(port)));
    };
    attempt(50);'
}
