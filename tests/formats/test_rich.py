"""Formatted text of other systems ⇄ our Markdown."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.formats.images import Pictures, image_name
from app.formats.rich import as_seen, escape, is_plain, to_html, to_markdown, to_plain
from app.markdown import inline_html
from tests.formats.making import texts

pytestmark = pytest.mark.pure

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
NAME = str(image_name(PNG))


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain words", "plain words"),
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("one<br>two<br /><br>three", "one\ntwo\n\nthree"),
        ("a <b> bold </b> word", "a **bold** word"),
        ("<i>a</i><em>b</em>", "*ab*"),
        ("<strong>a<em>b</em></strong>", "**a*b***"),
        ("H<sub>2</sub>O, m<sup>2</sup>", "H<sub>2</sub>O, m<sup>2</sup>"),
        ("<code>a`b</code>", "``a`b``"),
        ("a<em>“x”</em>b", "a<em>“x”</em>b"),
        ("2 * 3 &lt; 4 &amp; 5", "2 * 3 < 4 & 5"),
        ("*not emphasis*", r"\*not emphasis\*"),
        ("fill _____ and _____.", "fill _____ and _____."),
        ("<ul><li>a</li><li>b</li></ul>c", "• a\n• b\n\nc"),
        ("<ol start='3'><li>a</li><li>b</li></ol>", "3. a\n4. b"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\nc | d"),
        ("<pre>if x:\n  y</pre>", "`if x:`\n`   y `"),
        ('<a href="https://x.org/y">here</a>', "here (https://x.org/y)"),
        ('<span style="color:red">red</span>', "red"),
        ("a&nbsp;b\n   c", "a b c"),
        ("&lt;b&gt;", r"\<b>"),
        ("&amp;copy;", r"\&copy;"),
    ],
)
def test_html_becomes_our_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html, "html")[0] == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>a",
        '<p onclick="x()">a</p>',
        '<a href="javascript:x">a</a>',
        "<style>p{}</style>a",
        '<iframe src="https://x.org"></iframe>a',
        "<svg onload=x()>a",
        '<img src=x onerror="y()">a',
    ],
)
def test_nothing_active_comes_along_and_it_is_named(html: str) -> None:
    words, notes = to_markdown(html, "html")
    assert words == "a"
    assert "A script or other active content was taken out." in notes


def test_what_questions_do_not_have_is_named() -> None:
    notes = to_markdown("<h1>a</h1><ul><li>b</li></ul>", "html")[1]
    assert notes == ("Formatting that questions do not have became plain lines: h1, li, ul.",)


def test_words_that_only_look_active_are_words() -> None:
    assert to_markdown("once one = two, javascript: no", "moodle") == ("once one = two, javascript: no", ())


@pytest.mark.parametrize("text", [r"\(x^2\)", "$$x$$", r"\[x\]"])
def test_a_formula_is_kept_and_named(text: str) -> None:
    words, notes = to_markdown(text, "html")
    assert to_plain(words) == text
    assert notes == ("A formula is kept as typed, and is not drawn.",)


def test_new_lines_count_where_they_do_elsewhere() -> None:
    assert to_markdown("a\nb", "moodle")[0] == "a\nb"
    assert to_markdown("a\n<b>b</b>", "moodle")[0] == "a\n**b**"
    assert to_markdown("a\n<b>b</b>", "html")[0] == "a **b**"
    assert to_markdown("a\nb", "plain")[0] == "a\nb"


def test_markdown_stays_as_written_where_it_is_ours() -> None:
    assert to_markdown(f"a *b* ![c]({NAME})", "markdown") == (f"a *b* ![c]({NAME})", ())
    words, notes = to_markdown("a ![map](https://x.org/y.png) <script>b</script>", "markdown")
    assert words == "a map"
    assert len(notes) == 2


def test_pictures_come_along_by_what_is_in_them() -> None:
    pictures = Pictures({"a b.png": PNG})
    words, notes = to_markdown('<img src="@@PLUGINFILE@@/a%20b.png" alt="A [map]">', "html", pictures)
    assert (words, notes) == (f"![A map]({NAME})", ())
    assert pictures.found == {NAME: PNG}


def test_a_picture_that_is_elsewhere_leaves_its_words_and_is_named() -> None:
    words, notes = to_markdown('see <img src="https://x.org/y.png" alt="a map">', "html")
    assert words == "see a map"
    assert notes == ("The picture “https://x.org/y.png” did not come along; add it by hand.",)


@pytest.mark.parametrize(
    "data", ["data:image/png;base64,!!!", "data:text/html;base64,PGI+", "data:image/png,x", "data:"]
)
def test_data_that_is_no_picture_does_not_come_along(data: str) -> None:
    pictures = Pictures()
    assert to_markdown(f'a<img src="{data}">', "html", pictures)[0] == "a"
    assert pictures.found == {}


@given(texts)
def test_our_text_is_the_same_after_html(text: str) -> None:
    assert as_seen(to_markdown(to_html(text), "html")[0]) == as_seen(text)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=40))
def test_words_are_shown_as_they_stand(text: str) -> None:
    markdown = to_markdown(text, "plain")[0]
    assert " ".join(to_plain(markdown).split()) == " ".join(text.split())
    assert is_plain(markdown)
    assert " ".join(to_plain(escape(text)).split()) == " ".join(text.split())


@given(texts)
def test_html_is_what_the_pages_show(text: str) -> None:
    # The pages make quotation marks and dots typographic, and write a line end behind a break.
    words = "".join(letter for letter in text if letter not in "\"'.-()")
    shown = inline_html(words.strip()).replace("<br>\n", "<br>")
    assert as_seen(shown.replace("<br>", "\n")) == as_seen(to_html(words.strip()).replace("<br>", "\n"))


@pytest.mark.parametrize(
    "html",
    ["<div>" * 100_000, "<b><i>" * 30_000, "<table>" * 20_000, "<" * 100_000, "<a href=x" * 50_000,
     "*" * 50_000 + "<b>x</b>", "[" * 20_000 + "<b>x</b>", "<ul><li>" * 20_000, "`" * 50_000 + "<b>x</b>",
     "<x " + " on" * 60_000, "*a_" * 1_300 + "<b>x</b>", "![" * 1_900 + "<b>x</b>"],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_whatever_html_there_is_takes_no_time(html: str) -> None:
    began = time.perf_counter()
    to_markdown(html, "html")
    assert time.perf_counter() - began < 3
