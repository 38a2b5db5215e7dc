"""Categorise: a few categories, each of them used, none of them nearly always right."""

from __future__ import annotations

from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.categorise import CategoriseBody


@parts.register
def _parts(body: CategoriseBody) -> list[Part]:
    elements = [Part(element.id, element.text, element.feedback, key=True) for element in body.elements]
    return elements + [Part(c.id, c.text, "", key=False, explains=False) for c in body.categories]


def _categorise(library: Library, question: Question) -> Said:
    body: CategoriseBody = question.body
    categories, elements = len(body.categories), len(body.elements)
    if not 2 <= categories <= 4:
        yield "error", f"It has {categories} categories; two to four can be kept in mind."
    if elements < 6:
        yield "error", f"It has {elements} elements; six to twelve are enough to see whether a category is known."
    elif elements > 12:
        yield "warning", f"It has {elements} elements; twelve are the most that are answered with care."
    for category, size in body.sizes.items():
        if size < 2:
            yield "error", f"Only one element belongs to “{category}”; give it two at least."
        elif size > 0.6 * elements:
            share = f"{size / elements:.0%}"
            yield "warning", f"{share} of the elements belong to “{category}”; keep every category below 60 %."


RULES: dict[str, Rule] = {
    "TY-CA": Rule(
        "error unless it has 2 to 4 categories, 2 elements in each and 6 in all; warning above 12 elements or for "
        "a category with more than 60 % of them",
        "A categorise question has two to four categories and six to twelve elements, evenly spread.",
        each_question(_categorise, CategoriseBody),
    ),
}
