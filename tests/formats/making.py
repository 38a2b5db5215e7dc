"""Generated questions for round trips: texts with emphasis and with the signs that formats trip over."""

from __future__ import annotations

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from app.formats.rich import escape
from app.questions.model import Head, Place, Question
from app.questions.types import TYPES
from tests.support.questions import bodies, slugs
from tests.support.questions import questions as loaded_questions

KINDS = sorted(TYPES)
# For what draws several questions of any kind each time: few examples hold them all.
FEW = settings(max_examples=8)

# What some format reads as a sign of its own.
_SIGNS = [
    "{", "}", "=", "~", "#", ":", "::", "//", "->", "%50%", "[html]", "\\", "\\n", "\\nabla", "####", "T", "ANSWER: A",
    "A)", "$CATEGORY: x", "<", ">", "&", "&amp;", "]]>", '"', "'", ",", ";", "|", "\t", "=1+1", "*", "_____", "`", "@",
    "{{c1::x}}", "{1:SA:=x}", "]", "€", "é", "日本", "1.", "-", "+", "!", "0", "a < b", "snake_case", "\u00a0", "…",
]  # fmt: skip
_words = st.one_of(st.text("abcdefghijklmnopqrstuvwxyzäöß", min_size=1, max_size=8), st.sampled_from(_SIGNS))
_plain = st.lists(_words, min_size=1, max_size=4).map(" ".join).filter(lambda text: bool(text.strip()))
_letters = st.text("abcdefgh", min_size=1, max_size=5)
_pieces = st.one_of(
    _plain.map(escape),
    _letters.map("*{}*".format),
    _letters.map("**{}**".format),
    _letters.map("`{}`".format),
    _letters.map("x<sub>{}</sub>".format),
    _letters.map("x<sup>{}</sup>".format),
)
# Texts in our Markdown, one line or several.
texts = st.one_of(
    _letters,
    _plain.map(escape),
    st.lists(_pieces, min_size=1, max_size=3).map(" ".join),
    st.lists(_letters, min_size=2, max_size=3).map("\n".join),
)
optional_texts = st.one_of(st.just(""), texts)
categories = st.one_of(
    st.just(""),
    st.lists(st.text("abcXYZ 123ä", min_size=1, max_size=8).map(str.strip), max_size=3).map(
        lambda parts: "/".join(part for part in parts if part)
    ),
)
_tags = st.lists(slugs, max_size=3, unique=True)


@st.composite
def _retold(draw: st.DrawFn, value: Any) -> Any:
    """A body as written, its shown texts drawn anew."""
    if isinstance(value, list | tuple):
        return [draw(_retold(item)) for item in value]
    if not isinstance(value, dict):
        return value
    told = {key: draw(_retold(item)) for key, item in value.items()}
    if "id" in told and "text" in told:
        told["text"] = draw(texts)
    if "feedback" in told:
        told["feedback"] = draw(optional_texts)
    return told


@st.composite
def _credited(draw: st.DrawFn, kind: str) -> Any:
    """A choice in which options have credits."""
    count = draw(st.integers(2, 6))
    said = [{"id": f"o{n}", "text": draw(texts), "feedback": draw(optional_texts)} for n in range(count)]
    if kind == "single_choice":
        credits = st.sampled_from([None, 0.5, 1 / 3, 0.25, -0.2])
        options = [{**option, "key": not n, "credit": draw(credits) if n else None} for n, option in enumerate(said)]
    else:
        keys = draw(st.integers(1, count - 1))
        less = draw(st.sampled_from([0.0, -0.25, -1.0]))
        options = [{**o, "key": n < keys, "credit": 1 / keys if n < keys else less} for n, o in enumerate(said)]
    return TYPES[kind].Body.model_validate({"options": draw(st.permutations(options))})


@st.composite
def _body(draw: st.DrawFn, kind: str) -> Any:
    if kind in {"single_choice", "multiple_response"} and draw(st.booleans()):
        return draw(_credited(kind))
    body = draw(bodies(kind)).model_dump(mode="json")
    return TYPES[kind].Body.model_validate(draw(_retold(body)), strict=False)


_ORDINARY = {"shuffle": True, "shuffle_reason": ""}
_BARE: dict[str, dict[str, Any]] = {
    "single_choice": _ORDINARY,
    "multiple_response": _ORDINARY,
    "short_answer": {"typos": False},
}


@st.composite
def _bare_matching(draw: st.DrawFn) -> dict[str, Any]:
    count = draw(st.integers(2, 5))
    right = draw(st.lists(_plain, min_size=count, max_size=count + 2, unique_by=lambda text: " ".join(text.split())))
    options = [{"id": f"o{n}", "text": escape(" ".join(text.split()))} for n, text in enumerate(right)]
    prompts = [{"id": f"p{n}", "text": draw(texts), "match": f"o{n}"} for n in range(count)]
    return {"prompts": prompts, "options": draw(st.permutations(options)), "reuse": False}


@st.composite
def _bare_numeric(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(st.sampled_from([0, 5, -2.5, 0.1, 1000, 3.14159, 1e-6, 123456789.25]))
    values = draw(st.lists(st.integers(2000, 3000), max_size=2, unique=True))
    credits = st.sampled_from([0.0, 0.5, 1 / 3])
    wrong = [{"value": -value, "feedback": draw(optional_texts), "credit": draw(credits)} for value in values]
    return {"key": key, "tolerance": {"absolute": draw(st.sampled_from([0, 0.01, 2]))}, "unit": "", "wrong": wrong}


_RAW: dict[str, st.SearchStrategy[dict[str, Any]]] = {"matching": _bare_matching(), "numeric": _bare_numeric()}


@st.composite
def questions(draw: st.DrawFn, kind: str | None = None) -> Question:
    """Questions whose head has what other systems have too: texts, category, tags, objective, level, use."""
    kind = kind or draw(st.sampled_from(KINDS))
    head = Head.model_validate(
        {
            "id": draw(slugs),
            "revision": draw(st.integers(1, 3)),
            "kind": kind,
            "objective": draw(st.sampled_from([None, "src.date", "sig.cost"])),
            "level": draw(st.sampled_from([None, "remember", "apply"])),
            "use": draw(st.sampled_from(["lesson", "practice", "held_out", "drill"])),
            "tags": draw(_tags),
            "category": draw(categories),
            "stem": draw(texts),
            "explanation": draw(optional_texts),
        }
    )
    return Question(head, draw(_body(kind)), "", Place("", 1))


@st.composite
def bare_questions(draw: st.DrawFn, kind: str) -> Question:
    """Questions that say nothing which only we know: no writer that knows the kind has anything to lose."""
    question = draw(questions(kind))
    body = draw(_RAW[kind]) if kind in _RAW else question.body.model_dump() | _BARE.get(kind, {})
    for option in body.get("options", ()):
        option |= {"misconception": None} if "misconception" in option else {}
    return Question(question.head, TYPES[kind].Body.model_validate(body), "", question.place)


def full_questions(kind: str | None = None) -> st.SearchStrategy[Question]:
    """Questions with all that a head can have: sources, passages, dates, and texts of any characters."""
    return loaded_questions(kind)


def lists_of_questions(least: int = 1, most: int = 4) -> st.SearchStrategy[list[Question]]:
    """Several questions, each with an id of its own."""
    return st.lists(questions(), min_size=least, max_size=most, unique_by=lambda question: question.id)
