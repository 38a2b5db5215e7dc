"""Aiken: single choices in plain words. A question on one line, “A. …” to “Z. …”, and “ANSWER: B”.

What Moodle's reader refuses and people write all the same is read with a note: small letters, “Answer:”, “(a)”, and
a question of several lines. Out go single choices alone, as words on one line; what they lose is named.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from app.formats.base import (
    Entry,
    FormatError,
    Found,
    Limits,
    Loss,
    Outcome,
    Reader,
    Writer,
    Written,
    check_count,
    check_size,
)
from app.formats.bodies import AS_WRITTEN, Broken, short
from app.formats.common import NotAQuestion, decode, ids_for, make_question, slug_of
from app.formats.images import images_in
from app.formats.lost import head_losses, with_passage
from app.formats.rich import is_plain, to_markdown, to_plain
from app.questions.model import Question

_OPTION = re.compile(r"(\()?([A-Za-z])([).])(?:\s|$)(.*)")
_STRICT_OPTION = re.compile(r"([A-Z])[).]\s")
_ANSWER = re.compile(r"answer\s{0,9}[:=]\s{0,9}(.*)", re.IGNORECASE)
_SNIFFED = re.compile(r"^\s{0,20}ANSWER:\s{0,9}[A-Z]\s{0,9}$", re.MULTILINE | re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TURNED = str.maketrans({"\n": " ", "\t": " "})


@dataclass
class _Block:
    """The lines of a question while they are collected."""

    line: int = 0
    stem: list[str] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Say something, once."""
        if sentence not in self.notes:
            self.notes.append(sentence)


class Aiken(Reader, Writer):
    """Aiken, as Moodle reads it and a little kinder."""

    name: ClassVar[str] = "aiken"
    label: ClassVar[str] = "Aiken"
    suffixes: ClassVar[tuple[str, ...]] = (".aiken.txt", ".aiken", ".txt")
    media_type: ClassVar[str] = "text/plain; charset=utf-8"

    def sniff(self, data: bytes) -> bool:
        """Whether a line says “ANSWER: B”. Never raises."""
        try:
            text, _ = decode(data[:20_000])
        except FormatError:
            return False
        return _SNIFFED.search(text) is not None

    def read(self, data: bytes, *, limits: Limits) -> Found:
        """Every question, with the line of each. Raises FormatError for a file that is too large or no text."""
        check_size(data, limits)
        text, notes = decode(data)
        blocks = list(_blocks(text))
        check_count(len(blocks), limits)
        if not blocks:
            raise FormatError("There are no questions in this file.")
        taken: set[str] = set()
        entries = []
        for number, block in enumerate(blocks, 1):
            entries.append(_entry(block, taken))
            limits.tick(number, len(blocks))
        return Found(tuple(entries), {}, notes)

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """A file with the single choices among the questions. Never raises."""
        out: list[str] = []
        losses: list[Loss] = []
        left_out: list[str] = []
        for question in questions:
            reason = _cannot(question)
            if reason:
                left_out.append(question.id)
                losses.append(Loss(question.id, reason))
                continue
            out.append(_written(question))
            losses += [Loss(question.id, message) for message in _lost(question)]
        return Written("\n".join(out).encode(), tuple(losses), tuple(left_out))


def _blocks(text: str) -> Iterator[_Block]:
    """The questions of a file: each ends with its answer; blank lines do not divide."""
    block = _Block()
    for number, given in enumerate(text.split("\n"), 1):
        line = given.strip()
        if not line:
            continue
        answer, option = _ANSWER.fullmatch(line), _OPTION.fullmatch(line)
        # Words behind the options begin another question, whose predecessor has no answer.
        if block.options and not answer and not option and len(line) > 1:
            yield block
            block = _Block()
        block.line = block.line or number
        block.lines.append(given)
        if answer and (block.options or block.stem):
            block.answer = answer[1].strip()
            if not line.startswith("ANSWER:"):
                block.note("“ANSWER:” is written in capital letters with a colon; it was read all the same.")
            yield block
            block = _Block()
        elif option and (block.stem or block.options):
            _add_option(block, line, option)
        elif len(line) > 1 or block.options:
            _add_line(block, line)
    if block.stem or block.options:
        yield block


def _add_option(block: _Block, line: str, found: re.Match[str]) -> None:
    block.options.append((found[2].upper(), found[4].strip()))
    if not _STRICT_OPTION.match(line):
        block.note("Options begin with a capital letter, as in “A.” or “A)”; others were read all the same.")


def _add_line(block: _Block, line: str) -> None:
    if block.options:
        # A single character behind the options, which Moodle passes over too.
        block.note(f"The line “{line}” was left out.")
    else:
        block.stem.append(line)


def _entry(block: _Block, taken: set[str]) -> Entry:
    stem = "\n".join(block.stem)
    title = short(stem.partition("\n")[0]) or "A question without text"
    source = "\n".join(block.lines)
    if len(block.stem) > 1:
        block.note(f"The question has {len(block.stem)} lines; Moodle reads only one.")
    try:
        question = _question(block, stem, taken)
    except NotAQuestion as problem:
        became: Outcome = "refused" if isinstance(problem, Broken) else "kept"
        return Entry(block.line, title, became, None, (problem.message, *block.notes), source, "", "multichoice")
    done: Outcome = "guessed" if block.notes else "taken"
    return Entry(block.line, title, done, question, tuple(block.notes), source, "", "multichoice")


def _question(block: _Block, stem: str, taken: set[str]) -> Question:
    _check(block, stem)
    texts = [_as_markdown(text, block) for _, text in block.options]
    right = [letter for letter, _ in block.options].index(block.answer.upper().rstrip(".)"))
    options = [
        {"id": name, "text": text, "key": place == right}
        for place, (name, text) in enumerate(zip(ids_for(texts), texts, strict=True))
    ]
    head = {"id": slug_of(stem.partition("\n")[0], taken), "kind": "single_choice", "stem": _as_markdown(stem, block)}
    # The letters are part of the file: “A and B” may stand among the options.
    order = AS_WRITTEN if any(_names_letters(text) for _, text in block.options) else {}
    if order:
        block.note("An option speaks of others by their letters, so the options keep their order.")
    return make_question(head, {"options": options, **order})


def _names_letters(text: str) -> bool:
    return (
        re.search(r"\b(?:both )?[A-Z] (?:and|or|&) [A-Z]\b|\b(?:all|none) of the above\b", text, re.IGNORECASE)
        is not None
    )


def _as_markdown(text: str, block: _Block) -> str:
    words, lost = to_markdown(text, "plain")
    for sentence in lost:
        block.note(sentence)
    return words


def _check(block: _Block, stem: str) -> None:
    """Raise Broken with what to mend."""
    letters = [letter for letter, _ in block.options]
    if not stem:
        raise Broken("The options have no question before them.")
    if not letters:
        raise Broken("The question has no options such as “A. Paris”, each on a line of its own.")
    if len(letters) < 2:
        raise Broken("There is only one option. Write at least two.")
    twice = next((letter for letter, count in Counter(letters).items() if count > 1), "")
    if twice:
        raise Broken(f"The letter {twice} stands before two options. Give each its own.")
    empty = [letter for letter, text in block.options if not text]
    if empty:
        raise Broken(f"Option {empty[0]} has no text.")
    answer = block.answer.upper().rstrip(".)")
    if not answer:
        raise Broken("The question has no line such as “ANSWER: B” behind its options.")
    if answer not in letters:
        raise Broken(f"“ANSWER: {short(block.answer)}” names no option. Write one of {', '.join(letters)}.")


def _cannot(question: Question) -> str:
    if question.kind != "single_choice":
        return "Aiken holds single choices only."
    if len(_one_line(with_passage(question)[0])) < 2:
        return "The question has less than two characters, and Aiken passes over such a line."
    return ""


def _one_line(markdown: str) -> str:
    return " ".join(to_plain(markdown).split())


def _written(question: Question) -> str:
    stem = _one_line(with_passage(question)[0])
    # What would be read as an option or an answer is none.
    guarded = f"“{stem}”" if _OPTION.fullmatch(stem) or _ANSWER.fullmatch(stem) else stem
    options = question.body.options
    lines = [f"{letter}. {_one_line(option.text)}" for letter, option in zip(_LETTERS, options, strict=False)]
    key = next(letter for letter, option in zip(_LETTERS, options, strict=False) if option.key)
    return "\n".join([guarded, *lines, f"ANSWER: {key}", ""])


def _lost(question: Question) -> Iterator[str]:
    """What Aiken has no place for."""
    head, body = question.head, question.body
    stem, said = with_passage(question)
    yield from said
    yield from head_losses(question)
    own = {
        "the general feedback": head.explanation,
        "what is said to each option": any(option.feedback for option in body.options),
        "the names of misconceptions": any(option.misconception for option in body.options),
        "shares of the mark": body.has_credits,
        "the order of the options": not body.shuffle or body.shuffle_reason,
        "its name, by which it comes home": True,
        "its category": head.category,
        "its tags, objective and level": head.tags or head.objective or head.level or head.use != "practice",
    }
    yield f"Aiken has no place for {', '.join(name for name, value in own.items() if value)}."
    texts = [stem, *(option.text for option in body.options)]
    if not all(is_plain(text) for text in texts):
        yield "Formatting became plain words."
    if any("\n" in text for text in texts):
        yield "Texts of several lines stand on one line."
    for name in images_in(*texts):
        yield f"The picture “{name}” is not in the file."
    line = _one_line(stem)
    if _OPTION.fullmatch(line) or _ANSWER.fullmatch(line):
        yield "The question begins like an option or an answer, and was put in quotation marks."
