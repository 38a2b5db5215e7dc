"""Markdown → safe HTML and plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.markdown import block_html, inline_html, plain, with_images

pytestmark = pytest.mark.pure

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html,x)",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#106;avascript:alert(1)'>x</a>",
    '<p onclick="alert(1)">x</p>',
    "<iframe src='https://example.org'></iframe>",
    "<svg onload=alert(1)>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<style>body{display:none}</style>",
    "<form action='https://example.org'><input></form>",
    "[x]{onclick=alert(1)}",
    '[x]{style="color:red"}',
    "![x](https://example.org/x.png)",
    "<base href='https://example.org'>",
    "<meta http-equiv=refresh content=0>",
]
FORBIDDEN = re.compile(
    r"<(script|img|iframe|svg|math|style|form|input|base|meta|object|embed|link)\b"
    r"|<[^>]*\s(on\w+|style|srcdoc|action)\s*="
    r"|(href|src)\s*=\s*[\"']?\s*(javascript|data|vbscript):",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", ATTACKS)
def test_nothing_that_runs_or_loads_comes_through(text: str) -> None:
    assert not FORBIDDEN.search(block_html(text))
    assert not FORBIDDEN.search(block_html(f"Words {text} words", []))
    assert not FORBIDDEN.search(inline_html(text))


@given(
    st.lists(
        st.one_of(st.sampled_from([*ATTACKS, "[^S1]", "**", "`", "\n\n", "| a |"]), st.text(max_size=6)),
        max_size=8,
    )
)
def test_no_mixture_of_attacks_comes_through(parts: list[str]) -> None:
    text = "".join(parts)
    assert not FORBIDDEN.search(block_html(text, []))
    assert not FORBIDDEN.search(inline_html(text))


@pytest.mark.parametrize("text", ["<b>bold</b>", "<p>x</p>", "# Title", "[a](https://example.org)", "- item"])
def test_a_line_has_emphasis_strong_and_code_only(text: str) -> None:
    tags = re.findall(r"</?([a-z0-9]+)", inline_html(text))
    assert set(tags) <= {"em", "strong", "code"}


def test_a_line_keeps_its_emphasis() -> None:
    assert inline_html("*so* **NOT** `x`") == "<em>so</em> <strong>NOT</strong> <code>x</code>"


def test_a_line_keeps_its_breaks_and_what_stands_low_or_high() -> None:
    assert inline_html("H<sub>2</sub>O\nm<SUP>2</SUP>") == "H<sub>2</sub>O<br>\nm<sup>2</sup>"


def test_an_image_is_named_by_a_plain_file_name() -> None:
    shown = '<img src="images/plan-1.png" alt="A &quot;plan&quot; &lt;b&gt;" loading="lazy">'
    assert inline_html('![A "plan" \\<b>](plan-1.png "title"){onclick=x}') == shown


def test_whoever_shows_an_image_says_where_it_is() -> None:
    html = with_images(inline_html("![a](a.png) ![b](b.jpg)"), lambda name: f'src="/x/{name}" width="3"')
    assert html == (
        '<img src="/x/a.png" width="3" alt="a" loading="lazy"> <img src="/x/b.jpg" width="3" alt="b" loading="lazy">'
    )


@pytest.mark.parametrize(
    "text",
    [
        "![x](../plan.png)",
        "![x](/plan.png)",
        "![x](images/plan.png)",
        "![x](https://example.org/plan.png)",
        "![x](plan.svg)",
        "![x](plan.png%00)",
        "![x](data:image/png;base64,AA)",
        '<img src="images/plan.png" alt="x">',
        '<image src="images/plan.png">',
        '<IMG SRC="plan.png">',
    ],
)
def test_no_other_image_is_shown(text: str) -> None:
    assert "<img" not in inline_html(text)


def test_quotes_and_angles_are_escaped() -> None:
    assert inline_html("a < b & c") == "a &lt; b &amp; c"


def test_links_open_safely() -> None:
    html = block_html("[a](https://example.org)")
    assert 'href="https://example.org"' in html
    assert 'rel="noopener noreferrer"' in html


def test_a_term_is_marked() -> None:
    assert '<span class="term" data-term="as-of-date">as-of</span>' in block_html("[as-of]{term=as-of-date}")


def test_headers_of_tables_have_a_scope() -> None:
    html = block_html("| A | B |\n| --- | --- |\n| 1 | 2 |\n")
    assert html.count('<th scope="col">') == 2
    assert "<thead>" in html


def test_a_citation_links_to_its_source_by_number() -> None:
    cited: list[str] = ["S09"]
    html = block_html("One.[^S13] Two.[^S09]", cited)
    assert cited == ["S09", "S13"]
    assert re.findall(r'href="#source-(\w+)"[^>]*>(\d+)<', html) == [("S13", "2"), ("S09", "1")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*so* **NOT** `x`", "so NOT x"),
        ("[a link](https://example.org) here", "a link here"),
        ("[a term]{term=x}", "a term"),
        ("Cited.[^S13]", "Cited."),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("H<sub>2</sub>O and m<sup>2</sup>", "H2O and m2"),
        ("one<br>two", "one\ntwo"),
        ("one\ntwo", "one\ntwo"),
        ("see ![a *plan*](plan.png) here", "see [Image: a plan] here"),
        ("![](plan.png)", "[Image]"),
        (r"5 \* 3 \* 2, a\_b\_c, \[x\](y), \<b>", "5 * 3 * 2, a_b_c, [x](y), <b>"),
    ],
)
def test_plain_words_have_no_marks(text: str, words: str) -> None:
    assert plain(text) == words
