"""Browsers for the tests of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from app.boot import bare_app, open_course
from app.config import Settings
from app.db import db
from tests.web.visiting import Browser


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    """A browser that has not been here before."""
    return Browser(app)


@pytest.fixture
def other(app: Flask, session: Session) -> Browser:
    """Another browser, with cookies of its own."""
    return Browser(app)


@pytest.fixture
def make_app(session: Session) -> Iterator[Callable[..., Flask]]:
    """Make an application with settings of its own, on whatever database they name; closed after the test."""
    from app.web.factory import create_app

    made: list[Flask] = []

    def make(settings: Settings) -> Flask:
        bare = bare_app(settings)
        open_course(bare)
        with bare.app_context():
            db.engine.dispose()
        app = create_app(settings=settings)
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def count(session: Session) -> Callable[..., int]:
    """How many rows a model's table has, as others see it now."""
    from sqlalchemy import func, select

    def count(model: type, *where: Any) -> int:
        session.rollback()
        return int(session.scalar(select(func.count()).select_from(model).where(*where)) or 0)

    return count
