"""`offramp import`: questions of other systems in, after a report of what is taken and what is not."""

from __future__ import annotations

import json
import secrets
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.queries import teachers
from app.accounts.service import user_by_name
from app.authoring.incoming import Incoming, plan
from app.authoring.outgoing import pictures_of
from app.authoring.queries.arriving import here_for
from app.authoring.service import Author
from app.authoring.service.importing import Target, import_planned, keep_pictures
from app.boot import image_bytes
from app.cli.course import find_lesson, learner, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid
from app.formats import FORMATS, sniff_format
from app.formats.base import Entry, Format, FormatError, Found, Limits
from app.formats.common import slug_of
from app.library.model import Library

READABLE = [name for name, format in FORMATS.items() if format.reads]
_SIGNS = {"new": "new", "update": "updated", "same": "here already", "keep": "kept as text", "refuse": "refused"}


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", type=click.Choice(READABLE), help="The format; without it, found out.")
@click.option("--dry-run", is_flag=True, help="Only report; nothing is stored.")
@click.option("--lesson", default="", help="The lesson that they belong to.")
@click.option("--objective", default="", help="Their objective, where the file names none.")
@click.option("--publish", is_flag=True, help="Have those asked at once that came over whole.")
@click.option("--as", "as_name", help="Whose questions they become; needed when there are several teachers.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def import_files(
    options: Options,
    /,
    files: tuple[Path, ...],
    format_name: str | None,
    *,
    dry_run: bool,
    as_name: str | None,
    as_json: bool,
    **place: Any,
) -> None:
    """Bring questions in from GIFT, Moodle XML, Aiken or a table (CSV).

    Each entry of a FILE is reported with its line: what is taken, what had to be guessed, what is kept as its source
    text because no kind of question holds it, and what is refused and why. One that is broken costs no other. The
    same file again updates what it brought.
    """
    screen = Screen.of(options)
    with opened(options) as library:
        target = _target(library, **place)
        # All are read before the first is stored: a file that cannot be read leaves nothing half done.
        read = [_read(screen, file, format_name, quiet=as_json) for file in files]
        done = [_bring(screen, library, one, target, as_name=as_name, dry_run=dry_run, quiet=as_json) for one in read]
    stored = any(one.is_stored for one in done)
    if as_json:
        click.echo(
            json.dumps({"files": [_report(one) for one in done], "stored": stored}, ensure_ascii=False, indent=2)
        )
    elif stored:
        screen.show(["Stored. They are under Teach in the browser."])
    else:
        screen.show(["Nothing was stored." if dry_run else "Nothing was stored: there is nothing new to take."])


@dataclass(frozen=True)
class _Read:
    """A file that was read."""

    file: Path
    format: Format
    found: Found


@dataclass(frozen=True)
class _Done:
    """A file, what becomes of each of its entries, and whether anything of it was stored."""

    read: _Read
    planned: tuple[Incoming, ...]
    is_stored: bool


def _bring(
    screen: Screen, library: Library, read: _Read, target: Target, *, as_name: str | None, dry_run: bool, quiet: bool
) -> _Done:
    """Report on a file, and store it unless this is only to look."""
    with reading() as session:
        planned = _plan(session, library, read, _author(session, as_name))
    if not quiet:
        screen.show(_lines(screen, read, planned))
    taken = [one for one in planned if _is_taken(one)]
    if taken and not dry_run:
        _store(read, taken, target, as_name)
    return _Done(read, planned, bool(taken) and not dry_run)


def _is_taken(one: Incoming) -> bool:
    return one.can_choose and not one.is_left_at_first


def _target(library: Library, *, lesson: str, objective: str, publish: bool) -> Target:
    found = find_lesson(library, lesson).id if lesson else ""
    return Target(lesson=found, objective=_objective(library, objective), publish=publish)


def _objective(library: Library, objective: str) -> str:
    if objective and objective not in library.objectives:
        raise Invalid(f"There is no objective “{objective}”. There are {', '.join(library.objectives)}.")
    return objective


def _read(screen: Screen, file: Path, format_name: str | None, *, quiet: bool) -> _Read:
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Invalid(f"{file} cannot be read ({problem.strerror}).") from problem
    format = FORMATS[format_name] if format_name else sniff_format(data, file.name)
    if format is None or not format.reads:
        raise Invalid(f"{file}: it cannot be told what kind of file this is. Say --format {'|'.join(READABLE)}.")
    try:
        if quiet or screen.plain or not sys.stderr.isatty():
            return _Read(file, format, format.read(data, limits=Limits()))
        return _Read(file, format, _with_progress(format.read, data, f"Reading {file.name}"))
    except FormatError as problem:
        where = f"{file}, {problem.where}" if problem.where else str(file)
        raise Invalid(f"{where}: {problem.message}") from problem


def _with_progress(read: Any, data: bytes, words: str) -> Found:
    from rich.console import Console
    from rich.progress import Progress

    # On the standard error, and gone when it is done: what is piped has no bar in it.
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=None)
        found: Found = read(data, limits=Limits(tick=lambda done, of: bar.update(task, completed=done, total=of)))
    return found


def _author(session: Session, name: str | None) -> Author:
    """Whose questions they become: the one who is named, the only teacher, or the learner of this data folder."""
    if name:
        return Author.of(user_by_name(session, name))
    found = teachers(session)
    if len(found) > 1:
        raise Invalid(f"Say whose questions they become: --as {found[0].name}, or another teacher’s name.")
    if found:
        return Author.of(found[0])
    local = session.scalar(select(User).where(User.role == "local"))
    return Author.of(local) if local else Author(None, "Learner on this computer")


def _plan(session: Session, library: Library, read: _Read, author: Author) -> tuple[Incoming, ...]:
    here = here_for(session, library, read.found.entries, author_id=author.id, format_name=read.format.name)
    here = replace(here, images=image_bytes(pictures_of(here.questions)))
    return plan(read.found.entries, here, format=read.format, new_slug=_new_slug)


def _new_slug(words: str) -> str:
    return f"{slug_of(f'own {words}', set())[:60].strip('-')}-{secrets.token_hex(2)}"


def _store(read: _Read, taken: list[Incoming], target: Target, as_name: str | None) -> None:
    now = utc_now()
    with reading() as session:
        author = _author(session, as_name)
    if author.id is None:
        learner()  # made at the first need
    with transaction() as session:
        author = _author(session, as_name)
        wrong = keep_pictures(session, taken, read.found.images, author, now=now)
        name, format_name = read.file.name, read.format.name
        import_planned(session, author, taken, target, file_name=name, format_name=format_name, now=now)
    for problem in wrong:
        click.echo(problem, err=True)


def _lines(screen: Screen, read: _Read, planned: tuple[Incoming, ...]) -> list[str]:
    name = read.file.name
    lines = [screen.bold(f"{name} ({read.format.label})")]
    for note in read.found.notes:
        lines += screen.wrap(note, "  ", "  ")
    for one in planned:
        said = f"{name}:{one.entry.line}: {_sign(one)}: {one.entry.title or 'without words'}"
        lines += screen.wrap(said, "", "  ")
        for note in (*one.notes, *one.entry.notes):
            lines += screen.wrap(note, "    ", "    ")
    counts = ", ".join(f"{count} {sign}" for sign, count in Counter(_sign(one) for one in planned).items())
    entries = f"{len(planned)} {'entry' if len(planned) == 1 else 'entries'}"
    return [*lines, "", f"{entries}: {counts or 'nothing that looks like a question'}.", ""]


def _sign(one: Incoming) -> str:
    return "left out" if one.is_doubtful else _SIGNS[one.action]


def _report(done: _Done) -> dict[str, Any]:
    return {
        "file": str(done.read.file),
        "format": done.read.format.name,
        "notes": list(done.read.found.notes),
        "counts": {action: sum(one.action == action for one in done.planned) for action in _SIGNS},
        "stored": done.is_stored,
        "entries": [_entry(one.entry, one) for one in done.planned],
    }


def _entry(entry: Entry, one: Incoming) -> dict[str, Any]:
    return {
        "line": entry.line,
        "title": entry.title,
        "outcome": entry.outcome,
        "action": one.action,
        "taken": _is_taken(one),
        "kind": one.question.kind if one.question else None,
        "question": one.slug or None,
        "notes": [*one.notes, *entry.notes],
    }
