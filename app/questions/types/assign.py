"""What kinds share in which each of several prompts is given one option: the entries, their order, the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.questions.model import RevealRow, Slug, Strict, Text, Verdict
from app.questions.shapes import AssignPrompt, ShownOption
from app.questions.types.base import Option, OptionText


class Entry(Strict):
    """Something that can be given to a prompt: an option of a matching, a category."""

    id: Slug
    text: OptionText


class Explained(Entry):
    """Something that is given an option, with what is told about it afterwards."""

    feedback: Text = ""


def unique_ids(entries: Iterable[Entry | Option], what: str) -> None:
    """Raises ValueError when two of the entries, which are called `what`, have one id."""
    ids = [entry.id for entry in entries]
    twice = sorted({key for key in ids if ids.count(key) > 1})
    if twice:
        raise ValueError(f"The {what} id “{twice[0]}” is used twice.")


def numbered(entries: Iterable[Entry | Option], order: Sequence[str]) -> tuple[ShownOption, ...]:
    """The entries in `order`, with tokens for ids."""
    texts = {entry.id: entry.text for entry in entries}
    return tuple(ShownOption(str(number), texts[key]) for number, key in enumerate(order, 1))


def same_options(prompts: Iterable[ShownOption], options: tuple[ShownOption, ...]) -> tuple[AssignPrompt, ...]:
    """Prompts to each of which the same options are open."""
    return tuple(AssignPrompt(prompt.token, prompt.text, options) for prompt in prompts)


def assign_rows(
    prompts: Iterable[Explained], *, key: Mapping[str, str], texts: Mapping[str, str], given: Mapping[str, str]
) -> tuple[RevealRow, ...]:
    """A row for each prompt: the option it should have been given by `key`, and was by `given`."""
    return tuple(
        RevealRow(
            prompt.id,
            prompt.text,
            _verdict(key[prompt.id], given.get(prompt.id)),
            prompt.feedback,
            is_key=True,
            chosen=prompt.id in given,
            right=texts[key[prompt.id]],
            given=texts.get(given.get(prompt.id, ""), ""),
        )
        for prompt in prompts
    )


def _verdict(right: str, given: str | None) -> Verdict:
    if given is None:
        return "missed"
    return "right" if given == right else "wrong"


def count_right(key: Mapping[str, str], given: Mapping[str, str], what: str) -> tuple[int, str]:
    """How many prompts have the option of the key, and that in words: “3 of 4 `what`, 1 left blank”."""
    right = sum([given.get(prompt) == option for prompt, option in key.items()])
    blank = len(key) - len(given)
    return right, f"{right} of {len(key)} {what}" + (f", {blank} left blank" if blank > 0 else "")


def all_wrong(key: Mapping[str, str], options: Sequence[str]) -> dict[str, str]:
    """Every prompt with an option that is not its own."""
    return {prompt: next(other for other in options if other != option) for prompt, option in key.items()}


def key_signature(key: Mapping[str, str], options: Iterable[str]) -> str:
    """Ids and key in alphabetical order: writing prompts or options in another order changes nothing."""
    pairs = " ".join(f"{prompt}>{option}" for prompt, option in sorted(key.items()))
    return f"{pairs} | {' '.join(sorted(options))}"
