"""The application for servers that want a name to import, tuned as `offramp serve` tunes itself."""

from __future__ import annotations

from app import create_app
from app.cli.serve import tune

app = create_app()
tune()
