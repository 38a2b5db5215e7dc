"""Starting an attempt, saving and checking answers, handing in, and what is decided about scores later.

What changes scores after a hand-in (taking a question out, regrading, marking by hand) is called by way of
`app.learning.service`, which lets progress follow.
"""

from __future__ import annotations

from app.quiz.service.finishing import finish_attempt, rescore, score_of
from app.quiz.service.locking import new_id
from app.quiz.service.marking import store_mark
from app.quiz.service.regrading import Change, RegradeReport, Untouched, apply_regrade, plan_regrade
from app.quiz.service.saving import Outcome, Saved, save_answer, set_flag
from app.quiz.service.starting import start_attempt, time_allowed
from app.quiz.service.tries import Checked, check_slot, next_hint, show_answer
from app.quiz.service.voiding import put_back, take_out

__all__ = [
    "Change",
    "Checked",
    "Outcome",
    "RegradeReport",
    "Saved",
    "Untouched",
    "apply_regrade",
    "check_slot",
    "finish_attempt",
    "new_id",
    "next_hint",
    "plan_regrade",
    "put_back",
    "rescore",
    "save_answer",
    "score_of",
    "set_flag",
    "show_answer",
    "start_attempt",
    "store_mark",
    "take_out",
    "time_allowed",
]
