"""Each of our kinds as the type of Moodle that is nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.formats.cloze import write_cloze
from app.formats.images import images_in
from app.formats.moodle_xml.home import LEAD
from app.formats.moodle_xml.read_choice import AS_WRITTEN, TRUE_FIRST
from app.formats.moodle_xml.rubric import comes_back, rubric_html
from app.formats.moodle_xml.sheet import Sheet, address_of, field, plain_words, switch
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
from app.questions.types.source_rating import CELLS, CONTENT, SOURCE, SourceRatingBody
from app.questions.types.true_false import TrueFalseBody

_EQUAL = "Entries with the same words are one in Moodle."


@dataclass(frozen=True)
class Written:
    """A question as Moodle has it: its type, the fields of the type, and what its text says beside the stem.

    `html` is what follows the stem in the text, with the pictures of `images`. `before_stem`, `after_stem` and
    `before_explanation` are paragraphs. `stands_for` is its kind here where Moodle's type means something else.
    """

    kind: str
    fields: str
    html: str = ""
    images: tuple[str, ...] = ()
    before_stem: str = ""
    after_stem: str = ""
    before_explanation: str = ""
    stands_for: str = ""


# What a choice shows: text, share of the mark, feedback.
Shown = tuple[str, float, str]


def _choice(sheet: Sheet, options: Iterable[Shown], *, single: bool, shuffle: bool) -> str:
    answers = (
        sheet.rich("answer", text, attributes=sheet.share(share), inner=sheet.rich("feedback", why))
        for text, share, why in options
    )
    fields = switch("single", single) + switch("shuffleanswers", shuffle) + field("answernumbering", "abc")
    return fields + "".join(answers)


def _name_losses(sheet: Sheet, options: Sequence[Option]) -> None:
    if any(option.misconception for option in options):
        sheet.lose("The names of misconceptions were left out.")


def single_choice(sheet: Sheet, body: Any) -> Written:
    """multichoice, or truefalse for the options “True” and “False”."""
    _name_losses(sheet, body.options)
    options = [(o.text, body.credits[o.id], o.feedback) for o in body.options]
    if [o.text for o in body.options] == ["True", "False"] and not body.shuffle and not body.has_credits:
        _order_losses(sheet, body, TRUE_FIRST)
        fields = "".join(
            f'<answer fraction="{100 * share:.0f}" format="moodle_auto_format"><text>{text.lower()}</text>'
            f"{sheet.rich('feedback', why)}</answer>\n"
            for text, share, why in options
        )
        return Written("truefalse", fields)
    _order_losses(sheet, body, AS_WRITTEN)
    return Written("multichoice", _choice(sheet, options, single=True, shuffle=body.shuffle))


def _order_losses(sheet: Sheet, body: ChoiceBody, kept: str) -> None:
    if body.shuffle_reason != ("" if body.shuffle else kept):
        sheet.lose("Why the options keep their order is not said in the file.")


def multiple_response(sheet: Sheet, body: Any) -> Written:
    """multichoice with shares that add up to the score of ours: 1/k for each key, −1/(n−k) for each other."""
    _name_losses(sheet, body.options)
    _order_losses(sheet, body, AS_WRITTEN)
    right, wrong = 1 / len(body.keys), -1 / (len(body.options) - len(body.keys))
    usual = {o.id: right if o.key else wrong for o in body.options}
    shares = body.credits if body.has_credits else usual
    if body.has_credits and all(abs(shares[key] - usual[key]) < 1e-4 for key in usual):
        sheet.lose("Credits that are those of the usual scoring cannot be told from it in the file.")
    options = [(o.text, shares[o.id], o.feedback) for o in body.options]
    return Written("multichoice", _choice(sheet, options, single=False, shuffle=body.shuffle))


def true_false(sheet: Sheet, body: TrueFalseBody) -> Written:
    """multichoice of every sensible pair of verdict and reason: with the score and the chance of a guess of ours."""
    _name_losses(sheet, body.reasons)
    options = [
        (f"{label}: {reason.text}", 1.0 if reason.key and verdict is body.verdict else 0.0, reason.feedback)
        for reason in body.reasons
        for verdict, label in ((True, body.true_label), (False, body.false_label))
        if reason.goes_with in (None, verdict)
    ]
    sheet.lose("Moodle asks for verdict and reason in one choice, so that a right verdict alone cannot be seen.")
    if len({reason.text for reason in body.reasons}) < len(body.reasons):
        sheet.lose(_EQUAL)
    labels = list(dict.fromkeys(text.split(": ")[0] for text, _, _ in options))
    words = [body.true_label, body.false_label]
    if labels != words and (words != ["True", "False"] or not set(labels) <= set(words)):
        sheet.lose("The words for true and false cannot be told from the file.")
    return Written(
        "multichoice",
        _choice(sheet, options, single=True, shuffle=True),
        before_stem=LEAD,
        before_explanation=body.true_version,
        stands_for="true_false",
    )


def matching(sheet: Sheet, body: MatchingBody) -> Written:
    """matching, an option to spare as an answer without a question."""
    used = set(body.key.values())
    if body.reuse and len(used) == len(body.prompts):
        sheet.lose("That options may be used again is not said in Moodle.")
    if len({plain_words(text) for text in body.texts.values()}) < len(body.texts):
        sheet.lose(_EQUAL)
    spare = [option.text for option in body.options if option.id not in used]
    pairs = [(prompt.text, body.texts[prompt.match], prompt.feedback) for prompt in body.prompts]
    return Written("matching", _pairs(sheet, [*pairs, *(("", text, "") for text in spare)]))


def categorise(sheet: Sheet, body: CategoriseBody) -> Written:
    """matching, the categories as answers that are used again."""
    sheet.lose("Moodle scores each element by itself, so putting everything into one category earns something.")
    if len({plain_words(text) for text in body.texts.values()}) < len(body.texts):
        sheet.lose(_EQUAL)
    pairs = [(element.text, body.texts[element.category], element.feedback) for element in body.elements]
    order = [category.text for category in body.categories]
    first = list(dict.fromkeys(text for _, text, _ in pairs))
    if first != order:
        sheet.lose("The categories stand in the order of their elements.")
    return Written("matching", _pairs(sheet, pairs), stands_for="categorise")


def _pairs(sheet: Sheet, pairs: Sequence[tuple[str, str, str]]) -> str:
    if any(why for _, _, why in pairs):
        sheet.lose("What is told about each pair was left out.")
    answers = (
        sheet.rich("subquestion", text, inner=sheet.plain("answer", answer, "The answer of a pair"))
        for text, answer, _ in pairs
    )
    return switch("shuffleanswers", True) + "".join(answers)


def ordering(sheet: Sheet, body: OrderingBody) -> Written:
    """ordering, scored by pairs as here."""
    if len(set(body.ranks.values())) < len(body.elements):
        sheet.lose("Elements of equal rank have one order in Moodle, and only that is right.")
    if any(element.date for element in body.elements):
        sheet.lose("The dates of the elements, which are for authors, were left out.")
    if body.principle:
        sheet.lose("The principle of the order stands below the question.")
    elements = sorted(body.elements, key=lambda element: body.ranks[element.id])
    answers = "".join(
        sheet.rich("answer", e.text, attributes=f' fraction="{n}"', inner=sheet.rich("feedback", e.feedback))
        for n, e in enumerate(elements, 1)
    )
    fields = field("layouttype", "VERTICAL") + field("selecttype", "ALL") + field("selectcount", len(elements))
    scoring = field("gradingtype", "RELATIVE_ALL_PREVIOUS_AND_NEXT") + field("showgrading", "SHOW")
    return Written("ordering", fields + scoring + field("numberingstyle", "none") + answers, after_stem=body.principle)


def numeric(sheet: Sheet, body: NumericBody) -> Written:
    """numerical; what counts as right is the same range."""
    low, high = body.tolerance.bounds(body.key)
    key, off = body.key, body.tolerance.absolute
    if body.tolerance.relative is not None:
        off = body.tolerance.relative * abs(body.key)
        sheet.lose("The tolerance, a share of the number, is written as a number.")
    elif body.tolerance.factor is not None:
        key, off = (low + high) / 2, (high - low) / 2
        sheet.lose(f"The tolerance, a factor, is written as the range from {low:g} to {high:g} with its middle as key.")
    if body.estimate or body.percent != (body.unit == "%"):
        sheet.lose("That the number is an estimate, or may be given in per cent, was left out.")
    if body.rounding:
        sheet.lose("How exact the number should be stands below the question.")
    answers = _number(sheet, key, off or 0.0, 1.0, "")
    answers += "".join(_number(sheet, w.value, 0.0, w.credit, w.feedback) for w in body.wrong)
    if not body.unit:
        return Written("numerical", answers + field("showunits", 3), after_stem=body.rounding)
    units = f"<units><unit><multiplier>1</multiplier>{field('unit_name', body.unit)}</unit></units>\n"
    settings = field("unitgradingtype", 0) + field("unitpenalty", "0.1") + field("showunits", 0) + field("unitsleft", 0)
    return Written("numerical", answers + units + settings, after_stem=body.rounding)


def _number(sheet: Sheet, value: float, off: float, share: float, why: str) -> str:
    inner = field("tolerance", repr(off)) + sheet.rich("feedback", why)
    return f'<answer{sheet.share(share)} format="moodle_auto_format"><text>{value!r}</text>{inner}</answer>\n'


def short_answer(sheet: Sheet, body: ShortAnswerBody) -> Written:
    """shortanswer, without regard to capitals."""
    if body.typos:
        sheet.lose("Slips of the finger are forgiven here, and not in Moodle.")
    answers = [(entry.text, entry.credit, entry.feedback) for entry in body.accept]
    answers += [(entry.text, 0.0, entry.feedback) for entry in body.wrong]
    written = (
        f'<answer{sheet.share(credit)} format="moodle_auto_format">'
        f"{field('text', text.replace('*', chr(92) + '*'))}{sheet.rich('feedback', why)}</answer>\n"
        for text, credit, why in answers
    )
    return Written("shortanswer", field("usecase", 0) + "".join(written))


def cloze(sheet: Sheet, body: ClozeBody) -> Written:
    """cloze: the text follows the question."""
    html, losses = write_cloze(body, address_of)
    sheet.lose(*losses)
    if "\n\n" in body.text[: body.text.find("{")]:
        sheet.lose("Paragraphs before the first blank stand with the question.")
    texts = [body.text]
    for blank in body.blanks:
        texts += [blank.feedback, *(text for option in blank.options for text in (option.text, option.feedback))]
        texts += [answer.feedback for answer in blank.accept] + [answer.feedback for answer in blank.wrong]
    return Written("cloze", "", html=f"<p>{html}</p>", images=tuple(images_in(*texts)))


def free_response(sheet: Sheet, body: FreeResponseBody) -> Written:
    """essay, with the rubric and the marked answers in the notes for graders."""
    lines = min(40, max(5, body.max_words // 10))
    fields = field("responseformat", "editor") + field("responserequired", 1) + field("responsefieldlines", lines)
    fields += field("maxwordlimit", body.max_words) + field("attachments", 0) + field("attachmentsrequired", 0)
    if not comes_back(body):
        sheet.lose("In the rubric, marks and runs of spaces are not kept as typed.")
    return Written("essay", fields + sheet.html("graderinfo", rubric_html(body), []))


def highlight(sheet: Sheet, body: HighlightBody) -> Written:
    """multichoice of the sentences in their order; of several sets to mark the first."""
    sheet.lose("Moodle shows the sentences as a list of options, and it comes back from there as source text only.")
    if len(body.gold) > 1:
        sheet.lose("Only the first set of sentences counts as right.")
    gold = body.golds[0]
    others = len(body.sentences) - len(gold) - len(body.loose)
    options = []
    for sentence in body.sentences:
        share = 1 / len(gold) if sentence.id in gold else 0.0 if sentence.id in body.loose else -1 / max(1, others)
        options.append((sentence.text, share, sentence.feedback or body.rest))
    return Written("multichoice", _choice(sheet, options, single=False, shuffle=False), stands_for="highlight")


def source_rating(sheet: Sheet, body: SourceRatingBody) -> Written:
    """multichoice of all cells in their order, with the same shares of the mark."""
    sheet.lose("Moodle shows the grid as a list of 36 options.")
    reasons = {entry.cell: entry.reason for entry in body.cells}
    if list(reasons) != [cell for cell in CELLS if cell in reasons] or (body.rest and len(reasons) == len(CELLS)):
        sheet.lose("The cells stand in the order of the grid.")
    options = [
        (f"{cell}: {SOURCE[cell[0]]}; {CONTENT[cell[1]]}", body.credits.get(cell, 0.0), reasons.get(cell, body.rest))
        for cell in CELLS
    ]
    return Written("multichoice", _choice(sheet, options, single=True, shuffle=False), stands_for="source_rating")


KINDS: dict[str, Callable[[Sheet, Any], Written]] = {
    "single_choice": single_choice,
    "multiple_response": multiple_response,
    "true_false": true_false,
    "matching": matching,
    "categorise": categorise,
    "ordering": ordering,
    "numeric": numeric,
    "short_answer": short_answer,
    "cloze": cloze,
    "free_response": free_response,
    "highlight": highlight,
    "source_rating": source_rating,
}
LEFT_OUT = {"probability": "A forecast has no score, and Moodle has no question that asks for a chance."}
