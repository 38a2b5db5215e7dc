"""What a course is like in numbers: reading level, length, coverage, balance, quotations, weighed warnings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import mean
from typing import get_args

from app.lessons.model import Lesson
from app.library.check.bank import targets, verdict_groups
from app.library.check.blueprint import counted
from app.library.check.cues import BOTS, longest, send, single_choices
from app.library.check.lessons import known_words
from app.library.check.parts import body_text, guess
from app.library.check.run import Report
from app.library.check.words import reading_grade, sentences, words
from app.library.model import Library
from app.questions.model import Level, Use
from app.questions.types import TYPES

Row = tuple[str, ...]
_NONE = "–"


@dataclass(frozen=True)
class Table:
    """A table under a heading, with a sentence before it; the first column names the rows."""

    title: str
    lead: str
    head: Row
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class CourseReport:
    """The tables of a course, under its title."""

    title: str
    lead: str
    tables: tuple[Table, ...]


def course_report(report: Report) -> CourseReport:
    """The numbers of what would be served. They depend on the course's files alone, not on the day."""
    library = report.library
    counts = (len(library.lessons), len(library.objectives), len(library.questions))
    lead = "{} lessons, {} objectives, {} questions. ".format(*counts) + (
        f"{report.count('error')} errors and {report.count('warning')} warnings are open."
    )
    makers: tuple[Callable[[Report], Table], ...] = (_lessons, _coverage, _kinds, _balance, _cues, _weighed)
    return CourseReport(f"The course in numbers: {library.course.title}", lead, tuple(make(report) for make in makers))


def _percent(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else _NONE


def _lessons(report: Report) -> Table:
    known = known_words(report.library)
    rows = tuple(_lesson_row(report.library, lesson, known) for lesson in report.library.lessons.values())
    lead = (
        "Grade: Flesch–Kincaid of the running text; 9 to 11 is meant. Words and segments count running text, "
        "examples and tables; prompts are prequestions and checks."
    )
    head = ("Lesson", "Grade", "Words", "Longest segment", "Words a sentence", "Prompts", "Sources")
    return Table("Reading level and length", lead, head, rows)


def _lesson_row(library: Library, lesson: Lesson, known: set[str]) -> Row:
    body = body_text(lesson)
    running = [paragraph.text for paragraph in body if not paragraph.table]
    grade = reading_grade(running, known)
    segments = Counter[int]()
    for paragraph in body:
        segments[paragraph.segment] += len(words(paragraph.text))
    lengths = [len(words(sentence)) for text in running for sentence in sentences(text)]
    return (
        f"{lesson.head.number}. {lesson.head.title}",
        f"{grade:.1f}" if grade is not None else _NONE,
        f"{segments.total():,}",
        str(max(segments.values(), default=0)),
        f"{mean(lengths):.1f}" if lengths else _NONE,
        str(len(lesson.checks)),
        str(len(lesson.citations)),
    )


def _coverage(report: Report) -> Table:
    questions = list(report.library.questions.values())
    rows = []
    for objective in report.library.course.objectives:
        mine = [question for question in questions if question.head.objective == objective.id]
        practice = counted(mine, "practice")
        levels = Counter(question.head.level for question in practice)
        forecasts = sum(question.head.use == "practice" for question in mine) - len(practice)
        rows.append(
            (
                f"{objective.id} ({objective.type})",
                *(str(levels[level]) for level in get_args(Level)),
                str(len(practice)),
                str(len({question.kind for question in practice})),
                str(len(counted(mine, "held_out"))),
                str(sum(question.head.use == "lesson" for question in mine)),
                str(forecasts),
            )
        )
    rows.append(("All", *(str(sum(int(row[n]) for row in rows)) for n in range(1, 6)), "", *_sums(rows, (7, 8, 9))))
    head = ("Objective", *get_args(Level), "practice", "kinds", "held out", "in lessons", "forecasts")
    lead = "Practice questions by level; forecasts give no mark and are counted apart."
    return Table("Coverage", lead, head, tuple(rows))


def _sums(rows: Sequence[Row], columns: Iterable[int]) -> Iterator[str]:
    return (str(sum(int(row[n]) for row in rows)) for n in columns)


def _kinds(report: Report) -> Table:
    questions = list(report.library.questions.values())
    uses = get_args(Use)
    by = Counter((question.kind, question.head.use) for question in questions)
    rows = []
    for kind in TYPES:
        found = [question for question in questions if question.kind == kind]
        guesses = [g for question in found if (g := guess(question)) is not None]
        shown = f"{mean(guesses):.2f}" if guesses else _NONE
        share = _percent(len(found), len(questions))
        rows.append((TYPES[kind].label, *(str(by[kind, use]) for use in uses), str(len(found)), share, shown))
    head = ("Kind", *(use.replace("_", " ") for use in uses), "all", "share", "guess")
    lead = "Guess is what a blind guess earns on average."
    return Table("Kinds and uses", lead, head, tuple(rows))


def _balance(report: Report) -> Table:
    questions = list(report.library.questions.values())
    rows: list[Row] = []
    for what, verdicts in verdict_groups(questions):
        rows.append(_row(f"True among {what}", verdicts))
    judged = targets(questions)
    rows.append(_row("Trustworthy among reports to be judged", judged.values()))
    for tag in sorted({tag for slug in judged for tag in report.library.questions[slug].head.tags}):
        if tag.startswith("origin-"):
            tagged = [good for slug, good in judged.items() if tag in report.library.questions[slug].head.tags]
            rows.append(_row(f"Trustworthy among “{tag}”", tagged))
    choices = single_choices(questions)
    rows.append(_row("Key is the longest option", [longest(choice) == {choice.key} for choice in choices]))
    places = Counter(f"{choice.key + 1} of {len(choice.options)}" for choice in choices)
    for place, count in sorted(places.items(), key=lambda entry: (entry[0][-1], entry[0])):
        rows.append((f"Key is written as option {place}", str(count), _percent(count, len(choices))))
    rows.append(_row("Tagged prior-knowledge", ["prior-knowledge" in question.head.tags for question in questions]))
    rows.append(("Of the article quoted", "", f"{report.quoted_share:.0%}"))
    return Table(
        "Balance",
        "Options are shuffled where they are shown, so places matter little.",
        ("What", "Count", "Share"),
        tuple(rows),
    )


def _row(what: str, values: Iterable[bool]) -> Row:
    found = list(values)
    return what, f"{sum(found)} of {len(found)}", _percent(sum(found), len(found))


def _cues(report: Report) -> Table:
    found = single_choices(report.library.questions.values())
    rows = []
    for what, bot, _ in BOTS.values():
        outing = send(bot, found)
        numbers = (f"{outing.score:.1f}", f"{outing.chance:.1f}", f"{outing.z:.2f}")
        rows.append((f"Whoever {what}", str(len(outing.seen)), *numbers))
    lead = "What readers without any knowledge would score by form alone. A z above 2.33 is found by BNK-04."
    return Table("Cues", lead, ("Reader", "Questions", "Right", "By chance", "z"), tuple(rows))


def _weighed(report: Report) -> Table:
    """A rule that is answered more often than mended asks for the wrong thing."""
    answered = Counter(answer.ok.rule for answer in report.answered)
    still = Counter(problem.rule for problem in report.problems if problem.severity == "warning")
    rows = [
        (rule, str(count), str(still[rule]), _percent(count, count + still[rule]))
        for rule, count in sorted(answered.items())
    ]
    rows += [(f"{a.ok.rule} in {a.question}", a.ok.by, a.ok.reason, "") for a in report.answered]
    lead = "Warnings that were weighed and kept (lint_ok): how many of each rule, then each with who and why."
    return Table("Warnings kept", lead, ("Rule", "Kept, or by", "Open, or why", "Share kept"), tuple(rows))


def as_markdown(report: CourseReport) -> str:
    """The report as Markdown."""
    lines = [f"# {report.title}", "", report.lead, ""]
    for table in report.tables:
        lines += [f"## {table.title}", "", table.lead, ""]
        if not table.rows:
            lines += ["None.", ""]
            continue
        lines += [_line(table.head), f"| --- |{' ---: |' * (len(table.head) - 1)}", *map(_line, table.rows), ""]
    return "\n".join(lines)


def _line(cells: Row) -> str:
    said = (" ".join(cell.split()).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(said)} |"


def as_html(report: CourseReport) -> str:
    """The report as a page that needs nothing else."""
    tables = "\n".join(_html_table(table) for table in report.tables)
    title = escape(report.title)
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
        f"<h1>{title}</h1>\n<p>{escape(report.lead)}</p>\n{tables}\n</body>\n</html>\n"
    )


def _html_table(table: Table) -> str:
    opening = f"<h2>{escape(table.title)}</h2>\n<p>{escape(table.lead)}</p>\n"
    if not table.rows:
        return f"{opening}<p>None.</p>"
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'
        for first, *rest in table.rows
    )
    return f"{opening}<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
