"""What an attempt came to: the result, every question explained, and how sure the learner was."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from app.cli.course import reading
from app.cli.explain import marked_lines
from app.cli.screen import Screen
from app.clock import utc_now
from app.learning.calibration import Calibration, after_answer
from app.learning.discernment import Discernment
from app.learning.queries import calibration_of, discernment_of, progress_of
from app.library.model import Library
from app.questions.draw import Quiz
from app.questions.grading import is_full
from app.quiz.models import Attempt
from app.quiz.outcome import certainty_summary, has_passed, signed
from app.quiz.queries import marked_slots, own_attempt
from app.quiz.sheet import MarkedSlot, total


def show_result(screen: Screen, library: Library, quiz: Quiz, attempt_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """The result with every question explained; before the quiz's date only that it was handed in."""
    if not quiz.explains_on(utc_now().date()) and quiz.feedback_from:
        day = f"{quiz.feedback_from.day} {quiz.feedback_from:%B %Y}"
        screen.show(["", *screen.wrap(f"Handed in. The result and the explanations are shown from {day} on.")])
        return
    with reading() as session:
        attempt = own_attempt(session, attempt_id, user_id=user_id)
        marked = marked_slots(session, attempt)
        best = progress_of(session, user_id).best(attempt.quiz)
        sureness = calibration_of(session, user_id)
        lines = [*_head(screen, attempt, marked, best), *_notes(screen, quiz, attempt, marked)]
        if library.course.certainty_marks:
            lines += _certainty_lines(screen, marked)
        if quiz.is_drill:
            lines += ["", *_drill_lines(screen, discernment_of(session, user_id))]
    for one in marked:
        said = _said(one, sureness)
        if said and library.course.certainty_marks and one.certainty_mark is not None:
            said += f" Certainty mark: {signed(one.certainty_mark)}."
        lines += ["", *marked_lines(screen, library, one, f"Question {one.position}", said=said)]
    screen.show([""])
    screen.page(lines)
    screen.show([""])


def _head(screen: Screen, attempt: Attempt, marked: Sequence[MarkedSlot], best: str) -> list[str]:
    if not attempt.graded:
        return [*screen.rule(), *screen.wrap("These questions are not marked. Each is explained below.")]
    points, possible = total([one.score for one in marked])
    yours = f"Your best: {best}" if best else ""
    return [*screen.rule(), screen.sides(screen.bold(f"Result: {points} of {possible}"), yours)]


def _notes(screen: Screen, quiz: Quiz, attempt: Attempt, marked: Sequence[MarkedSlot]) -> list[str]:
    """What else is to be said of the score, a sentence each."""
    counts = {status: sum(one.status == status for one in marked) for status in ("pending", "void", "not_reached")}
    said = []
    passed = has_passed(attempt.score, quiz) if attempt.graded and attempt.score is not None else None
    if passed is not None:
        said.append(f"{'Passed' if passed else 'Not passed'}. The pass mark is {quiz.pass_mark} %.")
    if waiting := counts["pending"]:
        said.append(f"{_answers(waiting)} for a mark: this score is provisional.")
    if attempt.timed_out:
        said.append(f"The time was up before you handed in. Questions not reached: {counts['not_reached']}.")
    if counts["void"]:
        said.append(f"Questions taken out for everyone: {counts['void']}.")
    return [line for sentence in said for line in screen.wrap(sentence)]


def _certainty_lines(screen: Screen, marked: Sequence[MarkedSlot]) -> list[str]:
    found = certainty_summary(marked)
    if found is None:
        return []
    words = f"{signed(found.mean_mark, 2)} on average; share right with bonus {signed(found.total, 2)}"
    return screen.wrap(f"Certainty marks, beside the score: {words}.")


def _drill_lines(screen: Screen, found: Discernment) -> list[str]:
    """How well reports were told apart, by the first judgement of each."""
    counts = (
        f"Bad reports you caught: {found.hits} of {found.bad}. "
        f"Good ones you threw away: {found.false_alarms} of {found.good}."
    )
    lines = [*screen.wrap(found.words), *screen.wrap(f"By your first judgement of each report. {counts}")]
    if found.is_enough:
        measures = f"Telling apart (d′): {signed(found.d_prime, 1)}. Leaning (c): {signed(found.bias, 1)}"
        lines += screen.wrap(f"{measures}, below 0 to doubt, above 0 to trust.")
    return lines


def _answers(waiting: int) -> str:
    return "1 answer waits" if waiting == 1 else f"{waiting} answers wait"


def _said(one: MarkedSlot, sureness: Calibration) -> str:
    """What was said of how sure the learner is, what happened, and how often the two go together."""
    first = one.standing.first_score
    if one.confidence is None or one.stated is None or first is None:
        return ""
    return after_answer(one.confidence, is_full(first), sureness.record(one.confidence))
