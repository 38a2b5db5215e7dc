"""The article page: retold, with its short quotations in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app.config import Settings
from app.library.model import Library
from tests.web.visiting import Browser


def test_each_paragraph_stands_in_its_paraphrase_in_order(browser: Browser, library: Library) -> None:
    items = browser.open("/article").tree.all("li", class_="paragraph")
    assert [it.attrs["id"] for it in items] == ["h", "p2", "p3"]
    for it, paragraph in zip(items, library.paragraphs.values(), strict=True):
        assert it.one("p", class_="retold").text == paragraph.paraphrase


def test_a_quotation_stands_in_its_paragraph_and_names_the_lesson_that_uses_it(browser: Browser) -> None:
    second = browser.open("/article").tree.one("li", id="p2")
    assert second.one("blockquote", id="quote-nobody-hurt").text == "“nobody was hurt”"
    assert second.one("div", class_="paragraph-uses").one("a").attrs["href"] == "/lessons/02-two-counts"


def test_a_paragraph_that_no_lesson_quotes_names_none(browser: Browser) -> None:
    headline = browser.open("/article").tree.one("li", id="h")
    assert not headline.all("blockquote")
    assert not headline.all("div", class_="paragraph-uses")


def test_the_whole_article_is_a_link_to_its_publisher(browser: Browser) -> None:
    page = browser.open("/article")
    link = next(it for it in page.tree.all("a") if "Read the whole article" in it.text)
    assert link.attrs["href"] == "https://example.org/ferry"
    assert link.attrs["rel"] == "noopener noreferrer"


def test_a_course_without_an_article_says_so(
    make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path
) -> None:
    page = Browser(make_app(replace(empty_settings, course=tmp_path))).open("/article")
    assert page.status == 200
    assert "This course has no article." in page.words
