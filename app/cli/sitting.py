"""One attempt in the terminal: question by question, until it is handed in or kept for later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.cli.commands import read_command, review_lines
from app.cli.desk import Desk, Paper
from app.cli.turn import Turn
from app.clock import utc_now
from app.errors import AppError

Ending = Literal["handed in", "kept"]


@dataclass
class Sitting:
    """One run of an attempt. `at` is the position of the question shown; past the last comes the review."""

    desk: Desk
    at: int = 0
    from_review: bool = False

    def run(self) -> Ending:
        """Ask until the attempt is handed in or the learner stops; everything typed is saved by then."""
        while True:
            paper = self.desk.paper()
            if ended := self._ended(paper):
                self.desk.screen.show(["", ended])
                return "handed in"
            blank = (slot.position for slot in paper.slots if not slot.is_answered)
            self.at = self.at or next(blank, len(paper.slots) + 1)
            self._tell_time(paper)
            ending = self._review(paper) if self.at > len(paper.slots) else self._question(paper)
            if ending:
                return ending

    def _ended(self, paper: Paper) -> str:
        """Why there is nothing more to answer; empty while there is."""
        if paper.is_open and paper.is_over:
            self.desk.close_expired()
            return "The time is up. The attempt has been handed in with the answers that were saved."
        return "" if paper.is_open else "This attempt has been handed in from another window."

    def _tell_time(self, paper: Paper) -> None:
        if paper.deadline is not None:
            seconds = max(0, int((paper.deadline - utc_now()).total_seconds()))
            left = f"{seconds // 60} min" if seconds >= 120 else f"{seconds} s"
            until = f"{paper.deadline.astimezone():%H:%M:%S}"
            self.desk.screen.show(["", f"Time left: {left} (until {until})"])

    def _question(self, paper: Paper) -> Ending | None:
        move = Turn(self.desk, paper, paper.slots[self.at - 1]).run()
        if move.to is None:
            return "kept"
        self.at = move.to
        if move.is_done:
            self.at = len(paper.slots) + 1 if self.from_review else move.to
            self.from_review = False
        return None

    def _review(self, paper: Paper) -> Ending | None:
        """Show all answers, and take a command: hand in, go to a question, or keep."""
        screen = self.desk.screen
        screen.show(review_lines(screen, paper))
        while True:
            line = screen.ask("Review:")
            if line is None:
                return "kept"
            number = int(line) if line.isascii() and line.isdigit() and len(line) < 4 else None
            command = ("g", number) if number else read_command(line, needs_colon=False)
            name, number = command or ("", None)
            if name == "q":
                return "kept"
            if name == "h":
                if self._hand_in(paper):
                    return "handed in"
            elif name in ("g", "p"):
                last = len(paper.slots)
                if name == "p" or (number and number <= last):
                    self.at, self.from_review = number or last, name == "g"
                    return None
                screen.show([f"There are questions 1 to {last}."])
            else:
                screen.show(["Type h to hand in, a number to go to that question, or q to keep it for later."])

    def _hand_in(self, paper: Paper) -> bool:
        """Hand in, after a question when something is blank; whether it was done."""
        screen = self.desk.screen
        blank = sum(not slot.is_answered for slot in paper.slots)
        if blank:
            are = "question is" if blank == 1 else "questions are"
            scored = " and will score 0" if self.desk.quiz.graded else ""
            if not screen.confirm(f"{blank} {are} blank{scored}. Hand in?", default=False):
                return False
        try:
            self.desk.hand_in()
        except AppError as problem:
            screen.show(screen.wrap(problem.message, screen.sign("missed")))
            return False
        return True
