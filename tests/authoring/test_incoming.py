"""What the entries of a file become: new, an update, the same, kept or refused; and nothing is doubled."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

import pytest

from app.authoring.incoming import Incoming, in_its_place, plan
from app.authoring.recognising import Here, Known, import_key
from app.formats import FORMATS
from app.formats.base import Entry, Limits
from app.questions.model import Question
from tests.authoring.test_merging import asked

pytestmark = pytest.mark.pure

TESS, SAM = "Tess", "Sam"
CAPITAL = "::Q:: What is the capital of France? {=Paris ~Lyon#No. ~Nice}"
SUM = "::Q:: What is 2 + 2? {#4:0}"
NOTE = "::Q:: Just a text without an answer."
BROKEN = "::Q:: Which one is never closed? {=A ~B"


def entries(*texts: str, format: str = "gift") -> tuple[Entry, ...]:
    """The entries of a file with these texts."""
    return FORMATS[format].read("\n\n".join(texts).encode(), limits=Limits()).entries


def named(name: str, text: str = CAPITAL) -> str:
    """A question that its file calls `name`."""
    return f"// [id:{name}]\n{text}"


def planned(found: Iterable[Entry], here: Here | None = None, format: str = "gift") -> list[Incoming]:
    """The plan of a file, with ids that say which entry asked for them."""
    numbers = count(1)
    return list(plan(found, here or Here(), format=FORMATS[format], new_slug=lambda words: f"own-{next(numbers)}-abcd"))


def after(*plans: Iterable[Incoming], format: str = "gift") -> Here:
    """What is here once plans were stored, as Tess's."""
    by_slug: dict[str, Known] = {}
    by_key: dict[str, list[str]] = {}
    for number, done in enumerate(plans):
        for one in done:
            if one.action in ("new", "keep", "refuse"):
                slug = f"{one.slug}-{number}"
                by_slug[slug] = Known(slug, one.question, TESS, is_mine=True, source=one.entry.source)
                if one.import_key:
                    by_key.setdefault(one.import_key, []).append(slug)
    return Here(by_slug, by_key)


def known(question: Question, *, owner: str = TESS, file: str = "", keys: tuple[str, ...] = ()) -> Here:
    """One question that is here."""
    one = Known(question.id, question, owner, is_mine=owner == TESS and not file, file=file)
    return Here({question.id: one}, {key: [question.id] for key in keys})


def actions(done: Iterable[Incoming]) -> list[str]:
    """What becomes of each entry."""
    return [one.action for one in done]


def test_each_sort_of_entry_has_its_action() -> None:
    done = planned(entries(CAPITAL, BROKEN.replace("::Q::", "::B::"), SUM, NOTE))
    assert actions(done) == ["new", "refuse", "new", "keep"]
    assert [one.can_choose for one in done] == [True, True, True, True]
    assert [one.is_left_at_first for one in done] == [False, True, False, False]
    assert len({one.slug for one in done}) == 4


FILES = [
    [CAPITAL, SUM, NOTE],
    [named("1"), named("2", SUM), named("3", NOTE)],
    # One name for several, and no names for several that ask alike.
    [named("1"), named("1", SUM)],
    [CAPITAL.replace("Lyon", f"Lyon {number}") for number in range(5)],
    ["Which is right? {=This ~That}", "Which is right? {=Here ~There}", "Which is right? {=Now ~Then}"],
    [NOTE, NOTE.replace("Just", "Only")],
]


@pytest.mark.parametrize("texts", FILES)
def test_the_same_file_again_brings_nothing_new(texts: list[str]) -> None:
    found = entries(*texts)
    here = after(planned(found))
    assert actions(planned(found, here)) == ["same"] * len(texts)
    assert actions(planned(tuple(reversed(found)), here)) == ["same"] * len(texts)


@pytest.mark.parametrize("name", ["", "7"])
def test_one_that_was_changed_in_its_file_is_an_update(name: str) -> None:
    had = CAPITAL if not name else named(name)
    here = after(planned(entries(had, SUM)))
    one, other = planned(entries(had.replace("~Nice", "~Marseille"), SUM), here)
    assert (one.action, one.slug, other.action) == ("update", "own-1-abcd-0", "same")
    assert one.updated is not None
    assert "Marseille" in str(one.updated.body)
    assert [option.id for option in one.updated.body.options] == ["paris", "lyon", "nice"]  # type: ignore[attr-defined]


def test_another_file_with_the_same_numbers_brings_questions_of_its_own() -> None:
    first = [named("1"), named("2", SUM)]
    second = [
        named("1", "Who wrote the report on signals? {=Ada ~Bert ~Carl}"),
        named("2", "Which months have thirty days? {=April ~May ~July}"),
    ]
    done = planned(entries(*second), after(planned(entries(*first))))
    assert actions(done) == ["new", "new"]
    assert "has the same name in a file, but asks something else" in done[0].notes[0]
    here = after(planned(entries(*first)), done)
    assert actions(planned(entries(*first), here)) == actions(planned(entries(*second), here)) == ["same", "same"]
    changed = [second[0].replace("~Carl", "~Dora"), second[1]]
    again = planned(entries(*changed), here)
    assert [(one.action, one.slug) for one in again] == [("update", "own-1-abcd-1"), ("same", "own-2-abcd-1")]


def test_one_that_stands_in_a_file_twice_is_left_out_at_first() -> None:
    one, other = planned(entries(CAPITAL, CAPITAL))
    assert not one.is_left_at_first
    assert (other.action, other.is_left_at_first) == ("new", True)
    assert other.notes == ("The same question stands in line 1 of this file already.",)


def test_two_of_one_name_in_a_file_are_two_questions() -> None:
    one, other = planned(entries(named("1"), named("1", SUM)))
    assert actions([one, other]) == ["new", "new"]
    assert "In line 1 another one has the same name" in other.notes[0] or "line 2" in other.notes[0]


def own(question: Question, format: str = "gift", change: tuple[str, str] = ("", "")) -> tuple[Entry, ...]:
    """The question in a file of ours, edited elsewhere."""
    data = FORMATS[format].write([question], title="", images={}).data.decode()
    return FORMATS[format].read(data.replace(*change).encode(), limits=Limits()).entries


EDIT = ("Two coins", "Three coins")


@pytest.mark.parametrize("format", ["gift", "moodle_xml", "csv"])
def test_a_question_of_somebody_else_becomes_a_copy_once(format: str) -> None:
    question, found = asked(), own(asked(), format, EDIT)
    (one,) = planned(found, known(question, owner=SAM), format)
    assert (one.action, one.notes) == ("new", ("The question it was is Sam’s: this becomes a copy of your own.",))
    assert one.question is not None
    copy = Known("own-copy", one.question, TESS, is_mine=True)
    theirs = known(question, owner=SAM)
    here = Here({**theirs.by_slug, "own-copy": copy}, {one.import_key: ["own-copy"]})
    (again,) = planned(found, here, format)
    assert (again.action, again.slug) == ("same", "own-copy")
    (other,) = planned(own(question, format, ("Two coins", "Five coins")), here, format)
    assert (other.action, other.slug) == ("update", "own-copy")


def test_a_question_of_a_file_becomes_a_copy_or_is_here_already() -> None:
    here = known(asked(), file="questions/01.yaml")
    (one,) = planned(own(asked()), here)
    assert one.notes == ("It is here already, in questions/01.yaml, word for word.",)
    (one,) = planned(own(asked(), change=EDIT), here)
    assert (one.action, "written in questions/01.yaml" in one.notes[0]) == ("new", True)


def test_an_id_of_ours_finds_its_question_whatever_it_says() -> None:
    data = b"// [id:offramp:own-ferry-abcd]\nWhich city is it? {=Paris ~Lyon}"
    (one,) = planned(FORMATS["gift"].read(data, limits=Limits()).entries, known(asked()))
    assert (one.action, one.slug) == ("update", "own-ferry-abcd")


def test_an_id_of_ours_that_stands_twice_finds_its_question_once() -> None:
    found = (*own(asked()), *own(asked(), change=EDIT))
    done = planned(found, known(asked()))
    assert actions(done) == ["same", "new"]
    copy = Known("own-copy", done[1].question, TESS, is_mine=True)
    here = known(asked())
    both = Here({**here.by_slug, "own-copy": copy}, {done[1].import_key: ["own-copy"]})
    assert actions(planned(found, both)) == ["same", "same"]


def test_an_id_of_ours_that_is_not_here_is_a_new_question() -> None:
    (one,) = planned(own(asked()))
    assert (one.action, one.notes, one.import_key) == ("new", (), "offramp:own-ferry-abcd")


def test_text_that_was_kept_and_rewritten_here_is_not_kept_again() -> None:
    (kept,) = planned(entries(NOTE))
    mended = Known("own-note", asked(), TESS, is_mine=True, source=kept.entry.source)
    (again,) = planned(entries(NOTE), Here({"own-note": mended}, {kept.import_key: ["own-note"]}))
    assert again.action == "same"
    assert "Here it was changed since" in again.notes[0]


def test_five_hundred_that_ask_alike_are_told_apart() -> None:
    texts = [f"Which is right? {{=Number {n} ~Number {n + 1}}}" for n in range(500)]
    found = entries(*texts)
    here = after(planned(found))
    assert set(actions(planned(found, here))) == {"same"}


KEYS = [
    (CAPITAL, CAPITAL.replace("Lyon", "Brest"), True),
    (CAPITAL, CAPITAL.replace("  ", " ").replace("What is", "What  is"), True),
    (CAPITAL, SUM, False),
    (named("1"), named("1", SUM), True),
    (named("1"), named("2"), False),
]


@pytest.mark.parametrize(("one", "other", "is_same"), KEYS)
def test_a_key_is_the_name_in_the_file_or_what_is_asked(one: str, other: str, is_same: bool) -> None:
    (first,), (second,) = entries(one), entries(other)
    assert (import_key(first, "gift") == import_key(second, "gift")) is is_same
    assert import_key(first, "gift") != import_key(first, "csv")


def test_what_a_teacher_chose_fills_what_the_file_leaves_open() -> None:
    (entry,) = entries("$CATEGORY: Mine\n\n" + CAPITAL)
    assert entry.question is not None
    placed = in_its_place(entry.question, lesson="01-x", objective="sig.cost", level="apply", category="Theirs")
    head = placed.head
    assert (placed.lesson, head.objective, head.level, head.category) == ("01-x", "sig.cost", "apply", "Mine")
