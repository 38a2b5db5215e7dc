"""The pages for teachers: the bank, the editor, quizzes of their own, files in and out."""

from app.web.teach import (  # noqa: F401  they add routes to bp
    bank,
    editor,
    exporting,
    history,
    images,
    importing,
    index,
    life,
    people,
    preview,
    printing,
    publishing,
    quiz_questions,
    quizzes,
    remarks,
    results,
    selected,
)
from app.web.teach.common import bp

__all__ = ["bp"]
