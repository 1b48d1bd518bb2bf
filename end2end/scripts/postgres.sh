# shellcheck shell=bash
# A PostgreSQL cluster for a test run: own folder, own port, loopback only, everything written to disk as in production. Sourced after
# tools.sh. The caller stops it with a trap on EXIT.

POSTGRES_HOME=

# Starts the cluster; exports MESA_TEST_POSTGRES, the address of a database from which tests may create others.
postgres_start() {
  local port
  POSTGRES_HOME=$(mktemp -d /tmp/mesa-abierta-postgres.XXXXXX)
  [ "$(id -u)" -ne 0 ] || chown postgres "$POSTGRES_HOME"
  port=$(free_port)
  as_postgres "$POSTGRES_BIN/initdb" --pgdata="$POSTGRES_HOME/data" --username=postgres --auth=trust --encoding=UTF8 \
    --no-locale --no-sync >"$POSTGRES_HOME.log" 2>&1 || { cat "$POSTGRES_HOME.log" >&2; die "initdb fails."; }
  as_postgres tee -a "$POSTGRES_HOME/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$POSTGRES_HOME'
max_connections = 300
fsync = on
synchronous_commit = on
CONF
  as_postgres "$POSTGRES_BIN/pg_ctl" start --wait --silent --pgdata="$POSTGRES_HOME/data" --log="$POSTGRES_HOME/server.log" \
    >/dev/null 2>&1 || { cat "$POSTGRES_HOME/server.log" >&2; die "PostgreSQL does not start."; }
  export MESA_TEST_POSTGRES=postgres://postgres@127.0.0.1:$port/postgres
}

postgres_stop() {
  [ -n "$POSTGRES_HOME" ] || return 0
  # immediate: its data isn't worth a checkpoint.
  as_postgres "$POSTGRES_BIN/pg_ctl" stop --silent --mode=immediate --pgdata="$POSTGRES_HOME/data" >/dev/null 2>&1 || true
  rm -rf "$POSTGRES_HOME" "$POSTGRES_HOME.log"
  POSTGRES_HOME=
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd "$POSTGRES_HOME" && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}
