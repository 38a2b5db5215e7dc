"""Reading a lesson heading by heading: text, self-checks where they stand, the summary, and the end."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.accounts.models import User
from app.cli.ask import Entry, question_lines
from app.cli.course import learner, reading
from app.cli.explain import marked_lines
from app.cli.page import block_lines, box_lines, ending_lines, heading_lines, lesson_title
from app.cli.screen import Screen
from app.clock import utc_now
from app.db import db, transaction
from app.errors import AppError
from app.learning import service
from app.learning.models import LessonProgress, SelfCheck
from app.learning.queries import checks_of
from app.lessons.model import Box, Check, Lesson, Segment
from app.library.model import Library
from app.library.queries import questions_by_version
from app.questions.types import TYPES
from app.quiz.sheet import MarkedSlot, explain

LATER = "It is explained when you have finished the lesson."


class Stopped(Exception):
    """The learner stops here; the place is kept."""


class Reader:
    """One reading of a lesson by the local learner."""

    def __init__(self, screen: Screen, library: Library, lesson: Lesson) -> None:
        """Take the lesson up where the learner left it."""
        self.screen, self.library, self.lesson = screen, library, lesson
        self.user_id: uuid.UUID = learner()
        self.pending: list[str] = []

    def run(self) -> None:
        """Read to the end, or until the learner stops."""
        anchor, finished = self._place()
        self.pending = [*lesson_title(self.screen, self.library, self.lesson), ""]
        segments = self._segments_from("" if finished else anchor)
        try:
            for segment in segments:
                self._segment(segment, is_last=segment is segments[-1])
            self._end(finished)
        except Stopped:
            said = f"Your place is kept. Go on with: offramp read {self.lesson.head.number}"
            self.screen.show(["", said])

    def _place(self) -> tuple[str, bool]:
        with transaction() as session:
            user = session.get_one(User, self.user_id)
            row = service.lesson_progress(session, user, self.lesson, now=utc_now())
            return row.anchor or "", row.finished_at is not None

    def _segments_from(self, anchor: str) -> Sequence[Segment]:
        segments = self.lesson.segments
        start = next((i for i, s in enumerate(segments) if anchor and s.anchor == anchor), 0)
        if start == 0:
            return segments
        if self.screen.confirm(f"You stopped at “{segments[start].heading}”. Go on there?", default=True):
            return segments[start:]
        return segments

    def _segment(self, segment: Segment, *, is_last: bool) -> None:
        if segment.anchor:
            with transaction() as session:
                user = session.get_one(User, self.user_id)
                service.note_position(session, user, self.lesson, segment.anchor, now=utc_now())
        self.pending += heading_lines(self.screen, segment)
        for block in segment.blocks:
            if isinstance(block, Check):
                self._checks(block)
            elif isinstance(block, Box) and block.role == "summary":
                self._summary(block)
            else:
                self.pending += block_lines(self.screen, self.library, self.lesson, block)
        self._flush()
        if not is_last:
            self._pause("Enter reads on, q stops:")

    def _flush(self) -> None:
        if any(line.strip() for line in self.pending):
            self.screen.show([""])
            self.screen.page(self.pending)
        self.pending = []

    def _pause(self, prompt: str) -> None:
        line = self.screen.ask(prompt)
        if line is None or line.lower() in ("q", ":q", "quit"):
            raise Stopped

    def _checks(self, block: Check) -> None:
        self._flush()
        before = block.role == "prequestions"
        title = "Before you read: what would you guess?" if before else "Check yourself"
        self.screen.show(["", self.screen.bold(title)])
        for slug in block.questions:
            had = self._marked(slug)
            done = had or self._ask(slug)
            if before and done:
                self.screen.show([self.screen.quiet(f"{'Answered. ' if had else 'Kept. '}{LATER}")])
            elif done:
                stem = self.screen.wrap(done.question.head.stem) if had else []
                self.screen.show(["", *stem, *marked_lines(self.screen, self.library, done)])

    def _marked(self, slug: str) -> MarkedSlot | None:
        """The learner's answer to a self-check, explained; None when there is none."""
        with reading() as session:
            row = checks_of(session, self.user_id, self.lesson).get(slug)
            return self._explained(row) if row else None

    def _explained(self, row: SelfCheck) -> MarkedSlot:
        question = questions_by_version(db.session(), [row.version_id])[row.version_id]
        order = service.check_order(self.library, row.question)
        reason, reveal = explain(question, row.response, order)
        return MarkedSlot(0, question, row.score, True, reason, reveal)

    def _ask(self, slug: str) -> MarkedSlot | None:
        """Ask a self-check; None when it is skipped. The answer is stored when it is complete, and locked then."""
        question = self.library.questions[slug]
        order = service.check_order(self.library, slug)
        view = TYPES[question.kind].view(question.body, order)
        self.screen.show(["", *question_lines(self.screen, self.library, question, view)])
        entry = Entry.of(view, {})
        while True:
            skips = "Enter skips" if entry.is_new else "Enter ends"
            line = self.screen.ask(f"{entry.prompt(self.screen)} ({skips}, :q stops):")
            if line is None or line.lower() in ((":q",) if entry.shape.takes_words else (":q", "q")):
                raise Stopped
            if not line and entry.is_new:
                return None
            try:
                if self._take(slug, entry, line):
                    return self._marked(slug)
            except AppError as problem:
                self.screen.show(self.screen.wrap(problem.message, self.screen.sign("missed")))

    def _take(self, slug: str, entry: Entry, line: str) -> bool:
        """Add a line to an answer, and store the answer when it is done; whether it was."""
        question = self.library.questions[slug]
        if not entry.ends(line):
            fields = entry.read(line)
            # Looked at line by line: a part that cannot be read is asked again at once.
            TYPES[question.kind].read(question.body, fields, service.check_order(self.library, slug))
            entry.keep(fields)
            if entry.wants_more:
                return False
        with transaction() as session:
            user = session.get_one(User, self.user_id)
            service.answer_check(session, user, self.library, self.lesson, slug, entry.fields, now=utc_now())
        return True

    def _summary(self, box: Box) -> None:
        self._flush()
        with reading() as session:
            row = session.get(LessonProgress, (self.user_id, self.lesson.id))
            had = row.summary if row else None
        if had:
            self.screen.show(["", self.screen.bold("Your summary"), *had.splitlines()])
        elif not self._write_summary():
            self.screen.show(["Skipped. Ours is shown when you have written yours."])
            return
        self.screen.show(["", *box_lines(self.screen, self.lesson, box)])

    def _write_summary(self) -> bool:
        ask = "Write the lesson in three lines; an empty line ends. Enter alone skips."
        self.screen.show(["", self.screen.bold("Your summary"), *self.screen.wrap(ask)])
        written: list[str] = []
        while len(written) < 3:
            line = self.screen.ask(f"{len(written) + 1}:")
            if not line:
                break
            written.append(line)
        if not written:
            return False
        with transaction() as session:
            user = session.get_one(User, self.user_id)
            service.save_summary(session, user, self.lesson, "\n".join(written), now=utc_now())
        return True

    def _end(self, finished: bool) -> None:
        self._flush()
        if not finished:
            if not self.screen.confirm("Finish lesson?", default=True):
                raise Stopped
            with transaction() as session:
                user = session.get_one(User, self.user_id)
                service.finish_lesson(session, user, self.lesson, now=utc_now())
        self._explain_guesses()
        lines = ending_lines(self.screen, self.library, self.lesson)
        quiz = self.library.quiz_of(self.lesson.id)
        self.screen.show([""])
        self.screen.page(lines)
        after = f"Next: {self.screen.bold(f'offramp quiz {self.lesson.head.number}')}" if quiz else ""
        self.screen.show(["", f"{self.screen.sign('right')}Lesson finished.", after])

    def _explain_guesses(self) -> None:
        blocks = (block for segment in self.lesson.segments for block in segment.blocks)
        asked = [b for b in blocks if isinstance(b, Check) and b.role == "prequestions"]
        marked = [done for block in asked for slug in block.questions if (done := self._marked(slug))]
        if marked:
            lines = [self.screen.bold("What you guessed before you read")]
            for number, done in enumerate(marked, 1):
                lines += ["", *marked_lines(self.screen, self.library, done, f"Guess {number}")]
            self.screen.show([""])
            self.screen.page(lines)
