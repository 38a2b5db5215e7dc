"""Give each of several prompts one option: pairs, categories, a verdict and its reason, a letter and a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from app.errors import Unreadable
from app.questions.model import Strict
from app.questions.shapes.base import Raw, ShownOption, read_token, tokens


@dataclass(frozen=True)
class AssignPrompt:
    """One thing to be answered, with the options open to it."""

    token: str
    text: str
    options: tuple[ShownOption, ...]


@dataclass(frozen=True)
class AssignView:
    """Prompts with options. `style` says how it is best shown.

    pairs: every prompt has the same options, too many or too long for columns (a list to choose from);
    grid: every prompt has the same few options (one row of radio buttons each);
    tiers: every prompt has options of its own (one list of radio buttons after the other).
    `note` says what holds for this question alone, such as how often an option may be used.
    """

    prompts: tuple[AssignPrompt, ...]
    style: Literal["pairs", "grid", "tiers"]
    note: str = ""
    shape: str = "assign"


class AssignResponse(Strict):
    """Prompt id → id of the option given to it; a prompt left blank is missing."""

    assigned: dict[str, str]


# Prompt id → ids of its options, both in the order shown.
Shown = Mapping[str, Sequence[str]]


def read_assign(raw: Raw, shown: Shown, *, reuse: bool = True) -> AssignResponse | None:
    """Read the fields `assign-<token of the prompt>`; None when all are blank.

    Raises Unreadable for an option not shown and, without `reuse`, for one given to two prompts.
    """
    assigned: dict[str, str] = {}
    for token, prompt in tokens(list(shown)).items():
        field = f"assign-{token}"
        option = read_token(raw, field, tokens(shown[prompt]))
        if option is None:
            continue
        if not reuse and option in assigned.values():
            raise Unreadable("Two prompts have the same option; here each option is used once at most.", where=field)
        assigned[prompt] = option
    return AssignResponse(assigned=assigned) if assigned else None


def fill_assign(response: AssignResponse, shown: Shown) -> dict[str, list[str]]:
    """The fields that `read_assign` would read as `response`."""
    return {
        f"assign-{token}": [number for number, key in tokens(shown[prompt]).items() if key == given]
        for token, prompt in tokens(list(shown)).items()
        if (given := response.assigned.get(prompt)) is not None
    }
