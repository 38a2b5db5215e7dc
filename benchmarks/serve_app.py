"""The application for servers that want a name; set up as `offramp serve` does it, unless UNTUNED is set."""

from __future__ import annotations

import logging
import os

from app import create_app
from app.cli.serve import tune

logging.getLogger("waitress.queue").setLevel(logging.ERROR)
app = create_app()
if not os.environ.get("UNTUNED"):
    tune()
