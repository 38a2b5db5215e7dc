"""Tables of questions: CSV both ways, and what a person can choose for the columns of a foreign one."""

from __future__ import annotations

from app.formats.table.columns import Columns, column_choices
from app.formats.table.table import Table

__all__ = ["Columns", "Table", "column_choices"]
