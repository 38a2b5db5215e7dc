"""Source rating: a report and a date to grade it for, one best cell, and its neighbours with reasons."""

from __future__ import annotations

from app.library.check.parts import Part, parts
from app.library.check.rule import Rule, Said, each_question
from app.library.model import Library
from app.questions.model import Question
from app.questions.types.source_rating import SourceRatingBody, cell_text


@parts.register
def _parts(body: SourceRatingBody) -> list[Part]:
    cells = [
        Part(entry.cell, cell_text(entry.cell), entry.reason, key=entry.credit == 1, shown=False)
        for entry in body.cells
    ]
    return [*cells, Part("rest", "", body.rest, key=False, shown=False)]


def _source_rating(library: Library, question: Question) -> Said:
    body: SourceRatingBody = question.body
    head = question.head
    count = len(body.cells)
    if head.as_of is None:
        yield "error", "It has no “as_of”: say for which day the report is graded."
    if head.passage is None and head.case is None:
        yield "warning", "It shows no report: put what is graded into “passage”."
    if count > 8:
        yield "error", f"{count} cells earn something; a grade that nearly always does teaches nothing."
    elif not 2 <= count <= 6:
        yield "warning", f"{count} cell{'s earn' if count > 1 else ' earns'} something; two to six are usual."
    for entry in body.cells:
        if not _near(entry.cell, body.best):
            yield "warning", f"“{entry.cell}” is no neighbour of the best reading, {body.best}."


def _near(cell: str, best: str) -> bool:
    """Whether letter and number are each one step off at most; “cannot be judged” is a step from everything."""
    letters = "F" in (cell[0], best[0]) or abs(ord(cell[0]) - ord(best[0])) <= 1
    return letters and ("6" in (cell[1], best[1]) or abs(int(cell[1]) - int(best[1])) <= 1)


RULES: dict[str, Rule] = {
    "TY-AR": Rule(
        "error for no cell or several with the credit 1, more than 8 cells, or no “as_of”; warning for one cell "
        "or more than 6, a cell that is no neighbour of the best, or no report",
        "A source rating has a report, a day to grade it for, and one best cell with a few neighbours.",
        each_question(_source_rating, SourceRatingBody),
    ),
}
