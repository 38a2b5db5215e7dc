"""The answers of each kind as GIFT writes them.

What GIFT has no kind for is written in the nearest form, with the loss named: a verdict with its reason as a
single choice of both together, categories as a matching, sentences to mark as a choice of several, a text with one
blank as a missing word. Forecasts and source ratings have no such form, nor has a text with several blanks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from app.formats.gift.page import Page
from app.formats.rich import to_plain
from app.questions.model import Question
from app.questions.types.base import Option
from app.questions.types.categorise import CategoriseBody
from app.questions.types.choice import ChoiceBody
from app.questions.types.cloze import ClozeBody
from app.questions.types.free_response import FreeResponseBody
from app.questions.types.highlight import HighlightBody
from app.questions.types.matching import MatchingBody
from app.questions.types.numeric import NumericBody
from app.questions.types.ordering import OrderingBody
from app.questions.types.short_answer import ShortAnswerBody
from app.questions.types.true_false import TrueFalseBody
from app.questions.types.typed_answer import Accepted, Wrong

_BLANK = re.compile(r"\{[^{}]*\}")
_OPTION_WORDS = "The names of misconceptions were left out."


class LeftOut(Exception):
    """A question that GIFT has no form for; its message says why."""


def answers(question: Question, page: Page) -> str:
    """What stands between the braces, with what is lost named on the page. Raises LeftOut."""
    write = _WRITE.get(question.kind)
    if write is None:
        raise LeftOut(_NO_FORM.get(question.kind, "GIFT has no such kind of question."))
    return write(question.body, page)


def _lines(lines: Sequence[str]) -> str:
    return "\n" + "".join(f"\t{line}\n" for line in lines)


def _is_true_false(body: ChoiceBody) -> bool:
    said = [option.text for option in body.options] == ["True", "False"]
    return said and not body.shuffle and not body.has_credits


def single(body: Any, page: Page) -> str:
    """“=key ~wrong”, or “T” and “F”."""
    _lose_of_options(body.options, page)
    if _is_true_false(body):
        if_true, if_false = body.options
        right, wrong = (if_true, if_false) if if_true.key else (if_false, if_true)
        said = page.feedback(wrong.feedback) + page.feedback(right.feedback)
        if right.feedback and not wrong.feedback:
            said = f"#{said}"
        return ("T" if if_true.key else "F") + said
    _lose_order(body, page)
    return _lines([_choice(o, "=" if o.key else "~", o.credit if not o.key else None, page) for o in body.options])


def _several(body: Any, page: Page) -> str:
    _lose_of_options(body.options, page)
    _lose_order(body, page)
    right, wrong = len(body.keys), len(body.options) - len(body.keys)
    ours = {option.id: 1 / right if option.key else -1 / wrong for option in body.options}
    credits = body.credits if body.has_credits else ours
    return _lines([_choice(option, "~", credits[option.id], page) for option in body.options])


def _choice(option: Option, sign: str, credit: float | None, page: Page) -> str:
    text = page.text(option.text)
    said = page.share(credit) if credit is not None else ""
    if text.startswith("%") and sign == "~" and not said:
        said = "%0%"
    return sign + said + text + page.feedback(option.feedback)


def _lose_of_options(options: Sequence[Option], page: Page) -> None:
    if any(option.misconception for option in options):
        page.lose(_OPTION_WORDS)


def _lose_order(body: ChoiceBody, page: Page) -> None:
    if not body.shuffle or body.shuffle_reason:
        page.lose("That the options keep their order is not said; Moodle shuffles them.")


def _verdict(body: TrueFalseBody, page: Page) -> str:
    """Every sensible pair of a verdict and a reason is an option."""
    _lose_of_options(body.reasons, page)
    page.lose("Verdict and reason are chosen together, as one option.")
    if body.true_version:
        page.lose("The sentence put right is not in the file.")
    lines = []
    for reason in body.reasons:
        for verdict, label in ((True, body.true_label), (False, body.false_label)):
            if reason.goes_with in (None, verdict):
                sign = "=" if reason.key and verdict == body.verdict else "~"
                text = f"{page.text(label)}\\: {page.rest(reason.text)}"
                lines.append(sign + text + page.feedback(reason.feedback))
    return _lines(lines)


def _matching(body: MatchingBody, page: Page) -> str:
    if any(prompt.feedback for prompt in body.prompts):
        page.lose("What is said to each pair was left out.")
    used = [prompt.match for prompt in body.prompts]
    if body.reuse != (len(set(used)) < len(used)):
        page.lose("Whether an option may be used more than once is not said.")
    if len({to_plain(text).strip() for text in body.texts.values()}) < 2:
        raise LeftOut("All of its options have the same words.")
    if len(set(body.texts.values())) < len(body.texts):
        page.lose("Options with the same words became one.")
    lines = [f"={page.text(prompt.text)} -> {page.plain(body.texts[prompt.match])}" for prompt in body.prompts]
    lines += [f"= -> {page.plain(option.text)}" for option in body.options if option.id not in used]
    return _lines(lines)


def _categorise(body: CategoriseBody, page: Page) -> str:
    page.lose("It became a matching of elements and categories, and is scored as one.")
    return _lines([f"={page.text(e.text)} -> {page.plain(body.texts[e.category])}" for e in body.elements])


def _ordering(body: OrderingBody, page: Page) -> str:
    ranks = body.ranks
    if len(set(ranks.values())) < len(ranks):
        page.lose("Elements with the same place got one after the other.")
    if any(element.feedback or element.date for element in body.elements):
        page.lose("What is said to each element was left out.")
    if body.principle:
        page.lose("The principle of the order stands behind the question's text.")
    page.lose("Only Moodle's ordering type understands it, which older Moodles have as a plug-in.")
    first = f">{len(ranks)} ALL VERTICAL RELATIVE_ALL_PREVIOUS_AND_NEXT SHOW none"
    return first + _lines([page.text(element.text) for element in sorted(body.elements, key=lambda e: ranks[e.id])])


def _number(body: NumericBody, page: Page) -> str:
    low, high = body.tolerance.bounds(body.key)
    if body.tolerance.factor:
        page.lose("The right number is written as the range that counts, so its middle is the key there.")
        right = f"{_decimal(low)}..{_decimal(high)}"
    else:
        off = body.tolerance.absolute
        if off is None:
            page.lose("The share by which a number may be off is written as a number.")
            off = float(f"{high - body.key:.12g}")
        right = f"{_decimal(body.key)}:{_decimal(off)}" if off else _decimal(body.key)
    if body.estimate or body.percent:
        page.lose("How the number may be typed is not said.")
    if body.unit or body.rounding:
        page.lose("The unit and how to round stand behind the question's text.")
    wrong = [f"={page.share(w.credit)}{_decimal(w.value)}{page.feedback(w.feedback)}" for w in body.wrong]
    return f"#{_lines([f'={right}', *wrong])}"


def _decimal(value: float) -> str:
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _typed(body: ShortAnswerBody, page: Page) -> str:
    return _lines(_wordings(body.accept, body.wrong, body.typos, page))


def _wordings(accept: Sequence[Accepted], wrong: Sequence[Wrong], typos: bool, page: Page) -> list[str]:
    if typos:
        page.lose("Slips of the finger are forgiven here, and not in Moodle.")
    lines = []
    for accepted in accept:
        text = _typed_words(accepted.text, page)
        is_full = accepted.credit == 1 and not text.startswith("%")
        lines.append(f"={'' if is_full else page.share(accepted.credit)}{text}{page.feedback(accepted.feedback)}")
    lines += [f"=%0%{_typed_words(answer.text, page)}{page.feedback(answer.feedback)}" for answer in wrong]
    return lines


def _typed_words(text: str, page: Page) -> str:
    # Moodle takes “->” for a pair and “*” for any letters.
    if "->" in text:
        page.lose("“->” is written as “→” in an answer.")
    return page.words(text.replace("->", "→").replace("*", "\\*"))


def _cloze(body: ClozeBody, page: Page) -> str:
    if len(body.blanks) > 1:
        raise LeftOut("GIFT holds one blank, and this has several. Moodle XML holds them.")
    blank = body.blanks[0]
    page.lose("A text with one blank became a missing word: a question with its answer in the text.")
    if blank.feedback:
        page.lose("What is said to any answer was left out.")
    if blank.options:
        _lose_of_options(blank.options, page)
        return _lines([_choice(option, "=" if option.key else "~", None, page) for option in blank.options])
    return _lines(_wordings(blank.accept, blank.wrong, blank.typos, page))


def _sentences(body: HighlightBody, page: Page) -> str:
    page.lose("The passage became a list of sentences of which several are right, scored as such.")
    gold = body.golds[0]
    rest = len(body.sentences) - len(gold) - len(body.loose)
    lines = []
    for sentence in body.sentences:
        credit = 1 / len(gold) if sentence.id in gold else 0.0 if sentence.id in body.loose else -1 / rest
        lines.append(f"~{page.share(credit)}{page.text(sentence.text)}{page.feedback(sentence.feedback or body.rest)}")
    return _lines(lines)


def _essay(body: FreeResponseBody, page: Page) -> str:
    page.lose("The rubric, the marked answers and the limit in words are not in the file.")
    return ""


def stem_parts(question: Question) -> tuple[str, str]:
    """What stands before the answers and what behind them, in our Markdown."""
    stem, body = question.head.stem, question.body
    if isinstance(body, ClozeBody):
        before, _, after = body.text.partition(_BLANK.findall(body.text)[0])
        return f"{stem}\n\n{before}", after
    more = ""
    if isinstance(body, OrderingBody):
        more = body.principle
    elif isinstance(body, NumericBody):
        more = " ".join(part for part in (body.rounding, f"({body.unit})" if body.unit else "") if part)
    return (f"{stem}\n{more}" if more else stem), ""


_WRITE: dict[str, Callable[[Any, Page], str]] = {
    "single_choice": single,
    "multiple_response": _several,
    "true_false": _verdict,
    "matching": _matching,
    "categorise": _categorise,
    "ordering": _ordering,
    "numeric": _number,
    "short_answer": _typed,
    "cloze": _cloze,
    "highlight": _sentences,
    "free_response": _essay,
}
_NO_FORM = {
    "probability": "A forecast has no right answer, and GIFT knows no such question.",
    "source_rating": "GIFT has no grid of 36 cells, and a list of them would be another question.",
}
