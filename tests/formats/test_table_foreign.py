"""Tables that other programs write: what is made of each, and that every row is accounted for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.formats.base import Entry, FormatError, Found, Limits
from app.formats.table import Columns, Table, column_choices

pytestmark = pytest.mark.pure

TABLE = Table()
LIMITS = Limits()
GOLDEN = Path(__file__).parent / "golden" / "csv"


def data_of(name: str) -> bytes:
    return (GOLDEN / name).read_bytes()


def read(name: str) -> Found:
    return TABLE.read(data_of(name), limits=LIMITS)


def told(found: Found) -> list[tuple[int, str, str]]:
    """Line, outcome and kind of each entry."""
    return [(entry.line, entry.outcome, entry.question.kind if entry.question else "") for entry in found.entries]


def keys(entry: Entry) -> list[str]:
    assert entry.question
    return [option.text for option in entry.question.body.options if option.key]


def at(found: Found, line: int) -> Entry:
    return next(entry for entry in found.entries if entry.line == line)


def test_kahoot_is_read_from_below_its_title() -> None:
    found = read("kahoot.csv")
    assert told(found) == [
        (4, "taken", "single_choice"),
        (5, "taken", "multiple_response"),
        (6, "taken", "single_choice"),
        (7, "refused", ""),
    ]
    assert keys(at(found, 4)) == ["The guard"]
    assert keys(at(found, 5)) == ["Eleven boats", "Forty tickets"]


def test_columns_that_are_not_read_are_named() -> None:
    assert any("Time limit" in note for note in read("kahoot.csv").notes)


def test_plain_text_of_others_is_no_markdown() -> None:
    question = at(read("kahoot.csv"), 6).question
    assert question
    assert question.head.stem == r"2\*3\*4 is?"
    assert [option.text for option in question.body.options][2:] == [r"\_12\_", "1 < 2"]


def test_a_right_answer_that_is_no_option_is_refused_with_its_column() -> None:
    (note,) = at(read("kahoot.csv"), 7).notes
    assert note.startswith("Column H (Correct answer(s)")
    assert "“7” is none of the options" in note


def test_blackboard_lines() -> None:
    found = read("blackboard.tsv")
    assert told(found) == [
        (1, "taken", "single_choice"),
        (2, "taken", "multiple_response"),
        (3, "taken", "single_choice"),
        (4, "guessed", "free_response"),
        (5, "taken", "ordering"),
        (6, "taken", "matching"),
        (7, "taken", "short_answer"),
        (8, "taken", "cloze"),
        (9, "taken", "numeric"),
        (10, "kept", ""),
        (11, "refused", ""),
    ]
    record = at(found, 1).question
    blanks = at(found, 8).question
    assert record
    assert record.head.stem == "Which is a **record**?"
    assert blanks
    assert blanks.body.text == "The {1} wrote the {2}."
    assert [accepted.text for accepted in blanks.body.blanks[0].accept] == ["guard", "guards"]


def test_what_is_kept_has_its_source_and_the_reason() -> None:
    entry = at(read("blackboard.tsv"), 10)
    assert entry.source == "FIL\tHand in your notes."
    assert "No kind of question here holds" in entry.notes[0]


def test_brightspace_blocks() -> None:
    found = read("brightspace.csv")
    assert told(found) == [
        (2, "guessed", "single_choice"),
        (13, "guessed", "free_response"),
        (16, "taken", "short_answer"),
        (20, "taken", "matching"),
        (26, "taken", "single_choice"),
        (30, "taken", "multiple_response"),
        (35, "taken", "ordering"),
    ]
    first = at(found, 2)
    assert first.question
    assert [option.credit for option in first.question.body.options] == [1.0, 0.0, 0.5]
    assert first.question.head.hints == ("Who was there?",)
    assert first.key == "LOG-1"
    assert first.notes == ("Line 7, “Image”, was left out.",)


def test_pairs_without_a_header_become_answers_that_are_typed_or_written() -> None:
    found = read("cards.txt")
    assert told(found) == [
        (1, "guessed", "short_answer"),
        (2, "guessed", "short_answer"),
        (3, "guessed", "free_response"),
    ]
    assert "first row names no columns" in found.notes[0]
    assert all(entry.notes for entry in found.entries)


def test_an_export_of_anki_says_itself_where_its_tags_are() -> None:
    first, second = read("anki.txt").entries
    assert first.question
    assert first.question.head.stem == "Who **counted**?"
    assert first.question.head.tags == ("sea", "boats")
    assert second.question
    assert second.question.head.stem == r"Why \<so>?"


def test_semicolons_windows_1252_and_decimal_commas() -> None:
    found = read("german.csv")
    assert told(found) == [(2, "guessed", "single_choice"), (3, "taken", "single_choice"), (5, "guessed", "numeric")]
    assert any("Windows-1252" in note for note in found.notes)
    assert keys(at(found, 3)) == ["Köln"]
    length = at(found, 5).question
    assert length
    assert length.body.key == 2.5


def test_a_date_that_a_spreadsheet_made_is_named() -> None:
    assert any("“02. Jan” looks like a date" in note for note in at(read("german.csv"), 2).notes)


def test_a_broken_row_costs_no_other() -> None:
    found = read("broken.csv")
    outcomes = {entry.line: entry.outcome for entry in found.entries}
    assert outcomes == {
        2: "taken", 3: "refused", 4: "taken", 5: "refused", 6: "refused", 7: "refused", 8: "kept", 9: "guessed",
        10: "guessed", 11: "refused", 12: "refused", 13: "refused", 14: "guessed",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (3, "quotation mark"),
        (5, "Column F (correct): it does not say which option is right"),
        (6, "Column B (question): the text of the question is missing"),
        (7, "Column A (kind): there is no kind “singel”"),
        (9, "“left over” stands beyond the last column"),
        (10, "Column G (level): “high” is none of"),
        (11, "Column C (option 1): “#NAME?” is an error"),
        (12, "Column F (correct): “9” is none of the options"),
        (13, "Column F (correct): “eleven” is no number"),
    ],
)
def test_a_note_says_which_column_and_what_is_wrong(line: int, said: str) -> None:
    assert any(said in note for note in at(read("broken.csv"), line).notes)


def test_scripts_in_a_text_are_taken_out_and_named() -> None:
    entry = at(read("broken.csv"), 14)
    assert entry.question
    assert "script" not in entry.question.head.stem
    assert "onerror" not in entry.question.head.stem
    assert entry.notes


def test_utf_16_with_its_mark_is_read() -> None:
    (entry,) = read("utf16.csv").entries
    assert entry.title == "Wo ist Zürich?"
    assert TABLE.columns(data_of("utf16.csv")).encoding == "UTF-16"


def test_what_a_table_looks_like_before_it_is_read() -> None:
    columns = TABLE.columns(data_of("german.csv"))
    assert (columns.delimiter, columns.encoding, columns.decimal) == (";", "Windows-1252", ",")
    assert columns.header[-1] == "Punkte"
    assert columns.meanings == ("question", "option 1", "option 2", "option 3", "correct", "explanation", "")
    assert columns.ignored == ("Punkte",)
    assert columns.preview[0][0] == "Wie groß ist die Wahrscheinlichkeit?"


def test_a_person_can_say_what_the_columns_mean() -> None:
    data = b"The asking,First,Second,Which\nWho?,Ann,Ben,2\n"
    guessed = TABLE.columns(data)
    chosen = guessed.with_meanings(["question", "option 1", "option 2", "correct"])
    found = TABLE.read_mapped(data, chosen, limits=LIMITS)
    assert keys(found.entries[-1]) == ["Ben"]


@pytest.mark.parametrize(
    ("meanings", "said"),
    [
        (["option 1", "option 2"], "which column holds the question"),
        (["question", "question"], "Two columns are “Question”"),
        (["question", "nonsense"], "no such column"),
    ],
)
def test_columns_that_cannot_be_are_refused(meanings: list[str], said: str) -> None:
    with pytest.raises(FormatError, match=said):
        TABLE.columns(b"question,correct\na,b\n").with_meanings(meanings)


def test_every_choice_for_a_column_can_be_chosen() -> None:
    columns: Columns = TABLE.columns(b"question,correct\na,b\n")
    for meaning, label in column_choices():
        assert label
        if meaning != "question":
            assert columns.with_meanings(["question", meaning]).meanings == ("question", meaning)


def test_right_and_wrong_answers_in_columns_of_their_own() -> None:
    data = b"Question,Correct Answer,Incorrect 1,Incorrect 2\nWho?,Ann,Ben,Cem\n"
    (entry,) = TABLE.read(data, limits=LIMITS).entries
    assert entry.outcome == "taken"
    assert keys(entry) == ["Ann"]


@pytest.mark.parametrize("said", ["B", "b)", "2", "2.0", "Option 2", "Ben", " ben ", "#2"])
def test_the_right_option_is_named_by_letter_number_or_words(said: str) -> None:
    (entry,) = TABLE.read(f"question,a,b,c,correct\nWho?,Ann,Ben,Cem,{said}\n".encode(), limits=LIMITS).entries
    assert keys(entry) == ["Ben"]


def test_a_number_that_could_be_the_option_or_its_words_is_named() -> None:
    (entry,) = TABLE.read(b"question,a,b,c,correct\nHow many?,2,3,1,1\n", limits=LIMITS).entries
    assert keys(entry) == ["2"]
    assert entry.outcome == "guessed"
    assert "number of the option" in entry.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing in the file"),
        (b"\n\n,,\n", "nothing in the file"),
        (b"PK\x03\x04rest", "workbook"),
        (b"a\0b,c", "not a text file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        TABLE.read(data, limits=LIMITS)


def test_a_file_of_open_quotation_marks_does_not_take_long() -> None:
    began = time.perf_counter()
    data = b"question,correct\n" + b'"a,b\nc,""d\n' * 5000
    with pytest.raises(FormatError, match="Too many quotation marks"):
        TABLE.read(data, limits=LIMITS)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize("name", ["kahoot.csv", "blackboard.tsv", "brightspace.csv", "german.csv", "broken.csv"])
def test_a_table_is_recognised(name: str) -> None:
    assert TABLE.sniff(data_of(name))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"<quiz></quiz>", b"Who?\nA) Ann\nANSWER: A\n", b"::Q:: Who? {=a ~b}"]
)
def test_what_is_no_table_is_not_taken_for_one(data: bytes) -> None:
    assert not TABLE.sniff(data)
