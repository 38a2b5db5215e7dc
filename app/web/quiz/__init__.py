"""Sitting a quiz: start, answer, check, review, hand in, result, and marks by hand."""

from app.web.quiz import answering, asking, ending, marking, practising, starting  # noqa: F401  they add routes to bp
from app.web.quiz.common import bp

__all__ = ["bp"]
