"""`offramp article`, `offramp timeline` and `offramp glossary`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import local_learner

Run = Callable[..., Any]


def test_article_shows_every_paragraph_with_its_claims(run: Run) -> None:
    out = run("article").output
    order = ["as of 4 March 2031", "Headline", "Paragraph 2", "C01", "Supported. The only list", "Paragraph 3", "C03"]
    assert [out.index(words) for words in order] == sorted(out.index(words) for words in order)
    assert "for --as-of: 2031-03-04, 2031-03-09, 2031-03-20, later." in " ".join(out.split())


@pytest.mark.parametrize(
    ("as_of", "word"), [("2031-03-09", "Contested"), ("2031-03-20", "Contradicted"), ("later", "Contradicted")]
)
def test_article_takes_the_verdict_of_the_date(run: Run, as_of: str, word: str) -> None:
    assert f"{word}. " in run("article", "--as-of", as_of).output
    assert f"{word}. " in run("article", "C01", "--as-of", as_of).output.split("date asked for")[1]


def test_one_claim_is_shown_whole(run: Run) -> None:
    out = run("article", "c01").output
    for words in (
        "Nobody aboard the ferry was hurt.",
        "“nobody was hurt”",
        "Who says it: The paper, attributed to nobody.",
        "Hedges: “apparently”",
        "For: The coast guard had nobody on its list that night. (Coast guard)",
        "1 more became public only after this date.",
    ):
        assert words in out
    assert "The company counted four who" not in out
    later = " ".join(run("article", "C01", "--as-of", "later").output.split())
    assert "counted four who were hurt. (Ferry company, public since 9 March 2031)" in later


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("C99",), "There is no claim 'C99'. The claims are C01 to C03."),
        (("--as-of", "soon"), "“soon” is not a date. Write it as 2020-03-02, or “later”."),
        (("--as-of", "1999-01-01"), "Nothing is graded before 4 March 2031."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("article", *arguments)
    assert result.exit_code == 1
    assert said in result.stderr


def test_timeline_gives_each_clock_and_each_day(run: Run) -> None:
    out = run("timeline").output.replace("\u00a0", " ")
    assert "Harbour: 20:00, 3 Mar" in out
    assert "Capital: between 13:30 and 17:30, 3 Mar" in out
    assert any(line.startswith("The paper is printed") and line.endswith("4 March 2031") for line in out.splitlines())


@pytest.mark.parametrize("text", ["as-of date", "AS OF", "as-of-date", "as-o"])
def test_a_term_is_found_by_any_of_its_names(run: Run, text: str) -> None:
    assert "The day for which a figure is given." in run("glossary", *text.split()).output


def test_a_term_names_its_lessons(run: Run) -> None:
    assert "Lesson 1: A costly word" in run("glossary", "costly", "signal").output


def test_an_unknown_term_is_answered_with_a_near_one(run: Run) -> None:
    result = run("glossary", "costly", "signl")
    assert result.exit_code == 1
    assert "Did you mean costly signal?" in result.stderr


def test_the_glossary_lists_all_terms(run: Run) -> None:
    out = run("glossary").output
    assert out.index("as-of date") < out.index("costly signal")


def test_looking_things_up_stores_nothing(run: Run) -> None:
    for command in (["article"], ["article", "C01"], ["timeline"], ["glossary"]):
        assert run(*command).exit_code == 0
    assert local_learner() is None


@pytest.mark.parametrize(
    ("command", "said"),
    [("article", "no article"), ("timeline", "no timeline"), ("glossary", "no glossary"), ("article C01", "no claims")],
)
def test_a_course_without_it_says_so(offramp: Callable[..., Any], tmp_path: Any, command: str, said: str) -> None:
    result = offramp(*command.split(), OFFRAMP_COURSE=str(tmp_path))
    assert f"This course has {said}." in result.stdout + result.stderr
