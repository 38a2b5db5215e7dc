"""Lesson figures: only shapes and text come through."""

from __future__ import annotations

import pytest

from app.lessons.figures import read_figure

pytestmark = pytest.mark.pure

XMLNS = 'xmlns="http://www.w3.org/2000/svg"'


def svg(inside: str = "", attributes: str = 'viewBox="0 0 9 9"') -> str:
    return f"<svg {XMLNS} {attributes}>{inside}</svg>"


def test_shapes_and_text_come_through() -> None:
    drawing, wrongs = read_figure(svg('<g class="axis"><path d="M0 0L9 9"/><text x="1" y="2">9 March</text></g>'))
    assert wrongs == []
    assert '<path d="M0 0L9 9"' in drawing
    assert ">9 March</text>" in drawing


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ("<style>text{}</style>", "<style>"),
        ('<image href="https://example.org/x.png"/>', "<image>"),
        ('<a href="https://example.org"><text>x</text></a>', "<a>"),
        ('<use href="#x"/>', "<use>"),
        ("<animate/>", "<animate>"),
        ('<rect onclick="alert(1)"/>', "onclick"),
        ('<rect style="fill:red"/>', "style"),
        ('<rect href="x"/>', "href"),
        ('<rect xmlns:x="http://www.w3.org/1999/xlink" x:href="x"/>', "href"),
        ('<rect fill="url(#g)"/>', "fill"),
        ('<rect fill="URL(https://example.org)"/>', "fill"),
        ('<rect fill="javascript:x"/>', "fill"),
        ('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', "script"),
    ],
)
def test_everything_else_is_refused_by_name(inside: str, says: str) -> None:
    drawing, wrongs = read_figure(svg(inside))
    assert drawing == ""
    assert any(says in wrong for wrong in wrongs), wrongs


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>{svg("<text>&b;</text>")}',
        f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">{svg()}',
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>{svg("<text>&x;</text>")}',
    ],
)
def test_entities_are_refused_before_they_are_read(text: str) -> None:
    assert read_figure(text) == ("", ["A figure may not have a DOCTYPE or entities."])


@pytest.mark.parametrize(
    "text",
    ["", "words", "<svg", "<svg><rect></svg>", "<html/>", svg("&unknown;"), f"<svg {XMLNS}/>", svg() * 2],
)
def test_what_is_no_figure_is_told(text: str) -> None:
    drawing, wrongs = read_figure(text)
    assert drawing == ""
    assert wrongs
    assert all(wrong.endswith(".") for wrong in wrongs)


def test_all_mistakes_come_at_once() -> None:
    assert len(read_figure(svg('<script/><rect onclick="x"/>'))[1]) == 2


def test_the_page_gives_the_names_and_the_size() -> None:
    drawing, wrongs = read_figure(
        svg(
            '<rect id="a" aria-label="x"/>',
            'viewBox="0 0 9 9" width="900" height="9" role="img" aria-label="Counts"',
        )
    )
    assert wrongs == []
    assert 'aria-hidden="true"' in drawing
    for gone in (' id="', "aria-label=", 'role="', "Counts", 'width="900"'):
        assert gone not in drawing
