#!/bin/sh
# Prints the Chromium for the browser tests: $CHROMIUM, the system's, or the one that Playwright keeps. Without
# one, says which command installs it and fails; when CI is set, installs it first.
#   usage: find-chromium.sh PYTHON
set -eu

find_chromium() {
    for program in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        if command -v "$program"; then return 0; fi
    done
    for program in \
        "/Applications/Chromium.app/Contents/MacOS/Chromium" \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
        if [ -x "$program" ]; then
            echo "$program"
            return 0
        fi
    done
    "$1" - <<'PYTHON'
import os, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    path = playwright.chromium.executable_path
if not os.path.exists(path):
    sys.exit(1)
print(path)
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
