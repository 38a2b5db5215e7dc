"""`offramp export`: to a file, to the terminal, and as a bank of one's own that passes the check."""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.accounts.models import User
from app.formats import FORMATS
from tests.cli.test_import import AIKEN, GIFT

Run = Callable[..., Any]
PLACE = ["--lesson", "02-two-counts", "--objective", "sig.cost"]


@pytest.fixture
def filled(run: Run, tess: User, tmp_path: Path) -> Run:
    """Questions of Tess's, of a lesson and of none, one with an image; and the command line."""
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    picture = (
        f'<p>Which colour? <img src="data:image/png;base64,{b64encode(drawn.getvalue()).decode()}" alt="A square"></p>'
    )
    xml = (
        '<quiz><question type="shortanswer"><name><text>Colour</text></name><questiontext format="html"><text><![CDATA['
        f'{picture}]]></text></questiontext><answer fraction="100"><text>red</text></answer></question></quiz>'
    )
    for name, text in (("a.gift", GIFT), ("c.xml", xml)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert run("import", str(tmp_path / name), "--publish", *PLACE).exit_code == 0
    (tmp_path / "b.txt").write_text(AIKEN, encoding="utf-8")
    assert run("import", str(tmp_path / "b.txt"), "--publish").exit_code == 0
    return run


@pytest.mark.parametrize("name", [name for name, format in FORMATS.items() if format.writes])
def test_every_format_goes_to_the_terminal_as_it_is_and_losses_elsewhere(run: Run, name: str) -> None:
    result = run("export", "--format", name, "word-or-deed")
    assert result.exit_code == 0
    assert len(result.stdout_bytes) > 50
    assert "1 of 1 questions written." in result.stderr
    if name == "csv":
        assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
        assert b"\r\n" in result.stdout_bytes


def test_what_is_lost_is_told_on_the_standard_error(run: Run, tmp_path: Path) -> None:
    result = run("export", "--format", "aiken", "-o", str(tmp_path / "all.txt"))
    assert result.stdout == ""
    assert f" questions written to {tmp_path / 'all.txt'}." in result.stderr
    assert "more of the same sorts." in result.stderr
    assert max(len(line) for line in result.stderr.splitlines()[1:]) <= 80


def test_a_file_that_is_there_is_written_over_only_with_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine" / "out.gift"
    assert run("export", "--format", "gift", "-o", str(path), "word-or-deed").exit_code == 0
    before = path.read_bytes()
    result = run("export", "--format", "gift", "-o", str(path))
    assert result.exit_code == 1
    assert "is there already. Use --force to write over it" in result.stderr
    assert path.read_bytes() == before
    assert run("export", "--format", "gift", "-o", str(path), "--force").exit_code == 0
    assert path.read_bytes() != before


WRONG = [
    ([], 2, "Say either --format or --bank."),
    (["--format", "gift", "--bank", "x.yaml"], 2, "Say either --format or --bank."),
    (["--format", "gift", "nowhere"], 1, "There is no question “nowhere” that is published."),
    (["--format", "gift", "--quiz", "nowhere"], 1, "There is no quiz “nowhere”."),
    (["--format", "gift", "--tag", "nowhere"], 1, "No question fits. Nothing was written."),
    (["--bank", "x.yaml"], 1, "No question fits. Nothing was written."),
    (["--format", "gift", "-o", "/dev/null/x", "word-or-deed"], 1, "cannot be written"),
]


@pytest.mark.parametrize(("options", "code", "said"), WRONG)
def test_what_is_mistaken_is_named(run: Run, options: list[str], code: int, said: str) -> None:
    result = run("export", *options)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in " ".join(result.stderr.split())


def test_a_bank_of_ones_own_passes_the_check_beside_the_course(filled: Run, tmp_path: Path) -> None:
    folder = tmp_path / "private"
    result = filled("export", "--bank", str(folder))
    assert result.exit_code == 0, result.stderr
    names = sorted(path.name for path in (folder / "questions").rglob("*.*"))
    assert names[:2] == [next(name for name in names if name.endswith(".png")), "own-02-two-counts.yaml"]
    assert names[2:] == ["own-questions.yaml"]
    checked = filled("check", str(folder))
    assert checked.exit_code == 0, checked.stdout
    assert "4 questions, checked beside" in checked.stdout
    assert "0 errors" in checked.stdout


def test_a_bank_of_one_lesson_goes_to_the_file_that_is_named(filled: Run, tmp_path: Path) -> None:
    result = filled("export", "--bank", str(tmp_path / "mine.yaml"))
    assert result.exit_code == 1
    assert "These questions belong to 2 lessons, and a bank has one." in " ".join(result.stderr.split())
    result = filled("export", "--bank", str(tmp_path / "mine.yaml"), "--lesson", "02-two-counts")
    assert result.exit_code == 0
    assert "rules: advise" in (tmp_path / "mine.yaml").read_text(encoding="utf-8")


def test_what_goes_out_comes_home_without_doubles(filled: Run, tmp_path: Path) -> None:
    for name in ("gift", "moodle_xml", "csv"):
        path = tmp_path / f"out{FORMATS[name].suffixes[0]}"
        assert filled("export", "--own", "--format", name, "-o", str(path)).exit_code == 0
        result = filled("import", str(path))
        assert "4 entries: 4 here already." in result.stdout, result.stdout
