"""What a column can mean, what such columns are called in other files, and what a row of ours holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

# Meaning → what a person reads who chooses it, in the order in which we write the columns.
SINGLE: dict[str, str] = {
    "id": "Id",
    "kind": "Kind of question",
    "question": "Question",
    "text": "Text with blanks",
    "correct": "Right answer",
    "explanation": "Explanation",
    "tolerance": "Tolerance of a number",
    "unit": "Unit of a number",
    "rounding": "How to round a number",
    "percent": "May be typed with % (yes or no)",
    "estimate": "Is an estimate (yes or no)",
    "exact": "No slips of the finger (yes or no)",
    "shuffle": "Shuffle (yes or no)",
    "shuffle reason": "Why not shuffled",
    "categories": "Categories, bars between them",
    "principle": "What orders the elements",
    "reuse": "A match may be used again (yes or no)",
    "words": "Most words",
    "verdict": "True or false",
    "true version": "The statement put right",
    "true label": "Word for true",
    "false label": "Word for false",
    "optional": "Sentences that count neither way",
    "rest": "Feedback on all others",
    "status": "Sentences: invented, paraphrase or quotation",
    "resolution source": "Forecast: source that settled it",
    "resolution place": "Forecast: place in the source",
    "resolution date": "Forecast: day when it was settled",
    "criterion": "Forecast: what counts as true",
    "base rate": "Forecast: what to start from",
    "category": "Category, as a path",
    "tags": "Tags",
    "objective": "Objective",
    "level": "Level",
    "use": "Use",
    "passage": "Passage",
    "passage status": "Passage: invented or paraphrase",
    "source": "Source",
    "source place": "Place in the source",
    "sources": "Other sources",
    "as of": "As of (day)",
    "contested": "Contested (yes or no)",
    "hypothetical": "Hypothetical (yes or no)",
    "enemies": "Not together with",
    "author": "Author",
    "review by": "Review by (day)",
    "evidence": "Evidence",
}
# Meanings that come with a number, such as “option 1”.
NUMBERED: dict[str, str] = {
    "option": "Option",
    "match": "Match, category or levels of option",
    "credit": "Share of the mark of option",
    "feedback": "Feedback on option",
    "wrong": "Wrong option",
    "misconception": "Misconception behind option",
    "place": "Place of option",
    "goes with": "Verdict that goes with reason",
    "weight": "Weight of option",
    "exact": "No slips of the finger in blank",
    "date": "Date of option",
    "hint": "Hint",
}
MOST = dict.fromkeys(NUMBERED, 30) | {"hint": 5}
IGNORED = ""

_ALIASES: dict[str, str] = {
    "id": "id;question id;external id;external key;identifier;idnumber;guid;ref;code",
    "kind": "kind;type;question type;questiontype;format;item type;typ;fragetyp",
    "question": (
        "question;stem;question text;questiontext;prompt;term;front;item;title of question;"
        "question title;frage;fragetext;pregunta;enunciado;domanda;vraag;énoncé;q"
    ),
    "text": "text;cloze;cloze text;text with blanks;lückentext",
    "correct": (
        "correct;correct answer;correct answers;right answer;answer;answers;key;answer key;"
        "solution;definition;back;right;correct option;correct options;correct choice;"
        "correctanswer;richtig;richtige antwort;lösung;bonne réponse;réponse;respuesta correcta;"
        "correcta;respuesta;risposta;accepted answers;right answers"
    ),
    "explanation": (
        "explanation;general feedback;feedback;rationale;comment;comments;answer explanation;"
        "erklärung;explication;explicación;justification;general explanation"
    ),
    "tolerance": "tolerance;margin;error;accepted error;toleranz",
    "unit": "unit;units;einheit;unité",
    "shuffle": "shuffle;shuffle options;shuffle answers;randomize;randomise",
    "category": "category;topic;folder;chapter;unit path;section;kategorie;catégorie;categoría;subject",
    "tags": "tags;tag;keywords;labels;schlagwörter",
    "objective": "objective;learning objective;outcome id;lernziel",
    "level": "level;bloom;bloom level;cognitive level",
    "words": "words;most words;max words;word limit",
    "source": "source;reference;quelle",
    "author": "author;autor;auteur",
    "passage": "passage;stimulus;context",
    "hint 1": "hint;tipp;indice;pista",
    "principle": "principle;order by",
    "categories": "categories",
}
_NUMBERED_ALIASES = {
    "option": (
        "option;answer;choice;alternative;antwort;antwortmöglichkeit;réponse;respuesta;opción;"
        "risposta;item;element;left;ans;opt;auswahl;response;possible answer;answer option;"
        "answer choice"
    ),
    "match": "match;right;pair;partner;matching answer",
    "wrong": (
        "wrong;wrong answer;incorrect;incorrect answer;distractor;distractor answer;"
        "falsche antwort;distraktor;false answer"
    ),
    "credit": "credit;points;weight of answer;grade;fraction;score;percent",
    "feedback": "feedback;answer feedback;option feedback;comment;explanation",
    "hint": "hint;tip",
}
_BY_NAME = {meaning: meaning for meaning in SINGLE} | {
    alias: meaning for meaning, names in _ALIASES.items() for alias in names.split(";") if alias
}
_BY_NUMBERED_NAME = {name: name for name in NUMBERED} | {
    alias: name for name, names in _NUMBERED_ALIASES.items() for alias in names.split(";")
}
_NUMBER = re.compile(r"(.+?)\s*#?\s*(\d{1,2}|(?<=\s)[a-j])")
_INNER_NUMBER = re.compile(r"(option|answer|choice|antwort)\s*#?\s*(\d{1,2}|[a-j])\s+(.+)")
_LETTERS = "abcdefghij"


def meaning_of(header: str) -> str:
    """What a column with this header means; empty when that is not known."""
    name = _plain(header)
    return _named(name) or _named(re.split(r"\s[-–:]\s|[(\[:?]", name)[0].strip()) or IGNORED


def _plain(header: str) -> str:
    return " ".join(re.sub(r"[_*]|(?<=\w)-(?=\w)", " ", header.casefold()).split()).strip(" .:")


def _named(name: str) -> str:
    if name in _BY_NAME:
        return _BY_NAME[name]
    inner = _INNER_NUMBER.fullmatch(name)
    if inner and inner[3] in _BY_NUMBERED_NAME and inner[3] not in {"option", "answer"}:
        return _numbered(_BY_NUMBERED_NAME[inner[3]], inner[2])
    match = _NUMBER.fullmatch(name)
    if match and match[1] in _BY_NUMBERED_NAME:
        return _numbered(_BY_NUMBERED_NAME[match[1]], match[2])
    return ""


def _numbered(name: str, number: str) -> str:
    value = int(number) if number.isdigit() else _LETTERS.index(number) + 1
    return f"{name} {value}" if 1 <= value <= MOST[name] else ""


def meanings_of(header: Iterable[str]) -> tuple[str, ...]:
    """The meaning of each column by its header; the second of two with one meaning is ignored."""
    cells = list(header)
    names = [_plain(cell) for cell in cells]
    found: list[str] = []
    for place, cell in enumerate(cells):
        meaning = _counted(names, place) or meaning_of(cell) or _letter_alone(cell, cells)
        found.append(meaning if meaning not in found else IGNORED)
    return tuple(found)


def _counted(names: list[str], place: int) -> str:
    """“Answer, Answer, Answer” are options by their order."""
    name = _BY_NUMBERED_NAME.get(names[place])
    if name not in {"option", "wrong"} or names.count(names[place]) < 2:
        return ""
    return _numbered(name, str(names[: place + 1].count(names[place])))


def _letter_alone(cell: str, header: list[str]) -> str:
    """“A” is an option where there is a “B” too."""
    names = {name.strip().casefold() for name in header}
    name = cell.strip().casefold()
    if {"a", "b"} <= names and len(name) == 1 and name in _LETTERS:
        return f"option {_LETTERS.index(name) + 1}"
    return ""


def known_names(cells: Iterable[str]) -> int:
    """How many cells of a row are names of columns."""
    return sum(meaning != IGNORED for meaning in meanings_of(cells))


def label_of(meaning: str) -> str:
    """What a person reads for a meaning, such as “Option 2”."""
    if meaning in SINGLE:
        return SINGLE[meaning]
    name, _, number = meaning.rpartition(" ")
    return f"{NUMBERED[name]} {number}" if name in NUMBERED else "Not read"


def is_meaning(meaning: str) -> bool:
    """Whether this is a meaning that a column can have; the empty one is."""
    name, _, number = meaning.rpartition(" ")
    known = name in NUMBERED and number.isdigit() and number[0] != "0" and 1 <= int(number[:3]) <= MOST[name]
    return meaning in SINGLE or meaning == IGNORED or known


def sort_key(meaning: str) -> tuple[int, int, int]:
    """Where a column of ours stands: options behind the question, what belongs to them at the end."""
    if meaning in SINGLE:
        place = list(SINGLE).index(meaning)
        return (0, place, 0) if place < 4 else (2, place, 0)
    name, _, number = meaning.rpartition(" ")
    place = list(NUMBERED).index(name)
    return (1, int(number), 0) if name == "option" else (3, place, int(number))
