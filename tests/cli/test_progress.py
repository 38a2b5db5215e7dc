"""`offramp progress`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any


def test_nothing_done_names_the_first_step(run: Callable[..., Any]) -> None:
    out = run("progress").output
    assert out.startswith("Nothing done yet.")
    assert "Next: offramp read 1" in out


def test_open_quiz_is_the_next_step(run: Callable[..., Any]) -> None:
    run("quiz", "mixed", input="1\nq\n")
    out = run("progress").output
    assert "begun" in out
    assert "Next: offramp quiz mixed" in out
    assert "1 of 4 questions answered." in out


def test_objectives_are_counted(run: Callable[..., Any], lines: Callable[..., list[str]]) -> None:
    run("quiz", "mixed", input="q\n")
    run("quiz", "mixed", input="\n".join([*lines("mixed"), "h", "n", ""]))
    report = json.loads(run("progress", "--json").stdout)
    by_id = {one["id"]: (one["right"], one["answered"]) for one in report["objectives"]}
    assert by_id["sig.cost"] == (2, 2)
    assert sum(right for right, _ in by_id.values()) == 4


def test_json_has_lessons_quizzes_objectives_and_the_next_step(run: Callable[..., Any]) -> None:
    report = json.loads(run("progress", "--json").stdout)
    assert [one["state"] for one in report["lessons"]] == ["not read"] * 3
    assert [one["id"] for one in report["quizzes"]][:3] == ["mixed", "check-02", "across"]
    assert report["quizzes"][0]["best_points"] is None
    assert report["next"] == "offramp read 1"
