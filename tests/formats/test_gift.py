"""GIFT as Moodle reads it, without its crashes."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from app.formats import sniff_format
from app.formats.base import Entry, FormatError, Found, Limits
from app.formats.gift import Gift
from app.questions.model import Question
from app.questions.types import TYPES
from tests.formats.making import KINDS

pytestmark = pytest.mark.pure

GIFT = Gift()
GOLDEN = Path(__file__).parent / "golden" / "gift"


def found(text: str | bytes, limits: Limits | None = None) -> Found:
    return GIFT.read(text.encode() if isinstance(text, str) else text, limits=limits or Limits())


def entry(text: str) -> Entry:
    (only,) = found(text).entries
    return only


def question(text: str) -> Question:
    read = entry(text)
    assert read.question, read.notes
    return read.question


def golden(name: str) -> Found:
    return found((GOLDEN / name).read_bytes())


def options(text: str) -> list[tuple[str, bool, float | None]]:
    return [(option.text, option.key, option.credit) for option in question(text).body.options]


# ---------------------------------------------------------------- the whole of it


def test_everything_that_gift_has_is_read() -> None:
    read = golden("course.gift.txt")
    assert [(e.line, e.was, e.outcome) for e in read.entries] == [
        (5, "multichoice", "taken"),
        (12, "multichoice", "taken"),
        (19, "truefalse", "taken"),
        (23, "match", "taken"),
        (31, "numerical", "guessed"),
        (33, "numerical", "taken"),
        (35, "numerical", "taken"),
        (40, "shortanswer", "taken"),
        (42, "essay", "guessed"),
        (44, "ordering", "taken"),
        (50, "multichoice", "taken"),
        (55, "description", "kept"),
        (57, "multichoice", "taken"),
    ]


def test_category_tags_id_feedback_and_explanation_come_along() -> None:
    read = golden("course.gift.txt").entries[0]
    assert read.question
    assert read.key == "q-parade"
    assert read.title == "Parade"
    assert read.question.head.category == "Unit 1/Signals"
    assert read.question.head.tags == ("signals", "cheap-talk")
    assert read.question.head.explanation == "What is seen is an ability to show."
    body = read.question.body
    assert [(o.key, o.credit, o.feedback) for o in body.options] == [
        (True, None, "Yes: staging is what was seen."),
        (False, None, "A parade says nothing of that."),
        (False, 0.5, "Partly: some are models."),
    ]


def test_a_slash_in_the_name_of_a_category_stays_doubled() -> None:
    kept = [e.question.head.category for e in golden("course.gift.txt").entries if e.question]
    assert kept[-1] == "Unit 1/TCP//IP"


def test_one_bad_question_never_costs_its_neighbours() -> None:
    read = golden("broken.gift.txt")
    assert {e.title: e.outcome for e in read.entries} == {
        "Good 1": "taken",
        "No end": "refused",
        "Good 2": "taken",
        "No right answer": "refused",
        "No number": "refused",
        "No pair": "refused",
        "Text with } only.": "refused",
        "Good 3": "guessed",
        "Good 4": "guessed",
        "Good 5": "guessed",
        "Comma": "refused",
        "Blank answer": "refused",
    }
    assert [e.line for e in read.entries] == [1, 3, 5, 7, 9, 11, 13, 15, 19, 20, 22, 24]
    assert all(e.notes and e.source for e in read.entries if e.outcome == "refused")


# ---------------------------------------------------------------- signs


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\:b\#c\=d\{e\}f\~g", "a:b#c=d{e}f~g"),
        (r"one\ntwo", "one\ntwo"),
        (r"\nabla", "\nabla".strip()),
        (r"\\nabla", r"\nabla"),
        (r"C:\temp", r"C:\temp"),
        (r"\frac\{1\}\{2\}", r"\frac{1}{2}"),
    ],
)
def test_a_backslash_protects_eight_signs_and_no_others(written: str, meant: str) -> None:
    from app.formats.rich import to_plain

    assert to_plain(question(f"{written} {{=a ~b}}").head.stem) == meant


def test_words_are_words_and_html_is_html() -> None:
    assert question("[plain]a <b>b</b> {=a ~b}").head.stem == r"a \<b>b\</b>"
    assert question("[html]a <b>b</b>\nc {=a ~b}").head.stem == "a **b** c"
    assert question("a <b>b</b>\nc {=a ~b}").head.stem == "a **b**\nc"
    assert question("[markdown]a **b** {=a ~b}").head.stem == "a **b**"


def test_answers_share_the_format_of_the_question_unless_they_say_another() -> None:
    assert options("[html]a {=<i>x</i> ~[plain]<i>y</i>}") == [("*x*", True, None), (r"\<i>y\</i>", False, None)]


@pytest.mark.parametrize("tag", ["HTML", "other"])
def test_an_unknown_tag_is_text(tag: str) -> None:
    assert question(f"[{tag}]a {{=a ~b}}").head.stem == f"[{tag}]a"


# ---------------------------------------------------------------- which kind it is


@pytest.mark.parametrize(
    ("answers", "was", "kind"),
    [
        ("{}", "essay", "free_response"),
        ("{####Think.}", "essay", "free_response"),
        ("{T}", "truefalse", "single_choice"),
        ("{FALSE#no}", "truefalse", "single_choice"),
        ("{true}", "shortanswer", "short_answer"),
        ("{Paris}", "shortanswer", "short_answer"),
        ("{=a =b}", "shortanswer", "short_answer"),
        ("{#5}", "numerical", "numeric"),
        ("{~a =b}", "multichoice", "single_choice"),
        ("{~%100%a ~b}", "multichoice", "multiple_response"),
        ("{=a->1 =b->2}", "match", "matching"),
        ("{>2 ALL\nx\ny\n}", "ordering", "ordering"),
    ],
)
def test_the_kind_is_decided_as_moodle_does(answers: str, was: str, kind: str) -> None:
    read = entry(f"Text {answers}")
    assert read.question, read.notes
    assert (read.was, read.question.kind) == (was, kind)


def test_true_as_a_typed_answer_is_named() -> None:
    assert "write {T} or {F}" in " ".join(entry("Text {true}").notes)


def test_true_and_false_are_a_choice_that_keeps_its_order() -> None:
    body = question("Text {F#wrong#right}").body
    assert [(o.text, o.key, o.feedback) for o in body.options] == [("True", False, "wrong"), ("False", True, "right")]
    assert not body.shuffle
    assert body.shuffle_reason


def test_words_behind_the_answers_leave_a_blank_in_the_text() -> None:
    assert question("Paris is {=a ~b} big.").head.stem == "Paris is _____ big."
    assert question("Paris is {=a ~b}").head.stem == "Paris is"


# ---------------------------------------------------------------- shares of the mark


def test_shares_of_several_that_say_what_we_say_anyway_are_no_credits() -> None:
    assert options("Text {~%50%a ~%50%b ~%-50%c ~%-50%d}") == [
        ("a", True, None),
        ("b", True, None),
        ("c", False, None),
        ("d", False, None),
    ]


def test_other_shares_are_credits() -> None:
    assert options("Text {~%33.33333%a ~%33.333%b ~%33.33333%c ~%-100%d ~e}") == [
        ("a", True, pytest.approx(1 / 3)),
        ("b", True, pytest.approx(1 / 3)),
        ("c", True, pytest.approx(1 / 3)),
        ("d", False, -1),
        ("e", False, None),
    ]


def test_shares_that_make_no_whole_are_scaled_and_named() -> None:
    read = entry("Text {~%40%a ~%40%b ~c}")
    assert read.question
    assert [o.credit for o in read.question.body.options] == [0.5, 0.5, None]
    assert "80 % together" in read.notes[0]


def test_a_per_cent_behind_the_sign_of_the_key_is_text() -> None:
    assert options("Text {=%50%x ~y}")[0] == ("%50%x", True, None)


def test_two_right_answers_of_which_one_is_chosen_are_kept() -> None:
    read = entry("Text {=a =b ~c}")
    assert (read.outcome, read.source) == ("kept", "Text {=a =b ~c}")


def test_more_than_the_whole_mark_is_refused() -> None:
    assert entry("Text {~%200%a ~b}").outcome == "refused"


# ---------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("answers", "key", "off"),
    [("5", 5, 0), ("5:0.1", 5, 0.1), ("1..5", 3, 2), ("-3", -3, 0), ("1e3:1E1", 1000, 10), ("0.1..0.3", 0.2, 0.1)],
)
def test_a_number_its_tolerance_and_ranges(answers: str, key: float, off: float) -> None:
    body = question(f"Text {{#{answers}}}").body
    assert (body.key, body.tolerance.absolute, body.unit) == (key, off, "")


def test_numbers_that_are_nearly_right_earn_their_share() -> None:
    body = question("Text {#=10:0 =%50%20#close =%0%30}").body
    assert [(w.value, w.credit, w.feedback) for w in body.wrong] == [(20, 0.5, "close"), (30, 0, "")]


@pytest.mark.parametrize("answers", ["abc", "3,14", "1..b", "", "5:x", "=%50%5"])
def test_what_is_no_number_is_refused_and_never_right(answers: str) -> None:
    assert entry(f"Text {{#{answers}}}").outcome == "refused"


def test_any_number_is_no_key() -> None:
    assert entry("Text {#*}").outcome == "kept"


# ---------------------------------------------------------------- what is no GIFT for Moodle


def test_blanks_of_cloze_become_a_cloze() -> None:
    read = {e.title: e for e in golden("hostile.gift.txt").entries}["Cloze"]
    assert read.question
    assert read.question.body.text == "The capital of France is {b1} and of Italy {b2}."
    assert [blank.answer for blank in read.question.body.blanks] == ["Paris", "Rome"]


def test_several_blocks_of_answers_become_a_cloze() -> None:
    read = {e.title: e for e in golden("hostile.gift.txt").entries}["Blanks"]
    assert read.question
    assert read.question.body.text == "A {b1} sat on a {b2} for {b3} days."
    assert [blank.answer for blank in read.question.body.blanks] == ["cat", "mat", "2"]


def test_scripts_do_not_come_along_and_are_named() -> None:
    read = {e.title: e for e in golden("hostile.gift.txt").entries}["Script"]
    assert read.question
    said = read.question.head.stem + "".join(o.text for o in read.question.body.options)
    assert said == "Hiyesno"
    assert "A script or other active content was taken out." in read.notes


def test_an_unprotected_equals_sign_divides_as_in_moodle() -> None:
    read = {e.title: e for e in golden("hostile.gift.txt").entries}["Equals in HTML"]
    assert read.question is None or len(read.question.body.options) == 3


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("name", ["cp1252.gift.txt", "utf16.gift.txt"])
def test_other_encodings_are_read(name: str) -> None:
    read = golden(name)
    assert read.entries[0].question
    assert read.entries[0].question.head.stem == "Où est la “Tour” – à Paris?"
    assert bool(read.notes) == (name == "cp1252.gift.txt")


def test_lines_may_end_in_a_carriage_return_alone() -> None:
    assert [(e.line, e.title) for e in golden("cr-only.gift.txt").entries] == [(1, "One"), (3, "Two")]


def test_a_line_of_nought_is_a_line() -> None:
    assert question("Text\n0\n{=a ~b}").head.stem == "Text\n0"


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(FormatError, match="not a text file"):
        found(b"PK\x03\x04\0\0\0\0" * 10)


@pytest.mark.parametrize("text", ["", "// nothing but a comment\n", "$CATEGORY: x\n"])
def test_a_file_without_questions_says_so(text: str) -> None:
    with pytest.raises(FormatError, match="no questions"):
        found(text)


def test_a_file_over_the_limit_is_refused_at_once() -> None:
    with pytest.raises(FormatError, match="at most 10 MB"):
        found(b"x" * (50 * 1024 * 1024))


def test_too_many_questions_are_refused() -> None:
    with pytest.raises(FormatError, match="5,001 questions"):
        found("Q {=a ~b}\n\n" * 5001)


def test_progress_is_told_and_may_stop_the_reading() -> None:
    told: list[tuple[int, int]] = []
    found("Q {=a ~b}\n\n" * 3, Limits(tick=lambda done, of: told.append((done, of))))
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize(
    "text",
    ["{" * 50_000, "}" * 50_000, "\\" * 50_000, "::" * 30_000, "[id:" * 20_000,
     "// " + "[tag:\\]" * 9_000 + "\nQ {=a ~b}", "// " + "[id:" * 20_000 + "\nQ {=a ~b}",
     "Q {" + "~%" * 30_000 + "}", "Q {" + "=->" * 20_000 + "}", "Q {=" + "<div>" * 10_000 + " ~b}",
     "Q {#" + "9" * 50_000 + "}", "Q {=a ~b}" * 5_000, "{1:SA:" * 8_000, "Q {=" + "*_[`" * 9_000 + " ~b}",
     "a" * 60_000 + "{=a ~b}", "$CATEGORY: " + "/" * 50_000 + "\n\nQ {=a ~b}"],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_whatever_stands_in_a_file_takes_no_time(text: str) -> None:
    began = time.perf_counter()
    assert len(found(text).entries) > 0
    assert time.perf_counter() - began < 3


def test_five_hundred_questions_are_read_in_a_moment() -> None:
    one = "::Q:: [html]<p>Which <b>one</b>?</p> {=<p>This</p>#<p>Yes.</p> ~<p>That</p>#<p>No.</p> ~c####<p>So.</p>}\n\n"
    began = time.perf_counter()
    assert found(one * 500).count("taken") == 500
    assert time.perf_counter() - began < 3


def test_ids_are_unlike_each_other() -> None:
    read = found("::Same:: Q {=a ~b}\n\n" * 40)
    assert len({e.question.id for e in read.entries if e.question}) == 40


# ---------------------------------------------------------------- sniffing and writing


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("::a:: b {=c ~d}", True),
        ("What? {T}", True),
        ("$CATEGORY: x", True),
        ("A. b\nANSWER: A", False),
        ("<quiz/>", False),
    ],
)
def test_it_is_told_by_its_look(text: str, fits: bool) -> None:
    assert GIFT.sniff(text.encode()) is fits


def test_a_gift_file_is_found_by_its_content_alone() -> None:
    format = sniff_format((GOLDEN / "course.gift.txt").read_bytes(), "questions.txt")
    assert format
    assert format.name == "gift"


def made(kind: str, body: dict[str, Any], **head: Any) -> Question:
    from app.formats.common import make_question

    return make_question({"id": "it", "kind": kind, "stem": "Text", **head}, body)


def test_what_is_written_reads_well() -> None:
    options = [{"id": "a", "text": "yes", "key": True, "feedback": "Right: it is."}, {"id": "b", "text": "x = {2}"}]
    asked = made(
        "single_choice", {"options": options}, category="Unit 1", tags=("one",), level="apply", explanation="So."
    )
    assert GIFT.write([asked], title="Mine", images={}).data.decode() == (
        "// Mine\n\n$CATEGORY: $course$/top/Unit 1\n\n// [id:offramp:it] [tag:one] [tag:level:apply]\n"
        "::it::Text {\n\t=yes#Right\\: it is.\n\t~x \\= \\{2\\}\n\t####So.\n}\n"
    )


def test_a_formula_is_written_so_that_moodle_reads_it() -> None:
    asked = made(
        "free_response",
        {"max_words": 50, "rubric": [{"id": "a", "criterion": "b", "levels": ["c", "d"]}]},
        stem=r"$\\nabla \\neq \\frac{1}{2}$",
    )
    assert rb"$\\nabla \\neq \\frac\{1\}\{2\}$" in GIFT.write([asked], title="", images={}).data


def test_a_picture_travels_inside_the_text() -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 20
    from app.formats.images import image_name

    name = str(image_name(picture))
    options = [{"id": "a", "text": f"![A map]({name})", "key": True}, {"id": "b", "text": "x"}]
    written = GIFT.write([made("single_choice", {"options": options})], title="", images={name: picture})
    assert written.losses == ()
    back = found(written.data)
    assert back.images == {name: picture}
    assert back.entries[0].question
    assert back.entries[0].question.body.options[0].text == f"![A map]({name})"


def test_every_kind_is_written_or_left_out_with_a_reason() -> None:
    from app.formats.gift.kinds import _NO_FORM, _WRITE

    assert sorted([*_WRITE, *_NO_FORM]) == KINDS == sorted(TYPES)


BRACES = [
    ("Which is it? {=A ~B", "The answers begin with “{” and have no “}” at their end."),
    ("Which is it? =A ~B}", "A “}” stands without a “{” before it. Write “\\}” if you mean the sign itself."),
    ("Which} is it? {=A ~B", "A “}” stands without a “{” before it. Write “\\}” if you mean the sign itself."),
]


@pytest.mark.parametrize(("text", "said"), BRACES)
def test_a_brace_that_has_no_partner_is_named_for_what_it_is(text: str, said: str) -> None:
    broken, sound = GIFT.read(f"{text}\n\nIs it? {{T}}".encode(), limits=Limits()).entries
    assert (broken.outcome, broken.notes, broken.line) == ("refused", (said,), 1)
    assert sound.outcome == "taken"
