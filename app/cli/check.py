"""`offramp check`: the author's linter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from app.cli.group import FAILED, Options
from app.cli.screen import Screen
from app.clock import utc_now
from app.config import read_settings
from app.library.check import Report, check_course
from app.library.check.report import as_html, as_markdown, course_report
from app.questions.bank import bank_schema
from app.questions.grading import show_percent
from app.questions.problems import Problem

SCHEMA = Path("questions") / "schema.json"
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(short_help="every problem in lessons/ and questions/")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Counts and problems as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 on a warning too.")
@click.option("--report", "as_report", is_flag=True, help="What the course is like, in Markdown.")
@click.option("--html", is_flag=True, help="With --report: as a page.")
@click.option("--write-schema", is_flag=True, help="Write questions/schema.json, which editors use, and stop.")
@click.pass_context
def check(
    ctx: click.Context,
    folder: Path | None,
    as_json: bool,
    strict: bool,
    as_report: bool,
    html: bool,
    write_schema: bool,
) -> None:
    """Find every problem in lessons/ and questions/.

    FOLDER is the folder that holds both; without it, the course that is served is checked: the one that
    OFFRAMP_COURSE names, or else the one that comes with the program. Files are read and nothing is stored.

    Each problem is a line: file, line, severity, rule, what to do. All rules are explained in
    docs/authors.md. Exits with 1 when there is an error.

    With --report there are no problems but numbers: reading level, length, coverage and balance.
    """
    if html and not as_report:
        raise click.UsageError("--html is for --report.")
    folder = folder or read_settings().course
    if write_schema:
        _write_schema(folder)
        return
    report = check_course(folder, utc_now().date())
    if as_report:
        made = course_report(report)
        click.echo(as_html(made) if html else as_markdown(made), nl=False)
        return
    if as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
    else:
        screen = Screen.of(ctx.find_object(Options) or Options())
        screen.show(_lines(report, screen))
    if report.count("error") or (strict and report.count("warning")):
        ctx.exit(FAILED)


def schema_text() -> str:
    """The JSON Schema of a bank, as its file holds it."""
    return json.dumps(bank_schema(), ensure_ascii=False, indent=2) + "\n"


def _write_schema(folder: Path) -> None:
    try:
        (folder / SCHEMA).parent.mkdir(exist_ok=True)
        (folder / SCHEMA).write_text(schema_text(), encoding="utf-8", newline="\n")
    except OSError as problem:
        raise click.FileError(str(folder / SCHEMA), problem.strerror or "it cannot be written") from problem
    click.echo(f"Wrote {folder / SCHEMA}.")


def _lines(report: Report, screen: Screen) -> Iterator[str]:
    """The problems, file by file, and a summary."""
    for _, problems in groupby(report.problems, key=lambda problem: problem.file):
        for problem in problems:
            yield _line(problem, screen)
        yield ""
    yield _summary(report)


def _line(problem: Problem, screen: Screen) -> str:
    place = screen.bold(f"{problem.file}:{problem.line}:")
    severity = screen.style(f"{problem.severity} {problem.rule}:", fg=_COLOURS[problem.severity])
    return f"{place} {severity} {' '.join(problem.message.split())}"


def _summary(report: Report) -> str:
    held = ", ".join(
        _count(number, what)
        for number, what in (
            (len(report.library.lessons), "lesson"),
            (len(report.library.objectives), "objective"),
            (len(report.library.questions), "question"),
        )
    )
    found = [_count(report.count(what), what) for what in ("error", "warning")]
    if notes := report.count("info"):
        found.append(f"{notes} info")
    return f"{held}; {show_percent(report.quoted_share)} of the article quoted. {', '.join(found)}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
