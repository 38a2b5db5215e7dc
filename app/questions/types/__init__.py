"""The kinds of question. A new kind is one file here, one template, one test file and one line below."""

from __future__ import annotations

from typing import Any

from app.questions.types.base import Kind, Sample
from app.questions.types.multiple_response import MultipleResponse
from app.questions.types.ordering import Ordering
from app.questions.types.short_answer import ShortAnswer
from app.questions.types.single_choice import SingleChoice

TYPES: dict[str, Kind[Any, Any]] = {
    kind.name: kind for kind in (SingleChoice(), MultipleResponse(), Ordering(), ShortAnswer())
}

__all__ = ["TYPES", "Kind", "Sample"]
