"""One question of a GIFT file → an entry: taken, guessed, kept or refused."""

from __future__ import annotations

import re
from typing import Any

from app.formats.base import OWN_KEY, Entry, Outcome
from app.formats.bodies import Broken, Made, short
from app.formats.cloze import has_blanks, place_of, read_cloze, split_stem, text_with_blanks
from app.formats.common import NotAQuestion, make_question, own_slug, slug_of, tags_in, title_of
from app.formats.gift.answers import blank_of, body_of, kind_of
from app.formats.gift.blocks import Block
from app.formats.gift.signs import as_written, restore, tagged
from app.formats.images import Pictures
from app.formats.rich import TextFormat, to_markdown

_BRACES = re.compile(r"(\{[^{}]*\})")
_DATA = re.compile(r"data:[^\"' >]*")
# Longer texts no question of ours can hold; converting them would only take time.
_MOST = 50_000


class QuestionReader:
    """Reads the questions of one file: ids are unique in it, and `images` has the pictures found so far."""

    def __init__(self) -> None:
        """A reader that has seen nothing yet."""
        self._taken: set[str] = set()
        self.images = Pictures()

    def entry(self, block: Block) -> Entry:
        """The entry of a block. Never raises: what cannot be read is refused or kept, with the reason."""
        asked = _Asked(block, self.images)
        try:
            asked.take_apart()
            made = asked.made()
            question = make_question(self._head(asked, made), made.body)
        except NotAQuestion as problem:
            notes = (problem.message, *asked.notes)
            title = asked.name or short(restore(block.text))
            became: Outcome = "refused" if isinstance(problem, Broken) else "kept"
            return Entry(block.line, title, became, None, notes, block.source, block.idnumber, asked.kind)
        notes = tuple(dict.fromkeys([*block.notes, *asked.notes, *made.notes]))
        title = asked.name or title_of(question.head.stem) or question.id
        outcome: Outcome = "guessed" if notes else "taken"
        return Entry(block.line, title, outcome, question, notes, block.source, block.idnumber, asked.kind)

    def _head(self, asked: _Asked, made: Made) -> dict[str, Any]:
        block = asked.block
        fields, lost = tags_in(block.tags)
        asked.notes += lost
        explanation = "\n".join(part for part in (asked.general, made.explanation) if part)
        stem = made.stem or asked.stem
        if not stem:
            raise Broken("The question has no text before its answers.")
        if len(block.category) > 200:
            asked.notes.append(f"The category is too long and was cut: “{short(block.category)}”.")
        slug = own_slug(block.idnumber.removeprefix(OWN_KEY)) if block.idnumber.startswith(OWN_KEY) else None
        return {
            "id": slug_of(slug or asked.name or title_of(stem), self._taken),
            "kind": made.kind,
            "stem": stem,
            "explanation": explanation,
            "category": block.category[:200].strip(),
            **fields,
        }


class _Asked:
    """A question while it is read; `notes` grow with what did not come along."""

    def __init__(self, block: Block, images: Pictures) -> None:
        self.block, self._images = block, images
        self.notes: list[str] = []
        self.name = self.stem = self.general = self.kind = ""
        self._text = self._answers = ""
        self._format: TextFormat = "moodle"

    def take_apart(self) -> None:
        """Find name, text, answers and general feedback. Raises Broken for braces that do not close."""
        text = self.block.text
        if text.startswith("::"):
            name, end, rest = text[2:].partition("::")
            if end:
                self.name, text = short(restore(name)), rest.strip()
        self._text = text
        start, end_at = text.find("{"), text.find("}")
        if start < 0 and end_at < 0:
            self.kind = "description"
            raise NotAQuestion("This is a text without answers, which is no question here.")
        if start < 0 or 0 <= end_at < start:
            raise Broken("A “}” stands without a “{” before it. Write “\\}” if you mean the sign itself.")
        if end_at < 0:
            raise Broken("The answers begin with “{” and have no “}” at their end.")
        answers = text[start + 1 : end_at].strip()
        self._format, before = tagged(text[:start].lstrip(), "moodle")
        if "{" in text[end_at:] or self._is_cloze():
            return
        after = text[end_at + 1 :]
        # Words behind the answers: the answer belongs into the text.
        asked = before + ("_____" if after.strip() else "") + after
        answers, mark, general = _general(answers)
        self.kind, self._answers = kind_of(answers), answers
        self.stem = self.rich(asked, with_tag=False)
        self.general = self.rich(general) if mark else ""

    def _is_cloze(self) -> bool:
        return has_blanks(as_written(self._text))

    def made(self) -> Made:
        """The kind and the body. Raises Broken or NotAQuestion."""
        if self.kind:
            return body_of(self.kind, self._answers, self.rich)
        self.kind = "cloze"
        return self._cloze() if self._is_cloze() else self._several_blocks()

    def _cloze(self) -> Made:
        _, text = tagged(self._text, "moodle")
        parts = _BRACES.split(text)
        # Inside its blanks the grammar has escapes of its own.
        whole = "".join(as_written(part) if number % 2 else restore(part) for number, part in enumerate(parts))
        body, notes = read_cloze(whole, self._format, self._images)
        stem, words = split_stem(body["text"])
        return Made("cloze", {**body, "text": words}, notes, stem=stem)

    def _several_blocks(self) -> Made:
        _, text = tagged(self._text, "moodle")
        blanks: list[dict[str, Any]] = []
        notes = ["The question has several blanks; it became a cloze. Moodle would show only the first."]
        marked = []
        for number, part in enumerate(_BRACES.split(text)):
            if number % 2:
                answers, _, general = _general(part[1:-1].strip())
                fields, lost = blank_of(answers, self.rich)
                blanks.append({"id": f"b{len(blanks) + 1}", "feedback": self.rich(general), **fields})
                marked.append(place_of(len(blanks)))
                notes += lost
            elif "{" in part or "}" in part:
                raise Broken("A “{” or “}” has no partner. Write “\\{” or “\\}” if you mean the sign itself.")
            else:
                marked.append(restore(part))
        words, lost = text_with_blanks("".join(marked), self._format, self._images)
        stem, words = split_stem(words)
        return Made("cloze", {"text": words, "blanks": blanks}, (*notes, *lost), stem=stem)

    def rich(self, text: str, *, with_tag: bool = True) -> str:
        """A text as our Markdown, in the format of its tag or of the question. Raises NotAQuestion for a huge one."""
        kind = self._format
        if with_tag:
            kind, text = tagged(text.strip(), kind)
        text = restore(text).strip()
        if len(text) > _MOST and len(_DATA.sub("", text)) > _MOST:
            raise NotAQuestion(f"A text has more than {_MOST:,} characters; questions here have at most 4,000.")
        words, lost = to_markdown(text, kind, self._images)
        self.notes += lost
        return words


def _general(answers: str) -> tuple[str, str, str]:
    """The answers without the general feedback behind “####”: its last occurrence wins."""
    before, mark, general = answers.rpartition("####")
    return (before.strip(), mark, general.strip()) if mark else (answers, "", "")
