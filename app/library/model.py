"""The loaded course: everything that can be read and asked, by id."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from app.lessons.dossier import Claim, CountGroup, Dossier, Event, Name, Omission, Paragraph, Place
from app.lessons.model import Course, Lesson, Objective, Quote, Source, Strand, Term
from app.lessons.teaching import Teaching
from app.questions.bank import version_id
from app.questions.draw import Quiz
from app.questions.model import Question


class Picture(NamedTuple):
    """An image beside the banks: its size in dots, and a mark that is another one when its content is."""

    width: int
    height: int
    mark: str


@dataclass(frozen=True)
class OwnQuizEntry:
    """Whose a teacher's own quiz is, whether it is a draft, open or closed, and the code of its link."""

    owner_id: uuid.UUID | None
    owner_name: str
    status: str
    link: str


@dataclass(frozen=True)
class Library:
    """The course as served. Lessons are in the order of their numbers, everything else as written."""

    course: Course
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    teaching: Mapping[str, Teaching] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    quizzes: Mapping[str, Quiz] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    quotes: Mapping[str, Quote] = field(default_factory=dict)
    paragraphs: Mapping[str, Paragraph] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    dossier: Dossier = Dossier()
    omissions: Mapping[str, Omission] = field(default_factory=dict)
    events: Mapping[str, Event] = field(default_factory=dict)
    counts: Mapping[str, CountGroup] = field(default_factory=dict)
    names: Mapping[str, Name] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    # The images in questions/images/, by file name.
    images: Mapping[str, Picture] = field(default_factory=dict)
    # Teachers' own quizzes, which stand among `quizzes` too: reached by their link, in no list of the course.
    own_quizzes: Mapping[str, OwnQuizEntry] = field(default_factory=dict)

    @cached_property
    def version_ids(self) -> dict[str, str]:
        """Question slug → id of the version that is served."""
        return {slug: version_id(question) for slug, question in self.questions.items()}

    @cached_property
    def objectives(self) -> dict[str, Objective]:
        """Objective id → objective."""
        return {objective.id: objective for objective in self.course.objectives}

    @cached_property
    def strands(self) -> dict[str, Strand]:
        """Strand id → strand."""
        return {strand.id: strand for strand in self.course.strands}

    @property
    def has_article(self) -> bool:
        """Whether there is anything to show of an article."""
        return bool(self.paragraphs or self.claims or self.quotes or self.events or self.counts)

    @cached_property
    def course_quizzes(self) -> list[Quiz]:
        """The quizzes of the course, without teachers' own."""
        return [quiz for quiz in self.quizzes.values() if quiz.id not in self.own_quizzes]

    def lesson_strand(self, lesson_id: str | None) -> Strand | None:
        """The strand of a lesson; None for a quiz across lessons."""
        lesson = self.lessons.get(lesson_id or "")
        return self.strands.get(lesson.head.strand) if lesson else None

    def quiz_of(self, lesson_id: str) -> Quiz | None:
        """The check that belongs to a lesson, if there is one."""
        return next((quiz for quiz in self.course_quizzes if quiz.lesson == lesson_id), None)

    def quizzes_of_others(self, user_id: uuid.UUID) -> frozenset[str]:
        """The ids of the teachers' quizzes that are not this person's."""
        return frozenset(slug for slug, entry in self.own_quizzes.items() if entry.owner_id != user_id)

    def status_of(self, quiz_id: str) -> str:
        """Whether a quiz is open, closed or a draft; those of the course are always open."""
        entry = self.own_quizzes.get(quiz_id)
        return entry.status if entry else "open"

    def quizzes_of(self, strand_id: str | None) -> list[Quiz]:
        """The quizzes over several lessons of a strand; with None those of the whole course."""
        return [quiz for quiz in self.course_quizzes if quiz.lesson is None and quiz.strand == strand_id]

    def quiz_strand(self, quiz: Quiz | None) -> Strand | None:
        """The strand in whose colour a quiz stands; None for one over the whole course."""
        if quiz is None:
            return None
        return self.strands.get(quiz.strand or "") or self.lesson_strand(quiz.lesson)

    def lessons_of(self, strand_id: str) -> list[Lesson]:
        """The lessons of a strand, by number."""
        return [lesson for lesson in self.lessons.values() if lesson.head.strand == strand_id]


EMPTY_COURSE = Course(title="Offramp", lead="No course is loaded.", strands=(), objectives=())
