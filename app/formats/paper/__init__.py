"""Questions on paper: one HTML file with the questions, an answer sheet and the key."""

from __future__ import annotations

from app.formats.paper.paper import Paper

__all__ = ["Paper"]
