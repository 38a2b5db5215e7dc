"""The pages for teachers: the bank, the editor, quizzes of their own, files in and out."""

from app.web.teach import index  # noqa: F401  it adds routes to bp
from app.web.teach.common import bp

__all__ = ["bp"]
