"""HTML as a tree, read more strictly than a browser does: a tag that is not closed is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

INLINE = {"a", "button", "code", "em", "label", "mark", "small", "span", "strong", "sup", "svg", "time", "use"}
VOID = {"meta", "link", "input", "br", "hr", "img"}


class BadMarkup(AssertionError):
    """A page whose tags do not nest."""


@dataclass(eq=False)
class Element:
    """A tag with its attributes, its children and, in `pieces`, its text and children in order."""

    tag: str
    attrs: dict[str, str]
    parent: Element | None = None
    pieces: list[str | Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all below it."""
        return iter(self._whole)

    @cached_property
    def _whole(self) -> list[Element]:
        # Kept: a tree is looked through again and again, and does not change once it is read.
        found, waiting = [], [self]
        while waiting:
            element = waiting.pop()
            found.append(element)
            waiting += [piece for piece in reversed(element.pieces) if isinstance(piece, Element)]
        return found

    def all(self, *tags: str, **attrs: str) -> list[Element]:
        """Those below with one of the tags and all of the attributes (`class_` for class, `_` for -)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [
            element
            for element in self.walk()
            if (not tags or element.tag in tags)
            and (
                not wanted
                or all(
                    value in (element.attrs.get(name), "*" if name in element.attrs else None)
                    for name, value in wanted.items()
                )
            )
        ]

    def one(self, *tags: str, **attrs: str) -> Element:
        """The only one such."""
        found = self.all(*tags, **attrs)
        assert len(found) == 1, f"{len(found)} of {tags} {attrs}"
        return found[0]

    @property
    def text(self) -> str:
        """The words inside, spaces made single."""
        return " ".join(self._raw.split())

    @property
    def _raw(self) -> str:
        inner = "".join(piece if isinstance(piece, str) else piece._raw for piece in self.pieces)
        return inner if self.tag in INLINE else f" {inner} "

    @property
    def shape(self) -> str:
        """Tags and attributes of this element and those below, without words and without values."""
        inner = "".join(piece.shape for piece in self.pieces if isinstance(piece, Element))
        return f"<{self.tag} {' '.join(sorted(self.attrs))}>{inner}</>"

    def inside(self, tag: str) -> Element | None:
        """The nearest element with the tag around this one."""
        above = self.parent
        while above is not None and above.tag != tag:
            above = above.parent
        return above


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self.here = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            last = self.here.pieces[-1]
            assert isinstance(last, Element)
            self.here = last

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            raise BadMarkup(f"an attribute twice in <{tag}> at {self.getpos()}")
        self.here.pieces.append(Element(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        if self.here.tag != tag or self.here.parent is None:
            raise BadMarkup(f"</{tag}> closes <{self.here.tag}> at {self.getpos()}")
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.pieces.append(data)


def read_html(text: str) -> Element:
    """The tree of a document. Raises BadMarkup."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    if builder.here is not builder.root:
        raise BadMarkup(f"<{builder.here.tag}> is not closed")
    return builder.root
