"""`offramp quiz`: sit a quiz, hand it in, and see every option explained."""

from __future__ import annotations

import secrets
import uuid

import click

from app.cli.course import find_quiz, learner, opened, reading
from app.cli.desk import Desk
from app.cli.group import Options
from app.cli.outcome import show_result
from app.cli.screen import Screen
from app.cli.sitting import Sitting
from app.clock import utc_now
from app.db import transaction
from app.errors import NotFound
from app.learning.queries import next_step, progress_of
from app.learning.service import begin_attempt
from app.library.model import Library
from app.questions.draw import Quiz
from app.quiz.words import settings_sentences


@click.command()
@click.argument("name", required=False, metavar="[LESSON|QUIZ]")
@click.pass_obj
def quiz(options: Options, name: str | None) -> None:
    """Start a quiz, or go on with an open one.

    LESSON is a lesson's number or id, QUIZ the id of a quiz; the beginning of an id will do. Without either,
    the quiz that comes next for you. Every answer is saved as soon as it is typed: stop with q and go on
    later, here or in the browser. Type ? at the prompt to see what can be typed.
    """
    with opened(options) as library:
        screen = Screen.of(options)
        user_id = learner()
        chosen = find_quiz(library, name) if name else _next_quiz(library, user_id)
        while _sit(screen, library, chosen, user_id):
            if not screen.confirm("Another attempt?", default=False):
                break


def _next_quiz(library: Library, user_id: uuid.UUID) -> Quiz:
    with reading() as session:
        step = next_step(library, progress_of(session, user_id))
    found = step.quiz or next(iter(library.quizzes.values()), None)
    if found is None:
        raise NotFound("This course has no quizzes yet.")
    return found


def _sit(screen: Screen, library: Library, chosen: Quiz, user_id: uuid.UUID) -> bool:
    """One attempt, to its result; False when it was kept for later."""
    attempt_id = _start(screen, library, chosen, user_id)
    if Sitting(Desk(screen, library, chosen, attempt_id, user_id)).run() == "kept":
        screen.show(["", f"Kept. Go on with: {screen.bold(f'offramp quiz {chosen.id}')}"])
        return False
    show_result(screen, library, chosen, attempt_id, user_id)
    return True


def _start(screen: Screen, library: Library, chosen: Quiz, user_id: uuid.UUID) -> uuid.UUID:
    from app.accounts.models import User

    now = utc_now()
    with transaction() as session:
        user = session.get_one(User, user_id)
        attempt = begin_attempt(session, user, chosen, library, seed=secrets.randbits(62), now=now)
        attempt_id, is_new, questions = attempt.id, attempt.started_at == now, len(attempt.slots)
        answered = sum(slot.answer_id is not None for slot in attempt.slots)
        extra = user.extra_time
    strand = library.lesson_strand(chosen.lesson)
    sign = f"{screen.strand(strand.letter, strand.colour)} " if strand else ""
    lines = ["", f"{sign}{screen.bold(chosen.title)}", *screen.wrap(chosen.lead)]
    if is_new:
        sentences = settings_sentences(chosen, extra_time=extra)
        words = " ".join([f"{questions} question{'s' if questions != 1 else ''}.", *sentences])
    else:
        words = f"You go on with an attempt: {answered} of {questions} questions are answered."
    screen.show(lines + screen.wrap(words))
    return attempt_id
