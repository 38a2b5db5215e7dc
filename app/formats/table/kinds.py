"""Which kind of question a row is: by its word for it, or by what it holds."""

from __future__ import annotations

import re

from app.formats.cloze import has_blanks
from app.formats.common import NotAQuestion
from app.formats.table.cells import number_in, yes_or_no
from app.formats.table.row import Row
from app.questions.types import TYPES
from app.questions.types.typed_answer import MAX_LENGTH

_WORDS = {
    "single_choice": (
        "mc;multiple choice;multichoice;choice;single;one answer;multiple choice single answer;"
        "radio;quiz;single select;single answer;dropdown;drop down;multiple choice question;mcq;"
        "auswahl;einfachauswahl;choix unique"
    ),
    "multiple_response": (
        "ma;ms;multiple answer;multiple answers;multiple select;multi select;multiselect;"
        "checkbox;checkboxes;multiple correct;select all;select all that apply;"
        "multiple choice multiple answers;mehrfachauswahl;choix multiple;mr"
    ),
    "true_false": "tf;true false;t f;boolean;true or false;yes no;richtig falsch;vrai faux;verdadero falso",
    "short_answer": (
        "sa;short;text;type answer;type the answer;fib;fill in;open;identification;kurzantwort;"
        "one word;short text;term;flashcard;card;réponse courte"
    ),
    "numeric": "num;numerical;number;calculation;numeric response;zahl;numérique",
    "matching": "mat;m;match;matching pairs;pairs;match the following;zuordnung;appariement",
    "ordering": "ord;o;order;sequence;sequencing;puzzle;jumble;sort;reihenfolge",
    "categorise": "categorize;categorization;categorisation;classify;group;grouping;groups",
    "cloze": (
        "fill in the blank;fill in the blanks;fill the blanks;gap fill;gaps;blanks;missing word;"
        "fib plus;lückentext;fill in blank;fill in blanks"
    ),
    "free_response": (
        "wr;ess;sr;essay;long answer;written response;open ended;open question;paragraph;"
        "text response;short response;long text;freitext;aufsatz;open text"
    ),
    "highlight": "hottext;hot text;select text;mark sentences",
    "probability": "forecast",
    "source_rating": "",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in (*words.split(";"), kind.replace("_", " ")) if word}
_LABELS = {kind.label.casefold(): name for name, kind in TYPES.items()}
# Kinds of other systems that no kind of ours can hold.
_UNHELD = re.compile(
    r"poll|survey|word ?cloud|slide|content|brainstorm\w*|drag|drop pin|pin|(?:image ?)?hot ?spot|likert|op|opinion"
    r"|file upload|file|fil|file response|calculated|formula|quiz bowl|matrix|draw|drawing|label(?:l?ing)?|video|audio"
    r"|description|text only|information|scale|nps|rating|fmb|jumbled sentence|mq"
)


def kind_of(row: Row) -> str:
    """The name of a kind. Raises NotAQuestion for a word that is none, and NotHeld for a kind that we do not have."""
    given = row.get("kind")
    word = " ".join(re.sub(r"[-_/,()]+", " ", given.casefold()).split())
    if not word:
        return _guessed(row)
    kind = _KINDS.get(word) or _LABELS.get(given.casefold().strip())
    if kind is None and _UNHELD.fullmatch(word):
        raise NotHeld(f"No kind of question here holds a “{given[:40]}”. It is kept as text, to be rewritten.")
    if kind is None:
        names = ", ".join(TYPES)
        raise row.refused("kind", f"there is no kind “{given[:40]}”; the kinds are {names}.")
    row.was = kind
    return kind


class NotHeld(NotAQuestion):
    """A kind of question that other systems have and we do not."""


def _guessed(row: Row) -> str:
    """What a row without a word for its kind must be."""
    if row.numbers("match"):
        return "matching"
    if row.has("text") and ("{" in row.get("text") or has_blanks(row.get("text"))):
        return "cloze"
    if row.numbers("wrong") or len(row.numbers("option")) > 1:
        return "single_choice" if row.has("correct") or row.numbers("credit") or row.numbers("wrong") else _unkeyed(row)
    return _by_answer(row, row.get("correct") or row.get("option 1"))


def _unkeyed(row: Row) -> str:
    raise row.refused("correct", "it does not say which option is right. Write its number, such as 2.")


def _by_answer(row: Row, answer: str) -> str:
    if not answer:
        row.notes.append("There is no answer; it was taken as a free response that a person marks.")
        return "free_response"
    if yes_or_no(answer) is not None and answer.casefold() not in {"1", "0", "x", "y", "n", "t", "f"}:
        return "true_false"
    if row.has("unit") or row.has("tolerance"):
        return "numeric"
    if number_in(answer, row.decimal) is not None:
        row.notes.append("The answer is a number, so it was taken as numeric, without a tolerance.")
        return "numeric"
    return _by_length(row, answer)


def _by_length(row: Row, answer: str) -> str:
    if max(map(len, row.listed("correct") or [answer])) <= MAX_LENGTH:
        row.notes.append("No kind is given; it was taken as a short answer that is typed.")
        return "short_answer"
    row.notes.append("The answer is too long to be typed and compared; it was taken as a free response.")
    return "free_response"
