"""`offramp preview`: the questions of a bank as a learner sees them, with the key when it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import click

from app.cli.ask import Entry, question_lines
from app.cli.check import problem_lines
from app.cli.course import settings_of
from app.cli.explain import explanation_lines, marked_lines, reveal_lines
from app.cli.group import Options
from app.cli.screen import Screen
from app.errors import AppError, NotFound, StorageTrouble
from app.library.folders import has_lessons
from app.library.load import load_course
from app.library.model import Library
from app.library.references import broken_references
from app.questions.bank import read_bank
from app.questions.draw import shown_order
from app.questions.model import Question
from app.questions.problems import Problem
from app.questions.types import TYPES
from app.quiz.scoring import Status
from app.quiz.sheet import MarkedSlot, Standing, marked_slot

# Any seed will do; the same one shows the options in the same order each time.
SEED = 1


@click.command(short_help="questions of a bank as learners see them")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("ids", nargs=-1, metavar="[ID]…")
@click.option("--key", is_flag=True, help="Show the key and the explanations at once, and ask nothing.")
@click.pass_obj
def preview(options: Options, file: Path, ids: tuple[str, ...], key: bool) -> None:
    """Show the questions of a bank FILE as learners see them.

    What is wrong with the file comes first, with lines. Then each question can be tried: an answer is marked and
    explained as a learner's is, and Enter alone shows the key. Nothing is stored. With IDs only these questions
    are shown. Where nobody can answer, as in a pipe, all are written one after the other.
    """
    screen = Screen.of(options)
    library = _course_of(options, file)
    questions, problems = _read(library, file)
    screen.show(problem_lines(screen, problems))
    chosen = _chosen(questions, ids, file)
    shows = [_Preview(screen, library, question, at, len(chosen)) for at, question in enumerate(chosen, 1)]
    if key or not screen.is_interactive:
        screen.page([line for one in shows for line in (*one.lines(is_asked=False), *(one.key() if key else []), "")])
    else:
        _ask_all(shows)


def _course_of(options: Options, file: Path) -> Library:
    """The course that the questions are about: the one that the file lies in, or else the one that is served."""
    home = file.resolve().parent.parent
    folders = settings_of(options).course
    if not options.course and has_lessons(home):
        folders = (home,)
    return load_course(*folders)[0]


def _read(library: Library, file: Path) -> tuple[list[Question], list[Problem]]:
    """The questions of the file, and what is wrong with them. Raises StorageTrouble."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as problem:
        raise StorageTrouble(f"{file} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError:
        raise StorageTrouble(f"{file} is not UTF-8; save it as UTF-8.") from None
    questions, problems = read_bank(text, str(file))
    for question in questions:
        place = question.place
        for rule, said in broken_references(library, question):
            problems.append(Problem(place.file, place.line, rule, "error", f"{question.id}: {said}"))
    return [_without_missing_quote(library, question) for question in questions], sorted(problems)


def _without_missing_quote(library: Library, question: Question) -> Question:
    passage = question.head.passage
    if passage is None or passage.quote is None or passage.quote in library.quotes:
        return question
    return replace(question, head=question.head.model_copy(update={"passage": None}))


def _chosen(questions: Sequence[Question], ids: Sequence[str], file: Path) -> list[Question]:
    """The questions with these ids, or all. Raises NotFound, which names those that there are."""
    known = {question.id: question for question in questions}
    there = ", ".join(known) or "none"
    for slug in ids:
        if slug not in known:
            raise NotFound(f"There is no question {slug!r} that can be read in {file}. Questions: {there}.")
    if not known:
        raise NotFound(f"There is no question in {file} that can be shown.")
    return [known[slug] for slug in ids] if ids else list(questions)


def _ask_all(shows: Sequence[_Preview]) -> None:
    at = 0
    while at < len(shows):
        step = shows[at].run()
        if step is None:
            return
        at = max(0, at + step)


@dataclass
class _Preview:
    """One question on the screen, tried as often as one likes."""

    screen: Screen
    library: Library
    question: Question
    position: int
    last: int

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The options in the order in which they are shown."""
        return shown_order(self.question, seed=SEED, position=self.position)

    def lines(self, *, is_asked: bool) -> list[str]:
        """Where the question stands, and the question."""
        screen, question = self.screen, self.question
        view = TYPES[question.kind].view(question.body, self.order)
        name = f"{question.id}, line {question.place.line}"
        return [
            *screen.rule(),
            screen.sides(screen.bold(f"Question {self.position} of {self.last}"), screen.quiet(name)),
            "",
            *question_lines(screen, self.library, question, view, is_asked=is_asked),
        ]

    def key(self) -> list[str]:
        """The right answer and every option explained, as for a learner who has left the question blank."""
        marked = self._marked(None)
        title = self.screen.bold("Key")
        explained = explanation_lines(self.screen, self.library, self.question)
        return ["", title, "", *reveal_lines(self.screen, marked), "", *explained]

    def run(self) -> int | None:
        """Ask, mark and explain: how far to go on from here, None to stop."""
        self.screen.show(["", *self.lines(is_asked=True)])
        view = TYPES[self.question.kind].view(self.question.body, self.order)
        entry = Entry.of(view, {})
        while True:
            ends = "Enter shows the key" if entry.is_new else "Enter ends"
            line = self.screen.ask(f"{entry.prompt(self.screen)} ({ends}, :q stops):")
            if line is None or line.lower() in ((":q",) if entry.shape.takes_words else (":q", "q")):
                return None
            try:
                if self._is_done(entry, line):
                    break
            except AppError as problem:
                self.screen.show(self.screen.wrap(problem.message, self.screen.sign("missed")))
        told = ["", *marked_lines(self.screen, self.library, self._marked(entry))]
        self.screen.show(self.key() if entry.is_blank else told)
        return self._onwards()

    def _is_done(self, entry: Entry, line: str) -> bool:
        """Add a line to the answer; whether it is complete. Raises Unreadable."""
        if entry.ends(line):
            return True
        fields = entry.read(line)
        TYPES[self.question.kind].read(self.question.body, fields, self.order)
        entry.keep(fields)
        return not entry.wants_more

    def _marked(self, entry: Entry | None) -> MarkedSlot:
        kind, body = TYPES[self.question.kind], self.question.body
        response = kind.read(body, entry.fields, self.order) if entry else None
        score = kind.grade(body, response).score if response is not None else None
        waits = response is not None and kind.by_hand
        status: Status | None = "pending" if waits else None
        return marked_slot(
            self.question,
            seed=SEED,
            position=self.position,
            response=response.model_dump_json() if response is not None else None,
            score=score,
            standing=Standing(status=status),
        )

    def _onwards(self) -> int | None:
        while True:
            line = self.screen.ask("Enter goes on, a tries again, p goes back, q stops:")
            steps = {"": 1, "a": 0, "p": -1}
            if line is None or line.lower() in ("q", ":q"):
                return None
            if line.lower() in steps:
                return steps[line.lower()]
            self.screen.show(["Type a, p or q, or Enter alone."])
