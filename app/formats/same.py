"""Whether two questions say the same, whatever their options are called and wherever they are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from app.formats.rich import as_seen, to_html, to_plain
from app.questions.model import Question

# What names a question, or belongs to the place where it is kept.
_NOT_CONTENT = ("revision", "case", "lint_ok")
# Fields whose texts are shown: two ways of writing the same emphasis are the same.
_SHOWN = {
    "stem", "explanation", "text", "feedback", "principle", "true_version", "true_label", "false_label", "rest",
    "reason", "comment", "criterion", "rounding", "base_rate",
}  # fmt: skip


def same_question(one: Question, other: Question, *, but: Collection[str] = ()) -> bool:
    """Whether both have the same content: ids of options, revision, lesson and place aside.

    Texts are compared as they are shown. `but` names fields of head or body that may differ.
    """
    return content(one, but=but) == content(other, but=but)


def content(question: Question, *, but: Collection[str] = ()) -> dict[str, Any]:
    """What a question says, in a form that is equal for questions that say the same."""
    without = {*_NOT_CONTENT, *but}
    head = {key: value for key, value in question.head.model_dump().items() if key not in without}
    if "tags" in head:
        head["tags"] = sorted(set(head["tags"]))
    body = {**question.body.model_dump(), **_credits(question)}
    body = {key: value for key, value in _NAMELESS.get(question.kind, _numbered)(body).items() if key not in without}
    shown: dict[str, Any] = _as_shown({**head, "body": body})
    return shown


def _credits(question: Question) -> dict[str, Any]:
    """What each option of a choice adds to the score, however that is written."""
    body = question.body
    if question.kind not in {"single_choice", "multiple_response"}:
        return {}
    credits = dict(body.credits)
    if question.kind == "multiple_response" and not body.has_credits:
        right, wrong = len(body.keys), len(body.options) - len(body.keys)
        credits = {option.id: 1 / right if option.key else -1 / wrong for option in body.options}
    return {"options": [{**o.model_dump(), "credit": round(credits[o.id], 4)} for o in body.options]}


def _as_shown(value: Any, field: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _as_shown(item, key) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_shown(item, field) for item in value]
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(f"{value:.9g}")
    if isinstance(value, str) and field in _SHOWN:
        return as_seen(value)
    return value


def _numbered(body: dict[str, Any]) -> dict[str, Any]:
    """The body with the options of each of its lists without their ids."""
    return {
        key: [{k: v for k, v in item.items() if k != "id"} if isinstance(item, dict) else item for item in value]
        if isinstance(value, list | tuple)
        else value
        for key, value in body.items()
    }


def _matching(body: dict[str, Any]) -> dict[str, Any]:
    texts = {option["id"]: option["text"] for option in body["options"]}
    prompts = [
        {"text": p["text"], "feedback": p["feedback"], "right": {"text": texts[p["match"]]}} for p in body["prompts"]
    ]
    return {
        "reuse": body["reuse"],
        "prompts": prompts,
        "options": [{"text": text} for text in sorted(texts.values(), key=_by_words)],
    }


def _by_words(text: str) -> tuple[str, str]:
    """By its words, and by its emphasis where those are the same."""
    return to_plain(text), to_html(text)


def _categorise(body: dict[str, Any]) -> dict[str, Any]:
    texts = {category["id"]: category["text"] for category in body["categories"]}
    elements = [{**e, "id": None, "category": {"text": texts[e["category"]]}} for e in body["elements"]]
    return {"categories": [{"text": text} for text in texts.values()], "elements": elements}


def _ordering(body: dict[str, Any]) -> dict[str, Any]:
    """Elements with equal ranks in any order; without ranks the order is the key."""
    ranked = [({k: v for k, v in e.items() if k != "id"}, e["rank"] or n) for n, e in enumerate(body["elements"], 1)]
    places = {rank: place for place, rank in enumerate(sorted({rank for _, rank in ranked}), 1)}
    elements = [{**element, "rank": places[rank]} for element, rank in ranked]
    return {"principle": body["principle"], "elements": sorted(elements, key=lambda e: (e["rank"], e["text"]))}


def _cloze(body: dict[str, Any]) -> dict[str, Any]:
    places = {blank["id"]: body["text"].find(f"{{{blank['id']}}}") for blank in body["blanks"]}
    blanks = sorted(body["blanks"], key=lambda blank: places[blank["id"]])
    text = body["text"]
    for number, blank in enumerate(blanks, 1):
        text = text.replace(f"{{{blank['id']}}}", f"{{\0{number}}}", 1)
    return {"text": text, "blanks": [_numbered({**blank, "id": None}) for blank in blanks]}


def _highlight(body: dict[str, Any]) -> dict[str, Any]:
    places = {sentence["id"]: number for number, sentence in enumerate(body["sentences"])}
    second = body["second"] and {**body["second"], "gold": sorted(places[key] for key in body["second"]["gold"])}
    return {
        **_numbered(body),
        "gold": sorted(sorted(places[key] for key in gold) for gold in body["gold"]),
        "optional": sorted(places[key] for key in body["optional"]),
        "second": second,
    }


def _free_response(body: dict[str, Any]) -> dict[str, Any]:
    places = {criterion["id"]: str(number) for number, criterion in enumerate(body["rubric"])}
    anchors = [{**a, "levels": {places[k]: level for k, level in a["levels"].items()}} for a in body["anchors"]]
    return {**_numbered(body), "anchors": anchors}


_NAMELESS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "matching": _matching,
    "categorise": _categorise,
    "ordering": _ordering,
    "cloze": _cloze,
    "highlight": _highlight,
    "free_response": _free_response,
}
