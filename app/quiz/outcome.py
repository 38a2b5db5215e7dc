"""What an attempt came to, beside its score: both doors say the same."""

from __future__ import annotations

from collections.abc import Sequence

from app.questions.certainty import Summary, summary
from app.questions.draw import Quiz
from app.questions.grading import is_full
from app.quiz.sheet import MarkedSlot


def has_passed(score: float, quiz: Quiz) -> bool | None:
    """Whether a score reaches the quiz's pass mark, within rounding; None when it has none."""
    return None if quiz.pass_mark is None else is_full(score - quiz.pass_mark / 100 + 1)


def certainty_summary(marked: Sequence[MarkedSlot]) -> Summary | None:
    """The certainty marks of the answers that have one, summed up; None when none has."""
    return summary(
        [
            (it.certainty, is_full(it.standing.first_score))
            for it in marked
            if it.certainty is not None and it.certainty_mark is not None
        ]
    )


def signed(value: float, digits: int = 0) -> str:
    """A number with a true minus, and a plus for what is above nought where it has no decimals."""
    shown = f"{value:+.0f}" if digits == 0 else f"{value:.{digits}f}"
    # What rounds to nought has no sign.
    return shown.lstrip("+-") if float(shown) == 0 else shown.replace("-", "−")
