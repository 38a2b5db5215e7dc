"""Reading on, checking oneself, sitting quizzes, what is decided about scores, and bringing two people together."""

from __future__ import annotations

from app.learning.service.deciding import mark_answer, regrade, unvoid_question, void_question
from app.learning.service.merging import merge
from app.learning.service.progress import begin_attempt, close_expired, hand_in, rebuild_progress
from app.learning.service.reading import (
    MAX_SUMMARY,
    answer_check,
    check_order,
    finish_lesson,
    lesson_progress,
    note_position,
    reopen_lesson,
    save_summary,
)

__all__ = [
    "MAX_SUMMARY",
    "answer_check",
    "begin_attempt",
    "check_order",
    "close_expired",
    "finish_lesson",
    "hand_in",
    "lesson_progress",
    "mark_answer",
    "merge",
    "note_position",
    "rebuild_progress",
    "regrade",
    "reopen_lesson",
    "save_summary",
    "unvoid_question",
    "void_question",
]
