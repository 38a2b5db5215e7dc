"""What all formats share."""

from __future__ import annotations

import pytest
from hypothesis import given

from app.formats.base import FormatError
from app.formats.common import (
    NotAQuestion,
    decode,
    ids_for,
    make_question,
    own_slug,
    slug_of,
    tags_in,
    tags_out,
    title_of,
)
from app.formats.images import image_name
from app.formats.lost import head_losses, with_passage
from app.formats.same import same_question
from app.questions.model import Head, Question
from app.questions.types import TYPES
from tests.formats.making import full_questions, questions

pytestmark = pytest.mark.pure

OPTIONS = [{"id": "a", "text": "yes", "key": True}, {"id": "b", "text": "no"}]


def single(body: dict[str, object] | None = None, **head: object) -> Question:
    return make_question({"id": "it", "kind": "single_choice", "stem": "Is it?", **head}, body or {"options": OPTIONS})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_decoded_by_its_mark(encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert decode(mark + "é\r\nß\rx".encode(encoding)) == ("é\nß\nx", ())


def test_windows_1252_is_read_with_a_note_that_names_the_line() -> None:
    text, notes = decode("one\n“café”".encode("cp1252"))
    assert text == "one\n“café”"
    assert "line 2" in notes[0]


def test_bytes_that_windows_has_not_are_read_all_the_same() -> None:
    text, notes = decode(b"a\x81\xe9")
    assert text == "a\x81é"
    assert "Latin-1" in notes[0]


@pytest.mark.parametrize("data", [b"PK\x03\x04\0\0", b"\0" * 9, b"a\0b"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError):
        decode(data)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("What is it?", "what-is-it"),
        ("Größe & Straße", "grosse-strasse"),
        ("Crème brûlée", "creme-brulee"),
        ("日本", "question"),
        ("", "question"),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_slug_from_words(text: str, slug: str) -> None:
    assert slug_of(text, set()) == slug


def test_slugs_are_unlike_each_other_also_when_thousands_are_alike() -> None:
    taken: set[str] = set()
    assert len({slug_of("Same", taken) for _ in range(5000)}) == 5000 == len(taken)


def test_ids_of_options_follow_their_words_and_not_their_place() -> None:
    assert ids_for(["*Yes*, it is", "No", "No", "?"]) == ["yes-it-is", "no", "no-2", "option-4"]
    assert ids_for(["No", "*Yes*, it is"]) == ["no", "yes-it-is"]


@pytest.mark.parametrize(
    ("slug", "sound"), [("a-b", True), ("A", False), ("a--b", False), ("a" * 81, False), ("", False)]
)
def test_what_stands_behind_our_key_is_a_slug_or_nothing(slug: str, sound: bool) -> None:
    assert own_slug(slug) == (slug if sound else None)


def test_a_title_is_the_first_line_in_words() -> None:
    assert title_of("Is *it*\nor not?") == "Is it"
    assert len(title_of("word " * 100)) <= 80


@given(questions())
def test_tags_carry_objective_level_and_use(question: Question) -> None:
    fields, notes = tags_in(tags_out(question))
    head = question.head
    assert notes == ()
    assert set(fields.get("tags", ())) == set(head.tags)
    assert (fields.get("objective"), fields.get("level"), fields.get("use", "practice")) == (
        head.objective,
        head.level,
        head.use,
    )


def test_a_tag_that_only_looks_like_ours_is_an_ordinary_one() -> None:
    assert tags_in(["level:hard", "Unit 1", "use:never", "!?"]) == (
        {"tags": ("level-hard", "unit-1", "use-never")},
        ("The tag “!?” was left out: tags have letters a to z and digits.",),
    )


@pytest.mark.parametrize(
    ("head", "body", "said"),
    [
        ({"stem": "x" * 4001}, {}, "The question text is too long: at most 4000 characters can be held."),
        ({}, {"options": OPTIONS[:1]}, "Too few options: 1; at least 2 are needed."),
        ({}, {"options": [OPTIONS[0], {"id": "b", "text": ""}]}, "The text of number 2 of the options is empty."),
        ({}, {"options": [*OPTIONS, {"id": "b", "text": "x"}]}, "The option id “b” is used twice."),
    ],
)
def test_what_is_wrong_with_a_question_is_said_in_words(
    head: dict[str, object], body: dict[str, object], said: str
) -> None:
    with pytest.raises(NotAQuestion) as problem:
        single(body, **head)
    assert problem.value.message == said


@given(full_questions())
def test_a_question_is_the_same_as_itself_whatever_its_parts_are_called(question: Question) -> None:
    assert same_question(question, question)


@pytest.mark.parametrize(
    "other",
    [
        single(stem="Is it not?"),
        single(explanation="So."),
        single(level="apply"),
        single({"options": OPTIONS, "shuffle": False}),
        single({"options": [OPTIONS[0], {"id": "b", "text": "never"}]}),
        single({"options": [{**OPTIONS[0], "key": False}, {**OPTIONS[1], "key": True}]}),
        single({"options": [OPTIONS[0], {**OPTIONS[1], "credit": 0.5}]}),
    ],
)
def test_what_says_something_else_is_not_the_same(other: Question) -> None:
    assert not same_question(single(), other)


def test_names_and_ways_of_writing_make_no_difference() -> None:
    renamed = [{"id": "x", "text": "yes", "key": True, "credit": 1}, {"id": "y", "text": "no"}]
    assert same_question(single(stem="Is *it*?"), single({"options": renamed}, stem="Is _it_?", revision=3))


def test_what_a_head_says_that_no_other_system_holds_is_named() -> None:
    assert head_losses(single()) == []
    said = head_losses(single(hints=("Look.",), contested=True), holds=())
    assert said == ["The file has no place for the mark that it is contested and its hints."]
    assert head_losses(single(hints=("Look.",)), holds=("hints",)) == []


def test_a_passage_stands_before_the_question_where_there_is_no_place_beside_it() -> None:
    stem, said = with_passage(single(passage={"text": "Once.", "status": "invented"}))
    assert stem == "Once.\n\nIs it?"
    assert said
    assert with_passage(single(passage={"quote": "no-losses"}))[0] == "Is it?"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"\x89PNG\r\n\x1a\nx", ".png"), (b"\xff\xd8\xffx", ".jpg"), (b"GIF89a", ".png"), (b"RIFF\0\0\0\0WEBPx", ".webp")],
)
def test_a_picture_is_named_by_what_is_in_it(data: bytes, suffix: str) -> None:
    assert str(image_name(data)).endswith(suffix)
    assert image_name(data) == image_name(bytes(data))
    assert image_name(b"<svg onload='x'>") is None


def test_every_field_of_a_head_is_carried_shown_or_named_as_lost() -> None:
    from app.formats.lost import _NAMES

    carried = {"id", "kind", "objective", "level", "use", "tags", "category", "stem", "explanation"}
    assert set(Head.model_fields) == carried | set(_NAMES) | {"passage", "revision"}
    assert TYPES
