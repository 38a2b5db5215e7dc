"""The table of commands, and the manual that `offramp --help` shows."""

from __future__ import annotations

import importlib
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

WIDTH = 80


class Entry(NamedTuple):
    """A command: where it is, under which heading it stands, and what it does in a line."""

    target: str
    section: str
    usage: str
    summary: str


COMMANDS = {
    "lessons": Entry("app.cli.lessons:lessons", "Learn", "lessons", "what there is to read, and what you finished"),
    "read": Entry("app.cli.read:read", "Learn", "read LESSON", "read a lesson, with its notes and self-checks"),
    "quiz": Entry("app.cli.quiz:quiz", "Learn", "quiz [LESSON|QUIZ]", "start a quiz, or go on with an open one"),
    "article": Entry("app.cli.article:article", "Learn", "article [CLAIM]", "the article's claims, as of a date"),
    "timeline": Entry("app.cli.timeline:timeline", "Learn", "timeline", "what happened when, on three clocks"),
    "glossary": Entry(
        "app.cli.glossary:glossary", "Learn", "glossary [TERM]", "what a term means, and where it is used"
    ),
    "progress": Entry("app.cli.progress:progress", "Learn", "progress", "what you have done so far"),
    "open": Entry("app.cli.open:open_browser", "Learn", "open", "go on in the browser, as the same learner"),
    "user": Entry(
        "app.cli.accounts:user", "Look after", "user list|add|invite|password|time", "accounts for the browser"
    ),
    "results": Entry("app.cli.results:results", "Look after", "results QUIZ", "everybody's attempts of a quiz"),
    "mark": Entry("app.cli.mark:mark", "Look after", "mark [--self]", "mark texts that wait for a mark"),
    "regrade": Entry("app.cli.regrade:regrade", "Look after", "regrade QUESTION", "what a mended key changes"),
    "void": Entry("app.cli.void:void", "Look after", "void [QUESTION]", "take a question out for everyone"),
    "new": Entry("app.cli.new:new", "Write", "new course|question", "a course of one's own; one more question in it"),
    "preview": Entry(
        "app.cli.preview:preview", "Write", "preview FILE [ID]…", "questions of a bank as learners see them"
    ),
    "import": Entry(
        "app.cli.importing:import_files", "Write", "import FILE…", "questions from GIFT, Moodle XML, Aiken or a table"
    ),
    "export": Entry(
        "app.cli.export:export_questions",
        "Write",
        "export --format F",
        "questions out: GIFT, Moodle XML, CSV, Anki, paper…",
    ),
    "check": Entry("app.cli.check:check", "Write", "check [DIR]", "every problem in lessons/ and questions/"),
    "serve": Entry("app.cli.serve:serve", "Run", "serve", "serve the course to browsers"),
    "db": Entry("app.cli.database:database", "Run", "db upgrade", "bring the database's tables up to date"),
}

FIRST_STEPS = (
    ("offramp lessons", "see what there is to read"),
    ("offramp read 11", "read lesson 11; its self-checks are asked on the way"),
    ("offramp quiz", "be asked about it; every answer is saved at once"),
    ("offramp progress", "see how it went"),
    ("offramp open", "go on in the browser, where you left off"),
)
OPTIONS = (
    ("--plain", "for screen readers: no colour, no drawing, no pager, words for signs"),
    ("--data DIR", "folder of the database; stands above OFFRAMP_DATA"),
    ("--course DIR", "folder of a course, several times for several; “bundled” is Offramp's"),
    ("--version", "the version"),
    ("-h, --help", "this manual; “offramp COMMAND --help” has more on one command"),
)
EXIT_CODES = (
    ("0", "done"),
    ("1", "it could not be done (a sentence says why), or “check” found an error"),
    ("2", "the command or a setting is wrong"),
    ("130", "stopped by Ctrl+C; everything saved so far is kept"),
)


def manual() -> str:
    """The whole manual, for 80 columns."""
    lines = [
        f"offramp {version()}: lessons and quizzes on crisis signalling and source evaluation",
        "",
        "Usage: offramp [--plain] [--data DIR] [--course DIR]… COMMAND [ARGUMENTS]",
        "",
        *_section("First steps", FIRST_STEPS),
    ]
    for section in dict.fromkeys(entry.section for entry in COMMANDS.values()):
        rows = [(e.usage, e.summary) for e in COMMANDS.values() if e.section == section]
        lines += _section(section, rows)
    lines += _section("Options, before or after the command", OPTIONS)
    lines += _section("Environment", _environment())
    lines += _section("Exit codes", EXIT_CODES)
    return "\n".join(lines)


def version() -> str:
    """The version of the package."""
    # Asked for by name: the package can make the web application, and doors do not lean on each other.
    return str(importlib.import_module("app").__version__)


def _environment() -> Iterator[tuple[str, str]]:
    from dataclasses import fields

    from app.config import PREFIX, Settings

    for setting in fields(Settings):
        name = "DATABASE_URL" if setting.name == "database_url" else PREFIX + setting.name.upper()
        shown = isinstance(setting.default, str | int) and setting.default not in ("", False)
        yield name, setting.metadata["help"] + (f" ({setting.default})" if shown else "")
    yield "NO_COLOR", "when set, nothing is coloured"
    yield "PAGER", "the program that shows long text"


def _section(title: str, rows: object) -> Iterator[str]:
    entries = list(rows)  # type: ignore[call-overload]
    column = max(len(left) for left, _ in entries) + 4
    yield title
    for left, right in entries:
        first = f"  {left}".ljust(column)
        yield from textwrap.wrap(
            right, WIDTH, initial_indent=first, subsequent_indent=" " * column, break_on_hyphens=False
        )
    yield ""
