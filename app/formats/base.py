"""What every exchange format promises: bytes → entries, questions → bytes, and what was lost on the way.

Nothing is dropped in silence: each entry of a file is taken, guessed, kept as its source text, or refused, with
the line where it begins and a sentence for everything that did not come along.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from app.errors import Invalid
from app.questions.model import Question

Outcome = Literal["taken", "guessed", "kept", "refused"]

# A name in front of the slug in files that we write, so that a question edited elsewhere comes home to itself.
OWN_KEY = "offramp:"
MEGABYTE = 1024 * 1024


class FormatError(Invalid):
    """A whole file cannot be read: `message` says why and what to do, `where` names the line if one is known."""


def _no_tick(done: int, of: int) -> None:
    return None


@dataclass(frozen=True)
class Limits:
    """How much a reader takes: bytes and questions of a file.

    `tick(done, of)` is called after each entry with how many are read and about how many there are; whoever
    reads may show progress there, or raise FormatError to stop.
    """

    max_bytes: int = 10 * MEGABYTE
    max_questions: int = 5000
    tick: Callable[[int, int], None] = _no_tick


@dataclass(frozen=True)
class Entry:
    """One thing found in a file, at `line` (from 1).

    taken: `question` says all that the file says. guessed: `question` is there, and `notes` name what was assumed
    or did not come along. kept: no kind holds it; `source` is its text, to be rewritten or given back. refused:
    it is broken; `notes` say why and what to mend.

    `question.head.id` is a proposal, unique in the file; `question.lesson` is empty. `key` is what the file calls
    it (“offramp:<slug>” in files of our own), empty when it has no name that lasts. `was` is its kind in the
    file's own words.
    """

    line: int
    title: str
    outcome: Outcome
    question: Question | None = None
    notes: tuple[str, ...] = ()
    source: str = ""
    key: str = ""
    was: str = ""


@dataclass(frozen=True)
class Found:
    """A file as read: its entries in order, its images by name, and notes on the file as a whole."""

    entries: tuple[Entry, ...]
    images: Mapping[str, bytes] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many entries have this outcome."""
        return sum(entry.outcome == outcome for entry in self.entries)


@dataclass(frozen=True)
class Loss:
    """What a format could not hold of a question, in a sentence."""

    question: str
    message: str


@dataclass(frozen=True)
class Written:
    """A file to give out, and what it lacks. Questions in `left_out` are not in it at all; a loss says why."""

    data: bytes
    losses: tuple[Loss, ...] = ()
    left_out: tuple[str, ...] = ()


class Format(ABC):
    """A way of writing questions down. Instances hold no state."""

    name: ClassVar[str]
    label: ClassVar[str]
    # The first is that of files that we write.
    suffixes: ClassVar[tuple[str, ...]]
    media_type: ClassVar[str]
    reads: ClassVar[bool] = False
    writes: ClassVar[bool] = False

    def sniff(self, data: bytes) -> bool:
        """Whether the beginning of a file looks like this format. Never raises."""
        return False

    def read(self, data: bytes, *, limits: Limits) -> Found:
        """Everything in the file. Raises FormatError when nothing of it can be read."""
        raise FormatError(f"{self.label} files cannot be read.")

    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """A file with the questions; `images` are the pictures that their texts name. Never raises."""
        raise FormatError(f"{self.label} files cannot be written.")


class Reader(Format):
    """A format that can be read."""

    reads = True

    @abstractmethod
    def read(self, data: bytes, *, limits: Limits) -> Found:
        """Everything in the file. Raises FormatError when nothing of it can be read."""


class Writer(Format):
    """A format that can be written."""

    writes = True

    @abstractmethod
    def write(self, questions: Sequence[Question], *, title: str, images: Mapping[str, bytes]) -> Written:
        """A file with the questions; `images` are the pictures that their texts name. Never raises."""


def check_size(data: bytes, limits: Limits) -> None:
    """Raise FormatError for a file over the limit."""
    if len(data) > limits.max_bytes:
        size, most = len(data) / MEGABYTE, limits.max_bytes / MEGABYTE
        raise FormatError(f"The file has {size:.1f} MB; at most {most:.0f} MB are read. Split it into several files.")


def check_count(count: int, limits: Limits) -> None:
    """Raise FormatError for more questions than are read at a time."""
    if count > limits.max_questions:
        said = f"The file has {count:,} questions; at most {limits.max_questions:,} are read at a time."
        raise FormatError(f"{said} Split it into several files.")
