"""Cards for Anki: one a question, told apart by its id, with nothing in them that Anki would misread."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given

from app.formats.anki import Anki
from app.formats.common import make_question
from app.formats.images import image_name
from app.questions.model import Question
from tests.formats.making import FEW, lists_of_questions

pytestmark = pytest.mark.pure

PNG = b"\x89PNG\r\n\x1a\n"
HEAD = ["#separator:tab", "#html:true", "#notetype:Basic", "#deck:Unit 1", "#guid column:1", "#tags column:4"]


def written(*questions: Question, images: dict[str, bytes] | None = None) -> str:
    return Anki().write(questions, title="Unit\n1", images=images or {}).data.decode()


def cards(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO("\n".join(text.split("\n")[6:])), delimiter="\t"))


def choice(stem: str = "Which is a record?", **head: object) -> Question:
    options = [{"id": "a", "text": "The log", "key": True, "feedback": "Yes."}, {"id": "b", "text": "A film"}]
    return make_question({"id": "which", "kind": "single_choice", "stem": stem, **head}, {"options": options})


def test_the_head_says_what_the_columns_are() -> None:
    assert written(choice()).split("\n")[:6] == HEAD


@FEW
@given(lists_of_questions())
def test_each_question_is_one_line_with_four_columns(questions: list[Question]) -> None:
    text = written(*questions)
    rows = [line for line in text.split("\n")[6:] if line]
    assert len(rows) == len(questions)
    assert {len(card) for card in cards(text)} == {4}
    assert not [line for line in rows if line.startswith("#")]


def test_a_card_is_known_again_by_the_id_of_its_question() -> None:
    (first,) = cards(written(choice("One")))
    (second,) = cards(written(choice("Two")))
    assert first[0] == second[0] == "offramp:which"


def test_the_front_has_the_stem_and_the_options_and_not_the_answer() -> None:
    ((_, front, back, _),) = cards(written(choice(explanation="It was written *then*.")))
    assert "Which is a record?" in front
    assert "<li>The log</li>" in front
    assert "<li>A film</li>" in front
    assert "Yes." not in front
    assert ": The log</b>" in back
    assert "It was written <em>then</em>." in back
    assert "Yes." in back


def test_the_letter_on_the_back_is_that_on_the_front() -> None:
    ((_, front, back, _),) = cards(written(choice()))
    first = front.index("The log") < front.index("A film")
    assert back.startswith(f"<p><b>{'A' if first else 'B'}: The log")


def test_signs_of_html_are_escaped_and_formulas_stay() -> None:
    ((_, front, _, _),) = cards(written(choice(r"Is \\(a < b\\) <script>x</script> right?")))
    assert r"\(a &lt; b\)" in front
    assert "<script>" not in front


def test_tags_stand_with_objective_and_level() -> None:
    ((_, _, _, tags),) = cards(written(choice(tags=("log", "sea"), objective="src.update", level="apply")))
    assert tags == "log sea objective:src.update level:apply"


def test_a_picture_stands_in_the_card_and_a_missing_one_is_named() -> None:
    name = image_name(PNG) or ""
    question = choice(f"![A log]({name})")
    assert 'src="data:image/png;base64,' in cards(written(question, images={name: PNG}))[0][1]
    gone = Anki().write([question], title="T", images={})
    assert "[A log]" in cards(gone.data.decode())[0][1]
    assert any(name in loss.message for loss in gone.losses)


def test_what_anki_cannot_do_is_said_once_for_the_file() -> None:
    losses = Anki().write([choice(), choice()], title="T", images={}).losses
    assert ["lets the learner judge" in loss.message for loss in losses] == [True]
