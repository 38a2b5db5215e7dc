"""Reading attempts."""

from __future__ import annotations

from app.quiz.queries.asked import NEVER, Asked, asked_and_right, in_attempts
from app.quiz.queries.attempts import (
    Taken,
    attempts_used,
    expired_attempts,
    finished_attempts,
    how_often_taken,
    last_seen,
    name_apart,
    open_attempt,
    open_attempts,
    own_attempt,
    responses_to,
    results,
    scores_by_objective,
)
from app.quiz.queries.evidence import FirstAnswer, Forecast, first_answers, forecasts, forecasts_among
from app.quiz.queries.held import Held, held_by, responses_of
from app.quiz.queries.marks import (
    Waiting,
    how_many_wait,
    marks_of,
    scores_by_hand,
    unmarked_by_oneself,
    waiting_answers,
)
from app.quiz.queries.slots import answer_of, marked_at, marked_slots, shown_at, shown_slots
from app.quiz.queries.voids import Key, newest_version, void_questions, voided

__all__ = [
    "NEVER",
    "Asked",
    "FirstAnswer",
    "Forecast",
    "Held",
    "Key",
    "Taken",
    "Waiting",
    "answer_of",
    "asked_and_right",
    "attempts_used",
    "expired_attempts",
    "finished_attempts",
    "first_answers",
    "forecasts",
    "forecasts_among",
    "held_by",
    "how_many_wait",
    "how_often_taken",
    "in_attempts",
    "last_seen",
    "marked_at",
    "marked_slots",
    "marks_of",
    "name_apart",
    "newest_version",
    "open_attempt",
    "open_attempts",
    "own_attempt",
    "responses_of",
    "responses_to",
    "results",
    "scores_by_hand",
    "scores_by_objective",
    "shown_at",
    "shown_slots",
    "unmarked_by_oneself",
    "void_questions",
    "voided",
    "waiting_answers",
]
