"""Generated questions of every kind, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.questions.model import Head, Place, Question
from app.questions.types import TYPES

slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,4})?", fullmatch=True)
# Whatever a keyboard gives, and what YAML is particular about.
texts = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")),
        st.sampled_from(list("-:#'\"{}[]&*!|>%@`?,\n")),
    ),
    min_size=1,
    max_size=30,
).filter(lambda text: bool(text.strip()))
words = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzäöüéß'-", min_size=1, max_size=9).filter(
        lambda word: any(letter.isalpha() for letter in word)
    ),
    min_size=1,
    max_size=3,
).map(" ".join)
optional = st.one_of(st.just(""), texts)


def _options(least_keys: int, most_keys: int | None) -> st.SearchStrategy[list[dict[str, Any]]]:
    def build(draw: st.DrawFn) -> list[dict[str, Any]]:
        ids = draw(st.lists(slugs, min_size=2, max_size=8, unique=True))
        most = len(ids) - 1 if most_keys is None else most_keys
        keys = draw(st.sets(st.sampled_from(ids), min_size=least_keys, max_size=most))
        return [{"id": i, "text": draw(texts), "key": i in keys, "feedback": draw(optional)} for i in ids]

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
    from app.questions.types.short_answer import normalise

    given = draw(st.lists(words, min_size=2, max_size=6, unique_by=normalise))
    accepted = draw(st.integers(1, len(given) - 1))
    credits = st.sampled_from([1.0, 0.5, 0.25])
    accept = [{"text": text, "credit": draw(credits) if n else 1.0} for n, text in enumerate(given[:accepted])]
    wrong = [{"text": text, "feedback": draw(optional)} for text in given[accepted:]]
    return {"accept": accept, "wrong": wrong, "typos": draw(st.booleans())}


_RAW_BODIES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single_choice": st.fixed_dictionaries({"options": _options(1, 1), "shuffle": st.booleans()}),
    "multiple_response": st.fixed_dictionaries({"options": _options(1, None), "shuffle": st.booleans()}),
    "ordering": _ordering(),
    "short_answer": _short_answer(),
}


def bodies(kind: str) -> st.SearchStrategy[Any]:
    """Sound bodies of a kind. A new kind needs a line in _RAW_BODIES."""
    return _RAW_BODIES[kind].map(TYPES[kind].Body.model_validate)


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


raw_fields = st.dictionaries(
    st.one_of(st.sampled_from(["choice", "text", "place-1", "place-2", "place-3", "place-9"]), st.text(max_size=8)),
    st.lists(
        st.one_of(st.text(max_size=12), st.integers(-3, 12).map(str), st.sampled_from(["", " 1 ", "1.0", "١", "\x00"])),
        max_size=4,
    ),
    max_size=5,
)
