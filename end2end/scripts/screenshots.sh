#!/usr/bin/env bash
# make screenshots: every screen at four sizes, light and dark, with and without connection, in target/screenshots. To be
# opened and looked at; not committed. Arguments go to Playwright: screenshots.sh -g "phone-390x844 light".
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

need_rust
need_node_packages
need_chromium
"$SCRIPTS/site.sh" dev
cargo build --locked --workspace --exclude frontend --bins --tests
rm -rf target/screenshots
node_modules/.bin/playwright test --config end2end/screenshots "$@"
say "$(find target/screenshots -name '*.png' | wc -l) imágenes en target/screenshots."
