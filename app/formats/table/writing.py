"""Questions → rows: what each kind puts into the cells that `answers.py` and `choices.py` read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from app.formats.table.blanks import Answer, show_answers
from app.formats.table.cells import join_list, show_number, show_share
from app.questions.types.categorise import CategoriseBody
from app.questions.types.choice import ChoiceBody
from app.questions.types.cloze import Blank, ClozeBody
from app.questions.types.free_response import FreeResponseBody
from app.questions.types.highlight import HighlightBody
from app.questions.types.matching import MatchingBody
from app.questions.types.numeric import NumericBody, Tolerance
from app.questions.types.ordering import OrderingBody
from app.questions.types.probability import ProbabilityBody
from app.questions.types.short_answer import ShortAnswerBody
from app.questions.types.source_rating import SourceRatingBody
from app.questions.types.true_false import TrueFalseBody

Cells = dict[str, str]


def _yes(given: bool | None) -> str:
    return "" if given is None else "yes" if given else "no"


def _column(name: str, cells: Iterable[str]) -> Cells:
    return {f"{name} {number}": cell for number, cell in enumerate(cells, 1)}


def _texts(entries: Iterable[Any]) -> Cells:
    given = list(entries)
    return _column("option", (e.text for e in given)) | _column("feedback", (e.feedback for e in given))


def _places(ids: Iterable[str], wanted: Collection[str]) -> str:
    return ", ".join(str(number) for number, key in enumerate(ids, 1) if key in wanted)


def _options(entries: Iterable[Any]) -> Cells:
    given = list(entries)
    return {
        **_texts(given),
        "correct": _places((o.id for o in given), {o.id for o in given if o.key}),
        **_column("credit", ("" if o.credit is None else show_share(o.credit) for o in given)),
        **_column("misconception", (o.misconception or "" for o in given)),
    }


def _choice(body: ChoiceBody) -> Cells:
    return {
        **_options(body.options),
        "shuffle": "" if body.shuffle else "no",
        "shuffle reason": body.shuffle_reason,
    }


def _true_false(body: TrueFalseBody) -> Cells:
    return {
        **_options(body.reasons),
        "verdict": "true" if body.verdict else "false",
        "true version": body.true_version,
        "true label": body.true_label if body.true_label != "True" else "",
        "false label": body.false_label if body.false_label != "False" else "",
        **_column("goes with", ("" if r.goes_with is None else str(r.goes_with).lower() for r in body.reasons)),
    }


def _highlight(body: HighlightBody) -> Cells:
    return {
        **_texts(body.sentences),
        "correct": " | ".join(_places(body.ids, gold) for gold in body.golds),
        "optional": _places(body.ids, body.loose),
        "status": body.status,
        "rest": body.rest,
    }


def _matching(body: MatchingBody) -> Cells:
    used = set(body.key.values())
    matches = [*(body.texts[prompt.match] for prompt in body.prompts)]
    return {
        **_texts(body.prompts),
        **_column("match", [*matches, *(text for key, text in body.texts.items() if key not in used)]),
        "reuse": _yes(body.reuse) if body.reuse or len(set(matches)) < len(matches) else "",
    }


def _categorise(body: CategoriseBody) -> Cells:
    return {
        **_texts(body.elements),
        **_column("match", (body.texts[element.category] for element in body.elements)),
        "categories": join_list(body.texts.values()),
    }


def _ordering(body: OrderingBody) -> Cells:
    return {
        **_texts(body.elements),
        **_column("place", (str(element.rank or "") for element in body.elements)),
        **_column("date", (element.date or "" for element in body.elements)),
        "principle": body.principle,
    }


def _numeric(body: NumericBody) -> Cells:
    return {
        "correct": show_number(body.key),
        "unit": body.unit,
        "tolerance": _tolerance(body.tolerance),
        "percent": "yes" if body.percent else "",
        "estimate": "yes" if body.estimate else "",
        "rounding": body.rounding,
        **_column("option", (show_number(known.value) for known in body.wrong)),
        **_column("feedback", (known.feedback for known in body.wrong)),
        **_column("credit", (show_share(known.credit) if known.credit else "" for known in body.wrong)),
    }


def _tolerance(tolerance: Tolerance) -> str:
    if tolerance.relative is not None:
        return show_share(tolerance.relative)
    if tolerance.factor is not None:
        # Exact to the last digit: 1 is added to the digits, not to the float.
        return f"×{show_number(Decimal(repr(tolerance.factor)) + 1)}"
    return show_number(tolerance.absolute or 0.0)


def _short_answer(body: ShortAnswerBody) -> Cells:
    given = [*body.accept, *body.wrong]
    shares = [*("" if a.credit == 1 else show_share(a.credit) for a in body.accept), *("0%" for _ in body.wrong)]
    return {**_texts(given), **_column("credit", shares), "exact": "" if body.typos else "yes"}


def _cloze(body: ClozeBody) -> Cells:
    text = body.text
    # Two steps, for an id such as “2” may be that of the first blank.
    for number, blank in enumerate(body.in_text, 1):
        text = text.replace(f"{{{blank.id}}}", f"{{\0{number}}}", 1)
    return {
        "text": text.replace("\0", ""),
        **_column("option", (show_answers(_answers(blank)) for blank in body.in_text)),
        **_column("feedback", (blank.feedback for blank in body.in_text)),
        **_column("weight", ("" if b.weight == 1 else show_number(b.weight) for b in body.in_text)),
        **_column("exact", ("" if blank.typos else "yes" for blank in body.in_text)),
    }


def _answers(blank: Blank) -> list[Answer]:
    if blank.options:
        return [Answer(option.text, option.feedback, option.key) for option in blank.options]
    wrong = [Answer(answer.text, answer.feedback, credit=0.0) for answer in blank.wrong]
    return [*(Answer(a.text, a.feedback, credit=a.credit) for a in blank.accept), *wrong]


def _probability(body: ProbabilityBody) -> Cells:
    return {
        "correct": "true" if body.outcome else "false",
        "resolution source": body.resolution.source,
        "resolution place": body.resolution.at,
        "resolution date": str(body.resolution.date),
        "criterion": body.resolution.criterion,
        "base rate": body.base_rate,
    }


def _free_response(body: FreeResponseBody) -> Cells:
    return {
        "words": str(body.max_words),
        **_column("option", (criterion.criterion for criterion in body.rubric)),
        **_column("match", (join_list(criterion.levels) for criterion in body.rubric)),
        **_column("weight", ("" if c.weight == 1 else show_number(c.weight) for c in body.rubric)),
    }


def _source_rating(body: SourceRatingBody) -> Cells:
    return {
        **_column("option", (entry.cell for entry in body.cells)),
        **_column("credit", ("" if entry.credit == 1 else show_share(entry.credit) for entry in body.cells)),
        **_column("feedback", (entry.reason for entry in body.cells)),
        "rest": body.rest,
    }


CELLS: dict[str, Callable[[Any], Cells]] = {
    "single_choice": _choice,
    "multiple_response": _choice,
    "true_false": _true_false,
    "matching": _matching,
    "ordering": _ordering,
    "categorise": _categorise,
    "numeric": _numeric,
    "short_answer": _short_answer,
    "cloze": _cloze,
    "highlight": _highlight,
    "probability": _probability,
    "free_response": _free_response,
    "source_rating": _source_rating,
}
