"""The forms of questions: one for each kind, over the fields that its bank has."""

from __future__ import annotations

from app.questions.types import TYPES
from app.web.forms.questions.base import QuestionForm
from app.web.forms.questions.categorise import CategoriseForm
from app.web.forms.questions.cloze import ClozeForm
from app.web.forms.questions.free_response import FreeResponseForm
from app.web.forms.questions.highlight import HighlightForm
from app.web.forms.questions.matching import MatchingForm
from app.web.forms.questions.multiple_response import MultipleResponseForm
from app.web.forms.questions.numeric import NumericForm
from app.web.forms.questions.ordering import OrderingForm
from app.web.forms.questions.probability import ProbabilityForm
from app.web.forms.questions.short_answer import ShortAnswerForm
from app.web.forms.questions.single_choice import SingleChoiceForm
from app.web.forms.questions.source_rating import SourceRatingForm
from app.web.forms.questions.true_false import TrueFalseForm

_FORMS: tuple[type[QuestionForm], ...] = (
    SingleChoiceForm,
    MultipleResponseForm,
    TrueFalseForm,
    MatchingForm,
    OrderingForm,
    CategoriseForm,
    NumericForm,
    ShortAnswerForm,
    ClozeForm,
    HighlightForm,
    ProbabilityForm,
    FreeResponseForm,
    SourceRatingForm,
)
FORMS: dict[str, type[QuestionForm]] = {kind: next(form for form in _FORMS if form.kind == kind) for kind in TYPES}

__all__ = ["FORMS", "QuestionForm"]
