"""The article and its dossier: retold, with quotations in place, and with its claims as of a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from app.config import Settings
from app.library.model import Library
from tests.web.markup import Element
from tests.web.visiting import Browser, Page

C01 = "/article/claims/C01"


def claim_row(page: Page, claim: str) -> str:
    """The words of a claim on the article's page."""
    return page.tree.one("li", id=claim).text


def switch(page: Page) -> list[tuple[str, str]]:
    """The links of the switch: words and date; the current one with a star."""
    links = page.tree.one("nav", aria_label="As of").one("div").all("a")
    return [
        (it.text, parse_qs(urlsplit(it.attrs["href"]).query)["as_of"][0] + ("*" if "aria-current" in it.attrs else ""))
        for it in links
    ]


def rows(table: Element) -> list[list[str]]:
    """The words of a table's body, cell by cell."""
    return [[cell.text for cell in row.all("th", "td")] for row in table.one("tbody").all("tr")]


# ---------------------------------------------------------------- paragraphs


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


def test_loaded_words_and_what_to_notice_stand_beside_the_paragraph(browser: Browser) -> None:
    side = browser.open("/article").tree.one("li", id="p2").one("div", class_="paragraph-side").text
    assert "Loaded words: “doomed”" in side
    assert "Who counted is not said." in side


def test_the_whole_article_is_a_link_to_its_publisher(browser: Browser) -> None:
    page = browser.open("/article")
    link = next(it for it in page.tree.all("a") if "Read the whole article" in it.text)
    assert link.attrs["href"] == "https://example.org/ferry"
    assert link.attrs["rel"] == "noopener noreferrer"


# ---------------------------------------------------------------- as of a date


def test_claims_stand_in_their_paragraphs(browser: Browser) -> None:
    page = browser.open("/article")
    paragraphs = page.tree.all("li", class_="paragraph")
    found = {it.attrs["id"]: [one.attrs["id"] for one in it.all("li", class_="claim")] for it in paragraphs}
    assert {at: claims for at, claims in found.items() if claims} == {"p2": ["C01"], "p3": ["C02", "C03"]}


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("", "Supported"),
        ("?as_of=2031-03-04", "Supported"),
        ("?as_of=2031-03-08", "Supported"),
        ("?as_of=2031-03-09", "Contested"),
        ("?as_of=2031-03-20", "Contradicted"),
        ("?as_of=later", "Contradicted"),
    ],
)
def test_the_verdict_is_that_of_the_date_in_the_address(browser: Browser, query: str, verdict: str) -> None:
    assert claim_row(browser.open(f"/article{query}"), "C01").endswith(verdict)
    assert verdict in browser.open(f"{C01}{query}").tree.one("details").one("tr", class_="is-current").text


def test_the_switch_has_the_common_dates_and_says_which_is_shown(browser: Browser) -> None:
    assert switch(browser.open("/article?as_of=2031-03-20")) == [
        ("4 March 2031, published", "2031-03-04"),
        ("20 March 2031, updated", "2031-03-20*"),
        ("Later, checked May 2031", "later"),
    ]


def test_the_article_names_the_other_change_points_with_their_claims(browser: Browser) -> None:
    page = browser.open("/article")
    link = page.tree.one("p", class_="as-of-changes").one("a")
    assert link.text == "9 March 2031 (C01)"
    assert "The company now counted four." in claim_row(browser.open(link.attrs["href"]), "C01")


def test_a_claim_has_its_own_change_points_in_its_switch(browser: Browser) -> None:
    assert switch(browser.open(f"{C01}?as_of=2031-03-09")) == [
        ("4 March 2031, published", "2031-03-04"),
        ("9 March 2031, change", "2031-03-09*"),
        ("20 March 2031, updated", "2031-03-20"),
        ("Later, checked May 2031", "later"),
    ]
    assert len(switch(browser.open("/article/claims/C03"))) == 3


def test_a_date_between_change_points_is_said_and_none_is_marked(browser: Browser) -> None:
    page = browser.open("/article?as_of=2031-03-10")
    assert "As of 10 March 2031" in page.words
    assert not [date for _, date in switch(page) if date.endswith("*")]


@pytest.mark.parametrize("path", ["/article", C01])
@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("soon", "“soon” is not a date. Write it as 2020-03-02, or “later”."),
        ("2031-02-30", "“2031-02-30” is not a date."),
        ("2031-03-03", "Nothing is graded before 4 March 2031. Choose that date or one after it."),
    ],
)
def test_a_bad_date_is_said_to_be_one(browser: Browser, path: str, as_of: str, said: str) -> None:
    page = browser.open(f"{path}?as_of={as_of}")
    assert page.status == 400
    assert said in page.words


def test_verdicts_can_be_hidden_and_stay_so_on_another_date(browser: Browser) -> None:
    page = browser.open("/article?as_of=2031-03-20&verdicts=hidden")
    assert "Contradicted" not in page.words
    assert "Grade claim C01" in claim_row(page, "C01")
    other = page.tree.one("nav", aria_label="As of").one("div").all("a")[0].attrs["href"]
    assert "Supported" not in browser.open(other).words
    assert "Show the verdicts" in browser.page.words


def test_a_claim_that_is_not_graded_has_no_verdict_and_no_form(browser: Browser) -> None:
    assert claim_row(browser.open("/article"), "C02").endswith("Eleven boats went out.")
    page = browser.open("/article/claims/C02")
    assert page.status == 200
    assert not page.tree.one("main").all("form")


# ---------------------------------------------------------------- one claim


def test_a_claim_says_who_says_it_with_which_words_on_which_evidence(browser: Browser) -> None:
    facts = browser.open(C01).tree.all("dl")[0]
    found = dict(zip([it.text for it in facts.all("dt")], [it.text for it in facts.all("dd")], strict=True))
    assert found == {
        "Who says it": "The paper, attributed to nobody.",
        "Kind of claim": "Attributed",
        "Hedges": "“apparently”",
        "Loaded words": "“doomed”",
        "Evidence in the article": "None.",
    }
    assert browser.page.tree.one("blockquote").text == "“nobody was hurt”"


def test_evidence_is_shown_from_the_day_on_which_it_was_public(browser: Browser) -> None:
    early = browser.open(f"{C01}?as_of=2031-03-08")
    assert "The company counted four" not in early.words
    assert "1 finding became public only after this date." in early.words
    after = browser.open(f"{C01}?as_of=2031-03-09")
    assert "The company counted four who were hurt. (public since 9 Mar 2031)" in after.words
    assert "only after this date" not in after.words


def test_evidence_leads_to_its_sources(browser: Browser) -> None:
    links = [it.attrs["href"] for it in browser.open(C01).tree.all("a") if it.text == "Coast guard, 3 Mar 2031"]
    assert links == ["/sources#S01", "/sources#S01"]


def test_a_claim_names_where_else_it_matters(browser: Browser) -> None:
    links = browser.open(C01).links()
    for there in ("/article/omissions#O1", "/article/timeline#fog-comes", "/lessons/02-two-counts"):
        assert there in links


def test_claims_follow_each_other_on_the_same_date(browser: Browser) -> None:
    page = browser.open("/article/claims/C02?as_of=later")
    pager = page.tree.one("nav", aria_label="Claims")
    assert [it.attrs["href"] for it in pager.all("a")] == [f"{C01}?as_of=later", "/article/claims/C03?as_of=later"]


@pytest.mark.parametrize("claim", ["C99", "c01", "x"])
def test_a_claim_that_is_not_there_is_not_found(browser: Browser, claim: str) -> None:
    assert browser.open(f"/article/claims/{claim}").status == 404
    assert browser.post(f"/article/claims/{claim}", {"verdict": "supported"}).status_code == 404


# ---------------------------------------------------------------- grading


def test_the_verdict_is_folded_away_until_the_claim_is_graded(browser: Browser) -> None:
    assert "open" not in browser.open(C01).tree.one("details").attrs
    assert "open" in browser.press("Compare", verdict="supported").tree.one("details").attrs


def test_a_grade_is_compared_with_the_verdict_of_the_same_date(browser: Browser) -> None:
    browser.open(f"{C01}?as_of=2031-03-20")
    page = browser.press("Compare", verdict="contradicted")
    assert "You and the dossier agree." in page.words
    browser.open(f"{C01}?as_of=2031-03-09")
    page = browser.press("Compare", verdict="contradicted")
    grading = page.tree.one("section", id="grading").text
    assert "You and the dossier differ." in grading
    assert "Yours Contradicted" in grading
    assert "The dossier’s Contested" in grading
    assert "The company now counted four." in grading


@pytest.mark.parametrize("fields", [{}, {"verdict": ""}, {"verdict": "true"}])
def test_a_form_without_a_grade_says_so(browser: Browser, fields: dict[str, str]) -> None:
    page = Page(browser.post(C01, fields))
    assert page.status == 422
    assert page.tree.one("p", class_="error").text == "Choose one of the words first."


def test_grading_makes_no_guest(browser: Browser) -> None:
    browser.open(C01)
    page = browser.press("Compare", verdict="supported")
    assert not page.tree.all("aside", class_="guest-strip")


# ---------------------------------------------------------------- the pages beside it


def test_what_is_left_out_says_whether_it_was_public(browser: Browser) -> None:
    first = browser.open("/article/omissions").tree.one("li", id="O1").text
    for words in ("The pilot had warned of fog.", "Yes, at noon.", "It changes who could have known.", "C01"):
        assert words in first
    assert "Bears on" not in browser.page.tree.one("li", id="O2").text


def test_the_table_of_events_has_every_clock(browser: Browser) -> None:
    table = browser.open("/article/timeline").tree.one("table")
    assert [it.text for it in table.all("th", scope="col")][2:4] == ["Harbour", "Capital"]
    found = rows(table)
    assert found[0][2:4] == ["20:00, 3 Mar", "11:30, 3 Mar"]
    assert found[1][1:4] == [
        "That night",
        "between 22:00, 3 Mar, and 02:00, 4 Mar",
        "between 13:30 and 17:30, 3 Mar",
    ]
    assert found[2][1:4] == ["4 Mar 2031", "", ""]


def test_the_timeline_is_drawn_to_scale(browser: Browser) -> None:
    hours, weeks = browser.open("/article/timeline").tree.all("svg", aria_hidden="true", font_size="15")
    dot, bar = hours.one("circle"), hours.one("rect")
    per_hour = (float(bar.attrs["y"]) - float(dot.attrs["cy"])) / 2
    assert float(bar.attrs["height"]) == per_hour * 4
    days = [float(it.attrs["cy"]) for it in weeks.all("circle")]
    ticks = [it.attrs["d"] for it in weeks.all("path", class_="rule")]
    per_week = float(ticks[1].split()[1].split("H")[0]) - float(ticks[0].split()[1].split("H")[0])
    assert days[1] - days[0] == per_week / 7 * 5


def test_each_count_names_who_gave_it_when(browser: Browser) -> None:
    found = [it.text for it in browser.open("/article/counts").tree.one("section", id="hurt").all("li")]
    assert "Coast guard, 3 Mar 2031 Replaced later" in found[0]
    assert found[1].startswith("dozens An unnamed passenger, 4 Mar 2031 Disputed")
    assert found[2].startswith("4 or 5 Ferry company, 9 Mar 2031 Stands")


def test_bars_are_as_long_as_their_figures(browser: Browser) -> None:
    section = browser.open("/article/counts").tree.one("section", id="hurt")
    none, dozens, four = section.all("svg", class_="count-bar")
    assert not none.all("rect")
    assert dozens.all("path", class_="open-end")
    whole, to = (float(it.attrs["width"]) for it in four.all("rect"))
    assert whole / float(dozens.one("rect").attrs["width"]) == pytest.approx(4 / 24, abs=0.01)
    assert to == pytest.approx(whole / 4, abs=0.1)


def test_a_single_count_is_not_drawn(browser: Browser) -> None:
    assert not browser.open("/article/counts").tree.one("section", id="boats").all("svg")


def test_places_and_names_have_their_spellings(browser: Browser) -> None:
    page = browser.open("/article/places")
    assert "Harbour (Velmora) Also written Port" in page.words
    assert "Ana Velm Also written Anna Velm" in page.words
    assert "not to scale" in page.words


def test_the_sketch_puts_places_where_the_course_says(browser: Browser) -> None:
    svg = browser.open("/article/places").tree.one("figure").one("svg")
    harbour, capital = svg.all("circle")
    assert float(harbour.attrs["cx"]) < float(capital.attrs["cx"])
    assert float(harbour.attrs["cy"]) > float(capital.attrs["cy"])
    assert {it.text for it in svg.all("text")} == {"Velmora", "Osland", "Harbour", "Capital"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/article", "This course has no article."),
        ("/article/omissions", "This course lists nothing here."),
        ("/article/timeline", "This course has no timeline."),
        ("/article/counts", "This course has no counts."),
        ("/article/places", "This course has no names and places."),
        ("/glossary", "This course has no glossary."),
        ("/sources", "This course has no sources."),
    ],
)
def test_a_course_without_a_part_says_so(
    make_app: Callable[..., Flask], empty_settings: Settings, tmp_path: Path, path: str, said: str
) -> None:
    page = Browser(make_app(replace(empty_settings, course=(tmp_path,)))).open(path)
    assert page.status == 200
    assert said in page.words
