"""Where the system's Chromium is, and how it is started."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = "Debian: sudo apt-get install chromium; macOS: brew install --cask chromium; or set CHROMIUM to its path."

# The name is that of a school's server on its own network: plain http, and not localhost.
SCHOOL = "school.test"
FLAGS = [
    f"--host-resolver-rules=MAP {SCHOOL} 127.0.0.1",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The sandbox does not work for root, who runs tests in containers.
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
]


def find_chromium() -> str:
    """The path of the browser. Fails with the command that installs it."""
    wanted = os.environ.get("CHROMIUM")
    found = shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        pytest.fail(f"These tests need Chromium. {HOW}", pytrace=False)
    return str(found)
