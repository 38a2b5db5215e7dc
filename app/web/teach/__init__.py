"""The pages for teachers: the bank, the editor, quizzes of their own, files in and out."""

from app.web.teach import history, index, life, people, publishing, remarks  # noqa: F401  they add routes to bp
from app.web.teach.common import bp

__all__ = ["bp"]
