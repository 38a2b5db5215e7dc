"""Bots that know nothing and answer by form alone: where one of them does well, form gives the key away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from app.library.check.lists import ABSOLUTES
from app.library.check.parts import choices
from app.library.check.shapes import comparable
from app.library.check.words import content_stems, lower_words
from app.markdown import plain
from app.questions.model import Question
from app.questions.problems import Severity
from app.questions.types.base import Option


@dataclass(frozen=True)
class Choice:
    """Options with one key, the stem above them, and whether they keep the order in which they are written."""

    question: Question
    options: Sequence[Option]
    fixed: bool = False

    @property
    def key(self) -> int:
        """The place of the key, from 0."""
        return next(place for place, option in enumerate(self.options) if option.key)


def single_choices(questions: Iterable[Question]) -> list[Choice]:
    """Every list of options with one key: those of a single choice, reasons for a verdict."""
    return [
        Choice(question, options, not getattr(question.body, "shuffle", True))
        for question in questions
        for options in choices(question.body)
        if sum(option.key for option in options) == 1 and len(options) > 1
    ]


# A bot names the places it would pick from; all of them say that it sees no difference.
Bot = Callable[[Choice], set[int]]


def _best(values: Sequence[float]) -> set[int]:
    return {place for place, value in enumerate(values) if value == max(values)}


def longest(choice: Choice) -> set[int]:
    """The options with the most letters."""
    return _best([len(plain(option.text)) for option in choice.options])


def echo(choice: Choice) -> set[int]:
    """The options that share most content words with the stem."""
    asked = content_stems(choice.question.head.stem)
    return _best([len(asked & content_stems(option.text)) for option in choice.options])


def no_absolutes(choice: Choice) -> set[int]:
    """The options without always, never, all and the like, if there are any."""
    mild = {n for n, option in enumerate(choice.options) if not ABSOLUTES & set(lower_words(option.text))}
    return mild or set(range(len(choice.options)))


def shortest(choice: Choice) -> set[int]:
    """The options with the fewest letters: where authors lengthen what is wrong, the short one is the key."""
    return _best([-len(plain(option.text)) for option in choice.options])


def mute(choice: Choice) -> set[int]:
    """The options that share fewest content words with the stem: where authors plant echoes, the other is the key."""
    asked = content_stems(choice.question.head.stem)
    return _best([-len(asked & content_stems(option.text)) for option in choice.options])


def middle(choice: Choice) -> set[int]:
    """The middle one of numbers or dates by size, of other options in a fixed order by place."""
    count = len(choice.options)
    values = [comparable(option.text) for option in choice.options]
    if all(value is not None for value in values):
        order = sorted(range(count), key=lambda place: values[place] or ())
    elif choice.fixed:
        order = list(range(count))
    else:
        return set(range(count))
    return set(order[(count - 1) // 2 : count // 2 + 1])


# What each does in words, and how it is taken: the last two see what comes of fighting the first two too hard.
BOTS: dict[str, tuple[str, Bot, Severity]] = {
    "longest": ("takes the longest option", longest, "error"),
    "echo": ("takes the option that repeats most of the stem", echo, "error"),
    "no-absolutes": ("avoids words such as always and only", no_absolutes, "error"),
    "middle": ("takes the middle value or place", middle, "error"),
    "shortest": ("takes the shortest option", shortest, "warning"),
    "mute": ("takes the option that repeats least of the stem", mute, "warning"),
}


@dataclass(frozen=True)
class Outing:
    """How a bot did where it had a preference: its score, what chance would give, and by how many deviations more."""

    score: float
    chance: float
    seen: tuple[Choice, ...]
    z: float


def send(bot: Bot, found: Sequence[Choice]) -> Outing:
    """Let a bot answer. Between options that it cannot tell apart it has the expected score."""
    score = chance = spread = 0.0
    seen = []
    for choice in found:
        picked, count = bot(choice), len(choice.options)
        if len(picked) == count:
            continue
        seen.append(choice)
        score += (choice.key in picked) / len(picked)
        chance += 1 / count
        # With t of k picked the score is 1/t with probability t/k.
        spread += 1 / (len(picked) * count) - 1 / count**2
    z = (score - chance) / sqrt(spread) if spread else 0.0
    return Outing(score, chance, tuple(seen), z)
