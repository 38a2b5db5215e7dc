"""Rules about the whole bank: what no question shows by itself. Small banks are free; each rule says from what size."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.library.check.cues import BOTS, Choice, longest, send, single_choices
from app.library.check.odds import central_band, is_uneven, percentile
from app.library.check.questions import negative_words
from app.library.check.rule import Finding, Rule, Subject
from app.markdown import plain
from app.questions.model import Question
from app.questions.problems import Severity
from app.questions.types.choice import ChoiceBody
from app.questions.types.probability import ProbabilityBody
from app.questions.types.single_choice import SingleChoiceBody
from app.questions.types.source_rating import SourceRatingBody
from app.questions.types.true_false import TrueFalseBody

BANK = "lessons/course.yaml"
_ENOUGH = 20
_FEW_VERDICTS = 8
_FEW_TARGETS = 10
_FEW_OF_ONE = 5
_SUSPICIOUS = 2.33
_GOOD_CELL = re.compile(r"[ABC][123]")


def _of_all(severity: Severity, message: str) -> Finding:
    return Finding(BANK, 1, severity, message)


def _names(questions: Iterable[Question], most: int = 8) -> str:
    ids = [question.id for question in questions]
    return ", ".join(ids[:most]) + (f" and {len(ids) - most} more" if len(ids) > most else "")


def _key_places(subject: Subject) -> Iterator[Finding]:
    fixed = [
        choice
        for choice in single_choices(subject.library.questions.values())
        if choice.fixed and isinstance(choice.question.body, SingleChoiceBody)
    ]
    if len(fixed) < _ENOUGH:
        return
    most = max(len(choice.options) for choice in fixed)
    counts = [sum(choice.key == place for choice in fixed) for place in range(most)]
    expected = [
        sum(1 / len(choice.options) for choice in fixed if place < len(choice.options)) for place in range(most)
    ]
    if is_uneven(counts, expected):
        said = ", ".join(map(str, counts))
        yield _of_all(
            "warning", f"Among {len(fixed)} options in a fixed order the key stands {said} times at each place."
        )


def _sticks_out(choice: Choice) -> float:
    lengths = [len(plain(option.text)) for option in choice.options]
    rest = [length for place, length in enumerate(lengths) if place != choice.key]
    return lengths[choice.key] / max(1, *rest)


def _long_keys(subject: Subject) -> Iterator[Finding]:
    found = single_choices(subject.library.questions.values())
    if len(found) < _ENOUGH:
        return
    long = [choice for choice in found if longest(choice) == {choice.key}]
    limit = percentile([1 / len(choice.options) for choice in found], 0.99)
    if len(long) > limit:
        worst = sorted(long, key=_sticks_out, reverse=True)
        message = (
            f"In {len(long)} of {len(found)} questions the key is the longest option; chance gives {limit} at most."
        )
        yield _of_all("error", f"{message} Even out {_names(choice.question for choice in worst)}.")


def _verdicts(subject: Subject) -> Iterator[Finding]:
    for what, verdicts in verdict_groups(subject.library.questions.values()):
        right = sum(verdicts)
        if len(verdicts) < _FEW_VERDICTS:
            continue
        low, high = central_band(len(verdicts), 0.95)
        if not low <= right <= high:
            message = f"{right} of {len(verdicts)} {what} are true; between {low} and {high} nobody could go by that."
            yield _of_all("warning", message)


def verdict_groups(questions: Iterable[Question]) -> list[tuple[str, list[bool]]]:
    """The verdicts on statements, in drills and of forecasts, each kind apart."""
    groups: dict[str, list[bool]] = {"statements": [], "drill reports": [], "forecasts": []}
    for question in questions:
        if isinstance(question.body, TrueFalseBody):
            groups["drill reports" if question.head.use == "drill" else "statements"].append(question.body.verdict)
        elif isinstance(question.body, ProbabilityBody):
            groups["forecasts"].append(question.body.outcome)
    return list(groups.items())


def _cue_bots(subject: Subject) -> Iterator[Finding]:
    found = single_choices(subject.library.questions.values())
    for what, bot, severity in BOTS.values():
        outing = send(bot, found)
        if len(outing.seen) >= _ENOUGH and outing.z > _SUSPICIOUS:
            caught = [choice.question for choice in outing.seen if bot(choice) == {choice.key}]
            message = (
                f"Whoever {what} gets {outing.score:.0f} of {len(outing.seen)} right; chance gives {outing.chance:.0f} "
                f"(z {outing.z:.1f}). Begin with {_names(caught)}."
            )
            yield _of_all(severity, message)


def targets(questions: Iterable[Question]) -> dict[str, bool]:
    """Question id → whether what it shows deserves trust: drill reports, and reports to be graded."""
    found = {}
    for question in questions:
        if isinstance(question.body, SourceRatingBody):
            found[question.id] = bool(_GOOD_CELL.fullmatch(question.body.best))
        elif isinstance(question.body, TrueFalseBody) and question.head.use == "drill":
            found[question.id] = question.body.verdict
    return found


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values)


def _trust(subject: Subject) -> Iterator[Finding]:
    found = targets(subject.library.questions.values())
    if len(found) >= _FEW_TARGETS:
        share = _share(list(found.values()))
        if not 0.4 <= share <= 0.6:
            severity: Severity = "warning" if 0.35 <= share <= 0.65 else "error"
            message = f"{share:.0%} of {len(found)} reports to be judged deserve trust; about half keeps readers fair."
            yield _of_all(severity, message)
    by_bank = defaultdict(list)
    for question in subject.library.questions.values():
        if question.id in found:
            by_bank[question.place.file].append(found[question.id])
    for file, values in by_bank.items():
        if len(values) >= _FEW_OF_ONE and not 0.3 <= _share(values) <= 0.7:
            message = f"{sum(values)} of {len(values)} reports to be judged here deserve trust; keep to 30 to 70 %."
            yield Finding(file, 1, "warning", message)


def _origins(subject: Subject) -> Iterator[Finding]:
    questions = subject.library.questions
    found = targets(questions.values())
    by_origin = defaultdict(list)
    for slug, good in found.items():
        for tag in questions[slug].head.tags:
            if tag.startswith("origin-"):
                by_origin[tag].append(good)
    for tag, values in sorted(by_origin.items()):
        whole = _share(list(found.values()))
        if len(values) >= _FEW_OF_ONE and abs(_share(values) - whole) > 0.3:
            message = (
                f"{len(values) - sum(values)} of {len(values)} reports tagged “{tag}” do not deserve trust, against "
                f"{1 - whole:.0%} of all; no side may be the usual suspect."
            )
            yield _of_all("warning", message)


def _negative_stems(subject: Subject) -> Iterator[Finding]:
    stems = [q for q in subject.library.questions.values() if isinstance(q.body, ChoiceBody)]
    negative = [question for question in stems if negative_words(question.head.stem)]
    if len(stems) >= _ENOUGH and len(negative) > 0.05 * len(stems):
        message = f"{len(negative)} of {len(stems)} stems are negative; at most 5 %: turn round {_names(negative)}."
        yield _of_all("warning", message)


RULES: dict[str, Rule] = {
    "BNK-01": Rule(
        "warning at p < 0.01, from 20 questions in a fixed order on",
        "Where options keep their order, the key stands at every place about equally often.",
        _key_places,
    ),
    "BNK-02": Rule(
        "error above the 99th percentile of chance, from 20 questions on",
        "The key is not the longest option more often than chance has it.",
        _long_keys,
    ),
    "BNK-03": Rule(
        "warning outside the central 95 % of chance, from 8 on",
        "Of statements, of drill reports and of forecasts about half are true.",
        _verdicts,
    ),
    "BNK-04": Rule(
        "error for z above 2.33, warning where the reader goes the other way round (shortest, least echo); from 20 "
        "questions on in which it has a preference",
        "A reader who goes by length, echo, absolute words or the middle alone does no better than by guessing.",
        _cue_bots,
    ),
    "BNK-06": Rule(
        "warning outside 40 to 60 %, or in one bank outside 30 to 70 % of 5 or more; error outside 35 to 65 %; from 10 "
        "reports on",
        "About half of the reports that are judged in drills and source ratings deserve trust.",
        _trust,
    ),
    "BNK-07": Rule(
        "warning for 30 points of difference, from 5 reports of one origin on",
        "Reports of one origin (a tag that begins with “origin-”) deserve trust about as often as all.",
        _origins,
    ),
    "BNK-09": Rule(
        "warning above 5 %, from 20 choice questions on",
        "Few stems are negative.",
        _negative_stems,
    ),
}
