"""`offramp export`: questions out, in the formats of other systems or as a bank file of one's own."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from app.authoring.outgoing import Selection, bank_files, pictures_of, selected
from app.boot import image_bytes
from app.cli.course import opened, reading
from app.cli.group import Options
from app.cli.screen import Screen
from app.errors import Invalid
from app.formats import FORMATS
from app.formats.base import Written
from app.library.model import Library
from app.questions.model import Question
from app.questions.types import TYPES

WRITABLE = [name for name, format in FORMATS.items() if format.writes]
_SHOWN = 20


@click.command(name="export")
@click.option("--format", "format_name", type=click.Choice(WRITABLE), help="The format of the file.")
@click.option("--bank", type=click.Path(path_type=Path), help="Write a bank file of what was written in the browser.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write; without it, the terminal.")
@click.option("--lesson", default="", help="Only questions of this lesson, by its id.")
@click.option("--objective", default="", help="Only questions of this objective.")
@click.option("--kind", default="", type=click.Choice(["", *TYPES]), help="Only this kind.", show_choices=False)
@click.option("--use", default="", help="Only this use: lesson, practice, held_out or drill.")
@click.option("--tag", default="", help="Only questions with this tag.")
@click.option("--quiz", default="", help="Only the questions that this quiz can ask.")
@click.option("--own", is_flag=True, help="Only what was written in the browser.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.argument("ids", nargs=-1)
@click.pass_obj
def export_questions(
    options: Options,
    /,
    format_name: str | None,
    bank: Path | None,
    output: Path | None,
    *,
    force: bool,
    ids: tuple[str, ...],
    own: bool,
    **fields: str,
) -> None:
    """Write questions to a file: those named by IDS, those that fit the options, or all.

    What the format cannot hold is named on the standard error. With --bank the questions that were written in the
    browser become a bank file; questions of several lessons need a folder, which is then a private bank beside the
    course: “offramp check FOLDER” passes it.
    """
    if bool(format_name) == bool(bank):
        raise click.UsageError("Say either --format or --bank.")
    own = own or bank is not None
    screen = Screen.of(options)
    with opened(options) as library, reading():
        questions = selected(library, Selection(ids=ids, own=own, **fields))
        if not questions:
            raise Invalid("No question fits. Nothing was written. Drafts stay here until they are published.")
        if bank is not None:
            _write_bank(screen, bank, questions, force=force)
        else:
            _write(screen, str(format_name), output, questions, library, force=force)


def _write(
    screen: Screen, name: str, output: Path | None, questions: list[Question], library: Library, *, force: bool
) -> None:
    written: Written = FORMATS[name].write(
        questions, title=library.course.title, images=image_bytes(pictures_of(questions))
    )
    if output is None:
        sys.stdout.buffer.write(written.data)
        sys.stdout.flush()
    else:
        _store({output: written.data}, force=force)
    count = len(questions) - len(written.left_out)
    # Not wrapped: a path in pieces can be neither clicked nor copied.
    click.echo(f"{count} of {len(questions)} questions written{f' to {output}' if output else ''}.", err=True)
    lines = [f"{loss.question}: {loss.message}".removeprefix(": ") for loss in written.losses[:_SHOWN]]
    if len(written.losses) > _SHOWN:
        lines.append(f"And {len(written.losses) - _SHOWN} more of the same sorts.")
    for line in lines:
        click.echo("\n".join(screen.wrap(line, "", "  ")), err=True)


def _write_bank(screen: Screen, target: Path, questions: list[Question], *, force: bool) -> None:
    files = bank_files(questions, image_bytes(pictures_of(questions)))
    banks = [name for name in files if name.endswith(".yaml")]
    is_folder = target.is_dir() or not target.suffix
    if len(banks) > 1 and not is_folder:
        raise Invalid(
            f"These questions belong to {len(banks)} lessons, and a bank has one. Name a folder, or choose a --lesson."
        )
    # What lies in a folder “questions” is a private bank, which check and serve find by the folder above.
    folder = (target if target.name == "questions" else target / "questions") if is_folder else target.parent
    paths = {folder / name: data for name, data in files.items()}
    if not is_folder:
        paths = {(target if path == folder / banks[0] else path): data for path, data in paths.items()}
    _store(paths, force=force)
    for path in paths:
        click.echo(f"Wrote {path}", err=True)


def _store(files: dict[Path, bytes], *, force: bool) -> None:
    """Write all files, or none when one is there already."""
    there = [path for path in files if path.exists()]
    if there and not force:
        raise Invalid(f"{there[0]} is there already. Use --force to write over it, or choose another name.")
    try:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as problem:
        raise Invalid(f"{problem.filename} cannot be written ({problem.strerror}).") from problem
