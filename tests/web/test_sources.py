"""The page of sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app.config import Settings
from app.library.model import Library
from tests.support.course import copy_course
from tests.web.visiting import Browser


def test_every_source_stands_there_once_under_its_kind(browser: Browser, library: Library) -> None:
    tree = browser.open("/sources").tree
    assert sorted(it.attrs["id"] for it in tree.one("main").all("li")) == sorted(library.sources)
    assert [it.text.split(":")[0] for it in tree.all("h2")] == [
        "First hand",
        "News reports",
        "State media, or close to a state",
    ]


def test_sources_of_a_kind_stand_in_the_order_of_their_numbers(
    make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path
) -> None:
    folder = copy_course(tmp_path)
    line = "- {id: %s, publisher: P, title: T, date: 2031-03-03, kind: analysis}\n"
    with (folder / "lessons/sources.yaml").open("a", encoding="utf-8") as file:
        file.writelines(line % name for name in ("S10b", "K3", "S9", "S10"))
    page = Browser(make_app(replace(empty_settings, course=(folder,)))).open("/sources")
    section = page.tree.all("section")[2]
    assert [it.attrs["id"] for it in section.all("li")] == ["K3", "S9", "S10", "S10b"]


def test_a_source_has_date_and_address(browser: Browser) -> None:
    it = browser.open("/sources").tree.one("li", id="S01")
    assert "Coast guard, “Log of the night”, 3 Mar 2031." in it.text
    assert it.all("a")[0].attrs["href"] == "https://example.org/log"
    assert it.all("a")[0].attrs["rel"] == "noopener noreferrer"


def test_a_source_without_an_address_has_no_link(browser: Browser) -> None:
    assert "Open" not in browser.open("/sources").tree.one("li", id="S02").text


def test_a_source_says_where_it_is_cited(browser: Browser) -> None:
    it = browser.open("/sources").tree.one("li", id="S01")
    links = {one.text: one.attrs["href"] for one in it.all("a")[1:]}
    assert links["Lesson 2"] == "/lessons/02-two-counts"
    assert links["C01"] == "/article/claims/C01"
    assert links["O1"] == "/article/omissions#O1"
    assert links["The ferry leaves"] == "/article/timeline#ferry-leaves"
    assert links["How many were hurt?"] == "/article/counts#hurt"
    assert links["Harbour"] == "/article/places#harbour"
