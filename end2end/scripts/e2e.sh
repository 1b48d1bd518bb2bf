#!/usr/bin/env bash
# make e2e: only the browser tests, built as make test builds them. Arguments go to Playwright: e2e.sh -g "part of the name". Without any,
# the tests that measure a time run last and alone.
set -euo pipefail
# shellcheck source=end2end/scripts/common.sh
. "$(dirname "$0")/common.sh"
# shellcheck source=end2end/scripts/tools.sh
. "$SCRIPTS/tools.sh"

build_for_browser
playwright=(node_modules/.bin/playwright test --config end2end)
[ $# -eq 0 ] || exec "${playwright[@]}" "$@"
"${playwright[@]}" --grep-invert @alone
exec "${playwright[@]}" --grep @alone --workers 1
