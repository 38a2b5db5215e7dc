"""GIFT, Moodle's text format. Its authority is what Moodle reads; its crashes are not copied."""

from __future__ import annotations

from app.formats.gift.format import Gift

__all__ = ["Gift"]
