"""`offramp lessons`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.cli.conftest import local_learner


def test_lessons_stand_under_their_strands(run: Callable[..., Any]) -> None:
    out = run("lessons").output
    order = [
        "[A] Signalling",
        "A costly word",
        "[B] Escalate to de-escalate",
        "[C] Source evaluation",
        "Two counts",
    ]
    places = [out.index(words) for words in order]
    assert places == sorted(places)
    assert "5 min · not read" in out


def test_strand_without_lessons_says_so(run: Callable[..., Any]) -> None:
    out = run("lessons").output
    part = out[out.index("[B]") : out.index("[C]")]
    assert "No lessons yet." in part


def test_first_step_is_to_read_the_first_lesson(run: Callable[..., Any]) -> None:
    assert "Next: offramp read 1\n" in run("lessons").output


def test_finished_lesson_and_best_result_are_shown(run: Callable[..., Any], lines: Callable[..., list[str]]) -> None:
    run("read", "1", "--ask", input="\n" * 20)
    run("quiz", "mixed", input="q\n")
    run("quiz", "mixed", input="\n".join([*lines("mixed"), "h", "n", ""]))
    out = run("lessons").output
    assert "1 of 3 lessons finished" in out
    assert "5 min · finished · quiz: best 4 of 4" in out


def test_json_has_every_lesson_with_its_state(run: Callable[..., Any]) -> None:
    report = json.loads(run("lessons", "--json").stdout)
    found = [lesson for strand in report["strands"] for lesson in strand["lessons"]]
    assert [(one["number"], one["state"], one["quiz"]) for one in found] == [
        (1, "not read", "mixed"),
        (2, "not read", "check-02"),
        (3, "not read", "every-kind"),
    ]
    assert report["next"] == "offramp read 1"


def test_looking_stores_nothing(run: Callable[..., Any]) -> None:
    for command in (["lessons"], ["progress"], ["read", "1"]):
        assert run(*command).exit_code == 0
    assert local_learner() is None
