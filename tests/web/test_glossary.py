"""The glossary, and the words of lessons that lead to it."""

from __future__ import annotations

import pytest

from tests.web.visiting import Browser


def test_terms_stand_in_the_order_of_the_alphabet(browser: Browser) -> None:
    found = [it.text for it in browser.open("/glossary").tree.one("dl").all("dt")]
    assert found == ["As-of date", "Costly signal"]


def test_a_term_has_its_meaning_its_other_names_and_its_lessons(browser: Browser) -> None:
    page = browser.open("/glossary/as-of-date")
    assert page.heading == "As-of date"
    assert "The day for which a figure is given." in page.words
    assert "Also: as of" in page.words


def test_a_marked_term_of_a_lesson_leads_to_the_glossary_and_back(browser: Browser) -> None:
    link = browser.open("/lessons/01-a-costly-word").tree.all("a", class_="term")[0]
    page = browser.open(link.attrs["href"])
    assert page.status == 200
    assert "/lessons/01-a-costly-word" in page.links()


def test_the_footer_leads_to_glossary_and_sources(browser: Browser) -> None:
    footer = browser.open("/").tree.one("footer", class_="site-footer")
    assert {"/glossary", "/sources"} <= {it.attrs["href"] for it in footer.all("a")}


@pytest.mark.parametrize("term", ["no-such-term", "As-of-date"])
def test_a_term_that_is_not_there_is_not_found(browser: Browser, term: str) -> None:
    assert browser.open(f"/glossary/{term}").status == 404
