"""Rules about any question, whatever its kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from app.library.check.lists import BARE_VERDICTS, IMPERATIVES, NEGATIVES
from app.library.check.parts import asked_text, key_text, parts, told_text
from app.library.check.rule import Finding, Rule, Said, Subject, each_question
from app.library.check.words import jaccard, lower_words, normal, sentences, three_grams, words
from app.library.model import Library
from app.questions.model import Level, Question
from app.questions.types import TYPES
from app.questions.types.choice import ChoiceBody
from app.questions.types.cloze import ClozeBody
from app.questions.types.probability import ProbabilityBody

_BLANK = re.compile(r"_{2,}|\[\s*\]|…\s*$|\.{3}\s*$")
_PLACE = re.compile(r"^whole work$|^[HD]$|\d|\b(headline|title|abstract|caption|preface|summary)\b", re.IGNORECASE)
_ARTICLE_PLACE = re.compile(r"^(?:[HD]|P[1-9]\d?)(?:\s*(?:,|and|–|-)\s*(?:[HD]|P[1-9]\d?))*$|^whole work$")
_NEGATIVE = re.compile(rf"(?<![\w'’-])({'|'.join(NEGATIVES)})(?![\w'’-])", re.IGNORECASE)
_EMPHASISED = re.compile(rf"\*\*\s*({'|'.join(word.upper() for word in NEGATIVES)})\s*\*\*")
_NEGATIVE_OPTION = re.compile(rf"(?<![\w'’-])(?:{'|'.join(NEGATIVES)}|cannot|\w+n['’]t)(?![\w'’-])", re.IGNORECASE)
_OTHER_ITEM = re.compile(
    r"\b(?:previous|preceding|above|last|earlier|next)\s+(?:question|item)s?\b|\b(?:question|item)s?\s+above\b(?!\s+all)"
    r"|\bas you answered\b|\byour\s+(?:previous|earlier|last)\s+answer\b"
    r"|\b(?:question|item)\s+(?:no\.?\s*)?\d+\b",
    re.IGNORECASE,
)
_OPINION = re.compile(r"\bdo you think\b|\bin your opinion\b|\bbest policy\b|\bright side\b", re.IGNORECASE)


def _tags(library: Library, question: Question) -> Said:
    if question.head.objective is None:
        yield "error", "The field “objective” is missing."
    level = question.head.level
    if level not in get_args(Level):
        known = ", ".join(get_args(Level))
        said = "The field “level” is missing" if level is None else f"There is no level “{level}”"
        yield "error", f"{said}; the levels are {known}."


def _located(library: Library, question: Question) -> Said:
    source = question.head.source
    if source is None or not source.ref.strip():
        yield "error", "It names no source: say under “source” which text decides the key, and where."
    elif not source.at.strip():
        yield "error", "Its source has no place: give a page, paragraph, timestamp or “whole work” under “at”."
    elif not (_ARTICLE_PLACE if source.ref == "article" else _PLACE).search(source.at):
        want = "H, D, P1 to P10" if source.ref == "article" else "a page, paragraph, timestamp"
        yield "error", f"“at: {source.at}” is no place in the source; give {want} or “whole work”."


def _explained(library: Library, question: Question) -> Said:
    count = len(words(question.head.explanation))
    if count < 15:
        said = "has no explanation" if not count else f"has an explanation of {count} words"
        yield "error", f"It {said}; write at least 15 words: the right answer, and why."


def _every_option_explained(library: Library, question: Question) -> Said:
    for part in parts(question.body):
        count = len(words(part.feedback))
        if not count:
            if part.explains:
                yield "error", f"“{part.id}” has no feedback; say why it is right or wrong."
        elif normal(part.feedback).strip(" .!") in BARE_VERDICTS:
            yield "warning", f"The feedback of “{part.id}” gives a verdict and no reason."
        elif count < 8:
            yield "warning", f"The feedback of “{part.id}” has {count} words; 8 or more give a reason."
        elif jaccard(lower_words(part.feedback), lower_words(part.text)) >= 0.9:
            yield "warning", f"The feedback of “{part.id}” only repeats its text; say why."


def _evidence(library: Library, question: Question) -> Said:
    passage = question.head.passage
    shown = ""
    if passage:
        quote = library.quotes.get(passage.quote or "")
        shown = normal(quote.text if quote else passage.text or "")
        for mark in passage.mark:
            if shown and normal(mark) not in shown:
                yield "error", f"“{mark}” is to be marked, but the passage does not have these words."
    fragments = [normal(quote.text) for quote in library.quotes.values()]
    for said in question.head.evidence:
        wanted = normal(said)
        if said in library.quotes or (wanted and any(wanted in text for text in (*fragments, shown))):
            continue
        yield "error", f"The evidence “{said}” is neither in lessons/article/quotes.yaml nor in the passage."


def _asks(library: Library, question: Question) -> Said:
    stem = question.head.stem
    count = len(words(stem))
    if not count:
        yield "error", "The stem is empty; ask a full question."
        return
    if TYPES[question.kind].lead:
        # The stem is a statement, and the page says before it what to do.
        return
    if count < 6 and not isinstance(question.body, ClozeBody):
        yield "warning", f"The stem has {count} words; a full question has 6 or more."
    begins = {lower_words(sentence)[0] for sentence in sentences(stem)}
    if not ("?" in stem or _BLANK.search(stem) or begins & IMPERATIVES):
        yield "warning", "The stem asks nothing: end it with “?”, or begin with what to do, such as “Select”."


def negative_words(stem: str) -> list[str]:
    """The negative words of a stem; “at least” is a number, not a negation."""
    return _NEGATIVE.findall(re.sub(r"\bat least\b", "", stem, flags=re.IGNORECASE))


def _negative_stem(library: Library, question: Question) -> Said:
    stem = question.head.stem
    plain = negative_words(_EMPHASISED.sub("", stem))
    if plain:
        yield (
            "error",
            f"The stem has “{plain[0]}”: turn it round, or write **{plain[0].upper()}** in bold capitals.",
        )
    elif _EMPHASISED.search(stem):
        yield "info", "The stem is negative; a positive one is read more surely."


def _double_negative(library: Library, question: Question) -> Said:
    if not negative_words(question.head.stem):
        return
    for part in parts(question.body):
        if _NEGATIVE_OPTION.search(re.sub(r"\bat least\b", "", part.text, flags=re.IGNORECASE)):
            yield "error", f"The stem is negative, and so is the option “{part.id}”; make one of them positive."


def _independent(library: Library, question: Question) -> Said:
    for text in (*asked_text(question), *told_text(question)):
        if found := _OTHER_ITEM.search(text):
            yield "error", f"“{found[0]}” points at another question, but each question stands alone."
            return


def _twins(subject: Subject) -> Iterator[Finding]:
    index = _index(subject.library)
    for other in subject.questions:
        runs = _stem_and_key(other)
        for at, common in sorted(Counter(at for run in runs for at in index.by_run.get(run, ())).items()):
            one, size = index.questions[at]
            if one.id == other.id:
                if subject.only:
                    continue
                break  # the later of two is the twin
            share = common / (size + len(runs) - common)
            if share >= 0.6 and not _on_different_texts(one, other):
                place = other.place
                message = (
                    f"{other.id}: Stem and key are {share:.0%} the same as those of {one.id} "
                    f"({one.place.file}:{one.place.line}); ask something else."
                )
                yield Finding(place.file, place.line, "error" if share >= 0.8 else "warning", message, other.id)


def _stem_and_key(question: Question) -> set[tuple[str, ...]]:
    return three_grams(f"{question.head.stem} {key_text(question)}")


@dataclass(frozen=True)
class _Index:
    """The questions of a library with how many runs of words each has, and by run where they stand among them."""

    library: Library
    questions: Sequence[tuple[Question, int]]
    by_run: Mapping[tuple[str, ...], Sequence[int]]


# That of the library asked last: a question is checked again and again while it is written.
_kept: list[_Index] = []


def _index(library: Library) -> _Index:
    if _kept and _kept[0].library is library:
        return _kept[0]
    questions, by_run = [], defaultdict(list)
    for at, question in enumerate(library.questions.values()):
        runs = _stem_and_key(question)
        questions.append((question, len(runs)))
        for run in runs:
            by_run[run].append(at)
    _kept[:] = [_Index(library, questions, by_run)]
    return _kept[0]


def _on_different_texts(one: Question, other: Question) -> bool:
    """Whether each asks about a passage of its own: the same may well be asked of two reports."""
    asked = [question.head.case or question.head.passage for question in (one, other)]
    return None not in asked and asked[0] != asked[1]


def _opinion(library: Library, question: Question) -> Said:
    if isinstance(question.body, ProbabilityBody):
        return
    for text in asked_text(question):
        if found := _OPINION.search(text):
            yield "error", f"“{found[0]}” asks for an opinion, which has no right answer; ask what a text says."
            return


RULES: dict[str, Rule] = {
    "Q-01": Rule(
        "error",
        "A question names an objective of the course, a level and a kind that exist.",
        each_question(_tags),
    ),
    "Q-02": Rule(
        "error",
        "A question names the source that decides its key, and the place in it.",
        each_question(_located),
    ),
    "Q-03": Rule("error", "The explanation has at least 15 words.", each_question(_explained)),
    "Q-04": Rule(
        "error when missing; warning below 8 words, for a bare verdict, or for repeating the option",
        "Every option, element and known wrong answer has feedback that gives a reason.",
        each_question(_every_option_explained),
    ),
    "Q-05": Rule(
        "error",
        "Quoted evidence is in lessons/article/quotes.yaml or in the passage, and so are marked words.",
        each_question(_evidence),
    ),
    "Q-06": Rule(
        "warning; error for an empty stem",
        "The stem is a full question or says what to do, in 6 words or more (above a cloze in fewer); a statement to "
        "be judged is free.",
        each_question(_asks),
    ),
    "Q-08": Rule(
        "error; info in bold capitals",
        "not, except, least and never stand in the stem of a choice question in bold capitals only: **NOT**.",
        each_question(_negative_stem, ChoiceBody),
    ),
    "Q-09": Rule(
        "error",
        "A negative stem has no negative option.",
        each_question(_double_negative, ChoiceBody),
    ),
    "Q-10": Rule("error", "A question does not point at another one.", each_question(_independent)),
    "Q-15": Rule(
        "error from 80 % alike, warning from 60 %",
        "No two questions share most of their stem and key, unless each is about a passage of its own.",
        _twins,
    ),
    "Q-16": Rule("error", "A question with a score does not ask for an opinion.", each_question(_opinion)),
}
