"""What stands between “{” and “}” → a kind and its body, decided as Moodle decides it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from app.formats.bodies import Broken, Made, NumberAnswer, choice, essay, exact, number, pairs, short, true_or_false
from app.formats.common import ids_for
from app.formats.gift.signs import as_written, restore, tagged
from app.formats.rich import to_markdown
from app.formats.typed import Alternative, typed_answers

# A text of a question as our Markdown; what did not come along is noted on the way.
Rich = Callable[[str], str]

_SHARE = re.compile(r"%(-{0,9}\d{1,3}(?:[.,]\d{0,20})?)%")
_NUMBER = re.compile(r"[-+]?(?:\d{1,40}(?:\.\d{0,40})?|\.\d{1,40})(?:[eE][-+]?\d{1,3})?")
_VERDICTS = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def kind_of(answers: str) -> str:
    """Moodle's name of the kind of question that has these answers."""
    if not answers:
        return "essay"
    if answers.startswith(">"):
        return "ordering"
    if answers.startswith("#"):
        return "numerical"
    if "~" in answers:
        return "multichoice"
    if "=" in answers and "->" in answers:
        return "match"
    return "truefalse" if answers.partition("#")[0].strip() in _VERDICTS else "shortanswer"


def body_of(kind: str, answers: str, rich: Rich) -> Made:
    """The body that the answers make. Raises Broken for what has to be mended, NotAQuestion for what no kind holds."""
    return _READ[kind](answers, rich)


def _essay(answers: str, rich: Rich) -> Made:
    return essay()


def _multichoice(answers: str, rich: Rich) -> Made:
    parts = _parts(answers.replace("=", "~="), "~")
    found = []
    for place, part in enumerate(parts, 1):
        is_key = part.startswith("=")
        credit, text = (1.0, part[1:]) if is_key else _credit(part, 0.0)
        text, feedback = _with_feedback(text, rich)
        found.append(Alternative(rich(text), credit, feedback))
        if not found[-1].text:
            raise Broken(f"Answer {place} of {len(parts)} has no text. Write one, or take out its sign.")
    if len(found) < 2:
        raise Broken("There is only one answer to choose from. Write at least two.")
    return choice(found, several="=" not in answers)


def _match(answers: str, rich: Rich) -> Made:
    found = []
    for part in _parts(answers, "="):
        prompt, arrow, match = part.partition("->")
        if not arrow or not match.strip():
            raise Broken(f"“{short(as_written(part))}” is no pair. Write it as “=France -> Paris”.")
        found.append((rich(prompt), to_markdown(restore(match), "plain")[0]))
    return pairs(found)


def _truefalse(answers: str, rich: Rich) -> Made:
    said, *feedback = answers.split("#", 2)
    right = _VERDICTS[said.strip()]
    if_wrong, if_right = (rich(text) for text in [*feedback, "", ""][:2])
    return true_or_false(right, *((if_right, if_wrong) if right else (if_wrong, if_right)))


def _shortanswer(answers: str, rich: Rich) -> Made:
    body, notes = typed_answers(_wordings(answers, rich))
    if restore(answers).strip().casefold() in {"t", "f", "true", "false"}:
        said = f"“{{{answers}}}” is a typed answer, as in Moodle. If you mean true or false, write {{T}} or {{F}}."
        notes = (*notes, said)
    return Made("short_answer", body, notes)


def _wordings(answers: str, rich: Rich) -> list[Alternative]:
    found = []
    for part in _parts(answers, "="):
        credit, text = _credit(part, 1.0)
        text, feedback = _with_feedback(text, rich)
        found.append(Alternative(" ".join(restore(tagged(text, "plain")[1]).split()), credit, feedback))
    return found


def _numerical(answers: str, rich: Rich) -> Made:
    right, tilde, wrong = answers[1:].partition("~")
    found = []
    for part in _parts(right, "="):
        credit, text = _credit(part, 1.0)
        text, feedback = _with_feedback(text, rich)
        value, off = _value(restore(text).strip())
        found.append(NumberAnswer(value, off, credit, feedback))
    if tilde:
        # What is said to any other number stands behind “~#”.
        _, feedback = _with_feedback(wrong, rich)
        found.append(NumberAnswer(None, 0, 0, feedback))
    return number(found)


def _value(text: str) -> tuple[float | None, float]:
    """The number and how far from it still counts, of “5”, “5:0.1”, “1..5” or “*”."""
    if text == "*":
        return None, 0.0
    low, dots, high = text.partition("..")
    if dots:
        least, most = _decimal(low), _decimal(high)
        return float((least + most) / 2), float(abs(most - least) / 2)
    value, _, off = text.partition(":")
    return float(_decimal(value)), abs(float(_decimal(off or "0")))


def _decimal(text: str) -> Decimal:
    text = text.strip()
    if not _NUMBER.fullmatch(text):
        advice = "Write it with a point, such as 3.14" if "," in text else "Write one such as 5, 5:0.1 or 1..5"
        raise Broken(f"“{short(as_written(text))}” is no number. {advice}.")
    return Decimal(text)


def _ordering(answers: str, rich: Rich) -> Made:
    """Moodle's ordering: settings on the first line, then an element a line in the right order."""
    settings, _, lines = answers[1:].partition("\n")
    texts = [rich(line) for line in lines.split("\n") if line.strip()]
    if len(texts) < 2:
        raise Broken("There are fewer than two things to put in order. Write each on its own line.")
    elements = [{"id": name, "text": text} for name, text in zip(ids_for(texts), texts, strict=True)]
    count = re.match(r"\s*(\d{1,3})\b", settings)
    notes = []
    if count and int(count[1]) not in {0, len(texts)}:
        notes.append(f"The file shows {count[1]} of the elements at a time; here all of them are shown.")
    return Made("ordering", {"elements": elements}, tuple(notes))


def blank_of(answers: str, rich: Rich) -> tuple[dict[str, object], tuple[str, ...]]:
    """The fields of a blank of a cloze, where a question has several blocks of answers."""
    kind = kind_of(answers)
    if kind == "multichoice":
        made = _multichoice(answers, rich)
        if made.kind == "single_choice" and not any("credit" in option for option in made.body["options"]):
            return made.body, made.notes
    elif kind == "shortanswer":
        return typed_answers(_wordings(answers, rich))
    elif kind == "numerical":
        return typed_answers(_wordings(answers[1:].partition("~")[0], rich))
    raise Broken(
        f"Several blocks of answers stand in one question, and “{{{short(as_written(answers))}}}” is no blank."
    )


def _parts(answers: str, sign: str) -> list[str]:
    """What the sign divides, without the nothing before the first one."""
    parts = [part.strip() for part in answers.split(sign)]
    return parts[1:] if len(parts) > 1 and not parts[0] else parts


def _credit(part: str, otherwise: float) -> tuple[float, str]:
    """The share of the mark that stands before an answer, and the rest."""
    found = _SHARE.match(part)
    if not found:
        return otherwise, part
    credit = exact(float(found[1].replace(",", ".").replace("--", "")) / 100)
    if abs(credit) > 1:
        raise Broken(f"“{found[0]}” is more than the whole mark. Write a share from %-100% to %100%.")
    return credit, part[found.end() :]


def _with_feedback(text: str, rich: Rich) -> tuple[str, str]:
    text, _, feedback = text.partition("#")
    return text, rich(feedback)


_READ: dict[str, Callable[[str, Rich], Made]] = {
    "essay": _essay,
    "ordering": _ordering,
    "numerical": _numerical,
    "multichoice": _multichoice,
    "match": _match,
    "truefalse": _truefalse,
    "shortanswer": _shortanswer,
}
