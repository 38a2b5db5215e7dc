"""What a learner's pages show of progress: a fixed number of statements, whatever the history."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.learning.calibration import Calibration, Said
from app.learning.discernment import Discernment, Judgement, discernment
from app.learning.models import LessonProgress, ObjectiveProgress, QuizProgress, SelfCheck
from app.lessons.model import Lesson
from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.grading import is_full, show_points
from app.questions.model import Question
from app.questions.shapes import AssignResponse
from app.questions.types.true_false import TrueFalseBody, judged
from app.quiz.models import Attempt
from app.quiz.queries import first_answers, forecasts_among, open_attempts, scores_by_objective

# Built once: home, progress and every result ask them.
_LESSONS = select(LessonProgress).where(LessonProgress.user_id == bindparam("user_id"))
_QUIZZES = select(QuizProgress).where(QuizProgress.user_id == bindparam("user_id"))
_OBJECTIVES = select(ObjectiveProgress).where(ObjectiveProgress.user_id == bindparam("user_id"))


class Counted(NamedTuple):
    """How many quiz questions on an objective were handed in, and how many were fully right."""

    objective: str
    answered: int
    right: int


@dataclass(frozen=True)
class Progress:
    """All that a learner has done, by lesson, quiz and objective."""

    lessons: Mapping[str, LessonProgress] = field(default_factory=dict)
    quizzes: Mapping[str, QuizProgress] = field(default_factory=dict)
    objectives: Mapping[str, Counted] = field(default_factory=dict)
    open: Mapping[str, Attempt] = field(default_factory=dict)
    # Quizzes whose results are shown from a later day on: no page may say how they went.
    hidden: frozenset[str] = frozenset()

    def is_finished(self, lesson_id: str) -> bool:
        """Whether the lesson was finished."""
        row = self.lessons.get(lesson_id)
        return row is not None and row.finished_at is not None

    def finished_of(self, lesson_ids: Iterable[str]) -> list[str]:
        """Those of the lessons that were finished."""
        return [lesson_id for lesson_id in lesson_ids if self.is_finished(lesson_id)]

    def best(self, quiz_id: str) -> str:
        """The best attempt in words, “9 of 10”; empty without one, and before the day from which it is shown."""
        row = None if quiz_id in self.hidden else self.quizzes.get(quiz_id)
        return f"{show_points(row.best_points)} of {row.best_of}" if row and row.best_of else ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been done yet."""
        return not (self.lessons or self.quizzes or self.open)

    def from_teachers(self, library: Library) -> list[Quiz]:
        """The teachers' own quizzes that the learner has begun; nobody else finds them but by their link."""
        mine = [slug for slug in library.own_quizzes if slug in self.quizzes or slug in self.open]
        return [library.quizzes[slug] for slug in mine]

    def quizzes_shown(self, library: Library) -> list[Quiz]:
        """The quizzes that a learner sees in lists: those of the course, and begun ones of teachers."""
        return [*library.course_quizzes, *self.from_teachers(library)]


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: what, on which lesson or quiz, and a sentence about it."""

    action: str  # read | go_on | quiz | go_on_quiz | again | done
    lesson: Lesson | None
    quiz: Quiz | None
    sentence: str
    attempt: Attempt | None = None
    anchor: str = ""


def unexplained(library: Library, today: date) -> frozenset[str]:
    """The quizzes whose results are shown from a day after `today` on."""
    return frozenset(quiz.id for quiz in library.quizzes.values() if not quiz.explains_on(today))


def progress_of(session: Session, user_id: uuid.UUID | None, *, hidden: frozenset[str] = frozenset()) -> Progress:
    """Everything about one learner in four statements; an empty Progress for nobody.

    `hidden` are the quizzes of which no result may be said yet.
    """
    if user_id is None:
        return Progress()
    whose = {"user_id": user_id}
    quizzes = {row.quiz: row for row in session.scalars(_QUIZZES, whose)}
    objectives = [Counted(row.objective, row.answered, row.right) for row in session.scalars(_OBJECTIVES, whose)]
    if not_yet := hidden & quizzes.keys():
        objectives = _without(objectives, scores_by_objective(session, user_id, not_yet))
    return Progress(
        {row.lesson: row for row in session.scalars(_LESSONS, whose)},
        quizzes,
        {row.objective: row for row in objectives},
        open_attempts(session, user_id),
        hidden,
    )


def _without(counted: Iterable[Counted], hidden: Mapping[str, Sequence[float]]) -> list[Counted]:
    """The counts without answers whose result is not shown yet; objectives that have no others are left out."""
    found = []
    for row in counted:
        scores = hidden.get(row.objective, ())
        rest = Counted(row.objective, row.answered - len(scores), row.right - sum(map(is_full, scores)))
        found += [rest] if rest.answered > 0 else []
    return found


def calibration_of(session: Session, user_id: uuid.UUID | None) -> Calibration:
    """How sure one learner was of their first answers, and the chances they gave to statements."""
    if user_id is None:
        return Calibration()
    answers = first_answers(session, user_id)
    said = (
        Said(one.confidence, one.chance or 0.0, one.is_right)
        for one in answers
        if one.confidence is not None and one.stated is not None and one.score is not None
    )
    return Calibration(tuple(said), tuple((one.p, one.outcome) for one in forecasts_among(answers)))


def discernment_of(session: Session, user_id: uuid.UUID) -> Discernment:
    """How one learner tells good reports from bad ones, by the first judgement of each drill report."""
    answers = first_answers(session, user_id)
    return discernment(it for one in answers if (it := judgement(one.question, one.response)) is not None)


def judgement(question: Question, response: str | None) -> Judgement | None:
    """What a stored response to a drill report says of it; None for any other question, or without a verdict."""
    if question.head.use != "drill" or not isinstance(question.body, TrueFalseBody) or response is None:
        return None
    trusted = judged(question.body, AssignResponse.model_validate_json(response))
    return None if trusted is None else Judgement(good=question.body.verdict, trusted=trusted)


def checks_of(session: Session, user_id: uuid.UUID | None, lesson: Lesson) -> dict[str, SelfCheck]:
    """Question slug → the learner's self-check, for one lesson."""
    if user_id is None:
        return {}
    rows = session.scalars(select(SelfCheck).where(SelfCheck.user_id == user_id, SelfCheck.lesson == lesson.id))
    return {row.question: row for row in rows}


def next_step(library: Library, progress: Progress) -> NextStep:
    """An open attempt first, then a lesson begun, then a check not taken, then the next lesson, then again."""
    for quiz_id, attempt in progress.open.items():
        quiz = library.quizzes.get(quiz_id)
        if quiz:
            answered = sum(slot.answer_id is not None for slot in attempt.slots)
            sentence = f"{answered} of {len(attempt.slots)} questions answered."
            return NextStep("go_on_quiz", library.lessons.get(quiz.lesson or ""), quiz, sentence, attempt)
    for lesson in library.lessons.values():
        step = _step_in(library, progress, lesson)
        if step:
            return step
    first = next(iter(library.lessons.values()), None)
    quiz = library.quiz_of(first.id) if first else None
    if first is None or quiz is None:
        return NextStep("done", None, None, "There is nothing to do yet: this course has no lessons.")
    best = progress.best(quiz.id)
    said = f"Your best is {best}. " if best else ""
    return NextStep("again", first, quiz, f"{said}Another attempt asks other questions.")


def _step_in(library: Library, progress: Progress, lesson: Lesson) -> NextStep | None:
    row = progress.lessons.get(lesson.id)
    quiz = library.quiz_of(lesson.id)
    if row is None:
        return NextStep("read", lesson, quiz, f"About {lesson.head.minutes} minutes, then a short quiz.")
    if row.finished_at is None:
        heading = next((s.heading for s in lesson.segments if s.anchor and s.anchor == row.anchor), "")
        where = f"You stopped at “{heading}”." if heading else "You have begun this lesson."
        return NextStep("go_on", lesson, quiz, where, anchor=row.anchor or "")
    if quiz and quiz.id not in progress.quizzes:
        return NextStep("quiz", lesson, quiz, "You have read the lesson; see what stayed.")
    return None
