"""What a sitting does to its attempt: reading it, saving, checking, hints. Each is one transaction of its own."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.cli.course import reading
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import transaction
from app.learning.service import close_expired, hand_in
from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.shapes import Raw
from app.quiz import service
from app.quiz.queries import marked_at, own_attempt, shown_slots
from app.quiz.service import Checked, Outcome, Saved, new_id
from app.quiz.sheet import MarkedSlot, ShownSlot


@dataclass(frozen=True)
class Paper:
    """What the attempt holds at this moment, in the terminal or in any other window."""

    is_open: bool
    slots: tuple[ShownSlot, ...]
    seen: Mapping[int, uuid.UUID | None]
    deadline: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether the time ran out."""
        return self.deadline is not None and utc_now() > self.deadline


@dataclass
class Desk:
    """One attempt, and who sits it. `counter` is that of the protocol: the highest of a tab counts."""

    screen: Screen
    library: Library
    quiz: Quiz
    attempt_id: uuid.UUID
    user_id: uuid.UUID
    tab: uuid.UUID = field(default_factory=new_id)
    counter: int = 0

    def paper(self) -> Paper:
        """Read the attempt afresh."""
        with reading() as session:
            attempt = own_attempt(session, self.attempt_id, user_id=self.user_id)
            slots = tuple(shown_slots(session, attempt, self.quiz))
            seen = {slot.position: slot.answer_id for slot in attempt.slots}
            return Paper(attempt.is_open, slots, seen, attempt.deadline)

    def slot(self, position: int) -> ShownSlot:
        """One question as it is now."""
        return self.paper().slots[position - 1]

    def marked(self, position: int) -> MarkedSlot:
        """A question that was checked, explained."""
        with reading() as session:
            attempt = own_attempt(session, self.attempt_id, user_id=self.user_id)
            return marked_at(session, attempt, position)

    def say(self, words: str) -> None:
        """Write a remark."""
        self.screen.show([self.screen.quiet(line) for line in self.screen.wrap(words.strip())])

    def save(self, paper: Paper, position: int, raw: Raw, *, is_quiet: bool = False) -> Outcome:
        """Store a response at once, and say what became of it; with `is_quiet` only when that is a surprise."""
        self.counter += 1
        with transaction() as session:
            saved = service.save_answer(
                session,
                self.attempt_id,
                position,
                raw,
                user_id=self.user_id,
                answer_id=new_id(),
                tab=self.tab,
                counter=self.counter,
                now=utc_now(),
                seen=paper.seen.get(position),
            )
        if not is_quiet or saved.outcome == "late" or saved.replaced_at:
            self.say(_saved_words(saved, raw))
        return saved.outcome

    def check(self, paper: Paper, position: int, raw: Raw) -> Checked:
        """Score an answer at once, where the quiz explains at once. Raises Conflict, Invalid and Unreadable."""
        self.counter += 1
        with transaction() as session:
            checked = service.check_slot(
                session,
                self.attempt_id,
                position,
                raw,
                user_id=self.user_id,
                answer_id=new_id(),
                tab=self.tab,
                counter=self.counter,
                quiz=self.quiz,
                now=utc_now(),
                seen=paper.seen.get(position),
            )
        if checked.saved.outcome == "late":
            self.say(_saved_words(checked.saved, raw))
        return checked

    def hint(self, position: int) -> str:
        """The next hint, which is counted. Raises Conflict."""
        with transaction() as session:
            return service.next_hint(
                session, self.attempt_id, position, user_id=self.user_id, quiz=self.quiz, now=utc_now()
            )

    def show_answer(self, position: int) -> None:
        """Close a question in practice, so that it is explained. Raises Conflict."""
        with transaction() as session:
            service.show_answer(session, self.attempt_id, position, user_id=self.user_id, quiz=self.quiz, now=utc_now())

    def flag(self, position: int) -> None:
        """Flag a question, or take the flag off."""
        flagged = not self.slot(position).flagged
        with transaction() as session:
            service.set_flag(session, self.attempt_id, position, user_id=self.user_id, flagged=flagged)
        self.screen.show(["Flagged for later." if flagged else "The flag is off."])

    def hand_in(self) -> None:
        """Hand in. Raises Conflict."""
        with transaction() as session:
            attempt = own_attempt(session, self.attempt_id, user_id=self.user_id)
            hand_in(session, attempt, now=utc_now())

    def close_expired(self) -> None:
        """Hand in what ran out of time."""
        with transaction() as session:
            close_expired(session, self.user_id, now=utc_now())


def _saved_words(saved: Saved, raw: Raw) -> str:
    """What became of an answer."""
    if saved.replaced_at:
        at = f"{saved.replaced_at.astimezone():%H:%M}"
        return f"Saved. It replaces an answer given at {at} in another window or on another device."
    if saved.outcome == "late":
        return saved.words
    if saved.outcome != "saved":
        return "Nothing to save."
    return "Saved." if any(raw.values()) else "Cleared."
