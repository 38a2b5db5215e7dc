"""One question of a sitting: shown, answered line by line, checked at once where the quiz does so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.cli.ask import Entry, question_lines
from app.cli.commands import answer_words, help_lines, is_command, read_command
from app.cli.desk import Desk, Paper
from app.cli.explain import marked_lines
from app.cli.shapes import still_blank
from app.cli.sure import CONFIDENCE, DONT_KNOW, read_sure, sure_lines, sure_of
from app.errors import AppError, Unreadable
from app.markdown import plain as without_marks
from app.questions.grading import show_points
from app.questions.shapes import Raw
from app.quiz.service import Checked
from app.quiz.sheet import ShownSlot


@dataclass(frozen=True)
class Move:
    """Where a turn led: to a question (past the last one comes the review), or, with None, out of the quiz.

    `is_done` says that the question was dealt with: then a sitting that came from the review goes back there.
    """

    to: int | None
    is_done: bool = False


STOP = Move(None)


@dataclass
class Turn:
    """One question on the screen, and the answer while it is typed."""

    desk: Desk
    paper: Paper
    slot: ShownSlot
    sure: int | None = None

    def __post_init__(self) -> None:
        """Start from what was typed before."""
        self.screen = self.desk.screen
        self.position, self.last = self.slot.position, len(self.paper.slots)
        self.entry = Entry.of(self.slot.view, self.slot.fields)

    def run(self) -> Move:
        """Show the question and take lines until one leads on."""
        self.screen.show(self._lines())
        if self.slot.is_locked:
            return self._explained()
        while True:
            line = self.screen.ask(f"{self.entry.prompt(self.screen)}:")
            if line is None:
                return STOP
            try:
                command = read_command(line, needs_colon=self.entry.shape.takes_words)
                move = self._obey(*command) if command else self._answer(line)
            except AppError as problem:
                self._complain(problem, line)
                continue
            if move:
                return move

    @property
    def done(self) -> Move:
        """On to the next question."""
        return Move(self.position + 1, is_done=True)

    @property
    def again(self) -> Move:
        """The same question, shown afresh."""
        return Move(self.position)

    def _complain(self, problem: AppError, line: str) -> None:
        """Say what is wrong with a line. What had been typed before it is still there."""
        self.screen.show(self.screen.wrap(problem.message, self.screen.sign("missed")))
        is_words = isinstance(problem, Unreadable) and self.entry.shape.takes_words
        if is_words and is_command(line) and not self.entry.can_read(line):
            self.screen.show(self.screen.wrap(f"If you meant a command, put a colon before it: :{line}"))

    def _answer(self, line: str) -> Move | None:
        """Save what a line adds, and go on when nothing more is asked. An empty first line changes nothing."""
        entry = self.entry
        if entry.ends(line):
            if not entry.is_new:  # its lines were saved without a word
                left = still_blank(entry.blanks) if entry.blanks and not entry.is_blank else ""
                self.desk.say(f"Saved. {left}")
            return self._complete()
        fields = entry.read(line)
        if not any(any(values) for values in (*fields.values(), *entry.fields.values())):
            raise Unreadable("This cannot be read; ? shows what can be typed.")
        is_last = not entry.shape.wants_more(entry.view, fields)
        # What is checked at once is said by its check.
        is_quiet = not is_last or self.desk.quiz.explains_at_once
        if self.desk.save(self.paper, self.position, fields, is_quiet=is_quiet) == "late":
            return self.again
        entry.keep(fields)
        return self._complete() if is_last else None

    def _complete(self) -> Move | None:
        """The answer stands: ask how sure the learner is, check it where that is done at once, and go on."""
        steps = () if self.entry.is_new or self.entry.is_blank else self.slot.sure_steps
        if steps:
            move = self._ask_sure(steps)
            if move:
                return move
        if self.desk.quiz.explains_at_once and not self.entry.is_blank and self._wants_check():
            return self._check(self._with_sure())
        return self.done

    def _ask_sure(self, steps: Sequence[int]) -> Move | None:
        """Take how sure the learner is. None to go on, else where a command led."""
        had = sure_of(self.slot.fields)
        self.screen.show(sure_lines(self.screen, steps, had))
        while True:
            line = self.screen.ask("How sure:")
            if line is None:
                return STOP
            try:
                command = read_command(line, needs_colon=False) if line else None
                if command:
                    move = self._obey(*command)
                    if move:
                        return move
                    continue
                step = read_sure(line, steps) if line else had
            except AppError as problem:
                self._complain(problem, line)
                continue
            self.sure = step
            if step is not None:
                self.desk.save(self.paper, self.position, self._with_sure(), is_quiet=self.desk.quiz.explains_at_once)
            return None

    def _with_sure(self) -> Raw:
        """The fields of the answer, with how sure the learner is."""
        had = sure_of(self.slot.fields) if self.entry.is_new else None
        step = self.sure if self.sure is not None else had
        return {**self.entry.fields, **({} if step is None else {CONFIDENCE: [str(step)]})}

    def _wants_check(self) -> bool:
        """A whole answer that was just typed is checked; half of one, or one from before, only when that is wanted."""
        if not self.entry.blanks and not self.entry.is_new:
            return True
        return self.screen.confirm("Check it as it is?", default=not self.entry.blanks)

    def _check(self, raw: Raw) -> Move | None:
        """Score the answer: explain the question, or offer another try."""
        checked = self.desk.check(self.paper, self.position, raw)
        if checked.saved.outcome == "late":
            return self.again
        if checked.is_locked:
            return self._explained()
        self.screen.show(self.screen.wrap(self._try_words(checked), self.screen.sign("missed")))
        return self.again

    def _explained(self) -> Move:
        """What a checked question was about, and on at Enter."""
        marked = self.desk.marked(self.position)
        self.screen.show(["", *marked_lines(self.screen, self.desk.library, marked)])
        while True:
            line = self.screen.ask("Enter goes on:")
            if line is None:
                return STOP
            try:
                command = read_command(line, needs_colon=False) if line else None
                move = self._obey(*command) if command else self.done
            except AppError as problem:
                self._complain(problem, line)
                continue
            if move:
                return move

    def _obey(self, name: str, number: int | None) -> Move | None:
        """Do what a command says: None to be asked again, else where it led."""
        if name == "q":
            return STOP
        if name in "?ft":
            self._stay(name)
            return None
        if name in "cd":
            return self._clear() if name == "c" else self._dont_know()
        if name == "s":
            self.desk.show_answer(self.position)
            return self.again
        return Move(self._target(name, number))

    def _stay(self, name: str) -> None:
        """Commands after which the same line is asked for again."""
        if name == "?":
            is_practice = self.desk.quiz.practice
            self.screen.show(help_lines(self.screen, colon=self.entry.shape.takes_words, is_practice=is_practice))
        elif name == "f":
            self.desk.flag(self.position)
        else:
            self.screen.show(self.screen.wrap(self.desk.hint(self.position), "Hint: "))

    def _clear(self) -> Move:
        self.desk.save(self.paper, self.position, {})
        return self.again

    def _dont_know(self) -> Move | None:
        raw = {DONT_KNOW: ["1"]}
        if self.desk.quiz.explains_at_once:
            return self._check(raw)
        self.desk.save(self.paper, self.position, raw)
        return self.done

    def _target(self, name: str, number: int | None) -> int:
        if name == "g":
            if number is None or not 1 <= number <= self.last:
                raise Unreadable(f"Say which question: g 1 to g {self.last}.")
            return number
        if name in ("r", "h"):
            return self.last + 1
        return max(1, self.position - 1) if name == "p" else self.position + 1

    def _lines(self) -> list[str]:
        """Where one is, the question, what was answered so far, and the commands."""
        slot, screen = self.slot, self.screen
        place = f"Question {self.position} of {self.last}" + (", flagged" if slot.flagged else "")
        lines = ["", *screen.rule(), screen.sides(screen.bold(place), without_marks(self.desk.quiz.title)), ""]
        is_asked = not slot.is_locked
        lines += question_lines(screen, self.desk.library, slot.question, slot.view, is_asked=is_asked)
        if not is_asked:
            return lines
        for hint in slot.hints:
            lines += screen.wrap(hint, "Hint: ")
        if slot.is_answered:
            lines += self._answer_lines()
        if not screen.plain or self.desk.counter == 0:
            lines += self._keys()
        return lines

    def _keys(self) -> list[str]:
        """The commands that are most used."""
        colon = ":" if self.entry.shape.takes_words else ""
        keys = [("n", "next"), ("p", "previous"), ("d", "don't know"), ("f", "flag"), ("r", "review")]
        keys += [("t", "hint")] if self.slot.hints_left else []
        said = "  ".join(f"{colon}{key} {word}" for key, word in (*keys, ("q", "stop"), ("?", "help")))
        return [self.screen.quiet(line) for line in self.screen.wrap(said)]

    def _answer_lines(self) -> list[str]:
        """The answer so far: on one line, or a text as it was typed."""
        typed = self.entry.typed()
        if "\n" not in typed:
            return self.screen.wrap(f"Your answer so far: {answer_words(self.slot)} (Enter keeps it)")
        shown = [line for part in typed.split("\n") for line in self.screen.wrap(part, "  ")]
        added = "Enter keeps it; what you type is added to it; :c clears it."
        return ["Your text so far:", *shown, *self.screen.wrap(added)]

    def _try_words(self, checked: Checked) -> str:
        """What a try earned by itself, and how many are left; nothing of the key."""
        earned = checked.grade.score if checked.grade and checked.grade.score else 0.0
        said = f"Partly right, {show_points(earned)} of 1" if earned else "Not right"
        tries = "1 try" if checked.tries_left == 1 else f"{checked.tries_left} tries"
        show = ":s" if self.entry.shape.takes_words else "s"
        return f"{said}. You have {tries} left; a further try is worth a third less. {show} shows the answer instead."
