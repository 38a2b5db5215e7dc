"""`offramp import`: questions of other systems in, after a report of what is taken and what is not."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.queries import teachers
from app.accounts.service import user_by_name
from app.authoring.incoming import Incoming, plan
from app.authoring.queries.arriving import here_for
from app.authoring.service import Author
from app.authoring.service.importing import Target, import_planned, keep_pictures
from app.cli.course import find_lesson, learner, opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.errors import Invalid
from app.formats import FORMATS, sniff_format
from app.formats.base import Entry, FormatError, Found, Limits
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
    files: tuple[Path, ...],
    format_name: str | None,
    *,
    dry_run: bool,
    lesson: str,
    objective: str,
    publish: bool,
    as_name: str | None,
    as_json: bool,
) -> None:
    """Bring questions in from GIFT, Moodle XML, Aiken or a table (CSV).

    Each entry of a FILE is reported with its line: what is taken, what had to be guessed, what is kept as its source
    text because no kind of question holds it, and what is refused and why. One that is broken costs no other. The
    same file again updates what it brought.
    """
    screen = Screen.of(options)
    reports = []
    with opened(options) as library:
        target = Target(
            lesson=find_lesson(library, lesson).id if lesson else "",
            objective=_objective(library, objective),
            publish=publish,
        )
        for file in files:
            name, found = _read(screen, file, format_name, quiet=as_json)
            with reading() as session:
                author = _author(session, as_name)
                planned = _plan(session, library, found, name, author)
            reports.append(_report(file, name, found, planned))
            if not as_json:
                screen.show(_lines(screen, file, name, found, planned))
            if not dry_run:
                _store(planned, found, target, file=file, format_name=name, as_name=as_name)
    if as_json:
        click.echo(json.dumps({"files": reports, "stored": not dry_run}, ensure_ascii=False, indent=2))
    else:
        screen.show(["Nothing was stored." if dry_run else "Stored. They are under Teach in the browser."])


def _objective(library: Library, objective: str) -> str:
    if objective and objective not in library.objectives:
        raise Invalid(f"There is no objective “{objective}”. There are {', '.join(library.objectives)}.")
    return objective


def _read(screen: Screen, file: Path, format_name: str | None, *, quiet: bool) -> tuple[str, Found]:
    try:
        data = file.read_bytes()
    except OSError as problem:
        raise Invalid(f"{file} cannot be read ({problem.strerror}).") from problem
    format = FORMATS[format_name] if format_name else sniff_format(data, file.name)
    if format is None or not format.reads:
        raise Invalid(f"{file}: it cannot be told what kind of file this is. Say --format {'|'.join(READABLE)}.")
    try:
        if quiet or screen.plain:
            return format.name, format.read(data, limits=Limits())
        return format.name, _with_progress(format.read, data, f"Reading {file.name}")
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


def _plan(session: Session, library: Library, found: Found, name: str, author: Author) -> tuple[Incoming, ...]:
    here = here_for(session, library, found.entries, author_id=author.id, format_name=name)
    return plan(found.entries, here, format=FORMATS[name], new_slug=_new_slug)


def _new_slug(words: str) -> str:
    return f"{slug_of(f'own {words}', set())[:60].strip('-')}-{secrets.token_hex(2)}"


def _store(
    planned: tuple[Incoming, ...], found: Found, target: Target, *, file: Path, format_name: str, as_name: str | None
) -> None:
    now = utc_now()
    with reading() as session:
        author = _author(session, as_name)
    if author.id is None:
        learner()  # made at the first need
    taken = [one for one in planned if one.can_choose and not one.is_left_at_first]
    with transaction() as session:
        author = _author(session, as_name)
        wrong = keep_pictures(session, taken, found.images, author, now=now)
        import_planned(session, author, taken, target, file_name=file.name, format_name=format_name, now=now)
    for problem in wrong:
        click.echo(problem, err=True)


def _lines(screen: Screen, file: Path, name: str, found: Found, planned: tuple[Incoming, ...]) -> list[str]:
    lines = [screen.bold(f"{file.name} ({FORMATS[name].label})")]
    for note in found.notes:
        lines += screen.wrap(note, "  ", "  ")
    for one in planned:
        said = f"{file.name}:{one.entry.line}: {_SIGNS[one.action]}: {one.entry.title or 'without words'}"
        lines += screen.wrap(said, "", "  ")
        for note in (*one.notes, *one.entry.notes):
            lines += screen.wrap(note, "    ", "    ")
        if one.changes_kind:
            lines += screen.wrap("Its kind is another one here, so it was left as it is.", "    ", "    ")
    counts = ", ".join(f"{count} {_SIGNS[action]}" for action, count in _counts(planned).items() if count)
    return [*lines, "", f"{len(planned)} entries: {counts or 'nothing'}.", ""]


def _counts(planned: tuple[Incoming, ...]) -> dict[str, int]:
    return {action: sum(one.action == action for one in planned) for action in _SIGNS}


def _report(file: Path, name: str, found: Found, planned: tuple[Incoming, ...]) -> dict[str, Any]:
    return {
        "file": str(file),
        "format": name,
        "notes": list(found.notes),
        "counts": _counts(planned),
        "entries": [_entry(one.entry, one) for one in planned],
    }


def _entry(entry: Entry, one: Incoming) -> dict[str, Any]:
    return {
        "line": entry.line,
        "title": entry.title,
        "outcome": entry.outcome,
        "action": one.action,
        "kind": entry.question.kind if entry.question else None,
        "question": one.slug or None,
        "notes": [*one.notes, *entry.notes],
    }
