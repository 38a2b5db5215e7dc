"""`offramp quiz`: sit a quiz, hand it in, and see every option explained."""

from __future__ import annotations

import secrets
import uuid

import click

from app.cli.course import find_quiz, learner, opened, reading
from app.cli.desk import Desk
from app.cli.group import Options
from app.cli.outcome import show_result
from app.cli.paper import paper_lines
from app.cli.screen import Screen
from app.cli.sitting import Sitting
from app.clock import utc_now
from app.db import transaction
from app.errors import Conflict, NotFound
from app.learning.queries import next_step, progress_of
from app.learning.service import begin_attempt
from app.library.model import Library
from app.questions.draw import Quiz
from app.quiz.queries import open_attempt, own_attempt, shown_slots
from app.quiz.words import settings_sentences


@click.command()
@click.argument("name", required=False, metavar="[LESSON|QUIZ]")
@click.option("--print", "on_paper", is_flag=True, help="Print its questions as a paper of 80 columns, and stop.")
@click.pass_obj
def quiz(options: Options, name: str | None, on_paper: bool) -> None:
    """Start a quiz, or go on with an open one.

    LESSON is a lesson's number or id, QUIZ the id of a quiz; the beginning of an id will do. Without either,
    the quiz that comes next for you. Every answer is saved as soon as it is typed: stop with q and go on
    later, here or in the browser. Type ? at the prompt to see what can be typed.

    With --print the questions of the open attempt, or of a new one, are printed in the same order as on the
    screen, with room for answers and without a key.
    """
    with opened(options) as library:
        screen = Screen.of(options)
        user_id = learner()
        chosen = find_quiz(library, name) if name else _next_quiz(library, user_id)
        if on_paper:
            print_paper(screen, library, chosen, user_id)
            return
        while _sit(screen, library, chosen, user_id):
            if not screen.confirm("Another attempt?", default=False):
                break


def print_paper(screen: Screen, library: Library, chosen: Quiz, user_id: uuid.UUID) -> None:
    """Print an attempt as a paper. Raises Conflict for a time limit that only a start may set running."""
    with reading() as session:
        is_begun = open_attempt(session, user_id, chosen.id) is not None
    if chosen.minutes and not is_begun:
        raise Conflict(f"This quiz has a time limit, which printing would start. Begin it: offramp quiz {chosen.id}")
    attempt_id, _ = _open(library, chosen, user_id)
    with reading() as session:
        attempt = own_attempt(session, attempt_id, user_id=user_id)
        lines = paper_lines(screen, library, chosen, shown_slots(session, attempt, chosen))
    click.echo("\n".join(lines))


def _next_quiz(library: Library, user_id: uuid.UUID) -> Quiz:
    with reading() as session:
        step = next_step(library, progress_of(session, user_id))
    found = step.quiz or next(iter(library.course_quizzes), None)
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
    attempt_id, words = _open(library, chosen, user_id)
    strand = library.quiz_strand(chosen)
    sign = f"{screen.strand(strand.letter, strand.colour)} " if strand else ""
    lines = ["", f"{sign}{screen.bold(chosen.title)}", *screen.wrap(chosen.lead)]
    screen.show(lines + screen.wrap(words))
    return attempt_id


def _open(library: Library, chosen: Quiz, user_id: uuid.UUID) -> tuple[uuid.UUID, str]:
    """The open attempt, or a new one, and what to say of it."""
    from app.accounts.models import User

    now = utc_now()
    with transaction() as session:
        user = session.get_one(User, user_id)
        attempt = begin_attempt(session, user, chosen, library, seed=secrets.randbits(62), now=now)
        questions, extra = len(attempt.slots), user.extra_time
        if attempt.started_at != now:
            answered = sum(slot.answer_id is not None for slot in attempt.slots)
            return attempt.id, f"You go on with an attempt: {answered} of {questions} questions are answered."
        sentences = settings_sentences(chosen, extra_time=extra)
        return attempt.id, " ".join([f"{questions} question{'s' if questions != 1 else ''}.", *sentences])
