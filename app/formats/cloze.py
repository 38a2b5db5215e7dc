"""Moodle's grammar for texts with blanks, “{2:SHORTANSWER:=Paris~%50%Parys#Nearly.}” ⇄ the body of a cloze."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app.formats.common import NotAQuestion, ids_for
from app.formats.from_html import ImageName
from app.formats.rich import TextFormat, own_image, to_html, to_markdown
from app.formats.typed import FULL, Alternative, typed_answers
from app.questions.model import SLACK
from app.questions.types.cloze import Blank, ClozeBody
from app.questions.types.typed_answer import Accepted

_LISTS = (
    "MULTICHOICE",
    "MC",
    *(f"{name}{end}" for end in ("V", "H", "S", "VS", "HS") for name in ("MULTICHOICE_", "MC")),
)
_SEVERAL = ("MULTIRESPONSE", "MR", *(f"{name}{end}" for end in ("H", "S", "HS") for name in ("MULTIRESPONSE_", "MR")))
_NUMBERS = ("NUMERICAL", "NM")
_CASED = ("SHORTANSWER_C", "SAC", "MWC")
_TYPES = (*_LISTS, *_SEVERAL, *_NUMBERS, *_CASED, "SHORTANSWER", "SA", "MW")
_START = re.compile(rf"\{{(\d*):({'|'.join(_TYPES)}):")
_END = re.compile(r"(?<!\\)\}")
_BETWEEN = re.compile(r"(?<!\\)~")
# “&#39;” is a character and no feedback.
_FEEDBACK = re.compile(r"(?<!\\)(?<!&)(?<!&amp;)#")
_SHARE = re.compile(r"=|%(-?\d+(?:[.,]\d*)?)%")
_ESCAPED = re.compile(r"\\([~#}])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NUMBER = r"-?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?"
_WITHIN = re.compile(rf"({_NUMBER})(?::({_NUMBER}))?")
_EMPHASIS = re.compile(
    r"<(b|strong|i|em|u|code|sub|sup|span|font)\b[^<>]*>((?:(?!</?\1\b).)*)</\1\s*>", re.DOTALL | re.I
)
# Signs that stand for blanks while the text around them is converted: nobody types them.
_OPEN, _SHUT = "\ue000", "\ue001"
_PLACE = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_BLANK = re.compile(r"\{([^{}]*)\}")
# What ends or begins something in the grammar, as characters by number.
_SPECIAL = {ord(sign): f"&#{ord(sign)};" for sign in "&~#}\\"}


def has_blanks(text: str) -> bool:
    """Whether a text has a blank of this grammar."""
    return _START.search(text) is not None


def read_cloze(text: str, kind: TextFormat, image: ImageName = own_image) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The body of a cloze, blanks b1, b2 …, and a note for all that cannot be held.

    `image` names pictures as in `to_markdown`. Raises NotAQuestion when there is no blank, or one that no blank of
    ours can stand for.
    """
    marked, found = _cut(text)
    if not found:
        raise NotAQuestion("The text has no blank such as {1:SHORTANSWER:=Paris}.")
    words, lost = text_with_blanks(marked, kind, image)
    notes = [*lost]
    blanks = []
    weights = _weights([weight for weight, _, _ in found])
    for number, (said, what, answers) in enumerate(found, 1):
        reader = _Reader(f"Blank {number}: ", image)
        blanks.append({"id": f"b{number}", "weight": weights[number - 1], **reader.blank(what, answers)})
        notes += reader.notes
        if said == 0:
            notes.append(f"Blank {number}: It counts nothing in the file; here it counts 1.")
    return {"text": words, "blanks": blanks}, tuple(notes)


def place_of(number: int) -> str:
    """What stands for blank `number` (from 1) in a text for `text_with_blanks`."""
    return f"{_OPEN}{number}{_SHUT}"


def text_with_blanks(marked: str, kind: TextFormat, image: ImageName = own_image) -> tuple[str, tuple[str, ...]]:
    """The text of a cloze in our Markdown, `{b1}` for `place_of(1)`, and a note for all that was lost."""
    whole, notes = _without_emphasis_around(marked)
    words, lost = to_markdown(whole, kind, image)
    words = words.replace("{", "&#123;").replace("}", "&#125;")
    return _PLACE.sub(r"{b\1}", words), (*lost, *notes)


def split_stem(text: str, *, stem: str = "Fill each blank.") -> tuple[str, str]:
    """The paragraphs of a cloze's text before the one with the first blank, and the rest; `stem` if there are none."""
    before = text[: text.find("{")].rpartition("\n\n")[0] if "{" in text else ""
    said = before.strip().replace("&#123;", "{").replace("&#125;", "}")
    return said or stem, text[len(before) :].strip()


def _cut(text: str) -> tuple[str, list[tuple[int, str, list[Alternative]]]]:
    """The text with signs for its blanks, and the weight, type and answers of each."""
    text = text.replace(_OPEN, "").replace(_SHUT, "")
    out: list[str] = []
    found: list[tuple[int, str, list[Alternative]]] = []
    at = 0
    for start in _START.finditer(text):
        if start.start() < at:
            continue
        end = _END.search(text, start.end())
        if end is None:
            raise NotAQuestion(f"Blank {len(found) + 1}, which begins with “{start[0]}”, has no “}}” at its end.")
        # Many begin the list with “~”, as GIFT does.
        answers = [_alternative(part) for part in _BETWEEN.split(text[start.end() : end.start()]) if part.strip()]
        if not answers:
            raise NotAQuestion(f"Blank {len(found) + 1}, “{start[0]}}}”, has no answers.")
        found.append((int(start[1][:6] or 1), start[2], answers))
        out += [text[at : start.start()], place_of(len(found))]
        at = end.end()
    return "".join([*out, text[at:]]), found


def _alternative(part: str) -> Alternative:
    """An answer as it stands between two “~”; its feedback is still HTML."""
    part = part.strip()
    share = _SHARE.match(part)
    credit = 0.0
    if share:
        credit = 1.0 if share[1] is None else float(share[1].replace(",", ".")) / 100
        part = part[share.end() :]
    text, *feedback = _FEEDBACK.split(part, maxsplit=1)
    return Alternative(_ESCAPED.sub(r"\1", text).strip(), credit, _ESCAPED.sub(r"\1", "".join(feedback)))


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", text)).strip()


def _weights(said: Sequence[int]) -> list[float]:
    """Weights above 0, and at most 100 in the same proportions."""
    scale = max(1.0, max(said) / 100)
    return [(weight or 1) / scale for weight in said]


class _Reader:
    """Reads the answers of one blank; `notes` are what did not come along."""

    def __init__(self, where: str, image: ImageName) -> None:
        self._where, self._image = where, image
        self.notes: list[str] = []

    def blank(self, what: str, answers: Sequence[Alternative]) -> dict[str, Any]:
        """The fields of a blank of ours. Raises NotAQuestion when none can stand for it."""
        answers = [replace(answer, feedback=self._rich(answer.feedback)) for answer in answers]
        if what in _LISTS or what in _SEVERAL:
            return self._list(answers)
        if what in _NUMBERS:
            return self._typed([self._number(answer) for answer in answers])
        plain = [replace(answer, text=_plain(answer.text)) for answer in answers]
        return self._typed(plain, case_counts=what in _CASED)

    def _note(self, *sentences: str) -> None:
        self.notes += [self._where + sentence for sentence in sentences]

    def _rich(self, text: str) -> str:
        """Feedback, or the option of a list: HTML, in which signs are written as entities once more."""
        words, lost = to_markdown(html.unescape(text), "html", self._image)
        self._note(*lost)
        return words

    def _typed(self, answers: Sequence[Alternative], *, case_counts: bool = False) -> dict[str, Any]:
        # “*” is any other answer: what is said to it and to all the others is said in any case.
        always = next((answer.feedback for answer in answers if answer.text == "*" and answer.credit <= SLACK), "")
        common = always if all(answer.feedback.endswith(always) for answer in answers) else ""
        if common:
            others = [answer for answer in answers if answer.text != "*"]
            answers = [replace(answer, feedback=answer.feedback.removesuffix(common).strip()) for answer in others]
        fields, lost = typed_answers(answers, where=self._where, case_counts=case_counts)
        self.notes += lost
        return {**fields, "feedback": common}

    def _list(self, answers: Sequence[Alternative]) -> dict[str, Any]:
        key = self._key(answers)
        options = []
        texts = [self._rich(answer.text) for answer in answers]
        for name, text, answer in zip(ids_for(texts), texts, answers, strict=True):
            options.append({"id": name, "text": text, "key": answer is key, "feedback": answer.feedback})
            if answer is not key and abs(answer.credit) > SLACK:
                self._note(f"“{text}” earns {_percent(answer.credit)} % in the file; here it earns nothing.")
        return {"options": options}

    def _key(self, answers: Sequence[Alternative]) -> Alternative:
        best = max(answer.credit for answer in answers)
        keys = [answer for answer in answers if answer.credit > FULL]
        keys = keys or [answer for answer in answers if answer.credit == best > 0]
        if len(keys) != 1:
            said = f"{self._where}{len(keys) or 'No'} answers of the list are right; a list has one right answer."
            raise NotAQuestion(said)
        if best <= FULL:
            self._note("No answer earns the full mark; the best one does so here.")
        return keys[0]

    def _number(self, answer: Alternative) -> Alternative:
        match = _WITHIN.fullmatch(_plain(answer.text).replace(" ", ""))
        number = match[1] if match else _plain(answer.text)
        if number.startswith("-"):
            raise NotAQuestion(f"{self._where}A blank cannot tell {number} from {number[1:]}: signs are not compared.")
        if match and match[2] and float(match[2].replace(",", ".")):
            self._note(f"Numbers up to {match[2]} from {number} count in the file; here only {number} does.")
        return replace(answer, text=number)


def _without_emphasis_around(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without emphasis that begins before a blank and ends after it: both sides are shown by themselves."""
    taken = 0

    def bare(match: re.Match[str]) -> str:
        nonlocal taken
        if _OPEN not in match[2]:
            return match[0]
        taken += 1
        return match[2]

    for _ in range(8):
        before = taken
        text = _EMPHASIS.sub(bare, text)
        if taken == before:
            break
    return text, ("Emphasis around a blank was taken out.",) if taken else ()


def write_cloze(body: ClozeBody, image: Callable[[str], str] = str) -> tuple[str, tuple[str, ...]]:
    """The text as HTML with blanks of this grammar, and a sentence for all that it cannot say.

    `image` gives the address of a picture by its name.
    """
    losses: list[str] = []
    scale = _scale([blank.weight for blank in body.blanks])
    if scale != 1:
        losses.append("The weights of the blanks are written as whole numbers in the same proportions.")
    blanks = {blank.id: blank for blank in body.blanks}
    out = []
    for number, part in enumerate(_BLANK.split(body.text)):
        if number % 2:
            written, lost = _written(blanks[part], round(blanks[part].weight * scale) or 1, image)
            out.append(written)
            losses += lost
        else:
            out.append(to_html(part, image).replace("{", "&#123;").replace("}", "&#125;"))
    return "".join(out), tuple(losses)


def _scale(weights: Sequence[float]) -> float:
    """By how much weights are multiplied to be whole numbers."""
    for scale in (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 100):
        if all(abs(weight * scale - round(weight * scale)) < 1e-9 for weight in weights):
            return scale
    return 1000


def _written(blank: Blank, weight: int, image: Callable[[str], str]) -> tuple[str, list[str]]:
    losses = []
    always = f" {blank.feedback}".rstrip()
    if blank.options:
        if always:
            losses.append(f"Blank “{blank.id}”: What is told in any case is written to each of its answers.")
        if any(option.misconception for option in blank.options):
            losses.append(f"Blank “{blank.id}”: The names of misconceptions were left out.")
        parts = [("=" if o.key else "", _twice(to_html(o.text, image)), o.feedback + always) for o in blank.options]
        return _joined(weight, "MULTICHOICE_S", parts, image), losses
    if blank.typos:
        losses.append(f"Blank “{blank.id}”: Slips of the finger are forgiven here, and not in Moodle.")
    parts = [(_share(accepted), _literal(accepted.text), accepted.feedback + always) for accepted in blank.accept]
    parts += [("", _literal(wrong.text), wrong.feedback + always) for wrong in blank.wrong]
    return _joined(weight, "SHORTANSWER", [*parts, *([("", "*", always)] if always else [])], image), losses


def _joined(weight: int, what: str, parts: Sequence[tuple[str, str, str]], image: Callable[[str], str]) -> str:
    answers = []
    for share, text, feedback in parts:
        # Without a share of its own, a text such as “=x” would be read as a right answer.
        begins = share or ("%0%" if text[:1] in {"=", "%"} else "")
        answers.append(begins + text + (f"#{_twice(to_html(feedback.strip(), image))}" if feedback.strip() else ""))
    return f"{{{weight}:{what}:{'~'.join(answers)}}}"


def _twice(text: str) -> str:
    """HTML as it stands in a blank, where entities are read once more."""
    return text.replace("\n", "").translate(_SPECIAL)


def _literal(text: str) -> str:
    """Words as they stand in a blank to type into, where “*” stands for anything."""
    return text.replace("*", "\\*").translate(_SPECIAL | {ord("<"): "&lt;", ord(">"): "&gt;"})


def _share(accepted: Accepted) -> str:
    return "=" if accepted.credit == 1 else f"%{_percent(accepted.credit)}%"


def _percent(credit: float) -> str:
    return f"{credit * 100:.9f}".rstrip("0").rstrip(".")
