"""A teacher at a browser, for the tests of the pages for teachers."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from app.accounts.models import User
from tests.web.visiting import Browser


@pytest.fixture
def tess_at(app: Flask, tess: User) -> Browser:
    """Tess, who teaches, signed in at a browser of her own."""
    return Browser(app).sign_in(tess)


# What these pages store and ask of the database is tested on both databases in tests/authoring and tests/quiz, and
# through these files, which ask most of it; the other pages are walked on SQLite alone, so that the run stays short.
ON_BOTH = {"test_bank.py", "test_importing.py", "test_quizzes.py", "test_results.py"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the other files out on PostgreSQL."""
    here = Path(__file__).parent

    def stays(item: pytest.Item) -> bool:
        is_here = item.path.parent == here and item.path.name not in ON_BOTH
        return not (is_here and "[postgresql" in item.name)

    items[:] = [item for item in items if stays(item)]
