#!/bin/sh
# Succeeds when the browser tests will find a Chromium: $CHROMIUM, the system's, or Playwright's own. Otherwise
# says which command installs one and fails; when CI is set, installs it.
#   usage: find-chromium.sh PYTHON
set -eu

find_chromium() {
    for program in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        if command -v "$program" >/dev/null 2>&1; then return 0; fi
    done
    for program in "/Applications/Chromium.app" "/Applications/Google Chrome.app"; do
        if [ -d "$program" ]; then return 0; fi
    done
    "$1" - <<'PYTHON'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not os.path.exists(playwright.chromium.executable_path))
PYTHON
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

if find_chromium "$1"; then exit 0; fi

if [ -n "${CI:-}" ] && command -v apt-get >/dev/null 2>&1; then
    as_root apt-get update -qq >&2
    as_root apt-get install -y -qq chromium >&2
    if find_chromium "$1"; then exit 0; fi
fi

{
    echo "The browser tests need Chromium."
    # Ubuntu's package is a snap, which may not look into the tests' temporary folders.
    if command -v apt-get >/dev/null 2>&1 && ! grep -qi ubuntu /etc/os-release; then
        echo "This installs it:  sudo apt update && sudo apt install chromium"
    else
        echo "This installs one for the tests alone:  .venv/bin/playwright install chromium"
    fi
    echo "“make check” does without."
} >&2
exit 1
