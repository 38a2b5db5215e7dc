"""`offramp check` as an author runs it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.cli import main
from app.cli.check import schema_text
from app.paths import content_folder
from app.questions.types import TYPES
from tests.library.check.course import BANK_FILE, BODIES, CHECKS, base_files, question, write

pytestmark = pytest.mark.pure


def check(folder: Path, *arguments: str, **changes: Any) -> Result:
    """Run the command on the base course with its one question changed."""
    bank = {"lesson": "01-first", "questions": [question(**changes)]}
    write(folder, base_files() | {BANK_FILE: bank})
    return CliRunner().invoke(main, ["check", str(folder), *arguments])


def test_sound_course_exits_with_0(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert result.exit_code == 0
    assert (
        result.output.strip() == "1 lesson, 3 objectives, 4 questions; 3% of the article quoted. 0 errors, 0 warnings."
    )


def test_error_exits_with_1_and_is_a_line_with_its_place(tmp_path: Path) -> None:
    result = check(tmp_path, explanation=None)
    assert result.exit_code == 1
    assert result.output.startswith(f"{BANK_FILE}:3: error Q-03: base: ")


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--strict",), 1), (("--strict", "--json"), 1)])
def test_warning_exits_with_1_only_when_strict(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    assert check(tmp_path, *arguments, stem="Which day is it?").exit_code == code


def test_info_passes_when_strict(tmp_path: Path) -> None:
    result = check(tmp_path, "--strict", stem="Which of these pages was **NOT** signed by the clerk?")
    assert result.exit_code == 0
    assert "1 info" in result.output


def test_json_has_exactly_its_fields(tmp_path: Path) -> None:
    report = json.loads(check(tmp_path, "--json", explanation=None).stdout)
    assert report == {
        "lessons": 1,
        "objectives": 3,
        "claims": 0,
        "questions": {
            "by_kind": dict.fromkeys(TYPES, 0) | {"single_choice": 4},
            "by_use": {"lesson": 3, "practice": 1, "held_out": 0, "drill": 0},
        },
        "quoted_share": 0.025,
        "problems": [
            {
                "file": BANK_FILE,
                "line": 3,
                "rule": "Q-03",
                "severity": "error",
                "message": "base: It has no explanation; write at least 15 words: the right answer, and why.",
            }
        ],
    }


def test_without_a_folder_the_course_that_is_served_is_checked(tmp_path: Path) -> None:
    write(tmp_path, base_files())
    result = CliRunner().invoke(main, ["check"], env={"OFFRAMP_COURSE": str(tmp_path)})
    assert result.output.startswith(f"1 lesson, 3 objectives, {len(BODIES) + len(CHECKS)} questions;")


def test_folder_that_is_not_there_is_a_misuse(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["check", str(tmp_path / "gone")]).exit_code == 2


def test_checking_stores_nothing(tmp_path: Path) -> None:
    write(tmp_path / "course", base_files())
    before = sorted(tmp_path.rglob("*"))
    CliRunner().invoke(main, ["check", str(tmp_path / "course")], env={"OFFRAMP_DATA": str(tmp_path / "data")})
    assert sorted(tmp_path.rglob("*")) == before


def test_schema_in_the_course_is_fresh() -> None:
    shipped = (content_folder() / "questions" / "schema.json").read_text(encoding="utf-8")
    assert shipped == schema_text(), "run: offramp check --write-schema"


def test_schema_is_written_on_request(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(tmp_path), "--write-schema"])
    assert result.exit_code == 0
    assert (tmp_path / "questions" / "schema.json").read_text(encoding="utf-8") == schema_text()


def test_schema_offers_levels_and_takes_a_bare_wording() -> None:
    schema = json.loads(schema_text())
    first = schema["properties"]["questions"]["items"]["oneOf"][0]
    assert first["properties"]["level"]["enum"] == ["remember", "understand", "apply", "evaluate"]
    assert {"type": "string"} in schema["$defs"]["Accepted"]["anyOf"]
