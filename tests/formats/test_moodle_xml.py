"""Moodle XML as it comes: every type, both ways of telling the same, and what does not come along."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from app.formats.base import Entry, Limits
from app.formats.images import image_name
from app.formats.moodle_xml import MoodleXml
from app.questions.bank import load_question
from app.questions.model import Place, Question

pytestmark = pytest.mark.pure

GOLDEN = Path(__file__).parent / "golden" / "moodle_xml"
FORMAT = MoodleXml()
PNG = b"\x89PNG\r\n\x1a\n and so on"
NAME = str(image_name(PNG))


def read(inner: str, kind: str = "multichoice", text: str = "Which one?") -> Entry:
    stem = f'<questiontext format="html"><text><![CDATA[{text}]]></text></questiontext>'
    found = FORMAT.read(f'<quiz><question type="{kind}">{stem}{inner}</question></quiz>'.encode(), limits=Limits())
    return found.entries[0]


def answers(*shares: str, extra: str = "") -> str:
    return extra + "".join(f'<answer fraction="{s}"><text>a{n}</text></answer>' for n, s in enumerate(shares))


def body(entry: Entry) -> Any:
    assert entry.question is not None, entry.notes
    return entry.question.body


def question(kind: str, **fields: Any) -> Question:
    head = {"id": "tide", "revision": 1, "kind": kind, "use": "practice", "stem": "Which one is right?"}
    return load_question({**head, **fields}, lesson="", place=Place("", 1))


def written(asked: Question, images: dict[str, bytes] | None = None) -> ElementTree.Element:
    data = FORMAT.write([asked], title="Tides", images=images or {}).data
    found = ElementTree.fromstring(data).find("question")
    assert found is not None
    return found


def test_a_file_with_every_type_is_read_and_each_entry_has_its_line_and_outcome() -> None:
    found = FORMAT.read((GOLDEN / "types.xml").read_bytes(), limits=Limits())
    said = [(e.line, e.was, e.outcome, e.question.kind if e.question else "") for e in found.entries]
    assert said == [
        (10, "multichoice", "taken", "single_choice"),
        (34, "multichoice", "taken", "multiple_response"),
        (43, "truefalse", "taken", "single_choice"),
        (49, "shortanswer", "guessed", "short_answer"),
        (58, "numerical", "guessed", "numeric"),
        (67, "matching", "taken", "matching"),
        (75, "essay", "guessed", "free_response"),
        (82, "description", "kept", ""),
        (86, "cloze", "taken", "cloze"),
        (90, "gapselect", "taken", "cloze"),
        (99, "ddwtos", "guessed", "cloze"),
        (105, "ordering", "guessed", "ordering"),
        (116, "calculated", "kept", ""),
        (121, "ddmarker", "kept", ""),
        (125, "coderunner", "kept", ""),
    ]
    assert all(e.source.startswith(f'<question type="{e.was}">') for e in found.entries if e.outcome == "kept")


def test_a_question_brings_its_picture_category_tags_hints_and_partial_credit() -> None:
    found = FORMAT.read((GOLDEN / "types.xml").read_bytes(), limits=Limits())
    first = found.entries[0]
    assert first.question
    assert first.key == "tide-1"
    [name] = found.images
    head = first.question.head
    assert (head.category, head.tags, head.hints) == ("Harbour/Tides", ("tides", "low-water"), ("Look up.",))
    assert head.stem == f"Which line shows **high** water?\n\n![A tide table]({name})"
    assert head.explanation == "High water is the upper line."
    assert [(o.key, o.credit, o.feedback) for o in first.question.body.options] == [
        (True, None, "Right."), (False, 0.333333300000, "Near."), (False, None, ""),
    ]  # fmt: skip


def test_what_no_question_here_has_is_named() -> None:
    found = FORMAT.read((GOLDEN / "types.xml").read_bytes(), limits=Limits())
    assert "Penalties for further tries do not come along." in found.notes
    assert "It counts 2 marks in the file; here the quiz says what it counts." in found.entries[4].notes
    entry = read(answers("100", "0", extra="<incorrectfeedback><text>Try chapter 3.</text></incorrectfeedback>"))
    assert entry.outcome == "guessed"
    assert entry.notes == ("What is said to a wrong answer was left out: “Try chapter 3.”.",)


def test_a_torn_file_costs_only_the_questions_that_are_torn() -> None:
    found = FORMAT.read((GOLDEN / "broken.xml").read_bytes(), limits=Limits())
    assert [(e.line, e.title, e.outcome) for e in found.entries] == [
        (4, "Whole", "taken"),
        (10, "Torn", "refused"),
        (15, "No key", "refused"),
        (21, "Whole too", "taken"),
        (26, "Cut off", "refused"),
    ]
    assert found.entries[0].question
    assert found.entries[0].question.head.stem == "Salt water is heavier & denser."
    assert found.entries[1].notes == ("The question is not well formed at line 12, column 61: mismatched tag.",)
    assert "line 12, column 61" in found.notes[1]


@pytest.mark.parametrize(
    ("single", "kind"),
    [("", "single_choice"), ("<single>1</single>", "single_choice"), ("<single>true</single>", "single_choice"),
     ("<single>false</single>", "multiple_response"), ("<single>0</single>", "multiple_response")],
)  # fmt: skip
def test_single_has_many_spellings_and_is_true_when_it_is_missing(single: str, kind: str) -> None:
    entry = read(answers("100", "0", extra=single))
    assert entry.question
    assert entry.question.kind == kind


def test_answers_are_shuffled_only_when_the_file_says_so() -> None:
    assert not body(read(answers("100", "0"))).shuffle
    assert body(read(answers("100", "0", extra="<shuffleanswers>1</shuffleanswers>"))).shuffle


def test_shares_that_are_the_usual_scoring_of_several_answers_are_no_credits() -> None:
    several = "<single>false</single>"
    assert not body(read(answers("50", "50", "-50", "-50", extra=several))).has_credits
    assert body(read(answers("50", "50", "0", "0", extra=several))).has_credits


def test_a_share_may_be_a_child_and_have_a_comma() -> None:
    inner = "<answer><text>a</text><fraction>100</fraction></answer><answer fraction='33,33333'><text>b</text></answer>"
    assert [option.credit for option in body(read(inner)).options] == [None, 0.3333333]


@pytest.mark.parametrize(
    ("inner", "kind", "outcome"),
    [(answers("0", "0"), "multichoice", "refused"), (answers("100", "100"), "multichoice", "kept"),
     ("", "multichoice", "refused"), (answers("x", "0"), "multichoice", "refused"),
     (answers("0", "0"), "truefalse", "refused"), (answers("100"), "numerical", "refused"),
     ("<answer fraction='100'><text>*</text></answer>", "numerical", "kept"), ("", "matching", "refused"),
     ("<answer fraction='100'><text>a*</text></answer>", "shortanswer", "kept"), ("", "cloze", "kept")],
)  # fmt: skip
def test_what_cannot_be_a_question_is_refused_or_kept_with_a_reason(inner: str, kind: str, outcome: str) -> None:
    entry = read(inner, kind)
    assert (entry.outcome, entry.question) == (outcome, None)
    assert entry.notes
    assert entry.source


def test_files_of_old_name_true_and_false_in_their_own_language() -> None:
    inner = answers("0", "100").replace("a0", "Wahr").replace("a1", "Falsch")
    assert [(o.text, o.key) for o in body(read(inner, "truefalse")).options] == [("True", False), ("False", True)]


def test_a_literal_asterisk_is_one_and_any_other_stands_for_letters() -> None:
    inner = "<answer fraction='100'><text>5 \\* 3</text></answer><answer fraction='100'><text>5 x*</text></answer>"
    entry = read(inner, "shortanswer")
    assert [accepted.text for accepted in body(entry).accept] == ["5 * 3"]
    assert "“5 x*”" in entry.notes[0]


def test_a_partial_share_around_the_right_number_is_named() -> None:
    inner = (
        "<answer fraction='100'><text>3.14</text><tolerance>0.01</tolerance></answer>"
        "<answer fraction='50'><text>3.14</text><tolerance>0.1</tolerance></answer>"
    )
    entry = read(inner, "numerical")
    assert body(entry).wrong == ()
    assert entry.notes == ("Numbers up to 0.1 from 3.14 earn 50 % in the file; here they are wrong.",)


def test_an_option_that_is_matched_twice_may_be_used_again() -> None:
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    inner = pair.format("sea", "salt") + pair.format("ocean", "salt") + pair.format("", "fresh")
    found = body(read(inner, "matching"))
    assert found.reuse
    assert [option.text for option in found.options] == ["salt", "fresh"]


def file(name: str, data: bytes = PNG, path: str = "/") -> str:
    return f'<file name="{name}" path="{path}" encoding="base64">{base64.b64encode(data).decode()}</file>'


@pytest.mark.parametrize(
    ("address", "beside"),
    [
        ("@@PLUGINFILE@@/a%20b.png", file("a b.png")),
        ("@@PLUGINFILE@@/x/%C3%A4.png?forcedownload=1", file("ä.png", path="/x/")),
        (f"data:image/png;base64,{base64.b64encode(PNG).decode()}", ""),
    ],
)
def test_pictures_come_along_under_a_name_of_their_content(address: str, beside: str) -> None:
    stem = f'<questiontext format="html"><text><![CDATA[See <img src="{address}" alt="a map">]]></text>{beside}'
    data = f'<quiz><question type="shortanswer">{stem}</questiontext>{answers("100")}</question></quiz>'
    found = FORMAT.read(data.encode(), limits=Limits())
    assert found.images == {NAME: PNG}
    assert found.entries[0].question
    assert found.entries[0].question.head.stem == f"See ![a map]({NAME})"
    assert found.entries[0].outcome == "taken"


def test_a_picture_in_the_fields_of_old_follows_the_text() -> None:
    inner = f"<image>maps/a.png</image><image_base64>{base64.b64encode(PNG).decode()}</image_base64>"
    entry = read(inner + answers("100"), "shortanswer")
    assert entry.question
    assert entry.question.head.stem == f"Which one?\n![]({NAME})"


def test_files_that_are_no_pictures_are_named_and_stay_behind() -> None:
    inner = f"<generalfeedback><text>See the sheet.</text>{file('../../etc/sheet.pdf', b'%PDF')}</generalfeedback>"
    data = f'<quiz><question type="shortanswer"><questiontext><text>W?</text></questiontext>{answers("100")}{inner}'
    found = FORMAT.read(f"{data}</question></quiz>".encode(), limits=Limits())
    assert found.images == {}
    assert found.entries[0].notes == ("The file “../../etc/sheet.pdf” did not come along.",)


def test_categories_count_until_the_next_and_lose_what_only_moodle_needs() -> None:
    def category(path: str) -> str:
        return f'<question type="category"><category><text>{path}</text></category></question>'

    one = f'<question type="shortanswer"><questiontext><text>W?</text></questiontext>{answers("100")}</question>'
    paths = ["$course$/top/A/B", "$system$", "$course$/Old style", "top/C"]
    data = f"<quiz>{one}{''.join(category(path) + one for path in paths)}</quiz>"
    found = FORMAT.read(data.encode(), limits=Limits())
    said = [entry.question.head.category for entry in found.entries if entry.question]
    assert said == ["", "A/B", "", "Old style", "C"]
    assert len({entry.question.id for entry in found.entries if entry.question}) == 5


def test_a_file_of_our_own_brings_ids_objective_level_and_use_home() -> None:
    asked = question(
        "single_choice", objective="src.date", level="apply", use="held_out", tags=["tides"], category="A/B",
        options=[{"id": "a", "text": "one", "key": True}, {"id": "b", "text": "two", "credit": 0.25}],
    )  # fmt: skip
    found = FORMAT.read(FORMAT.write([asked], title="T", images={}).data, limits=Limits())
    [entry] = found.entries
    assert (entry.key, entry.outcome) == ("offramp:tide", "taken")
    assert entry.question
    assert entry.question.head == asked.head


def test_several_right_answers_are_written_with_the_shares_of_our_scoring() -> None:
    options = [{"id": f"o{n}", "text": f"{n}", "key": n < 3} for n in range(7)]
    shares = [
        answer.get("fraction") for answer in written(question("multiple_response", options=options)).iter("answer")
    ]
    assert shares == ["33.33333333"] * 3 + ["-25"] * 4


def test_credits_that_moodle_refuses_become_the_nearest_and_are_named() -> None:
    asked = question("short_answer", accept=["ebb", {"text": "low", "credit": 0.37}], typos=False)
    made = FORMAT.write([asked], title="T", images={})
    assert b'fraction="40"' in made.data
    [loss] = made.losses
    assert loss.message == "Moodle takes certain shares of the mark only: 37 % was written as 40 %."


def test_pictures_are_written_beside_the_text_that_shows_them() -> None:
    asked = question("short_answer", stem=f"See ![a map]({NAME})", accept=["x"])
    element = written(asked, {NAME: PNG})
    assert element.findtext("questiontext/text") == f'<p>See <img src="@@PLUGINFILE@@/{NAME}" alt="a map"></p>'
    kept = element.find("questiontext/file")
    assert kept is not None
    assert (kept.get("name"), kept.get("encoding")) == (NAME, "base64")
    assert base64.b64decode(kept.text or "") == PNG


def test_a_missing_picture_and_a_passage_are_named() -> None:
    asked = question(
        "short_answer", stem=f"See ![a map]({NAME})", accept=["x"], typos=False,
        passage={"text": "A harbour.", "status": "invented"},
    )  # fmt: skip
    made = FORMAT.write([asked], title="T", images={})
    assert {loss.message for loss in made.losses} == {
        f"The picture “{NAME}” is not there, so the file has its place only.",
        "The passage stands before the question, and comes back as a part of it.",
    }
    assert b"<p>A harbour.</p><p>See" in made.data


def test_true_and_false_are_written_as_moodles_own_type() -> None:
    options = [{"id": "t", "text": "True"}, {"id": "f", "text": "False", "key": True, "feedback": "No."}]
    element = written(question("single_choice", options=options, shuffle=False))
    assert element.get("type") == "truefalse"
    assert [(a.findtext("text"), a.get("fraction")) for a in element.iter("answer")] == [
        ("true", "0"),
        ("false", "100"),
    ]


def test_text_that_ends_a_cdata_section_stays_text() -> None:
    asked = question("short_answer", stem="Is “a[b[0]]>1” & \\<b> code?", accept=["x"], typos=False)
    assert written(asked).findtext("questiontext/text") == "<p>Is “a[b[0]]&gt;1” &amp; &lt;b&gt; code?</p>"


def test_braces_in_the_question_of_a_cloze_are_no_blanks() -> None:
    blanks = [{"id": "gap", "accept": ["blank"], "typos": False}]
    asked = question("cloze", stem="What is {1:SA:=x} for?", text="It is a {gap}.", blanks=blanks)
    made = FORMAT.write([asked], title="T", images={})
    [entry] = FORMAT.read(made.data, limits=Limits()).entries
    assert made.losses == ()
    assert entry.question
    assert entry.question.head.stem == "What is {1:SA:=x} for?"
    assert len(entry.question.body.blanks) == 1


def test_a_question_that_only_stands_for_one_of_ours_comes_home_as_itself_or_not_at_all() -> None:
    elements = [{"id": f"e{n}", "text": f"thing {n}", "category": "ab"[n % 2]} for n in range(4)]
    categories = [{"id": "a", "text": "fact"}, {"id": "b", "text": "claim"}]
    sorted_out = question("categorise", categories=categories, elements=elements)
    sentences = [{"id": f"s{n}", "text": f"Sentence {n}."} for n in range(4)]
    marked = question("highlight", status="invented", sentences=sentences, gold=[["s1"]])
    [entry] = FORMAT.read(FORMAT.write([sorted_out], title="T", images={}).data, limits=Limits()).entries
    assert entry.question
    assert entry.question.kind == "categorise"
    [entry] = FORMAT.read(FORMAT.write([marked], title="T", images={}).data, limits=Limits()).entries
    assert (entry.outcome, entry.key) == ("kept", "offramp:tide")


def test_a_rubric_comes_home_and_an_essay_without_one_gets_one_criterion() -> None:
    rubric = [{"id": "claim", "criterion": "The claim", "weight": 2.0, "levels": ["none", "vague", "exact"]}]
    anchors = [{"text": "It rose.\nTwice.", "levels": {"claim": 1}, "comment": "No figure."}]
    asked = question("free_response", rubric=rubric, anchors=anchors, max_words=120)
    [entry] = FORMAT.read(FORMAT.write([asked], title="T", images={}).data, limits=Limits()).entries
    assert body(entry) == asked.body
    alone = read("<maxwordlimit>90</maxwordlimit>", "essay")
    assert [criterion.criterion for criterion in body(alone).rubric] == ["Answer as a whole"]
    assert (alone.outcome, body(alone).max_words) == ("guessed", 90)
