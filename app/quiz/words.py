"""What a quiz's settings mean, in sentences that both doors say before it is begun."""

from __future__ import annotations

from app.questions.draw import Quiz


def settings_sentences(quiz: Quiz, *, extra_time: int = 0, attempts_left: int | None = None) -> list[str]:
    """How the quiz is sat, one thing a sentence; `extra_time` is the learner's, in per cent."""
    said = [_feedback(quiz)]
    if quiz.minutes:
        said.append(_time(quiz.minutes, extra_time))
    if quiz.attempts:
        said.append(_attempts(quiz.attempts, attempts_left))
    if quiz.pass_mark:
        said.append(f"You pass with {quiz.pass_mark} %.")
    if quiz.confidence:
        said.append("You can say how sure you are; it does not change the mark.")
    if not quiz.graded:
        said.append("There is no mark.")
    return said


def _feedback(quiz: Quiz) -> str:
    if quiz.practice:
        return (
            "Each answer is checked and explained at once. There are hints, and up to three tries; each further "
            "try is worth a third less."
        )
    if quiz.explains_at_once:
        return "Each answer is checked and explained at once, and cannot be changed after that."
    if quiz.feedback_from:
        day = f"{quiz.feedback_from.day} {quiz.feedback_from:%B %Y}"
        return f"You can change answers until you hand in. The result and the explanations are shown from {day} on."
    return "Answers are saved as you go. You can change them until you hand in; then every option is explained."


def _time(minutes: int, extra_time: int) -> str:
    allowed = minutes * (100 + extra_time) / 100
    shown = f"{allowed:g} minute{'s' if allowed != 1 else ''}"
    more = f", your {extra_time} % extra time included" if extra_time else ""
    return f"You have {shown}{more}. The clock runs from the start, even while you are away."


def _attempts(allowed: int, left: int | None) -> str:
    if left is None:
        return f"You have {allowed} attempt{'s' if allowed != 1 else ''}."
    if left == 0:
        return "You have used all your attempts."
    return f"You have {left} of {allowed} attempt{'s' if allowed != 1 else ''} left."
