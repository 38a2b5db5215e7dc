"""What came out of a quiz: learners × questions, and the questions that are worth a second look."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Literal

from app.markdown import plain
from app.questions.draw import Quiz
from app.questions.grading import is_full, points, show_points
from app.questions.model import SLACK, Question
from app.questions.types import TYPES
from app.quiz.sittings import Cell, Key, Sitting

Which = Literal["best", "first", "last", "all"]
# The fewest learners of whom anything is said about a question.
LEAST = 5


@dataclass(frozen=True)
class Column:
    """A question that somebody was asked, and what the shown attempts made of it.

    `question` is a version that was asked; `is_older` says that a later revision was asked too.
    """

    key: Key
    number: int
    question: Question
    is_older: bool
    cells: tuple[Cell, ...]

    @property
    def words(self) -> str:
        """The first words of its stem, without formatting."""
        return shorten(plain(self.question.head.stem), 70, placeholder=" …")

    @property
    def asked(self) -> int:
        """How many have seen it."""
        return sum(cell.is_seen for cell in self.cells)

    @property
    def scored(self) -> int:
        """How many of them have a score."""
        return len(self._scores)

    @property
    def right(self) -> int:
        """How many were right."""
        return sum(is_full(score) for score in self._scores)

    @property
    def dont_know(self) -> int:
        """How many said that they don't know."""
        return sum(cell.status == "dont_know" for cell in self.cells)

    @property
    def points(self) -> float:
        """What they earned together."""
        return points(self._scores)

    @property
    def _scores(self) -> list[float]:
        return [cell.score for cell in self.cells if cell.is_seen and cell.score is not None]


@dataclass(frozen=True)
class Row:
    """A learner's attempt, its place among those that the learner has handed in, and how many these are."""

    sitting: Sitting
    place: int
    attempts: int


@dataclass(frozen=True)
class Doubt:
    """A question that is worth a second look, and why, in sentences."""

    column: Column
    because: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """Rows and columns of the shown attempts; `open` are those that nobody has handed in."""

    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    open: tuple[Sitting, ...]
    learners: int
    doubts: tuple[Doubt, ...]

    @property
    def waits(self) -> int:
        """How many answers of the rows wait for a mark."""
        return sum(len(row.sitting.waits) for row in self.rows)

    @property
    def has_several(self) -> bool:
        """Whether any learner has handed in more than one attempt."""
        return any(row.attempts > 1 for row in self.rows)

    @property
    def average(self) -> float | None:
        """The mean share of the rows; None when none has a score."""
        shares = [row.sitting.share for row in self.rows if row.sitting.share is not None]
        return sum(shares) / len(shares) if shares else None


def results_table(
    sittings: Sequence[Sitting], questions: Mapping[Key, Question], quiz: Quiz, *, which: Which, sort: str
) -> Table:
    """The table of everybody's attempts.

    `which` attempts of a learner have a row; `sort` is name, score or time, with a minus for the other way round.
    """
    done = [sitting for sitting in sittings if sitting.finished_at is not None]
    shown = _chosen(done, which)
    keys = _in_order({key for sitting in done for key in sitting.cells}, questions, quiz)
    columns = _columns(keys, shown, questions)
    counts = _by_learner(done)
    firsts = _chosen(done, "first")
    return Table(
        rows=tuple(_row(sitting, counts[sitting.learner_id]) for sitting in _sorted(shown, sort)),
        columns=columns,
        open=tuple(sitting for sitting in sittings if sitting.finished_at is None),
        learners=len(counts),
        doubts=tuple(_doubts(_columns(keys, firsts, questions), firsts)),
    )


def _row(sitting: Sitting, own: Sequence[Sitting]) -> Row:
    return Row(sitting, [one.id for one in own].index(sitting.id) + 1, len(own))


def _by_learner(sittings: Iterable[Sitting]) -> dict[uuid.UUID, list[Sitting]]:
    found: dict[uuid.UUID, list[Sitting]] = {}
    for sitting in sorted(sittings, key=lambda one: one.number):
        found.setdefault(sitting.learner_id, []).append(sitting)
    return found


def _chosen(sittings: Sequence[Sitting], which: Which) -> list[Sitting]:
    if which == "all":
        return list(sittings)
    return [_one(own, which) for own in _by_learner(sittings).values()]


def _one(own: list[Sitting], which: Which) -> Sitting:
    """One of a learner's attempts, which stand in their order; of those equally good the first is the best."""
    if which == "best":
        return max(own, key=_share)
    return own[0] if which == "first" else own[-1]


def _share(sitting: Sitting) -> float:
    return -1.0 if sitting.share is None else sitting.share


def _sorted(sittings: Sequence[Sitting], sort: str) -> list[Sitting]:
    by_name = sorted(sittings, key=lambda one: (one.learner.casefold(), one.learner_id.hex, one.number))
    if sort.lstrip("-") == "score":
        return sorted(by_name, key=_share, reverse=sort == "score")
    if sort.lstrip("-") == "time":
        return sorted(by_name, key=lambda one: one.seconds or 0.0, reverse=sort == "-time")
    return by_name if sort == "name" else by_name[::-1]


def _in_order(keys: Collection[Key], questions: Mapping[Key, Question], quiz: Quiz) -> list[Key]:
    """As the quiz lists them; what it draws by its draws; what it no longer asks comes last."""
    listed = {slug: place for place, slug in enumerate(quiz.questions)}
    drawn = {draw.objective: place for place, draw in reversed(list(enumerate(quiz.draw)))}

    def place(key: Key) -> tuple[int, int, str, int]:
        objective = questions[key].head.objective or ""
        return listed.get(key[0], len(listed)), drawn.get(objective, len(drawn)), key[0], key[1]

    return sorted(keys, key=place)


def _columns(keys: Sequence[Key], shown: Sequence[Sitting], questions: Mapping[Key, Question]) -> tuple[Column, ...]:
    return tuple(
        Column(
            key,
            number,
            questions[key],
            is_older=key != max(other for other in keys if other[0] == key[0]),
            cells=tuple(sitting.cells[key] for sitting in shown if key in sitting.cells),
        )
        for number, key in enumerate(keys, 1)
    )


def _doubts(columns: Sequence[Column], firsts: Sequence[Sitting]) -> Iterable[Doubt]:
    for column in columns:
        if column.scored < LEAST:
            continue
        because = (_under_chance(column), _turned_round(column, firsts))
        if any(because):
            yield Doubt(column, tuple(words for words in because if words))


def _under_chance(column: Column) -> str:
    """What to say when blind guessing would have earned more."""
    chance = TYPES[column.question.kind].chance(column.question.body)
    if chance is None or column.points >= chance * column.scored - SLACK:
        return ""
    got = f"{show_points(column.points)} of {column.scored} points"
    said = f" {column.dont_know} said that they don’t know." if column.dont_know else ""
    return f"Together they got {got}; blind guessing would bring about {show_points(chance * column.scored)}.{said}"


def _turned_round(column: Column, firsts: Sequence[Sitting]) -> str:
    """What to say when those who did better on all other questions did worse on this one.

    Better and worse are above and below the middle learner, so that no tie is broken by the order of names. A
    difference that one learner makes says nothing.
    """
    found = [(cell, _rest(one, cell)) for one in firsts if (cell := one.cells.get(column.key)) and cell.is_seen]
    pairs = sorted((rest, cell.score) for cell, rest in found if rest is not None and cell.score is not None)
    if len(pairs) < LEAST:
        return ""
    low, high = pairs[(len(pairs) - 1) // 2][0], pairs[len(pairs) // 2][0]
    better = [is_full(score) for rest, score in pairs if rest > (low + high) / 2 + SLACK]
    worse = [is_full(score) for rest, score in pairs if rest < (low + high) / 2 - SLACK]
    # Among few learners one alone would turn it round.
    if not better or not worse or _gap(better, worse) <= 1 / min(len(better), len(worse)) + SLACK:
        return ""
    return (
        f"Of the {len(better)} who did better on the other questions {_had_it(sum(better))}; "
        f"of the {len(worse)} who did worse, {sum(worse)}."
    )


def _gap(better: Sequence[bool], worse: Sequence[bool]) -> float:
    return sum(worse) / len(worse) - sum(better) / len(better)


def _had_it(count: int) -> str:
    return f"{count or 'none'} had this one right"


def _rest(sitting: Sitting, cell: Cell) -> float | None:
    """The share of all other questions of an attempt."""
    if cell.score is None or sitting.of < 2:
        return None
    return (sitting.points - cell.score) / (sitting.of - 1)
