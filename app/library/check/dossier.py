"""Rules about the dossier: dates in order, a verdict at every common date, sources, short words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from app.lessons.dossier import WEIGHED, Claim, Verdict, day_of
from app.lessons.verdicts import in_words
from app.library.check.rule import Finding, Rule, Subject
from app.library.check.words import words
from app.library.dossier import DOSSIER_FILE, PARTS, cited_in
from app.questions.problems import Severity

CLAIMS = PARTS["claims"].file


def _order(subject: Subject) -> Iterator[Finding]:
    library = subject.library
    for claim in library.claims.values():
        if said := _verdicts_out_of_order(claim.verdicts):
            yield Finding(*subject.at(CLAIMS, claim.id), "error", f"{claim.id}: {said}")
    dates = [day_of(entry.as_of) for entry in library.dossier.dates]
    if any(a >= b for a, b in pairwise(dates)):
        yield Finding(DOSSIER_FILE, 1, "error", "The common dates stand in order, each once.")
    file = PARTS["events"].file
    for one, other in pairwise(library.events.values()):
        if one.span[0] > other.span[0]:
            message = f"{other.id}: It happened before {one.id}; events stand in the order of their times."
            yield Finding(*subject.at(file, other.id), "error", message)
    file = PARTS["counts"].file
    for group in library.counts.values():
        if any(a.day > b.day for a, b in pairwise(group.rows)):
            message = f"{group.id}: Its figures stand in the order of their days."
            yield Finding(*subject.at(file, group.id), "error", message)


def _verdicts_out_of_order(verdicts: Sequence[Verdict]) -> str:
    for one, other in pairwise(verdicts):
        if day_of(one.as_of) >= day_of(other.as_of):
            return f"The verdict for {in_words(other.as_of)} stands after that for {in_words(one.as_of)}; dates ascend."
    return ""


def _common_dates(subject: Subject) -> Iterator[Finding]:
    for claim in subject.library.claims.values():
        given = {verdict.as_of for verdict in claim.verdicts}
        missing = [entry.as_of for entry in subject.library.dossier.dates if entry.as_of not in given]
        if given and missing:
            said = " and ".join(in_words(as_of) for as_of in missing)
            yield _of_claim(subject, claim, "error", f"It has verdicts, but none for {said}.")


def _without_sources(subject: Subject) -> Iterator[Finding]:
    for claim in subject.library.claims.values():
        weighed = next((verdict for verdict in claim.verdicts if verdict.verdict in WEIGHED), None)
        if weighed and not cited_in(claim):
            yield _of_claim(subject, claim, "warning", f"It is {weighed.verdict}, and no source is named for that.")


def _long_words(subject: Subject) -> Iterator[Finding]:
    message = "“{}” is a fragment of the article: keep hedges and loaded words to two words, and quote by id."
    for claim in subject.library.claims.values():
        for text in (*claim.hedges, *claim.loaded):
            if len(words(text)) > 2:
                yield _of_claim(subject, claim, "error", message.format(text))
    file = PARTS["paragraphs"].file
    for paragraph in subject.library.paragraphs.values():
        for text in paragraph.loaded:
            if len(words(text)) > 2:
                said = f"{paragraph.id}: {message.format(text)}"
                yield Finding(*subject.at(file, paragraph.id), "error", said)


def _of_claim(subject: Subject, claim: Claim, severity: Severity, message: str) -> Finding:
    return Finding(*subject.at(CLAIMS, claim.id), severity, f"{claim.id}: {message}")


RULES: dict[str, Rule] = {
    "DOS-01": Rule("error", "Verdicts, common dates, events and counts stand in the order of their dates.", _order),
    "DOS-02": Rule("error", "A claim with verdicts has one for each common date.", _common_dates),
    "DOS-03": Rule("warning", "A verdict that weighs evidence rests on a source.", _without_sources),
    "DOS-04": Rule("error", "A hedge or a loaded word has at most two words; more is a quotation.", _long_words),
}
