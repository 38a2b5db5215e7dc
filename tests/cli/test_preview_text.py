"""A question as text, as the terminal would show it."""

from __future__ import annotations

import pytest

from app.cli.preview_text import as_terminal_text, explained_as_terminal_text
from app.library.model import Library
from app.questions.types import TYPES


@pytest.mark.parametrize("kind", TYPES)
def test_any_kind_fits_into_the_width_and_shows_its_stem(library: Library, kind: str) -> None:
    question = next(it for it in library.questions.values() if it.kind == kind)
    for text in (as_terminal_text(library, question), explained_as_terminal_text(library, question)):
        assert max(map(len, text.splitlines())) <= 80
        assert "\x1b" not in text
    assert question.head.stem.split()[0] in as_terminal_text(library, question)


def test_asking_tells_no_key_and_explaining_does(library: Library) -> None:
    question = library.questions["cost-check"]
    asked, explained = as_terminal_text(library, question), explained_as_terminal_text(library, question)
    assert "The fares of the day" in asked
    assert "Right, a ship at the quay" not in asked
    assert "This was right. Right, a ship at the quay carries nobody" in " ".join(explained.split())


def test_a_narrow_window_is_kept_to(library: Library) -> None:
    text = as_terminal_text(library, library.questions["cost-check"], width=40)
    assert max(map(len, text.splitlines())) <= 40
