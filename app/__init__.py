"""Offramp: lessons and quizzes on crisis signalling and source evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask

    from app.config import Settings

__version__ = "0.1.0"


def create_app(settings: Settings | None = None, course: Path | None = None) -> Flask:
    """The web application; see app.web.factory.create_app.

    Imported late: `import app.questions` loads no Flask.
    """
    from app.web.factory import create_app as create

    return create(settings, course)
