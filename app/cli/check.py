"""`offramp check`: the author's linter."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import click

from app.cli.course import settings_of
from app.cli.group import FAILED, Options
from app.cli.screen import Screen
from app.cli.watching import changes, difference
from app.clock import utc_now
from app.library.check import Report, check_course
from app.library.check.report import as_html, as_markdown, course_report
from app.library.folders import has_lessons, named
from app.questions.bank import bank_schema
from app.questions.grading import show_percent
from app.questions.problems import Problem

SCHEMA = Path("questions") / "schema.json"
_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


@click.command(short_help="every problem in lessons/ and questions/")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--watch", is_flag=True, help="Check again whenever a file is saved, until Ctrl+C.")
@click.option("--json", "as_json", is_flag=True, help="Counts and problems as JSON.")
@click.option("--strict", is_flag=True, help="Exit with 1 on a warning too.")
@click.option("--report", "as_report", is_flag=True, help="What the course is like, in Markdown.")
@click.option("--html", is_flag=True, help="With --report: as a page.")
@click.option("--write-schema", is_flag=True, help="Write questions/schema.json, which editors use, and stop.")
@click.pass_context
def check(ctx: click.Context, /, folder: Path | None, strict: bool, write_schema: bool, **how: bool) -> None:
    """Find every problem in lessons/ and questions/.

    FOLDER is the folder that holds both; without it, the course that is served is checked: the one that --course
    or OFFRAMP_COURSE names, or else the one that comes with the program. Files are read and nothing is stored.

    A FOLDER with questions/ alone is a private bank. It is checked together with the course that is served, and
    only its own problems are told.

    Each problem is a line: file, line, severity, rule, what to do. All rules are explained in
    docs/authors.md. Exits with 1 when there is an error.

    With --report there are no problems but numbers: reading level, length, coverage and balance.
    """
    if how["html"] and not how["as_report"]:
        raise click.UsageError("--html is for --report.")
    if how["watch"] and (how["as_report"] or how["as_json"] or write_schema):
        raise click.UsageError("--watch shows problems; leave the other option out.")
    options = ctx.find_object(Options) or Options()
    if write_schema:
        _write_schema(folder or settings_of(options).course[0])
        return
    wanted = _wanted(options, folder)
    screen = Screen.of(options)
    if how["watch"]:
        watch(screen, wanted.report, changes(wanted.folders), wanted.bank)
        return
    report = wanted.report()
    _show(screen, wanted, report, **how)
    if not how["as_report"] and (report.count("error") or (strict and report.count("warning"))):
        ctx.exit(FAILED)


@dataclass(frozen=True)
class _Wanted:
    """The folders to check; of a private bank the name under which its files stand beside the course."""

    folders: tuple[Path, ...]
    bank: str = ""

    def report(self) -> Report:
        """Check all files as they are now."""
        report = check_course(*self.folders, today=utc_now().date())
        return report.within(self.bank) if self.bank else report


def _wanted(options: Options, folder: Path | None) -> _Wanted:
    if folder is None:
        return _Wanted(settings_of(options).course)
    if has_lessons(folder) or not (folder / "questions").is_dir():
        return _Wanted((folder,))
    bank = folder.resolve()
    folders = (*(one for one in settings_of(options).course if one != bank), bank)
    return _Wanted(folders, next(name for name, one in named(folders) if one == bank))


def _show(
    screen: Screen, wanted: _Wanted, report: Report, *, as_json: bool, as_report: bool, html: bool, **_: bool
) -> None:
    if as_report:
        made = course_report(report)
        click.echo(as_html(made) if html else as_markdown(made), nl=False)
    elif as_json:
        click.echo(json.dumps(report.as_data(), ensure_ascii=False, indent=2))
    else:
        screen.show([*problem_lines(screen, report.problems), _summary(report, wanted.bank)])


def watch(screen: Screen, look: Callable[[], Report], saved: Iterable[object], bank: str = "") -> None:
    """Check now, and again for each of `saved`; then only what is new and what was mended is shown."""
    report = look()
    screen.show([*problem_lines(screen, report.problems), _summary(report, bank)])
    screen.show(["", "Waiting for a file to be saved; Ctrl+C ends."])
    try:
        for _ in saved:
            before, report = report, look()
            screen.show(["", *_news(screen, before, report), _summary(report, bank)])
    except KeyboardInterrupt:
        screen.show(["", "Stopped."])


def _news(screen: Screen, before: Report, after: Report) -> Iterator[str]:
    new, mended = difference(before.problems, after.problems)
    if new:
        yield screen.bold("New:")
        yield from problem_lines(screen, new)
    if mended:
        yield screen.bold("Mended:")
        for problem in mended:
            yield f"{screen.sign('right')}{problem.file}: {problem.rule}: {' '.join(problem.message.split())}"
        yield ""
    if not new and not mended:
        yield "Checked again; no problem came or went."


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


def problem_lines(screen: Screen, problems: Iterable[Problem]) -> Iterator[str]:
    """The problems, file by file."""
    for _, found in groupby(problems, key=lambda problem: problem.file):
        for problem in found:
            yield _line(problem, screen)
        yield ""


def _line(problem: Problem, screen: Screen) -> str:
    place = screen.bold(f"{problem.file}:{problem.line}:")
    severity = screen.style(f"{problem.severity} {problem.rule}:", fg=_COLOURS[problem.severity])
    return f"{place} {severity} {' '.join(problem.message.split())}"


def _summary(report: Report, bank: str) -> str:
    library = report.library
    held = [
        _count(len(library.lessons), "lesson"),
        _count(len(library.objectives), "objective"),
        _count(len(library.questions), "question"),
    ]
    said = ", ".join(held)
    if bank:
        own = sum(question.place.file.startswith(f"{bank}/") for question in library.questions.values())
        said = f"{_count(own, 'question')}, checked beside {library.course.title}"
    elif library.has_article:
        said += f"; {show_percent(report.quoted_share)} of the article quoted"
    found = [_count(report.count(what), what) for what in ("error", "warning")]
    if notes := report.count("info"):
        found.append(f"{notes} info")
    return f"{said}. {', '.join(found)}."


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
