"""Questions as a Markdown document: read by any Markdown reader as questions and a key, and as nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from app.formats.common import make_question
from app.formats.images import image_name
from app.formats.markdown_text import MarkdownText
from app.questions.model import Question
from tests.formats.making import FEW, lists_of_questions

pytestmark = pytest.mark.pure


def written(*questions: Question, title: str = "Unit 1") -> str:
    return MarkdownText().write(questions, title=title, images={}).data.decode()


def headings(text: str) -> list[str]:
    html = str(MarkdownIt("commonmark").render(text))
    return re.findall(r"<h\d>(.*?)</h\d>", html, re.DOTALL)


def choice(stem: str = "Which is a record?", **head: object) -> Question:
    options = [{"id": "a", "text": "The log", "key": True, "feedback": "Yes."}, {"id": "b", "text": "- A film"}]
    return make_question({"id": "which", "kind": "single_choice", "stem": stem, **head}, {"options": options})


@FEW
@given(lists_of_questions())
def test_whatever_texts_hold_the_headings_are_ours(questions: list[Question]) -> None:
    numbers = range(1, len(questions) + 1)
    ours = ["Unit 1", *(f"Question {n}" for n in numbers), "Key", *map(str, numbers)]
    assert headings(written(*questions)) == ours


def test_options_have_letters_and_the_key_names_them() -> None:
    questions, key = written(choice(explanation="It was written then.")).split("## Key")
    (letter,) = re.findall(r"- ([AB])\) The log", questions)
    assert f"Answer: {letter}: The log" in key
    assert "It was written then." in key
    assert f"- {letter}. The log – Yes." in key


def test_the_answer_stands_in_the_key_alone() -> None:
    question = make_question({"id": "x", "kind": "short_answer", "stem": "Who?"}, {"accept": ["the guard"]})
    questions, key = written(question).split("## Key")
    assert "the guard" not in questions
    assert "Answer: the guard" in key


@pytest.mark.parametrize("stem", ["# One", "1. One", "- One", "> One", "+ One", "One\n===", "```x", "One\n\n1) Two"])
def test_a_text_that_looks_like_a_mark_is_none(stem: str) -> None:
    html = str(MarkdownIt("commonmark").render(written(choice(stem)).split("*Choose")[0]))
    assert html.count("<h") == 2
    assert not re.search(r"<(?:ol|ul|blockquote|pre)", html)


def test_a_picture_is_named_in_the_text_and_as_a_loss() -> None:
    name = image_name(b"\x89PNG\r\n\x1a\n") or ""
    result = MarkdownText().write([choice(f"![A log]({name})")], title="T", images={})
    assert f"![A log]({name})" in result.data.decode()
    assert [name in loss.message for loss in result.losses] == [True]


def test_what_a_document_has_no_place_for_is_said_once() -> None:
    result = MarkdownText().write([choice(hints=("A",)), choice(tags=("b",))], title="T", images={})
    assert len(result.losses) == 1


def test_a_tag_that_questions_do_not_have_is_words() -> None:
    html = str(MarkdownIt("commonmark").render(written(choice("<img src=x onerror=alert(1)> x<sub>2</sub>"))))
    assert "<img" not in html
    assert "x<sub>2</sub>" in html
