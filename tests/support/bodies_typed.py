"""Generated bodies of numeric, cloze, highlight, probability and free response."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

Texts = st.SearchStrategy[str]
plain = st.text("abcdefghij klmnop.,-äß", min_size=1, max_size=20).map(lambda text: f"x{text}y")
numbers = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(-1e15, 1e15).filter(lambda x: x == 0 or abs(x) >= 1e-9),
    st.sampled_from([0, 1.125, 0.1 + 0.2, 1000, -2.5, 1e-9]),
)


@st.composite
def _numeric(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(numbers)
    kinds = ["absolute"] + ["relative"] * (key != 0) + ["factor"] * (key > 0)
    kind = draw(st.sampled_from(kinds))
    size = draw(st.sampled_from([0, 0.05, 1, 3]))
    # Above whatever counts as right.
    beyond = abs(key) * 10 + 10
    wrong = draw(st.lists(st.integers(1, 9), max_size=2)) if beyond < 1e14 else []
    return {
        "key": key,
        "unit": draw(st.sampled_from(["", "missiles", "%", "km per hour", "m²", "a.b*"])),
        "tolerance": {kind: size},
        "percent": draw(st.booleans()),
        "estimate": draw(st.booleans()),
        "rounding": draw(st.sampled_from(["", "Give a whole number."])),
        "wrong": [
            {"value": beyond * n, "feedback": "Too many.", "credit": draw(st.sampled_from([0.0, 0.5]))} for n in wrong
        ],
    }


@st.composite
def _list_blank(draw: st.DrawFn, slugs: Texts, optional: Texts) -> dict[str, Any]:
    ids = draw(st.lists(slugs, min_size=2, max_size=4, unique=True))
    key = draw(st.sampled_from(ids))
    return {"options": [{"id": i, "text": draw(plain), "key": i == key, "feedback": draw(optional)} for i in ids]}


def _cloze(
    slugs: Texts, optional: Texts, short_answer: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[dict[str, Any]]:
    @st.composite
    def build(draw: st.DrawFn) -> dict[str, Any]:
        ids = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
        contents = st.one_of(short_answer, _list_blank(slugs, optional))
        weight = st.sampled_from([1, 2, 0.5])
        blanks = [{"id": i, "weight": draw(weight), "feedback": draw(optional), **draw(contents)} for i in ids]
        shuffled = draw(st.permutations(ids))
        text = "".join(f"{draw(plain)} {{{i}}}" for i in shuffled) + draw(st.sampled_from(["", " at the end"]))
        return {"text": text, "blanks": blanks}

    return build()


def _highlight(slugs: Texts, optional: Texts) -> st.SearchStrategy[dict[str, Any]]:
    @st.composite
    def build(draw: st.DrawFn) -> dict[str, Any]:
        ids = draw(st.lists(slugs, min_size=2, max_size=9, unique=True))
        # The first sentence stays plain, so that one is left that would be wrong to mark.
        loose = draw(st.sets(st.sampled_from(ids[1:]), max_size=max(0, len(ids) - 2)))
        gold = st.lists(st.sampled_from([i for i in ids[1:] if i not in loose]), min_size=1, max_size=3, unique=True)
        return {
            "status": draw(st.sampled_from(["invented", "paraphrase", "quotation"])),
            "sentences": [{"id": i, "text": draw(plain), "feedback": draw(optional)} for i in ids],
            "gold": draw(st.lists(gold, min_size=1, max_size=3)),
            "optional": sorted(loose),
            "rest": draw(optional),
            "second": draw(st.sampled_from([None, {"by": "a reader", "gold": ids[:1]}])),
        }

    return build()


_probability = st.fixed_dictionaries(
    {
        "outcome": st.booleans(),
        "resolution": st.fixed_dictionaries(
            {"source": st.just("S47"), "at": plain, "date": st.dates().map(str), "criterion": plain}
        ),
        "base_rate": st.sampled_from(["", "One in three."]),
    }
)


def _free_response(slugs: Texts, optional: Texts) -> st.SearchStrategy[dict[str, Any]]:
    @st.composite
    def build(draw: st.DrawFn) -> dict[str, Any]:
        ids = draw(st.lists(slugs, min_size=1, max_size=4, unique=True))
        rubric = [
            {
                "id": i,
                "criterion": draw(plain),
                "weight": draw(st.sampled_from([1, 2, 0.5])),
                "levels": draw(st.lists(plain, min_size=2, max_size=4)),
            }
            for i in ids
        ]
        levels = st.fixed_dictionaries({c["id"]: st.integers(0, len(c["levels"]) - 1) for c in rubric})
        anchor = st.fixed_dictionaries({"text": plain, "levels": levels, "comment": optional})
        return {
            "max_words": draw(st.integers(10, 300)),
            "rubric": rubric,
            "anchors": draw(st.lists(anchor, max_size=3)),
        }

    return build()


def typed_bodies(
    *, slugs: Texts, optional: Texts, short_answer: st.SearchStrategy[dict[str, Any]]
) -> dict[str, st.SearchStrategy[dict[str, Any]]]:
    """Kind → bodies as written, made of the words that tests/support/questions.py gives."""
    return {
        "numeric": _numeric(),
        "cloze": _cloze(slugs, optional, short_answer),
        "highlight": _highlight(slugs, optional),
        "probability": _probability,
        "free_response": _free_response(slugs, optional),
    }
