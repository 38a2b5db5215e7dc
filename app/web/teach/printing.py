"""A teacher's own quiz on paper: the questions, an answer sheet and the key, in as many versions as are wanted."""

from __future__ import annotations

import random
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from flask import render_template, request, url_for
from markupsafe import Markup

from app.accounts.permissions import Permission
from app.authoring.service.quizzes import quiz_of_row
from app.boot import library
from app.db import db
from app.formats.paper.asked import Asked, asked
from app.formats.paper.shapes import on_sheet
from app.questions.draw import Quiz, draw_questions
from app.questions.model import Question
from app.quiz import queries
from app.quiz.sheet import ShownSlot, shown_slot
from app.web.access import needs
from app.web.shell import inline
from app.web.teach.common import bp, own_quiz_of

PARTS = {"questions": "Questions", "sheet": "Answer sheet", "key": "Key"}
# Nobody draws more often than this.
DRAWS = 99


@dataclass(frozen=True)
class _Wanted:
    """Which parts of which version are printed, and of which draw when the quiz draws its questions."""

    slug: str
    parts: tuple[str, ...]
    version: int
    draw: int

    @property
    def letter(self) -> str:
        """The letter of the version."""
        return ascii_uppercase[self.version - 1]

    @property
    def letters(self) -> str:
        """The letters of the versions to choose from: those up to this one, and always the first two."""
        return ascii_uppercase[: max(self.version, 2)]

    @property
    def seed(self) -> int:
        """What decides the order of all options: the same for the same version, whenever it is printed."""
        return random.Random(f"{self.slug}:{self.draw}:{self.version}").getrandbits(62)  # noqa: S311

    def link(self, **changes: Any) -> str:
        """The address of the same paper, printed in another way."""
        usual = {"version": 1, "draw": 1, "with": ",".join(PARTS)}
        said: dict[str, Any] = {"version": self.version, "draw": self.draw, "with": ",".join(self.parts)} | changes
        values: dict[str, Any] = {name: value for name, value in said.items() if value != usual[name]}
        return url_for(".quiz_print", own_quiz=self.slug, **values)

    def turned(self, part: str) -> str:
        """The address with this part left out, or put back."""
        return self.link(**{"with": ",".join(it for it in PARTS if (it in self.parts) != (it == part))})


@bp.get("/quizzes/<own_quiz>/print")
@needs(Permission.TEACH)
def quiz_print(own_quiz: str) -> str:
    """What a printer gets of the quiz, and how to leave out a part or print another version."""
    own = own_quiz_of(own_quiz)
    quiz = quiz_of_row(own)
    parts = tuple(part for part in PARTS if part in request.args.get("with", "").split(",")) or tuple(PARTS)
    wanted = _Wanted(own.slug, parts, _number("version", len(ascii_uppercase)), _number("draw", DRAWS))
    shown = asked(_drawn(quiz, wanted), seed=wanted.seed)
    return render_template(
        "teach/print.html",
        own=own,
        quiz=quiz,
        library=library(),
        wanted=wanted,
        all_parts=PARTS,
        slots=[_slot(one, wanted.seed) for one in shown],
        sheet=[(one.number, Markup(on_sheet(one.view, inline))) for one in shown],  # noqa: S704  inline() is safe
        key=shown,
        missing=sum(slug not in library().questions for slug in quiz.questions),
        may_draw=not quiz.questions and wanted.draw < DRAWS,
    )


def _number(name: str, most: int) -> int:
    """A number of the address from 1 on; 1 when it is none."""
    said = request.args.get(name, "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return number if 1 <= number <= most else 1


def _drawn(quiz: Quiz, wanted: _Wanted) -> list[Question]:
    """The questions of a version. All versions of a draw ask the same ones, the first in the order of the quiz."""
    out = queries.voided(db.session())
    there = {slug: one for slug, one in library().questions.items() if (slug, one.head.revision) not in out}
    chance = random.Random(f"{quiz.id}:{wanted.draw}")  # noqa: S311
    as_written = quiz.model_copy(update={"shuffle": False if quiz.questions else quiz.shuffle})
    slugs = draw_questions(as_written, there, {}, chance)
    if wanted.version > 1 and slugs:
        mixed = quiz.model_copy(update={"questions": tuple(slugs), "shuffle": True})
        slugs = draw_questions(mixed, there, {}, random.Random(wanted.seed))  # noqa: S311
    return [there[slug] for slug in slugs]


def _slot(one: Asked, seed: int) -> ShownSlot:
    return shown_slot(one.question, seed=seed, position=one.number, response=None, flagged=False)
