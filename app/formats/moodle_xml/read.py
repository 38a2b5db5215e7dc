"""Moodle XML → entries: what every question of a file has, whatever its type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

from app.formats.base import OWN_KEY, Entry, Found, Limits, check_size
from app.formats.common import NotAQuestion, make_question, own_slug, slug_of, tags_in, title_of
from app.formats.moodle_xml import read_choice, read_typed
from app.formats.moodle_xml.asked import Asked, Broken, number_of, raw_text, short
from app.formats.moodle_xml.home import STANDS_FOR, home
from app.formats.moodle_xml.read_choice import Drafted
from app.formats.moodle_xml.tree import Piece, read_pieces
from app.questions.model import Question
from app.questions.types import TYPES

KINDS: dict[str, Callable[[Asked], Drafted]] = {
    "multichoice": read_choice.multichoice,
    "truefalse": read_choice.truefalse,
    "matching": read_choice.matching,
    "match": read_choice.matching,
    "ordering": read_choice.ordering,
    "shortanswer": read_typed.shortanswer,
    "numerical": read_typed.numerical,
    "essay": read_typed.essay,
    "cloze": read_typed.cloze,
    "multianswer": read_typed.cloze,
    "gapselect": read_typed.gaps,
    "ddwtos": read_typed.gaps,
}
_WHY_KEPT = {
    "description": "It asks nothing: text between questions belongs into a lesson or a passage.",
    "calculated": "Its numbers are drawn anew for each learner, which no kind here does.",
    "calculatedsimple": "Its numbers are drawn anew for each learner, which no kind here does.",
    "calculatedmulti": "Its numbers are drawn anew for each learner, which no kind here does.",
    "ddmarker": "Answers are dragged onto a picture, which no kind here does.",
    "ddimageortext": "Answers are dragged onto a picture, which no kind here does.",
    "random": "It stands for any question of a category.",
    "randomsamatch": "It is made of other questions by chance, which no kind here does.",
}
# What Moodle itself writes there; learners are told as much here too.
_USUAL = {
    "your answer is correct.", "your answer is partially correct.", "your answer is incorrect.",
    "that answer is correct.", "that answer is partially correct.", "that answer is incorrect.",
}  # fmt: skip
_COMBINED = {
    "correctfeedback": "a right answer",
    "partiallycorrectfeedback": "an answer that is partly right",
    "incorrectfeedback": "a wrong answer",
}
_CONTEXT = re.compile(r"\A\$[a-z0-9]+\$(?:/|\Z)")
_TOP = re.compile(r"\Atop(?:/|\Z)")
_NAME = re.compile(r"<name>\s{0,99}<text>(?:<!\[CDATA\[)?([^<\]]{1,200})")
_TYPE = re.compile(r"""\btype\s{0,9}=\s{0,9}["']([^"']{1,40})""")
MAX_HINTS = 5


def read(data: bytes, *, limits: Limits) -> Found:
    """Everything in a file of Moodle XML. Raises FormatError when nothing of it can be read."""
    check_size(data, limits)
    pieces, notes = read_pieces(data, most=limits.max_questions)
    reader = _FileReader()
    for done, piece in enumerate(pieces, 1):
        reader.add(piece)
        limits.tick(done, len(pieces))
    return Found(tuple(reader.entries), reader.images, (*notes, *reader.notes()))


class _FileReader:
    """Collects the entries of a file; a category counts until the next one."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.images: dict[str, bytes] = {}
        self._taken: set[str] = set()
        self._category = ""
        self._said: dict[str, None] = {}

    def notes(self) -> tuple[str, ...]:
        """What holds for the file as a whole."""
        return tuple(self._said)

    def add(self, piece: Piece) -> None:
        """Read the next question; a broken one is refused, and the others stay."""
        element = piece.element
        if element is None:
            title, kind = _seen(_NAME, piece.source) or "Question that cannot be read", _seen(_TYPE, piece.source)
            refused = Entry(piece.line, title, "refused", notes=(piece.problem,), source=piece.source, was=kind)
            self.entries.append(refused)
        elif element.get("type") == "category":
            self._enter(element)
        else:
            self.entries.append(self._entry(piece, element))

    def _enter(self, element: Element) -> None:
        path = _CONTEXT.sub("", raw_text(element.find("category")))
        self._category = _TOP.sub("", path).strip("/ ")[:200]
        if words := raw_text(element.find("info")):
            self._said[f"The description of the category “{self._category}” was left out: “{short(words)}”."] = None

    def _entry(self, piece: Piece, element: Element) -> Entry:
        asked = Asked(element)
        title = short(raw_text(element.find("name"))) or asked.kind
        entry = Entry(piece.line, title, "kept", source=piece.source, key=asked.value("idnumber")[:200], was=asked.kind)
        if asked.kind not in KINDS:
            why = _WHY_KEPT.get(asked.kind, f"No kind here is like Moodle's “{asked.kind[:40]}”.")
            return replace(entry, notes=(f"{why} Its source text is kept.",))
        try:
            question = self._question(asked, entry.key)
        except Broken as problem:
            return replace(entry, outcome="refused", notes=(problem.message, *asked.notes))
        except NotAQuestion as problem:
            return replace(entry, notes=(problem.message, *asked.notes))
        except RecursionError:
            return replace(entry, outcome="refused", notes=("Its formatting is nested too deeply to be read.",))
        self.images |= asked.images
        notes = tuple(asked.notes)
        return replace(entry, outcome="guessed" if notes else "taken", question=question, notes=notes, source="")

    def _question(self, asked: Asked, key: str) -> Question:
        draft = self._draft(asked, ours=key.startswith(OWN_KEY))
        self._leave_out(asked)
        kind = TYPES[draft["kind"]]
        body = {name: value for name, value in draft.items() if name in kind.Body.model_fields}
        head = {name: value for name, value in draft.items() if name not in body}
        # Made before it is named, so that one that fails leaves its name to others.
        question = make_question({"id": "question", **head}, body)
        slug = own_slug(key.removeprefix(OWN_KEY)) if key.startswith(OWN_KEY) else None
        if slug is None or slug in self._taken:
            name = raw_text(asked.element.find("name"))
            slug = slug_of(name or title_of(question.head.stem), self._taken)
        self._taken.add(slug)
        return replace(question, head=question.head.model_copy(update={"id": slug}))

    def _draft(self, asked: Asked, *, ours: bool) -> dict[str, Any]:
        kind, body = KINDS[asked.kind](asked)
        stem = body.pop("stem", None) or asked.rich(asked.element.find("questiontext"))
        stem = f"{stem}\n{asked.old_picture()}".strip()
        if not stem:
            raise Broken("The question has no text.")
        tags = [raw_text(tag) for tag in (*asked.element.findall("tags/tag"), *asked.element.findall("coursetags/tag"))]
        stands_for = [tag for tag in tags if ours and tag.startswith(STANDS_FOR)]
        fields, lost = tags_in(tag for tag in tags if tag not in stands_for)
        asked.note(*lost)
        explanation = asked.rich(asked.element.find("generalfeedback"))
        draft = {"kind": kind, "stem": stem, "explanation": explanation, "category": self._category, **fields, **body}
        draft["hints"] = _hints(asked)
        return home(stands_for[0].removeprefix(STANDS_FOR), draft) if stands_for else draft

    def _leave_out(self, asked: Asked) -> None:
        """Notes on what no question of ours has."""
        ours = asked.value("idnumber").startswith(OWN_KEY)
        if number_of(asked.value("penalty", "0")) and not ours:
            self._said["Penalties for further tries do not come along."] = None
        mark = number_of(asked.value("defaultgrade", "1"))
        if mark is not None and mark != 1 and asked.kind not in {"cloze", "multianswer"}:
            asked.note(f"It counts {mark:g} marks in the file; here the quiz says what it counts.")
        if asked.switch("hidden", False):
            asked.note("It is hidden in the file.")
        for field, what in _COMBINED.items():
            words = asked.plain(asked.element.find(field))
            if words.casefold() in _USUAL:
                self._said[
                    "What Moodle says to every right or wrong answer (“Your answer is correct.”) is left out."
                ] = None
            elif words:
                asked.note(f"What is said to {what} was left out: “{short(words)}”.")


def _hints(asked: Asked) -> tuple[str, ...]:
    nodes = asked.element.findall("hint")
    hints = [asked.rich(old if (old := node.find("hintcontent")) is not None else node) for node in nodes]
    hints = [hint for hint in hints if hint]
    if len(hints) > MAX_HINTS:
        asked.note(f"Only the first {MAX_HINTS} of {len(hints)} hints were taken.")
    return tuple(hints[:MAX_HINTS])


def _seen(pattern: re.Pattern[str], source: str) -> str:
    """A word of a question that is no XML, as far as it can be seen."""
    found = pattern.search(source)
    return short(found[1]) if found else ""
