"""Regrading with a mended key: what would change, what changes, and what is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.errors import Conflict, Invalid, NotFound
from app.learning.queries import progress_of
from app.learning.service import mark_answer, rebuild_progress, regrade, unvoid_question, void_question
from app.library.model import Library
from app.library.service import sync
from app.quiz.models import Attempt, OldMark, Regrade
from app.quiz.queries import marked_at, marked_slots, own_attempt
from app.quiz.service import RegradeReport, finish_attempt
from tests.factories import NOON, finished, later, raw_answer, save, start
from tests.learning.test_service import derived
from tests.quiz.sittings import begin, check, quiz_with, right, wrong
from tests.support.course import copy_course, edit

BANK, KINDS = "questions/01-a-costly-word.yaml", "questions/03-every-kind.yaml"
SLUG = "word-or-deed"
Mend = tuple[str, str, str]
# The key was Sending the crew home; now it is Writing on the board.
NEW_KEY: list[Mend] = [
    (BANK, f"- id: {SLUG}\n    revision: 1", f"- id: {SLUG}\n    revision: 2"),
    (BANK, "{id: crew-home, key: true,", "{id: crew-home, misconception: words-are-free,"),
    (BANK, "{id: board, text:", "{id: board, key: true, text:"),
    (BANK, 'costs nobody anything.", misconception: words-are-free}', 'costs nobody anything."}'),
]


def mend(session: Session, tmp_path: Path, changes: list[Mend]) -> Library:
    """The small course with changed banks, synchronised as a start does."""
    session.flush()
    folder = copy_course(tmp_path)
    for file, old, new in changes:
        edit(folder, file, old, new)
    library, problems = sync(session, folder, now=later(60))
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return library


def choose(library: Library, attempt: Attempt, option: str) -> dict[str, list[str]]:
    """The field that chooses an option of the first question by its id."""
    from app.questions.draw import shown_order

    order = shown_order(library.questions[SLUG], seed=attempt.seed, position=1)
    return {"choice": [str(order.index(option) + 1)]}


def sat(session: Session, library: Library, user: User, option: str, *, minute: float = 0) -> Attempt:
    """An attempt with the first question answered so and the last right, the others left blank."""
    attempt = start(session, user, library, now=later(minute))
    save(session, attempt, 1, choose(library, attempt, option), now=later(minute))
    save(session, attempt, 4, raw_answer(library, attempt, 4), now=later(minute))
    from app.learning.service import hand_in

    hand_in(session, attempt, now=later(minute))
    return attempt


def dry(session: Session, question: str = SLUG) -> RegradeReport:
    return regrade(session, question, dry_run=True, reason="", by="Operator", now=later(70))


def apply(session: Session, question: str = SLUG) -> RegradeReport:
    return regrade(session, question, dry_run=False, reason="The key was wrong", by="Operator", now=later(70))


def moves(report: RegradeReport) -> list[tuple[str, float | None, float | None, float | None, float | None]]:
    return sorted(
        (c.learner, c.old_score, c.new_score, c.old_attempt_score, c.new_attempt_score) for c in report.changes
    )


# ---------------------------------------------------------------- a dry run


def test_a_dry_run_shows_every_score_that_would_change(
    session: Session, library: Library, lee: User, sam: User, tmp_path: Path
) -> None:
    sat(session, library, lee, "crew-home")
    sat(session, library, sam, "board")
    mend(session, tmp_path, NEW_KEY)
    report = dry(session)
    assert moves(report) == [("Lee", 1.0, 0.0, 0.5, 0.25), ("Sam", 0.0, 1.0, 0.25, 0.5)]
    assert (report.to_revision, report.untouched, report.still_open, report.regrade_id) == (2, (), 0, None)


def test_a_dry_run_changes_nothing(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    attempt = sat(session, library, lee, "crew-home")
    mend(session, tmp_path, NEW_KEY)
    kept = derived(session, lee)
    dry(session)
    assert not session.dirty
    assert not session.new
    found = own_attempt(session, attempt.id, user_id=lee.id)
    assert (found.score, found.slots[0].score, found.slots[0].graded_as) == (0.5, 1.0, None)
    assert derived(session, lee) == kept
    assert session.scalars(select(Regrade)).all() == []


def test_before_the_key_is_mended_there_is_nothing_to_grade(session: Session, library: Library, lee: User) -> None:
    sat(session, library, lee, "crew-home")
    assert dry(session).regraded == ()
    with pytest.raises(Conflict, match="nothing was changed"):
        apply(session)


def test_a_question_that_was_never_asked_is_not_found(session: Session) -> None:
    for regrading in (dry, apply):
        with pytest.raises(NotFound):
            regrading(session, "nothing")


def test_a_reason_is_needed_to_change_scores(session: Session) -> None:
    with pytest.raises(Invalid):
        regrade(session, SLUG, dry_run=False, reason=" ", by="Operator", now=NOON)


# ---------------------------------------------------------------- the change


def test_regrading_does_what_the_dry_run_said(
    session: Session, library: Library, lee: User, sam: User, tmp_path: Path
) -> None:
    attempts = {"Lee": sat(session, library, lee, "crew-home"), "Sam": sat(session, library, sam, "board")}
    served = mend(session, tmp_path, NEW_KEY)
    said = dry(session)
    assert moves(apply(session)) == moves(said)
    for change in said.changes:
        found = own_attempt(session, attempts[change.learner].id, user_id=change.user_id)
        slot = found.slots[0]
        assert (slot.score, slot.first_score, found.score) == (
            change.new_score,
            change.new_score,
            change.new_attempt_score,
        )
        assert (slot.graded_as, slot.status) == (served.version_ids[SLUG], "answered")
        assert slot.version_id == library.version_ids[SLUG]


def test_the_old_marks_are_kept(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    attempt = sat(session, library, lee, "crew-home")
    mend(session, tmp_path, NEW_KEY)
    report = apply(session)
    row, old = session.scalars(select(Regrade)).one(), session.scalars(select(OldMark)).one()
    assert (row.id, row.question, row.reason, row.by_name, row.at) == (
        report.regrade_id,
        SLUG,
        "The key was wrong",
        "Operator",
        later(70),
    )
    assert (old.regrade_id, old.attempt_id, old.position) == (row.id, attempt.id, 1)
    assert (old.score, old.first_score, old.status, old.graded_as, old.attempt_score) == (
        1.0,
        1.0,
        "answered",
        None,
        0.5,
    )


def test_progress_follows(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    sat(session, library, lee, "crew-home")
    mend(session, tmp_path, NEW_KEY)
    apply(session)
    progress = progress_of(session, lee.id)
    assert progress.best("mixed") == "1 of 4"
    assert progress.objectives["sig.cost"].right == 0
    kept = derived(session, lee)
    rebuild_progress(session, lee.id)
    assert derived(session, lee) == kept


def test_the_second_time_there_is_nothing_left(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    sat(session, library, lee, "crew-home")
    mend(session, tmp_path, NEW_KEY)
    apply(session)
    assert dry(session).regraded == ()
    assert len(session.scalars(select(OldMark)).all()) == 1


def test_the_learner_is_shown_the_key_that_counts(
    session: Session, library: Library, lee: User, tmp_path: Path
) -> None:
    attempt = sat(session, library, lee, "crew-home")
    before = marked_slots(session, attempt)[0]
    mend(session, tmp_path, NEW_KEY)
    apply(session)
    after = marked_slots(session, own_attempt(session, attempt.id, user_id=lee.id))[0]
    assert (before.note, before.verdict, after.verdict) == ("", "Right", "Wrong")
    assert "mended after you answered" in after.note
    assert [row.id for row in after.reveal.rows] == [row.id for row in before.reveal.rows]
    assert {row.id for row in after.reveal.rows if row.is_key} == {"board"}
    assert [row.id for row in after.reveal.rows if row.chosen] == ["crew-home"]


def test_options_stay_in_the_order_in_which_they_were_shown(
    session: Session, library: Library, lee: User, tmp_path: Path
) -> None:
    attempt = sat(session, library, lee, "crew-home")
    before = [row.id for row in marked_slots(session, attempt)[0].reveal.rows]
    moved = "      - {id: new, text: Waiting, feedback: Waiting can be ended at any moment and at no cost.}\n"
    crew = "      - {id: crew-home, misconception: words-are-free,"
    mend(session, tmp_path, [*NEW_KEY, (BANK, crew, moved + crew)])
    apply(session)
    after = marked_slots(session, own_attempt(session, attempt.id, user_id=lee.id))[0]
    assert [row.id for row in after.reveal.rows] == [*before, "new"]


def test_blank_and_unknown_stay_nothing(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    blank = start(session, lee, library)
    finish_attempt(session, blank, now=later(1))
    unknown = start(session, lee, library, now=later(2))
    save(session, unknown, 1, {"dont_know": ["1"]}, now=later(2))
    finish_attempt(session, unknown, now=later(3))
    mend(session, tmp_path, NEW_KEY)
    report = apply(session)
    assert (len(report.regraded), report.changes) == (2, [])
    assert [own_attempt(session, a.id, user_id=lee.id).slots[0].status for a in (blank, unknown)] == [
        "blank",
        "dont_know",
    ]


def test_tries_are_graded_anew_one_by_one(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    practice = quiz_with(library, practice=True)
    attempt = begin(session, lee, library, practice)
    check(session, attempt, 1, choose(library, attempt, "board"), practice)
    check(session, attempt, 1, choose(library, attempt, "crew-home"), practice)
    assert attempt.slots[0].score == pytest.approx(2 / 3)
    mend(session, tmp_path, NEW_KEY)
    (change,) = apply(session).changes
    assert (change.old_score, change.new_score, change.handed_in) == (pytest.approx(2 / 3), 1.0, None)
    slot = own_attempt(session, attempt.id, user_id=lee.id).slots[0]
    assert (slot.score, slot.first_score) == (1.0, 1.0)
    assert marked_at(session, own_attempt(session, attempt.id, user_id=lee.id), 1).note


# ---------------------------------------------------------------- what stays


def test_open_attempts_are_counted_and_left(session: Session, library: Library, lee: User, tmp_path: Path) -> None:
    attempt = start(session, lee, library)
    save(session, attempt, 1, raw_answer(library, attempt, 1))
    mend(session, tmp_path, NEW_KEY)
    assert (dry(session).regraded, dry(session).still_open) == ((), 1)
    finish_attempt(session, own_attempt(session, attempt.id, user_id=lee.id), now=later(80))
    assert len(dry(session).changes) == 1


def test_an_answer_whose_option_is_gone_keeps_its_score(
    session: Session, library: Library, lee: User, sam: User, tmp_path: Path
) -> None:
    sat(session, library, lee, "shrug")
    sat(session, library, sam, "board")
    shrug = next(option for option in library.questions[SLUG].body.options if option.id == "shrug")
    gone = (
        BANK,
        f'      - {{id: shrug, text: Shrugging, feedback: "{shrug.feedback}", misconception: words-are-free}}\n',
        "",
    )
    mend(session, tmp_path, [*NEW_KEY, gone])
    report = apply(session)
    assert [(one.learner, one.score) for one in report.untouched] == [("Lee", 0.0)]
    assert "does not fit the new version" in report.untouched[0].why
    assert moves(report) == [("Sam", 0.0, 1.0, 0.25, 0.5)]


def test_an_element_that_was_not_there_cannot_be_placed(
    session: Session, library: Library, lee: User, tmp_path: Path
) -> None:
    finished(session, lee, library)
    bank = "questions/02-two-counts.yaml"
    mend(
        session,
        tmp_path,
        [
            (bank, "- id: put-reports-in-order\n    revision: 1", "- id: put-reports-in-order\n    revision: 2"),
            (
                bank,
                "      - {id: correction, text: The correction,",
                '      - {id: reply, text: A reply, feedback: "Nobody replies to what was not printed yet."}\n'
                "      - {id: correction, text: The correction,",
            ),
        ],
    )
    report = dry(session, "put-reports-in-order")
    assert (report.regraded, len(report.untouched)) == ((), 1)


def test_a_void_question_and_a_text_are_left(
    session: Session, library: Library, lee: User, tess: User, tmp_path: Path
) -> None:
    sat(session, library, lee, "crew-home")
    attempt = start(session, lee, library, "every-kind")
    position = next(slot.position for slot in attempt.slots if slot.question == "kinds-words")
    save(session, attempt, position, {"text": ["Both, each with its owner."]})
    finish_attempt(session, attempt, now=later(1))
    levels = {"owner": 2, "day": 0, "settled": 0}
    mark_answer(session, attempt.id, position, levels, by=tess, is_self=False, now=later(2))
    void_question(session, SLUG, 1, reason="Two keys", by=tess, now=later(3))
    words = (KINDS, "- id: kinds-words\n    revision: 1", "- id: kinds-words\n    revision: 2")
    mend(session, tmp_path, [*NEW_KEY, words])
    assert [one.why for one in dry(session).untouched] == ["It is taken out for everyone."]
    assert [one.why for one in dry(session, "kinds-words").untouched] == ["It is marked by a person."]
    unvoid_question(session, SLUG, 1)
    assert len(dry(session).changes) == 1


def test_feedback_at_once_is_regraded_before_the_hand_in(
    session: Session, library: Library, lee: User, tmp_path: Path
) -> None:
    quiz = quiz_with(library, feedback="at_once")
    attempt = begin(session, lee, library, quiz)
    check(session, attempt, 1, right(library, attempt, 1), quiz)
    check(session, attempt, 2, wrong(library, attempt, 2), quiz)
    mend(session, tmp_path, NEW_KEY)
    apply(session)
    found = own_attempt(session, attempt.id, user_id=lee.id)
    assert (found.slots[0].score, found.score) == (0.0, None)
    finish_attempt(session, found, now=later(80))
    assert (found.slots[0].score, found.slots[0].graded_as is not None) == (0.0, True)
