"""Statuses, certainty, tries, deadlines, void questions, marks by people, regrading."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from app.db import UTCDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply. Columns are added where they belong; no table is made anew, so nothing that refers to one is touched."""
    _add_columns()
    _fill_statuses()
    _void_questions()
    _manual_marks()
    _regrading()


def _flag(name: str, *, on: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.true() if on else sa.false())


def _count(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.SmallInteger(), nullable=False, server_default="0")


def _add_columns() -> None:
    columns: dict[str, list[sa.Column[Any]]] = {
        "user": [_count("extra_time")],
        "attempt": [sa.Column("deadline", UTCDateTime()), _flag("timed_out"), _flag("graded", on=True)],
        "slot": [
            sa.Column("status", sa.String(length=12)),
            _count("tries"),
            _count("hints"),
            sa.Column("locked_at", UTCDateTime()),
            _flag("shown"),
            sa.Column("first_score", sa.Double()),
            sa.Column("diagnosis", sa.String(length=40)),
        ],
        "answer": [_flag("dont_know"), sa.Column("try_number", sa.SmallInteger()), _count("hints")],
    }
    for table, added in columns.items():
        for column in added:
            op.add_column(table, column)
    # In words: Alembic would make the key a statement of its own, which SQLite does not have.
    op.execute(
        "ALTER TABLE slot ADD COLUMN graded_as VARCHAR(32) "
        "CONSTRAINT fk_slot_graded_as_question_version REFERENCES question_version (id)"
    )


def _fill_statuses() -> None:
    handed_in = "attempt_id IN (SELECT id FROM attempt WHERE finished_at IS NOT NULL)"
    op.execute(f"UPDATE slot SET status = 'answered' WHERE answer_id IS NOT NULL AND {handed_in}")  # noqa: S608
    op.execute(f"UPDATE slot SET status = 'blank' WHERE answer_id IS NULL AND {handed_in}")  # noqa: S608
    op.execute(f"UPDATE slot SET first_score = score WHERE {handed_in}")  # noqa: S608


def _slot_key(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["attempt_id", "position"], ["slot.attempt_id", "slot.position"], name=name, ondelete="CASCADE"
    )


def _void_questions() -> None:
    op.create_table(
        "void_question",
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_void_question_by_id_user"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("question", "revision", name=op.f("pk_void_question")),
    )


def _manual_marks() -> None:
    op.create_table(
        "manual_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=False),
        sa.Column("marker_id", sa.Uuid(), nullable=True),
        sa.Column("marker_name", sa.String(length=40), nullable=False),
        sa.Column("is_self", sa.Boolean(), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker_id"], ["user.id"], name=op.f("fk_manual_mark_marker_id_user"), ondelete="SET NULL"
        ),
        _slot_key("fk_manual_mark_slot"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_mark")),
    )
    op.create_index("ix_manual_mark_attempt_id_position", "manual_mark", ["attempt_id", "position"], unique=False)


def _regrading() -> None:
    op.create_table(
        "regrade",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("to_version", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_name", sa.String(length=40), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["to_version"], ["question_version.id"], name=op.f("fk_regrade_to_version_question_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regrade")),
    )
    op.create_table(
        "old_mark",
        sa.Column("regrade_id", sa.Uuid(), nullable=False),
        sa.Column("attempt_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("first_score", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=12), nullable=True),
        sa.Column("graded_as", sa.String(length=32), nullable=True),
        sa.Column("attempt_score", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["regrade_id"], ["regrade.id"], name=op.f("fk_old_mark_regrade_id_regrade"), ondelete="CASCADE"
        ),
        _slot_key("fk_old_mark_slot"),
        sa.PrimaryKeyConstraint("regrade_id", "attempt_id", "position", name=op.f("pk_old_mark")),
    )
    op.create_index("ix_old_mark_attempt_id_position", "old_mark", ["attempt_id", "position"], unique=False)
