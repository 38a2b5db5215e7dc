"""Commands as people start them: in a process of their own, and at a terminal of 80 columns."""

from __future__ import annotations

import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.permissions import Role
from app.cli.shapes import shape_of
from app.db import db
from app.library.model import Library
from app.questions.draw import shown_order
from app.questions.shapes import Raw, TextView, View
from app.questions.types import TYPES
from app.quiz.models import Attempt
from app.quiz.queries import open_attempts
from tests.factories import raw_answer
from tests.support.databases import COURSE

OFFRAMP = [sys.executable, "-m", "app"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody with the small course and a data folder of their own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "SYSTEMROOT") if name in os.environ}
    root = str(Path(__file__).parents[2])
    return kept | {
        "OFFRAMP_DATA": str(tmp_path / "data"),
        "OFFRAMP_COURSE": str(COURSE),
        "PYTHONPATH": root,
        "PYTHONUTF8": "1",
        "TERM": "xterm-256color",
    }


Process = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def offramp(environment: dict[str, str]) -> Process:
    """Run `offramp` in a process of its own: `offramp("quiz", input="1\\n", NO_COLOR="1")`."""

    def start(*arguments: str, input: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*OFFRAMP, *arguments],
            input=input,
            env=environment | env,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return start


class Terminal:
    """A command at a terminal: `says` waits for words, `type` answers."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self.ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [*OFFRAMP, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment,
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""
        self.read = 0

    def says(self, words: str, seconds: float = 30) -> str:
        """What stands on the terminal since the last call, up to these words."""
        end = time.monotonic() + seconds
        while words not in self.seen[self.read :]:
            assert self._more(end), f"{words!r} did not come after:\n{self.seen[self.read :]}"
        start, self.read = self.read, self.seen.index(words, self.read) + len(words)
        return self.seen[start : self.read]

    def _more(self, end: float) -> bool:
        ready, _, _ = select.select([self.ours], [], [], max(0.0, end - time.monotonic()))
        try:
            block = os.read(self.ours, 65536) if ready else b""
        except OSError:  # the other end has closed
            block = b""
        self.seen += block.decode(errors="replace").replace("\r\n", "\n")
        return bool(block)

    def type(self, line: str) -> None:
        """Type a line and Enter."""
        os.write(self.ours, f"{line}\n".encode())

    def interrupt(self) -> None:
        """What Ctrl+C does, and again when nothing happens: input() misses one that comes just before it listens."""
        for _ in range(10):
            self.process.send_signal(signal.SIGINT)
            if select.select([self.ours], [], [], 3.0)[0]:
                return

    def ends(self) -> int:
        """Wait until the command has ended; its exit code."""
        end = time.monotonic() + 30
        while self._more(end):
            pass
        return self.process.wait(timeout=30)


@pytest.fixture
def terminal(environment: dict[str, str]) -> Iterator[Callable[..., Terminal]]:
    """Start a command at a terminal whose pager writes straight through: `terminal("quiz", NO_COLOR="1")`."""
    started: list[Terminal] = []

    def start(*arguments: str, **env: str) -> Terminal:
        settings = environment | {"PAGER": "cat", "COLUMNS": "80", "LINES": "24"} | env
        started.append(Terminal(arguments, settings))
        return started[-1]

    yield start
    for one in started:
        one.process.kill()
        one.process.wait()
        os.close(one.ours)


@pytest.fixture
def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def run(run: Callable[..., Any], session: Session) -> Iterator[Callable[..., Any]]:
    """Run a command line on the tests' database: `run("quiz", "mixed", input="1\\n")`, click's Result."""
    yield run
    # What the test has read must be given back before the engines are closed.
    session.rollback()


@pytest.fixture
def attempt(session: Session) -> Callable[[str], Attempt]:
    """The local learner's open attempt of a quiz, read afresh."""

    def find(quiz_id: str) -> Attempt:
        session.rollback()
        learner = session.query(User).filter(User.role == Role.LOCAL).one()
        return open_attempts(session, learner.id)[quiz_id]

    return find


@pytest.fixture
def lines(session: Session, library: Library, attempt: Callable[[str], Attempt]) -> Callable[..., list[str]]:
    """What to type, question by question, for a right or a wrong answer to each; how sure is left out."""

    def typed(quiz_id: str, *, right: bool = True) -> list[str]:
        found = attempt(quiz_id)
        said = []
        for slot in found.slots:
            kind = TYPES[library.questions[slot.question].kind]
            line = as_line(library, slot.question, found, slot.position, right=right)
            said.append(f"{line}\n" if kind.asks_confidence else line)
        return said

    return typed


def as_line(library: Library, slug: str, attempt: Attempt, position: int, *, right: bool = True) -> str:
    """A right or a wrong answer as somebody types it at a prompt."""
    question = library.questions[slug]
    view = TYPES[question.kind].view(question.body, shown_order(question, seed=attempt.seed, position=position))
    return typed_line(view, raw_answer(library, attempt, position, right=right))


def typed_line(view: View, raw: Raw) -> str:
    """The fields of a form as somebody types them at a prompt; a text of several lines ends with a dot."""
    line = shape_of(view).typed(view, raw)
    return f"{line}\n." if isinstance(view, TextView) and view.lines > 1 else line


def local_learner() -> User | None:
    """The local learner as stored, if there is one."""
    db.session.rollback()
    return db.session.query(User).filter(User.role == Role.LOCAL).one_or_none()
