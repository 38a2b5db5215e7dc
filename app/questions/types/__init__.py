"""The kinds of question. A new kind is one file here, one template, one test file and one line below."""

from __future__ import annotations

from typing import Any

from app.questions.types.base import Kind, Sample
from app.questions.types.categorise import Categorise
from app.questions.types.cloze import Cloze
from app.questions.types.free_response import FreeResponse
from app.questions.types.highlight import Highlight
from app.questions.types.matching import Matching
from app.questions.types.multiple_response import MultipleResponse
from app.questions.types.numeric import Numeric
from app.questions.types.ordering import Ordering
from app.questions.types.probability import Probability
from app.questions.types.short_answer import ShortAnswer
from app.questions.types.single_choice import SingleChoice
from app.questions.types.source_rating import SourceRating
from app.questions.types.true_false import TrueFalse

TYPES: dict[str, Kind[Any, Any]] = {
    kind.name: kind
    for kind in (
        SingleChoice(),
        MultipleResponse(),
        TrueFalse(),
        Matching(),
        Ordering(),
        Categorise(),
        Numeric(),
        ShortAnswer(),
        Cloze(),
        Highlight(),
        Probability(),
        FreeResponse(),
        SourceRating(),
    )
}

__all__ = ["TYPES", "Kind", "Sample"]
