# shellcheck shell=bash
# Installs what is missing and nothing else. Sourced after common.sh; each function returns quickly when nothing is missing.

# The toolchain that rust-toolchain.toml names, with the wasm target, rustfmt and clippy.
need_rust() {
  local wanted found name
  command -v rustup >/dev/null || PATH=$PATH:${CARGO_HOME:-${HOME:-}/.cargo}/bin
  command -v rustup >/dev/null || die "falta rustup (https://rustup.rs)."
  command -v gcc >/dev/null || die "falta gcc: apt-get install gcc libc6-dev."
  wanted=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
  if ! rustup run "$wanted" rustc --version >/dev/null 2>&1; then
    # The same release may be installed under another name, such as "stable".
    found=
    while read -r name _; do
      case $(rustup run "$name" rustc --version 2>/dev/null) in
        "rustc $wanted "*) found=$name; break ;;
      esac
    done < <(rustup toolchain list 2>/dev/null)
    if [ -n "$found" ]; then
      export RUSTUP_TOOLCHAIN=$found
    else
      say "      Instalando Rust $wanted…"
      rustup toolchain install "$wanted" --profile minimal --component rustfmt --component clippy \
        --target wasm32-unknown-unknown --no-self-update || die "rustup no pudo instalar Rust $wanted."
    fi
  fi
  local chain=${RUSTUP_TOOLCHAIN:-$wanted} sysroot
  sysroot=$(rustup run "$chain" rustc --print sysroot)
  if [ ! -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]; then
    say "      Instalando la biblioteca de Rust para el navegador…"
    rustup target add wasm32-unknown-unknown --toolchain "$chain" || die "rustup no pudo instalar wasm32-unknown-unknown."
  fi
  [ -x "$sysroot/bin/cargo-fmt" ] || rustup component add rustfmt --toolchain "$chain" || die "rustup no pudo instalar rustfmt."
  [ -x "$sysroot/bin/cargo-clippy" ] || rustup component add clippy --toolchain "$chain" || die "rustup no pudo instalar clippy."
}

# The wasm-bindgen program at exactly the version of the library in Cargo.lock; sets WASM_BINDGEN to its path.
need_wasm_bindgen() {
  local version
  version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock)
  [ -n "$version" ] || die "Cargo.lock no nombra wasm-bindgen."
  export WASM_BINDGEN=$TOOLS/wasm-bindgen-$version/bin/wasm-bindgen
  install_program "$WASM_BINDGEN" wasm-bindgen-cli "$version"
}

# The program that splits the parts off the compiled frontend; sets WASM_SPLIT to its path. It belongs to wasm_split_helpers 0.2.3 in
# Cargo.lock.
need_wasm_split() {
  local version=0.2.4
  export WASM_SPLIT=$TOOLS/wasm-split-$version/bin/wasm-split-cli
  install_program "$WASM_SPLIT" wasm_split_cli_support "$version" --features build-binary
}

# cargo-deny, which checks deny.toml; sets DENY to its path.
need_cargo_deny() {
  local version=0.20.2
  export DENY=$TOOLS/cargo-deny-$version/bin/cargo-deny
  install_program "$DENY" cargo-deny "$version"
}

# install_program PATH CRATE VERSION OPTION…: compiles a crate's program to …/bin/NAME, unless it is there.
install_program() {
  local program=$1 crate=$2 version=$3
  shift 3
  [ -x "$program" ] && return
  say "      Compilando $crate $version (unos 3 min, solo la primera vez)…"
  # Without --locked: its lock file may name a crate version that a registry mirror lacks. Optimising the program would take longer than all
  # its runs together.
  if ! heartbeat 15 "$crate" env \
    CARGO_TARGET_DIR="$TOOLS/build" CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install "$crate" --version "$version" "$@" --root "${program%/bin/*}" --force; then
    die "no se pudo compilar $crate $version."
  fi
  rm -rf "$TOOLS/build"
}

# node and the packages of package-lock.json that build the site (wasm-opt, the bundlers): a third of their bytes.
need_node_packages() {
  cmp -s package-lock.json node_modules/.installed-all.json && return
  install_node_packages site --omit=dev
}

# Those, and the packages for tests and measurements (Playwright, Lighthouse, the HTML checker).
need_test_packages() {
  install_node_packages all
}

# install_node_packages WHICH OPTION…
install_node_packages() {
  local stamp=node_modules/.installed-$1.json
  shift
  command -v node >/dev/null || die "falta node 20 o posterior."
  [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] || die "node es anterior a la versión 20."
  cmp -s package-lock.json "$stamp" && return
  say "      Instalando los paquetes de node…"
  npm ci "$@" --ignore-scripts --loglevel=error >"$TOOLS/npm.log" 2>&1 || {
    tail -n 30 "$TOOLS/npm.log" >&2
    die "npm ci falló."
  }
  cp package-lock.json "$stamp"
}

# need_debian_packages PACKAGE…
need_debian_packages() {
  local as_root=() log=$TOOLS/apt.log
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || die "hace falta ser root para: apt-get install $*"
    as_root=(sudo)
  fi
  command -v apt-get >/dev/null || die "este sistema no tiene apt-get; instala tú: $*"
  say "      Instalando $*…"
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@")
  # The package lists may be missing or outdated: they are refreshed only then.
  if ! "${install[@]}" </dev/null >"$log" 2>&1; then
    "${as_root[@]}" apt-get update </dev/null >>"$log" 2>&1 || true
    "${install[@]}" </dev/null >>"$log" 2>&1 || {
      tail -n 30 "$log" >&2
      die "apt-get no pudo instalar $* (todo en $log)."
    }
  fi
}

# The best gzip compressor there is, for what phones download.
need_libdeflate() {
  command -v libdeflate-gzip >/dev/null || need_debian_packages libdeflate-tools
}

# A Java runtime, for the HTML checker and veraPDF.
need_java() {
  java -version >/dev/null 2>&1 || need_debian_packages default-jre-headless
}

# Chromium; sets MESA_CHROMIUM.
need_chromium() {
  export MESA_CHROMIUM=${MESA_CHROMIUM:-/usr/bin/chromium}
  [ -x "$MESA_CHROMIUM" ] || need_debian_packages chromium fonts-dejavu-core
  [ -x "$MESA_CHROMIUM" ] || die "there is no Chromium at $MESA_CHROMIUM (MESA_CHROMIUM names another)."
}

# Two more engines: Firefox, and WebKit with its driver on a virtual screen.
need_engines() {
  local missing=()
  [ -x "${MESA_FIREFOX:-/usr/bin/firefox-esr}" ] || missing+=(firefox-esr)
  command -v WebKitWebDriver >/dev/null || missing+=(webkit2gtk-driver)
  command -v Xvfb >/dev/null || missing+=(xvfb)
  [ ${#missing[@]} -eq 0 ] || need_debian_packages "${missing[@]}"
}

# xdotool, for keys that no driver sends (composition).
need_keyboard() {
  command -v xdotool >/dev/null || need_debian_packages xdotool
}

# strace, for the test that what is acknowledged is on disk before.
need_strace() {
  command -v strace >/dev/null || need_debian_packages strace
  export MESA_REQUIRE_STRACE=1
}

# LibreOffice Calc without a display, for the test of how spreadsheets open the open data.
need_calc() {
  command -v soffice >/dev/null || need_debian_packages libreoffice-calc-nogui
  export MESA_REQUIRE_CALC=1
}

# qpdf and poppler's programs, for the tests that judge documents from outside. Without them those tests fail.
need_pdf_tools() {
  local program missing=()
  command -v qpdf >/dev/null || missing+=(qpdf)
  for program in pdfinfo pdffonts pdftotext pdfdetach; do
    command -v "$program" >/dev/null || { missing+=(poppler-utils); break; }
  done
  [ ${#missing[@]} -eq 0 ] || need_debian_packages "${missing[@]}"
}

# openssl's program, which plays a time-stamping authority and verifies stamps in the tests.
need_openssl() {
  command -v openssl >/dev/null || need_debian_packages openssl
}

# veraPDF's rules, which a node package for tests has in its jar; after need_test_packages and need_java.
need_verapdf() {
  export MESA_VERAPDF_JAR=$ROOT/node_modules/@opendataloader/pdf/lib/opendataloader-pdf-cli.jar MESA_REQUIRE_VERAPDF=1
}

# Python with the packages cryptography and aiosmtpd, for a verifier and a mail server that need nothing of this project; sets
# MESA_VERIFIER_PYTHON. Where they can't be installed their tests are skipped, and say so.
need_verifier() {
  local version=46.0.5 venv=$TOOLS/verifier
  local packages=("cryptography==$version" aiosmtpd==1.4.6 atpublic==9.0.0 attrs==26.1.0)
  if ! [ -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import cryptography, aiosmtpd' 2>/dev/null; then
    python3 -c 'import venv, ensurepip' 2>/dev/null || (need_debian_packages python3 python3-venv) || true
    say "      Instalando cryptography $version y aiosmtpd para el verificador…"
    rm -rf "$venv"
    if ! { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet "${packages[@]}"; } >"$TOOLS/verifier.log" 2>&1; then
      say "      No se pudo (todo en $TOOLS/verifier.log): se omiten las pruebas del verificador en Python."
      return 0
    fi
  fi
  export MESA_VERIFIER_PYTHON=$venv/bin/python MESA_REQUIRE_VERIFIER=1
}

# PostgreSQL's server programs; sets POSTGRES_BIN to their folder.
need_postgres() {
  find_postgres || { need_debian_packages postgresql && find_postgres; } || die "the programs of PostgreSQL are not found."
}

find_postgres() {
  local folder on_path
  on_path=$(readlink -f "$(command -v postgres || true)")
  while read -r folder; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && [ -x "$folder/postgres" ]; then
      export POSTGRES_BIN=$folder
      return 0
    fi
  done < <(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr; dirname "${on_path:-/nowhere/postgres}")
  return 1
}

# What the browser tests need, built as make test builds it.
build_for_browser() {
  need_rust
  need_test_packages
  need_chromium
  need_engines
  "$SCRIPTS/site.sh"
  cargo build --locked --workspace --exclude frontend --bins --tests
}
