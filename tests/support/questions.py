"""Generated questions of every kind, for hypothesis."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

from app.questions.model import Head, Place, Question
from app.questions.types import TYPES
from tests.support.bodies_typed import typed_bodies

# Slugs and texts are one draw each: put together from several, they would take most of the time of the tests.
slugs = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=10).map(
    lambda drawn: f"{drawn[:6]}-{drawn[6:]}" if len(drawn) > 6 else drawn
)
# Whatever a keyboard gives. What YAML is particular about comes in place of controls, so that it comes often.
_MARKS = "-:#'\"{}[]&*!|>%@`?,\n"
_instead = {code: _MARKS[code % len(_MARKS)] for code in (*range(0x20), *range(0x7F, 0xA0))}
texts = (
    st.text(st.characters(exclude_categories=("Cs", "Cn", "Co")), min_size=1, max_size=30)
    .map(lambda text: text.translate(_instead))
    .filter(lambda text: bool(text.strip()))
)
words = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäöüéß'-", min_size=1, max_size=9).filter(
        lambda word: any(letter.isalpha() for letter in word)
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
optional = st.one_of(st.just(""), texts)


def _options(least_keys: int, most_keys: int | None) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Options as written, sometimes with credits: those of several keys make 1."""
    costs = [-1.0, -0.5, 0.0] + ([0.25, 0.5] if most_keys == 1 else [])

    def build(draw: st.DrawFn) -> list[dict[str, Any]]:
        ids = draw(st.lists(slugs, min_size=2, max_size=8, unique=True))
        most = len(ids) - 1 if most_keys is None else most_keys
        keys = draw(st.sets(st.sampled_from(ids), min_size=least_keys, max_size=most))
        options = [{"id": i, "text": draw(texts), "key": i in keys, "feedback": draw(optional)} for i in ids]
        if not draw(st.sampled_from([False, False, True])):
            return options
        share = round(1 / len(keys), 4)
        credited = [o | {"credit": share if o["key"] else draw(st.sampled_from(costs))} for o in options]
        # One answer at least is wrong altogether.
        next(o for o in credited if not o["key"])["credit"] = draw(st.sampled_from(costs[:3]))
        return credited

    return st.composite(build)()


@st.composite
def _ordering(draw: st.DrawFn) -> dict[str, Any]:
    # Six at most: the chance of an ordering is enumerated over all orders.
    ids = draw(st.lists(slugs, min_size=2, max_size=6, unique=True))
    ranks = draw(
        st.one_of(
            st.none(),
            st.lists(st.integers(1, 5), min_size=len(ids), max_size=len(ids)).filter(lambda r: len(set(r)) > 1),
        )
    )
    elements = [
        {"id": key, "text": draw(texts), "feedback": draw(optional)} | ({"rank": ranks[n]} if ranks else {})
        for n, key in enumerate(ids)
    ]
    return {"principle": draw(optional), "elements": elements}


@st.composite
def _short_answer(draw: st.DrawFn) -> dict[str, Any]:
    from app.questions.types.typed_answer import normalise

    given = draw(st.lists(words, min_size=2, max_size=6, unique_by=normalise))
    accepted = draw(st.integers(1, len(given) - 1))
    credits = st.sampled_from([1.0, 0.5, 0.25])
    accept = [{"text": text, "credit": draw(credits) if n else 1.0} for n, text in enumerate(given[:accepted])]
    wrong = [{"text": text, "feedback": draw(optional)} for text in given[accepted:]]
    return {"accept": accept, "wrong": wrong, "typos": draw(st.booleans())}


@st.composite
def _true_false(draw: st.DrawFn) -> dict[str, Any]:
    verdict = draw(st.booleans())
    ids = draw(st.lists(slugs, min_size=2, max_size=6, unique=True))
    key = draw(st.sampled_from(ids))
    either = st.sampled_from([None, True, False])
    reasons = [
        {
            "id": i,
            "text": draw(texts),
            "key": i == key,
            "feedback": draw(optional),
            "goes_with": draw(either if i != key else st.sampled_from([None, verdict])),
        }
        for i in ids
    ]
    labels = draw(st.sampled_from([{}, {"true_label": "Rely on it", "false_label": "Do not rely on it"}]))
    return {"verdict": verdict, "reasons": reasons, **labels} | ({} if verdict else {"true_version": draw(texts)})


@st.composite
def _matching(draw: st.DrawFn) -> dict[str, Any]:
    reuse = draw(st.booleans())
    prompts = draw(st.lists(slugs, min_size=2, max_size=6, unique=True))
    least = 2 if reuse else len(prompts)
    options = draw(st.lists(slugs, min_size=least, max_size=8, unique=True))
    one_each = st.permutations(options).map(lambda ids: ids[: len(prompts)])
    any_of_them = st.lists(st.sampled_from(options), min_size=len(prompts), max_size=len(prompts))
    matches = draw(any_of_them if reuse else one_each)
    return {
        "prompts": [
            {"id": i, "text": draw(texts), "match": match, "feedback": draw(optional)}
            for i, match in zip(prompts, matches, strict=True)
        ],
        "options": [{"id": i, "text": draw(texts)} for i in options],
        "reuse": reuse,
    }


@st.composite
def _categorise(draw: st.DrawFn) -> dict[str, Any]:
    categories = draw(st.lists(slugs, min_size=2, max_size=4, unique=True))
    ids = draw(st.lists(slugs, min_size=len(categories), max_size=8, unique=True))
    more = draw(st.lists(st.sampled_from(categories), min_size=len(ids), max_size=len(ids)))
    homes = draw(st.permutations(categories + more[len(categories) :]))
    return {
        "categories": [{"id": i, "text": draw(texts)} for i in categories],
        "elements": [
            {"id": i, "text": draw(texts), "category": home, "feedback": draw(optional)}
            for i, home in zip(ids, homes, strict=True)
        ],
    }


@st.composite
def _source_rating(draw: st.DrawFn) -> dict[str, Any]:
    from app.questions.types.source_rating import CELLS

    cells = draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=6, unique=True))
    less = st.sampled_from([0.25, 0.5, 0.75])
    return {
        "cells": [
            {"cell": cell, "credit": draw(less) if n else 1.0, "reason": draw(optional)} for n, cell in enumerate(cells)
        ],
        "rest": draw(optional),
    }


_RAW_BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": st.fixed_dictionaries({"options": _options(1, 1), "shuffle": st.booleans()}),
    "multiple_response": st.fixed_dictionaries({"options": _options(1, None), "shuffle": st.booleans()}),
    "ordering": _ordering(),
    "short_answer": _short_answer(),
    "true_false": _true_false(),
    "matching": _matching(),
    "categorise": _categorise(),
    "source_rating": _source_rating(),
    **typed_bodies(slugs=slugs, optional=optional, short_answer=_short_answer()),
}


def bodies(kind: str) -> st.SearchStrategy[Any]:
    """Sound bodies of a kind. A new kind needs a line in _RAW_BODIES."""
    return _RAW_BODIES[kind].map(TYPES[kind].Body.model_validate)


def orders(kind: str, body: Any, how_many: int = 5) -> list[tuple[str, ...]]:
    """The orders in which several attempts would show a body."""
    return [TYPES[kind].order(body, random.Random(seed)) for seed in range(how_many)]


@st.composite
def questions(draw: st.DrawFn, kind: str | None = None) -> Question:
    """Sound questions of one kind or of any."""
    kind = kind or draw(st.sampled_from(sorted(TYPES)))
    head = Head.model_validate(
        {
            "id": draw(slugs),
            "revision": draw(st.integers(1, 9)),
            "kind": kind,
            "objective": draw(st.sampled_from([None, "src.date", "sig.cost"])),
            "level": draw(st.sampled_from([None, "remember", "apply"])),
            "use": draw(st.sampled_from(["lesson", "practice", "held_out", "drill"])),
            "source": draw(st.one_of(st.none(), st.fixed_dictionaries({"ref": slugs, "at": texts}))),
            "tags": draw(st.lists(slugs, max_size=2)),
            "enemies": draw(st.lists(slugs, max_size=2)),
            "as_of": draw(st.one_of(st.none(), st.dates())),
            "contested": draw(st.booleans()),
            "passage": draw(
                st.one_of(st.none(), st.fixed_dictionaries({"text": texts, "status": st.just("invented")}))
            ),
            "stem": draw(texts),
            "explanation": draw(optional),
        }
    )
    return Question(head, draw(bodies(kind)), "some-lesson", Place("questions/some-lesson.yaml", 1))


_numbered_fields = st.builds("{}-{}".format, st.sampled_from(["place", "assign", "gap"]), st.sampled_from([1, 2, 3, 9]))
raw_fields = st.dictionaries(
    st.one_of(st.sampled_from(["choice", "text", "chance"]), _numbered_fields, st.text(max_size=8)),
    st.lists(
        st.one_of(st.text(max_size=12), st.integers(-3, 12).map(str), st.sampled_from(["", " 1 ", "1.0", "١", "\x00"])),
        max_size=4,
    ),
    max_size=5,
)
