"""One attempt in the terminal: question by question, until it is handed in or kept for later."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Literal

from app.cli.ask import question_lines, read_line, typed
from app.cli.commands import Paper, help_lines, read_command, review_lines
from app.cli.course import reading
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.errors import AppError, Unreadable
from app.learning.service import hand_in
from app.library.model import Library
from app.markdown import plain as without_marks
from app.questions.draw import Quiz
from app.questions.shapes import Raw, TextView
from app.quiz.queries import own_attempt, shown_slots
from app.quiz.service import new_id, save_answer, set_flag
from app.quiz.sheet import ShownSlot

Ending = Literal["handed in", "kept"]


@dataclass
class Sitting:
    """One run of an attempt. `at` is the position of the question shown; past the last comes the review."""

    screen: Screen
    library: Library
    quiz: Quiz
    attempt_id: uuid.UUID
    user_id: uuid.UUID
    at: int = 0
    from_review: bool = False
    tab: uuid.UUID = field(default_factory=new_id)
    counter: int = 0

    def run(self) -> Ending:
        """Ask until the attempt is handed in or the learner stops; everything typed is saved by then."""
        paper = self.paper()
        blank = (slot.position for slot in paper.slots if not slot.is_answered)
        self.at = self.at or next(blank, len(paper.slots) + 1)
        while True:
            paper = self.paper()
            if not paper.is_open:
                self.screen.show(["", "This attempt has been handed in from another window."])
                return "handed in"
            if self.at > len(paper.slots):
                ending = self.review(paper)
            else:
                ending = self.question(paper, paper.slots[self.at - 1])
            if ending:
                return ending

    def paper(self) -> Paper:
        """Read the attempt afresh."""
        with reading() as session:
            attempt = own_attempt(session, self.attempt_id, user_id=self.user_id)
            slots = tuple(shown_slots(session, attempt))
            return Paper(attempt.is_open, slots, {slot.position: slot.answer_id for slot in attempt.slots})

    def question(self, paper: Paper, slot: ShownSlot) -> Ending | None:
        """Show a question and take lines until one moves on."""
        self.screen.show(self._question_lines(paper, slot))
        needs_colon = isinstance(slot.view, TextView)
        while True:
            line = self.screen.ask("Answer:")
            if line is None:
                return "kept"
            command = read_command(line, needs_colon=needs_colon)
            try:
                moved = self.obey(paper, slot, *command) if command else self.answer(paper, slot, line)
            except AppError as problem:
                self.screen.show(self.screen.wrap(problem.message, self.screen.sign("missed")))
                continue
            if moved:
                return None if moved == "moved" else moved

    def answer(self, paper: Paper, slot: ShownSlot, line: str) -> Literal["moved"]:
        """Save what was typed, and go on. An empty line changes nothing."""
        if line:
            raw = read_line(slot.view, line)
            if not any(any(values) for values in raw.values()):
                raise Unreadable("This cannot be read; ? shows what can be typed.")
            self.save(paper, slot, raw)
        self._go_on(slot.position + 1, len(paper.slots))
        return "moved"

    def save(self, paper: Paper, slot: ShownSlot, raw: Raw) -> None:
        """Store a response at once, and say what became of it."""
        self.counter += 1
        with transaction() as session:
            saved = save_answer(
                session,
                self.attempt_id,
                slot.position,
                raw,
                user_id=self.user_id,
                answer_id=new_id(),
                tab=self.tab,
                counter=self.counter,
                now=utc_now(),
                seen=paper.seen.get(slot.position),
            )
        said = {
            "saved": "Saved." if any(raw.values()) else "Cleared.",
            "late": "Too late: this attempt has been handed in. The answer is kept but does not count.",
        }
        words = said.get(saved.outcome, "Nothing to save.")
        if saved.replaced_at:
            at = f"{saved.replaced_at.astimezone():%H:%M}"
            words = f"Saved. It replaces an answer given at {at} in another window or on another device."
        self.screen.show([self.screen.quiet(words)])

    def obey(self, paper: Paper, slot: ShownSlot, name: str, number: int | None) -> Ending | Literal["moved"] | None:
        """Do what a command says: None to be asked again, else where it led."""
        if name == "q":
            return "kept"
        if name == "?":
            self.screen.show(help_lines(self.screen, colon=isinstance(slot.view, TextView)))
            return None
        if name == "f":
            self.flag(slot.position, flagged=not self._is_flagged(slot.position))
            return None
        if name == "c":
            self.save(paper, slot, {})
            return "moved"
        self.at = self._target(name, number, slot.position, len(paper.slots))
        return "moved"

    def _target(self, name: str, number: int | None, here: int, last: int) -> int:
        if name == "g":
            if number is None or not 1 <= number <= last:
                raise Unreadable(f"Say which question: g 1 to g {last}.")
            return number
        if name in ("r", "h"):
            return last + 1
        return max(1, here - 1) if name == "p" else here + 1

    def _go_on(self, position: int, last: int) -> None:
        self.at = last + 1 if self.from_review else position
        self.from_review = False

    def _is_flagged(self, position: int) -> bool:
        return any(slot.flagged for slot in self.paper().slots if slot.position == position)

    def flag(self, position: int, *, flagged: bool) -> None:
        """Flag a question, or take the flag off."""
        with transaction() as session:
            set_flag(session, self.attempt_id, position, user_id=self.user_id, flagged=flagged)
        self.screen.show(["Flagged for later." if flagged else "The flag is off."])

    def _question_lines(self, paper: Paper, slot: ShownSlot) -> list[str]:
        place = f"Question {slot.position} of {len(paper.slots)}" + (", flagged" if slot.flagged else "")
        lines = ["", *self.screen.rule(), self.screen.sides(self.screen.bold(place), self._title()), ""]
        lines += question_lines(self.screen, self.library, slot.question, slot.view, slot.instruction)
        if slot.is_answered:
            lines += self.screen.wrap(f"Your answer so far: {typed(slot.view, slot.fields)} (Enter keeps it)")
        if not self.screen.plain or self.counter == 0:
            colon = ":" if isinstance(slot.view, TextView) else ""
            keys = "  ".join(
                f"{colon}{key} {word}"
                for key, word in (("n", "next"), ("p", "previous"), ("f", "flag"), ("r", "review"))
            )
            lines += [self.screen.quiet(f"{keys}  {colon}q keep and stop  {colon}? help")]
        return lines

    def _title(self) -> str:
        return without_marks(self.quiz.title)

    def review(self, paper: Paper) -> Ending | None:
        """Show all answers, and take a command: hand in, go to a question, or keep."""
        self.screen.show(review_lines(self.screen, paper))
        while True:
            line = self.screen.ask("Review:")
            if line is None:
                return "kept"
            number = int(line) if line.isascii() and line.isdigit() and len(line) < 4 else None
            command = ("g", number) if number else read_command(line, needs_colon=False)
            name, number = command or ("", None)
            if name == "q":
                return "kept"
            if name == "h":
                if self.hand_in(paper):
                    return "handed in"
            elif name in ("g", "p"):
                last = len(paper.slots)
                if name == "p" or (number and number <= last):
                    self.at, self.from_review = number or last, name == "g"
                    return None
                self.screen.show([f"There are questions 1 to {last}."])
            else:
                self.screen.show(["Type h to hand in, a number to go to that question, or q to keep it for later."])

    def hand_in(self, paper: Paper) -> bool:
        """Hand in, after a question when something is blank; whether it was done."""
        blank = sum(not slot.is_answered for slot in paper.slots)
        if blank:
            are = "question is" if blank == 1 else "questions are"
            if not self.screen.confirm(f"{blank} {are} blank and will score 0. Hand in?", default=False):
                return False
        try:
            with transaction() as session:
                attempt = own_attempt(session, self.attempt_id, user_id=self.user_id)
                hand_in(session, attempt, now=utc_now())
        except AppError as problem:
            self.screen.show(self.screen.wrap(problem.message, self.screen.sign("missed")))
            return False
        return True
