"""A paper to print: questions without a key, an answer sheet, and the key on a page of its own, all in one file."""

from __future__ import annotations

import re

import nh3
import pytest
from hypothesis import given

from app.formats.common import make_question
from app.formats.images import image_name
from app.formats.paper import Paper
from app.questions.model import Question
from tests.formats.making import FEW, lists_of_questions

pytestmark = pytest.mark.pure

PNG = b"\x89PNG\r\n\x1a\n"


def written(*questions: Question, images: dict[str, bytes] | None = None) -> str:
    return Paper().write(questions, title="Unit <1>", images=images or {}).data.decode()


def sections(page: str) -> list[str]:
    return re.findall(r"<section.*?</section>", page, re.DOTALL)


def choice(number: int = 0, stem: str = "Which is a record?", **head: object) -> Question:
    texts = ["The log", "A film", "A song", "A tale"]
    options = [{"id": f"o{n}", "text": text, "key": not n, "feedback": f"F{n}."} for n, text in enumerate(texts)]
    return make_question({"id": f"q{number}", "kind": "single_choice", "stem": stem, **head}, {"options": options})


@FEW
@given(lists_of_questions())
def test_every_question_is_asked_has_a_place_on_the_sheet_and_a_key_and_asks_no_host(questions: list[Question]) -> None:
    page = written(*questions)
    asked, sheet, key = sections(page)
    assert asked.count("<article") == len(questions)
    assert sheet.count('<th scope="row">') == len(questions)
    assert key.count("<article") == len(questions)
    assert not re.search(r"<(?:script|link|iframe|object)\b|\bon\w+=|\b(?:src|href)=\"(?!data:)|url\(|@import", page)
    assert "default-src 'none'" in page


def test_the_key_and_the_sheet_begin_pages_of_their_own() -> None:
    page = written(choice())
    _, sheet, key = sections(page)
    assert sheet.startswith('<section class="page"')
    assert key.startswith('<section class="page"')
    assert ".page { break-before: page; }" in page


def test_the_questions_do_not_tell_the_answer() -> None:
    asked, sheet, key = sections(written(choice(explanation="Because.")))
    for text in ("F0.", "Because."):
        assert text not in asked + sheet
        assert text in key


def test_the_right_option_is_not_always_the_first() -> None:
    _, _, key = sections(written(*(choice(number) for number in range(20))))
    assert len(set(re.findall(r"\d+\. ([A-D]): The log", key))) > 1


def test_the_letter_in_the_key_is_that_of_the_option() -> None:
    asked, _, key = sections(written(choice()))
    texts = [nh3.clean(item, tags=set()).strip() for item in re.findall(r"<li>(.*?)</li>", asked)]
    assert f"1. {'ABCD'[texts.index('The log')]}: The log" in key


def test_the_same_questions_give_the_same_paper() -> None:
    assert written(choice(1), choice(2)) == written(choice(1), choice(2))


def test_the_title_is_words_and_no_tag() -> None:
    assert "<h1>Unit &lt;1&gt;</h1>" in written(choice())


def test_a_picture_is_in_the_file_and_a_missing_one_is_named() -> None:
    name = image_name(PNG) or ""
    question = choice(stem=f"![A <log>]({name})")
    assert f'<img src="data:image/png;base64,{"iVBORw0KGgo="}" alt="A &lt;log&gt;">' in written(
        question, images={name: PNG}
    )
    gone = Paper().write([question], title="T", images={})
    assert "<img" not in gone.data.decode()
    assert any(name in loss.message for loss in gone.losses)


def test_a_passage_of_several_questions_is_printed_once() -> None:
    passage = {"text": "The boats went out.", "status": "invented"}
    asked, *_ = sections(written(choice(1, passage=passage), choice(2, passage=passage)))
    assert asked.count("The boats went out.") == 1
    assert "Invented for this question." in asked
