"""The teachers' pages in every state, held to what test_access.py holds those of learners to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.scenes_teach import SCENES
from tests.browser.server import LiveServer
from tests.browser.test_access import check, in_turn

TEACHERS = [name for name in SCENES if name.startswith("teach")]


@pytest.mark.parametrize("name", TEACHERS)
def test_a_teachers_page_is_within_reach_of_everybody(stage: Page, server: LiveServer, name: str) -> None:
    SCENES[name](stage, server)
    check(stage, *in_turn(TEACHERS.index(name)))
