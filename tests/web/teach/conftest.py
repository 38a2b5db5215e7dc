"""A teacher at a browser, for the tests of the pages for teachers."""

from __future__ import annotations

import pytest
from flask import Flask

from app.accounts.models import User
from tests.web.visiting import Browser


@pytest.fixture
def tess_at(app: Flask, tess: User) -> Browser:
    """Tess, who teaches, signed in at a browser of her own."""
    return Browser(app).sign_in(tess)
