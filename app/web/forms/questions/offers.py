"""What the selects of the editor offer: lessons, objectives, cases."""

from __future__ import annotations

from collections.abc import Iterable

from app.library.model import Library
from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.fields import Choice


def offer(form: QuestionForm, library: Library, cases: Iterable[str]) -> None:
    """Fill in the lessons and objectives of the library, and the cases of one's own questions."""
    lessons = library.lessons.values()
    form["lesson"].groups = {
        "": [Choice("", "None"), *(Choice(one.id, f"{one.head.number}. {one.head.title}") for one in lessons)]
    }
    groups: dict[str, list[Choice]] = {"": [Choice("", "None")]}
    for objective in library.course.objectives:
        lesson = library.lessons.get(objective.lesson)
        heading = f"{lesson.head.number}. {lesson.head.title}" if lesson else objective.lesson
        groups.setdefault(heading, []).append(Choice(objective.id, f"{objective.short} ({objective.id})"))
    form["objective"].groups = groups
    form["case"].groups = {"": [Choice("", "None"), *(Choice(case, case) for case in cases)]}
