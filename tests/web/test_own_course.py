"""Pages of a course of one's own: what it does not have is not offered, and nothing speaks of another course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from app.config import Settings
from app.paths import PACKAGE, content_folder
from tests.support.databases import COURSE
from tests.web.visiting import Browser

STARTER = PACKAGE / "cli" / "starter" / "course"
Make = Callable[..., Flask]


@pytest.fixture
def own(make_app: Make, empty_settings: Settings) -> Browser:
    """Somebody at a server with the course that `offramp new course` makes."""
    return Browser(make_app(replace(empty_settings, course=(STARTER,))))


def test_a_course_without_an_article_offers_none_and_says_nothing_of_another(own: Browser) -> None:
    for path in ("/", "/about", "/lessons/01-who-wrote-it"):
        page = own.open(path)
        assert "/article" not in page.links()
        assert "Iran" not in page.tree.one("body").text
    assert own.open("/").tree.one("h1").text == "Reading a notice"
    assert "This course has no article." in own.open("/article").words


def test_only_what_a_course_has_stands_at_the_foot(make_app: Make, empty_settings: Settings, own: Browser) -> None:
    assert {"/glossary", "/sources"} <= set(own.open("/").links())
    bare = Browser(make_app(replace(empty_settings, course=(COURSE / "lessons",)))).open("/")
    assert not {"/glossary", "/sources"} & set(bare.links())


def test_the_bundled_course_says_what_it_rests_on(make_app: Make, empty_settings: Settings) -> None:
    browser = Browser(make_app(replace(empty_settings, course=(content_folder(), STARTER))))
    home = browser.open("/")
    footer = home.tree.one("footer", class_="site-footer").text
    assert "Built on one article: “Iran Escalates to De-escalate…”, Security Risks Asia, 9 Jan 2020." in footer
    assert "/article" in home.links()
    assert "published 9 January 2020, updated 2 March 2020" in browser.open("/article").words
    assert "/lessons/01-who-wrote-it" in home.links()


def test_an_image_of_a_later_course_is_shown(make_app: Make, empty_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "questions" / "images").mkdir(parents=True)
    Image.new("RGB", (3, 2)).save(tmp_path / "questions" / "images" / "map.png")
    served = Browser(make_app(replace(empty_settings, course=(STARTER, tmp_path))))
    response = served.client.get("/images/map.png")
    assert (response.status_code, response.data[:4]) == (200, b"\x89PNG")
