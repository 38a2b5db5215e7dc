"""What is typed at a question, by the shape of its view: what a line means, and what is said when it has none."""

from __future__ import annotations

from typing import Any

import pytest

from app.cli.ask import Entry
from app.cli.screen import Screen
from app.cli.shapes import SHAPES, shape_of
from app.errors import Unreadable
from app.questions.shapes import (
    AssignPrompt,
    AssignView,
    ChanceView,
    ChoiceView,
    Gap,
    GapsView,
    NumberView,
    OrderView,
    SentencesView,
    ShownOption,
    TextView,
    View,
)

pytestmark = pytest.mark.pure


def options(*texts: str) -> tuple[ShownOption, ...]:
    """Options as a kind shows them."""
    return tuple(ShownOption(str(number), text) for number, text in enumerate(texts, 1))


def pairs(prompts: int, letters: int) -> AssignView:
    """Prompts that share their options."""
    shared = options(*(f"Option {n}" for n in range(letters)))
    return AssignView(tuple(AssignPrompt(str(n), f"Prompt {n}", shared) for n in range(1, prompts + 1)), "pairs")


CHOICE = ChoiceView(options("One", "Two", "Three"), multiple=False)
SEVERAL = ChoiceView(options("One", "Two", "Three"), multiple=True)
SENTENCES = SentencesView(options("First.", "Second.", "Third."), "Invented for this question.")
ORDER = OrderView(options("Late", "Early", "Middle"), "Earliest first")
PAIRS = pairs(3, 4)
VERDICT = AssignView(
    (
        AssignPrompt("1", "Your verdict", options("True", "False")),
        AssignPrompt("2", "Why?", options("Saved", "Read", "Old")),
    ),
    "tiers",
)
GRID = AssignView(
    (
        AssignPrompt("1", "Source?", options("A: reliable", "B: usually", "C: fairly", "D: not usually")),
        AssignPrompt("2", "Content?", options("1: confirmed", "2: probably", "3: possibly")),
    ),
    "tiers",
)
GAPS = GapsView(
    ("It is ", Gap("1"), ". A ", Gap("2", options("bluffer", "receiver", "go-between")), " hears ", Gap("3"), "."), 100
)
ONE_GAP = GapsView(("A ", Gap("1", options("bluffer", "receiver")), "."), 100)
WORDS = TextView(100)
LONG = TextView(2000, lines=8, max_words=60)
NUMBER = NumberView("missiles", "Give a whole number.", 80)
PERCENT = NumberView("per cent", "", 80, percent=True)
CHANCE = ChanceView((1, 5, 10, 50, 70, 75, 99))
ALL = (CHOICE, SEVERAL, SENTENCES, ORDER, PAIRS, VERDICT, GRID, GAPS, ONE_GAP, WORDS, LONG, NUMBER, PERCENT, CHANCE)
PLAIN = Screen(plain=True)


def read(view: View, line: str, fields: dict[str, list[str]] | None = None) -> dict[str, list[str]]:
    """The fields that a line gives, blank ones left out."""
    found = shape_of(view).read_line(view, line, fields or {})
    return {name: values for name, values in found.items() if values}


READABLE: list[tuple[View, str, dict[str, list[str]]]] = [
    (CHOICE, "2", {"choice": ["2"]}),
    (SEVERAL, "1, 3", {"choice": ["1", "3"]}),
    (SEVERAL, "1 3", {"choice": ["1", "3"]}),
    (SENTENCES, "2;3", {"choice": ["2", "3"]}),
    (ORDER, "2 3 1", {"place-2": ["1"], "place-3": ["2"], "place-1": ["3"]}),
    (PAIRS, "1c 2a 3b", {"assign-1": ["3"], "assign-2": ["1"], "assign-3": ["2"]}),
    (PAIRS, "1 c, 2 a, 3 b", {"assign-1": ["3"], "assign-2": ["1"], "assign-3": ["2"]}),
    (PAIRS, "1c2a3b", {"assign-1": ["3"], "assign-2": ["1"], "assign-3": ["2"]}),
    (PAIRS, "1: C; 3 = B", {"assign-1": ["3"], "assign-3": ["2"]}),
    (PAIRS, "1-c", {"assign-1": ["3"]}),
    (PAIRS, "cab", {"assign-1": ["3"], "assign-2": ["1"], "assign-3": ["2"]}),
    (PAIRS, "C A B", {"assign-1": ["3"], "assign-2": ["1"], "assign-3": ["2"]}),
    (PAIRS, "d", {"assign-1": ["4"]}),
    (VERDICT, "b3", {"assign-1": ["2"], "assign-2": ["3"]}),
    (VERDICT, "B, 3", {"assign-1": ["2"], "assign-2": ["3"]}),
    (VERDICT, "a", {"assign-1": ["1"]}),
    (VERDICT, "2", {"assign-2": ["2"]}),
    (GRID, "C2", {"assign-1": ["3"], "assign-2": ["2"]}),
    (GRID, "d/1", {"assign-1": ["4"], "assign-2": ["1"]}),
    (GAPS, "cheap talk", {"gap-1": ["cheap talk"]}),
    (GAPS, "3 ships", {"gap-1": ["3 ships"]}),
    (GAPS, "3: ships", {"gap-3": ["ships"]}),
    (GAPS, "1 cheap talk; 2 b", {"gap-1": ["cheap talk"], "gap-2": ["2"]}),
    (GAPS, "1: cheap talk; 2: Receiver; 3: nothing", {"gap-1": ["cheap talk"], "gap-2": ["2"], "gap-3": ["nothing"]}),
    (ONE_GAP, "b", {"gap-1": ["2"]}),
    (ONE_GAP, "1: bluffer", {"gap-1": ["1"]}),
    (WORDS, "n", {"text": ["n"]}),
    (LONG, "One line.", {"text": ["One line."]}),
    (NUMBER, "16", {"text": ["16"]}),
    (NUMBER, "1,5", {"text": ["1,5"]}),
    (CHANCE, "70", {"chance": ["70"]}),
    (CHANCE, "70%", {"chance": ["70"]}),
    (CHANCE, "5 per cent", {"chance": ["5"]}),
]


@pytest.mark.parametrize(
    ("view", "line", "fields"), READABLE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_line_is_read(view: View, line: str, fields: dict[str, list[str]]) -> None:
    assert read(view, line) == fields


@pytest.mark.parametrize(
    ("view", "line", "fields"), READABLE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_shown_as_typed_is_read_as_the_same(view: View, line: str, fields: dict[str, list[str]]) -> None:
    shown = shape_of(view).typed(view, fields)
    assert shown
    if not shape_of(view).blanks(view, fields):
        assert read(view, shown) == fields
    else:
        assert read(view, shown, fields) == fields


UNREADABLE: list[tuple[View, str, str]] = [
    (ORDER, "1 2", "Name all 3 numbers; these are 2."),
    (ORDER, "1 1 2", "Number 1 stands there twice"),
    (ORDER, "1 2 9", "There is no number '9'; the numbers are 1 to 3."),
    (PAIRS, "1z", "There is no letter 'z'; the letters are a to d."),
    (PAIRS, "9a", "There is no number '9'; the numbers are 1 to 3."),
    (PAIRS, "1a 1b", "Number 1 stands there twice"),
    (PAIRS, "ab", "These are 2 letters for 3 numbers. Type numbers with letters"),
    (PAIRS, "1", "cannot be read as pairs"),
    (PAIRS, "1ab", "cannot be read as pairs"),
    (PAIRS, "1a and 2b", "cannot be read as pairs"),
    (PAIRS, "½", "cannot be read as pairs"),
    (VERDICT, "c", "'c' is no letter from a to b. Type a letter and a number"),
    (VERDICT, "a4", "'4' is no number from 1 to 3."),
    (VERDICT, "a 1 2", "cannot be read"),
    (VERDICT, "?!", "cannot be read"),
    (GRID, "E1", "'e' is no letter from a to d."),
    (GAPS, "1: x; 2: d", "Blank 2 takes one of the letters a, b and c"),
    (GAPS, "4: x", "There is no blank '4'; the blanks are 1 to 3."),
    (ONE_GAP, "c", "Blank 1 takes one of the letters a and b"),
    (LONG, "n", "A command has a colon before it, such as :n."),
    (CHANCE, "72", "72 is not among the per cents; the nearest are 70 and 75."),
    (CHANCE, "0", "the nearest are 1 and 5."),
    (CHANCE, "likely", "Type a per cent from 1 to 99"),
    (CHANCE, "٧٠", "Type a per cent from 1 to 99"),
]


@pytest.mark.parametrize(("view", "line", "said"), UNREADABLE)
def test_unreadable_line_is_told_what_to_type(view: View, line: str, said: str) -> None:
    with pytest.raises(Unreadable) as problem:
        read(view, line)
    assert said in problem.value.message


@pytest.mark.parametrize("line", ["", " ", "0", "-", "1-", "a", "9" * 400, "1:", ";", "½", "\x07", "1a;2b", "x" * 5000])
@pytest.mark.parametrize("view", ALL, ids=lambda view: type(view).__name__)
def test_any_line_is_read_or_unreadable(view: View, line: str) -> None:
    try:
        fields = read(view, line)
    except Unreadable:
        fields = {}
    assert all(isinstance(text, str) for values in fields.values() for text in values)


def entry_after(view: View, *lines: str) -> Entry:
    """An answer after these lines."""
    entry = Entry.of(view, {})
    for line in lines:
        entry.keep(entry.read(line))
    return entry


def test_parts_are_asked_one_after_the_other() -> None:
    asked = [entry_after(PAIRS, *"abc"[:count]).prompt(Screen()) for count in range(4)]
    assert asked == ["Letter for 1", "Letter for 2", "Letter for 3", "Answer"]


def test_plain_words_name_what_a_part_is_about() -> None:
    assert entry_after(PAIRS).prompt(PLAIN) == "Letter for number 1, Prompt 1"
    assert entry_after(GAPS, "words").prompt(PLAIN) == "Blank 2 of 3, after “. A” (a to c)"


def test_a_later_line_keeps_what_earlier_ones_gave() -> None:
    assert entry_after(PAIRS, "1c", "2a").typed() == "1c 2a"
    assert entry_after(VERDICT, "2", "b").typed() == "b2"
    assert entry_after(GAPS, "words", "b", "more").typed() == "1: words; 2: b; 3: more"


def test_one_part_can_be_changed_and_emptied() -> None:
    assert entry_after(PAIRS, "cab", "2d").typed() == "1c 2d 3b"
    assert entry_after(PAIRS, "cab", "2-").typed() == "1c 3b"
    assert entry_after(VERDICT, "b3", "1").typed() == "b1"
    assert entry_after(GAPS, "1: x; 2: b; 3: y", "1: -").typed() == "2: b; 3: y"


@pytest.mark.parametrize(("view", "line"), [(PAIRS, "a"), (GAPS, "words")])
def test_complete_answer_says_which_part_to_name(view: View, line: str) -> None:
    full = {PAIRS: "cab", GAPS: "1: x; 2: b; 3: y"}[view]
    with pytest.raises(Unreadable, match="name the one to change, such as 1"):
        entry_after(view, full).read(line)


def test_blank_parts_are_named() -> None:
    assert entry_after(PAIRS, "2a").blanks == ["1", "3"]
    assert entry_after(VERDICT, "a").blanks == ["the number"]
    assert entry_after(GAPS, "x").blanks == ["blank 2", "blank 3"]
    assert entry_after(CHOICE, "1").blanks == []


def test_empty_first_line_ends_every_shape_and_changes_nothing() -> None:
    for view in ALL:
        entry = Entry.of(view, {})
        assert entry.ends("")
        assert entry.is_blank


def test_text_grows_line_by_line_and_counts_its_words() -> None:
    entry = entry_after(LONG, "One, two.", "", "Three.")
    assert entry.fields == {"text": ["One, two.\n\nThree."]}
    assert entry.prompt(Screen()) == "3 of 60 words, go on"


def test_text_ends_with_a_dot_or_two_empty_lines() -> None:
    entry = entry_after(LONG, "One.")
    assert entry.ends(".")
    assert not entry.ends("")
    assert entry_after(LONG, "One.", "").ends("")
    assert not entry_after(LONG, "One.", "").ends("Two.")


def test_last_line_of_a_text_can_be_taken_back() -> None:
    assert entry_after(LONG, "One.", "Two.", "-").typed() == "One."


def test_text_typed_before_is_added_to() -> None:
    entry = Entry.of(LONG, {"text": ["One."], "confidence": ["70"]})
    entry.keep(entry.read("Two."))
    assert entry.fields == {"text": ["One.\nTwo."]}


def test_every_view_has_a_shape() -> None:
    from typing import get_args

    assert set(SHAPES) == set(get_args(View))


@pytest.mark.parametrize("view", ALL, ids=lambda view: type(view).__name__)
@pytest.mark.parametrize("screen", [Screen(), PLAIN, Screen(width=40)], ids=["80", "plain", "40"])
def test_shape_keeps_to_the_width_and_says_how_to_type(view: Any, screen: Screen) -> None:
    shape = shape_of(view)
    assert all(len(line) <= screen.width for line in shape.show(screen, view))
    assert all(len(line) <= 80 for line in shape.print_lines(Screen(plain=screen.plain), view))
    assert shape.how_to_type(view).endswith(".")


def test_own_letters_of_a_scale_are_not_said_twice() -> None:
    shown = shape_of(GRID).show(Screen(), GRID)
    assert "   A  reliable" in shown
    assert "   1  confirmed" in shown
    assert shape_of(GRID).typed(GRID, {"assign-1": ["3"], "assign-2": ["2"]}) == "C2"


def test_plain_words_list_every_option() -> None:
    lines = shape_of(PAIRS).show(PLAIN, PAIRS)
    assert lines[0] == "Number 1: Prompt 1"
    assert lines[-1] == "Letter d: Option 3"
    assert "Blank 2: a, bluffer; b, receiver; c, go-between." in shape_of(GAPS).show(PLAIN, GAPS)
    assert "Sentence 2: Second." in shape_of(SENTENCES).show(PLAIN, SENTENCES)


def test_blanks_are_drawn_in_the_text() -> None:
    assert shape_of(GAPS).show(Screen(), GAPS)[0] == "It is ____(1). A ____(2) hears ____(3)."
    assert "________________(1)" in shape_of(GAPS).print_lines(Screen(), GAPS)[0]
