"""The dossier's files, and what they name: a source, claim or quotation that is not there is taken out and named."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel

from app.lessons.dossier import Claim, CountGroup, Event, Name, Omission, Paragraph, Place
from app.library.model import Library
from app.library.places import Places
from app.questions.problems import Problem

DOSSIER_FILE = "lessons/article/dossier.yaml"


class Part(NamedTuple):
    """A list of the dossier: its file, what an entry is, and the word for one."""

    file: str
    model: type[BaseModel]
    word: str


PARTS: dict[str, Part] = {
    "paragraphs": Part("lessons/article/paragraphs.yaml", Paragraph, "paragraph"),
    "claims": Part("lessons/article/claims.yaml", Claim, "claim"),
    "omissions": Part("lessons/article/omissions.yaml", Omission, "omission"),
    "events": Part("lessons/article/timeline.yaml", Event, "event"),
    "counts": Part("lessons/article/counts.yaml", CountGroup, "group of counts"),
    "names": Part("lessons/article/names.yaml", Name, "name"),
    "places": Part("lessons/article/places.yaml", Place, "place"),
}
# Field that names others → the rule, and what is said of one that is not there.
_NAMED = {
    "sources": ("SRC-01", "There is no source “{}” in lessons/sources.yaml."),
    "claims": ("FMT-06", "There is no claim “{}” in lessons/article/claims.yaml."),
}


def sound_dossier(library: Library, places: Places) -> tuple[Library, list[Problem]]:
    """The library with a dossier in which everything that is named exists, and a problem for each that did not."""
    problems: list[Problem] = []
    parts: dict[str, Any] = {}
    known = {"sources": library.sources, "claims": library.claims}
    for name, part in PARTS.items():
        parts[name] = {}
        for key, value in getattr(library, name).items():
            said = [*_strangers(value, known), *_misplaced(library, value)]
            problems += [
                Problem(*places.at(part.file, key), rule, "error", f"{key}: {message}")
                for rule, message in dict.fromkeys(said)
            ]
            parts[name][key] = _mended(library, value, known) if said else value
    return replace(library, **parts), problems


def cited_in(value: BaseModel) -> list[str]:
    """The sources that an entry of the dossier cites, in order, each once."""
    return list(dict.fromkeys(_ids(value, "sources")))


def _ids(value: object, field: str) -> Iterator[str]:
    if isinstance(value, tuple):
        for one in value:
            yield from _ids(one, field)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            found = getattr(value, name)
            yield from found if name == field else _ids(found, field)


def _strangers(value: BaseModel, known: Mapping[str, Container[str]]) -> Iterator[tuple[str, str]]:
    for field, there in known.items():
        rule, message = _NAMED[field]
        yield from ((rule, message.format(one)) for one in _ids(value, field) if one not in there)


def _misplaced(library: Library, value: BaseModel) -> Iterator[tuple[str, str]]:
    if not isinstance(value, Claim):
        return
    if library.paragraphs and value.at not in library.paragraphs:
        yield "FMT-06", f"There is no paragraph “{value.at}” in lessons/article/paragraphs.yaml."
    if value.quote and value.quote not in library.quotes:
        yield "Q-05", f"There is no quotation “{value.quote}” in lessons/article/quotes.yaml."


def _mended(library: Library, value: Any, known: Mapping[str, Container[str]]) -> Any:
    if isinstance(value, tuple):
        return tuple(_mended(library, one, known) for one in value)
    if not isinstance(value, BaseModel):
        return value
    changes: dict[str, Any] = {}
    for name in type(value).model_fields:
        found = getattr(value, name)
        kept = tuple(one for one in found if one in known[name]) if name in known else _mended(library, found, known)
        if kept != found:
            changes[name] = kept
    if isinstance(value, Claim) and value.quote and value.quote not in library.quotes:
        changes["quote"] = None
    return value.model_copy(update=changes) if changes else value
