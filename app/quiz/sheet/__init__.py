"""An attempt as it is shown: each slot with its question, what was answered and, after hand-in, why.

Both doors build their pages from these objects. Nothing here carries a key before the hand-in, or before a
question that is checked by itself is locked.
"""

from __future__ import annotations

from app.quiz.sheet.marked import Mark, MarkedSlot, Standing, explain, marked_slot, total
from app.quiz.sheet.shown import Sat, ShownSlot, shown_slot, sure_steps

__all__ = [
    "Mark",
    "MarkedSlot",
    "Sat",
    "ShownSlot",
    "Standing",
    "explain",
    "marked_slot",
    "shown_slot",
    "sure_steps",
    "total",
]
