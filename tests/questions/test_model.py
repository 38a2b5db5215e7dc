"""What all models of text share."""

from __future__ import annotations

from functools import cached_property

import pytest
from pydantic import ValidationError

from app.questions.model import Strict

pytestmark = pytest.mark.pure


class Sum(Strict):
    """Numbers whose sum is computed once."""

    numbers: tuple[int, ...]

    @cached_property
    def total(self) -> int:
        """Their sum."""
        return sum(self.numbers)


def test_a_changed_copy_computes_anew() -> None:
    one = Sum(numbers=(1, 2))
    assert one.total == 3
    assert one.model_copy(update={"numbers": (5,)}).total == 5
    assert one.model_copy(update={"numbers": (5,)}, deep=True).total == 5


def test_what_was_computed_is_no_part_of_a_model() -> None:
    one, other = Sum(numbers=(1, 2)), Sum(numbers=(1, 2))
    assert one.total == 3
    assert one == other
    assert hash(one) == hash(other)
    assert one.model_dump() == {"numbers": (1, 2)}
    assert one.model_copy(update={"numbers": (5,)}) == Sum(numbers=(5,))


def test_a_model_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Sum(numbers=(1,)).numbers = (2,)  # type: ignore[misc]
