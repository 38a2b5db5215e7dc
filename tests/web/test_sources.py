"""The page of sources."""

from __future__ import annotations

from app.library.model import Library
from tests.web.visiting import Browser


def test_every_source_stands_there_once_under_its_kind(browser: Browser, library: Library) -> None:
    tree = browser.open("/sources").tree
    assert sorted(it.attrs["id"] for it in tree.one("main").all("li")) == sorted(library.sources)
    assert [it.text.split(":")[0] for it in tree.all("h2")] == [
        "First hand",
        "News reports",
        "State media, or close to a state",
    ]


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
