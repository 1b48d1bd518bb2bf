#!/usr/bin/env bash
# make run: builds the release with its site inside and serves it on every interface.
# PORT (3000) and DATA (data) may be set.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

port=${PORT:-3000}
data=${DATA:-data}
mesa=$CARGO_TARGET_DIR/release/mesa

first_time() { [ -e "$1" ] || printf ' (%s la primera vez)' "$2"; }

say "[1/5] Revisando las herramientas: Rust y wasm-bindgen…"
need_rust
need_wasm_bindgen
need_wasm_split

say "[2/5] Revisando los paquetes de node: wasm-opt y el estilo…"
need_node_packages

say "[3/5] Compilando y empaquetando la parte del navegador…$(first_time target/site/pkg/manifest.json 'unos 3 min')"
"$SCRIPTS/site.sh"

say "[4/5] Compilando el servidor, con el sitio adentro…$(first_time "$mesa" 'unos 10 min')"
build_server() {
  heartbeat 15 "compilando el servidor" cargo build --locked --release --package server
}
build_server
# cargo doesn't notice a file that appears in a folder that was empty when it last built: check, and rebuild once.
wasm=$(sed -n 's/.*"wasm": *"\([^"]*\)".*/\1/p' target/site/pkg/manifest.json)
if ! grep -qaF "$wasm" "$mesa"; then
  cargo clean --quiet --release --package server
  build_server
fi

say "[5/5] Preparando los datos en $data/ y abriendo el puerto $port…"
mkdir -p "$data"
status=0
# Links that phones can open, if there is a network.
lan=$(hostname -I 2>/dev/null | awk '{print $1}') || lan=
"$mesa" demo --data "$data" --stage agreed --url "http://${lan:-localhost}:$port" >"$CACHE/demo.log" 2>&1 || status=$?
case $status in
  0)
    say "      Ejercicio de muestra cargado. Sus enlaces (salen solo esta vez):"
    cat "$CACHE/demo.log"
    ;;
  3) say "      Ya hay datos: se conservan." ;;
  *)
    cat "$CACHE/demo.log" >&2
    die "no se pudo cargar el ejercicio de muestra."
    ;;
esac
rm -f "$CACHE/demo.log"
exec "$mesa" serve --data "$data" --addr "0.0.0.0:$port" --announce
