#!/usr/bin/env bash
# make screenshots: every screen at four sizes, light and dark, with and without connection, in target/screenshots. To be looked at, not
# committed. Arguments go to Playwright: screenshots.sh -g "phone-390x844 light".
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

build_for_browser
rm -rf target/screenshots
node_modules/.bin/playwright test --config end2end/screenshots "$@"
say "$(find target/screenshots -name '*.png' | wc -l) images in target/screenshots."
