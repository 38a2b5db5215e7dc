"""Files of Moodle XML that are broken, huge, mislabelled or meant to do harm."""

from __future__ import annotations

import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.base import MEGABYTE, FormatError, Found, Limits
from app.formats.moodle_xml import MoodleXml

pytestmark = pytest.mark.pure

FORMAT = MoodleXml()
HTML = "<{0} format='html'><text><![CDATA[<p>Is this <b>right</b> &amp; good?</p>]]></text>"
ONE = (
    f"<question type='multichoice'>{HTML.format('questiontext')}</questiontext>{HTML.format('generalfeedback')}"
    f"</generalfeedback><answer fraction='100'><text>yes</text>{HTML.format('feedback')}</feedback></answer>"
    "<answer fraction='0'><text>no</text></answer><answer fraction='0'><text>perhaps</text></answer></question>"
)


def read(data: bytes | str, **limits: int) -> Found:
    return FORMAT.read(data.encode() if isinstance(data, str) else data, limits=Limits(**limits))


def quiz(*inner: str) -> str:
    return f"<?xml version='1.0' encoding='UTF-8'?>\n<quiz>\n{''.join(inner)}\n</quiz>"


def stem(text: str, kind: str = "truefalse") -> str:
    return (
        f'<question type="{kind}"><questiontext format="html"><text>{text}</text></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question>'
    )


def test_entities_that_grow_are_refused() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    data = f'<!DOCTYPE quiz [<!ENTITY e0 "ha">{bomb}]>\n<quiz>{stem("&e9;")}</quiz>'
    with pytest.raises(FormatError, match="defines entities of its own"):
        read(data)


@pytest.mark.parametrize("what", ['e SYSTEM "file:///etc/passwd"', '% e SYSTEM "http://example.org/e.dtd"'])
def test_entities_that_read_files_are_refused(what: str) -> None:
    with pytest.raises(FormatError, match="defines entities"):
        read(f"<!DOCTYPE quiz [<!ENTITY {what}>]><quiz>{stem('&e;')}</quiz>")


def test_a_doctype_alone_is_allowed_and_its_address_is_not_fetched() -> None:
    found = read(f'<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz>{stem("Is&nbsp;it?")}</quiz>')
    assert [entry.question and entry.question.head.stem for entry in found.entries] == ["Is it?"]


def test_scripts_do_not_come_along_and_are_named() -> None:
    text = "<![CDATA[<p onclick='x()'>Is it?</p><script>steal()</script><img src=x onerror=y()>]]>"
    [entry] = read(quiz(stem(text))).entries
    assert entry.question
    assert entry.question.head.stem == "Is it?"
    assert "A script or other active content was taken out." in entry.notes


def test_a_huge_file_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(FormatError, match=r"50\.0 MB; at most 10 MB"):
        read(b"<quiz>" + b" " * (50 * MEGABYTE))


def test_too_many_questions_are_refused_and_categories_are_none() -> None:
    category = '<question type="category"><category><text>A</text></category></question>'
    assert len(read(quiz(category, *[stem("W?")] * 20), max_questions=20).entries) == 20
    with pytest.raises(FormatError, match="5,001 questions; at most 5,000"):
        read(quiz(*[stem("W?")] * 5001))


def test_deep_nesting_costs_only_its_own_question() -> None:
    deep = stem("<i>" * 50_000 + "</i>" * 50_000)
    found = read(quiz(stem("One?"), deep, stem("Two?")))
    assert [entry.outcome for entry in found.entries] == ["taken", "refused", "taken"]
    assert found.entries[1].notes == ("The question is nested more than 100 levels deep.",)


def test_formatting_nested_without_end_costs_only_its_own_question() -> None:
    deep = stem(f"<![CDATA[{'<b>' * 9000}W?{'</b>' * 9000}]]>")
    found = read(quiz(deep, stem("Two?")))
    assert found.entries[1].outcome == "taken"


def test_a_text_of_a_megabyte_is_kept_and_not_converted() -> None:
    begun = time.perf_counter()
    [entry] = read(quiz(stem("<![CDATA[" + "<p>word</p>" * 100_000 + "]]>"))).entries
    assert entry.outcome == "kept"
    assert "at most 4,000" in entry.notes[0]
    assert time.perf_counter() - begun < 1


@pytest.mark.parametrize("content", ["A" * 3_000_001, "%%%not base64%%%", "", base64.b64encode(b"%PDF").decode()])
def test_a_file_that_is_no_picture_is_named(content: str) -> None:
    inside = f'<file name="x.png" path="/" encoding="base64">{content}</file>'
    text = '<![CDATA[Is it? <img src="@@PLUGINFILE@@/x.png" alt="">]]>'
    found = read(quiz(stem(text).replace("</text></questiontext>", f"</text>{inside}</questiontext>")))
    assert found.images == {}
    [entry] = found.entries
    assert entry.outcome == "guessed"
    assert "x.png" in entry.notes[0]


def test_a_picture_is_kept_under_its_content_whatever_path_the_file_claims() -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()
    inside = f'<file name="../../../etc/passwd.png" path="/../" encoding="base64">{png}</file>'
    text = '<![CDATA[Is it? <img src="@@PLUGINFILE@@/../../../../etc/passwd.png" alt="">]]>'
    found = read(quiz(stem(text).replace("</text></questiontext>", f"</text>{inside}</questiontext>")))
    assert all("/" not in name and ".." not in name for name in found.images)


SAID = "“Größe” – café?"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16", "utf-16-le"),
        ("utf-16", "utf-16-be"),
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("no-such-encoding", "utf-8"),
        ("zlib", "utf-8"),
        ("iso-8859-2", "utf-8-sig"),
    ],
)
def test_a_text_is_read_in_its_encoding_whatever_the_file_calls_it(declared: str, encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?>\n<quiz>{stem(SAID)}</quiz>'.encode(encoding)
    [entry] = read(data).entries
    assert entry.question
    assert entry.question.head.stem == SAID


def test_a_mislabelled_encoding_is_named() -> None:
    found = read(f'<?xml version="1.0" encoding="utf-8"?>\n<quiz>{stem(SAID)}</quiz>'.encode("cp1252"))
    assert "read as Windows-1252" in found.notes[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [("", "empty"), ("hello", "not well formed"), ("<html></html>", "no Moodle XML"), ("<html>", "not well formed"),
     ("\0\0\0\0", "not a text file"), ("<a>" * 200, "nested too deeply")],
)  # fmt: skip
def test_what_is_no_moodle_xml_is_refused_as_a_whole(data: str, said: str) -> None:
    with pytest.raises(FormatError, match=said):
        read(data)


def test_a_failure_names_line_and_column() -> None:
    with pytest.raises(FormatError, match=r"column 6: mismatched tag") as raised:
        read("\n<quiz>\n<p></quiz>")
    assert raised.value.where == "line 3"


@pytest.mark.parametrize("torn", ["<![CDATA[" * 100_000, "<!--" * 200_000, "&" * 500_000, "<question type='x'>" * 4000])
def test_what_is_never_closed_is_found_out_quickly(torn: str) -> None:
    begun = time.perf_counter()
    found = read(quiz(stem("One?")) + torn)
    assert found.entries[0].outcome == "taken"
    assert time.perf_counter() - begun < 1.5


@given(st.text("<>/&;!-[]=\"' aquestionyp\n{}", max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read(quiz(stem("One?"), f'<question type="cloze">{text}</question>', stem("Two?")))
    assert found.entries[0].outcome == "taken"


def test_five_hundred_questions_are_read_in_less_than_two_seconds() -> None:
    data = quiz(*[ONE] * 500).encode()
    ticks: list[tuple[int, int]] = []
    begun = time.perf_counter()
    found = FORMAT.read(data, limits=Limits(tick=lambda done, of: ticks.append((done, of))))
    assert time.perf_counter() - begun < 2
    assert found.count("taken") == 500
    assert ticks[-1] == (500, 500)
    assert len({entry.question.id for entry in found.entries if entry.question}) == 500


def test_the_beginning_of_a_file_tells_what_it_is() -> None:
    assert FORMAT.sniff(quiz().encode())
    assert FORMAT.sniff(quiz().encode("utf-16"))
    assert not FORMAT.sniff(b"<questestinterop>")
    assert not FORMAT.sniff(b"::Q:: What? {=a ~b}")
