"""A choice does what is used of an `enum`."""

from __future__ import annotations

import copy
import pickle
import sys
from enum import Enum
from typing import Any

import pytest

from procroutine.choices import Choice


class Pace(Choice):
    """How it goes."""

    SLOW = "slow"
    """By more than a tenth."""
    FAST = "very fast"


class Same(Enum):
    """The same of an `enum`."""

    SLOW = "slow"
    FAST = "very fast"


@pytest.mark.parametrize("kind", [Pace, Same])
def test_members_have_names_and_values_and_are_one_object_each(kind: Any) -> None:
    assert [(one.name, one.value) for one in kind] == [("SLOW", "slow"), ("FAST", "very fast")]
    assert (len(kind), kind("slow"), kind("very fast")) == (2, kind.SLOW, kind.FAST)
    assert kind("slow") is kind.SLOW is copy.deepcopy(kind.SLOW) is pickle.loads(pickle.dumps(kind.SLOW))
    assert kind.SLOW != kind.FAST
    assert {kind.SLOW: 1}[kind("slow")] == 1
    assert isinstance(kind.SLOW, kind)


@pytest.mark.parametrize("kind", [Pace, Same])
@pytest.mark.parametrize("value", ["SLOW", "", None, 1, ["slow"], {}])
def test_what_is_no_value_has_no_member(kind: Any, value: object) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        kind(value)


@pytest.mark.parametrize("kind", [Pace, Same])
def test_a_member_does_not_change(kind: Any) -> None:
    with pytest.raises(AttributeError):
        kind.SLOW.value = "slower"
    assert kind.SLOW.value == "slow"


def test_a_choice_is_shown_as_an_enum_is() -> None:
    assert (str(Pace.SLOW), repr(Pace.SLOW)) == ("Pace.SLOW", "<Pace.SLOW: 'slow'>")
    assert Pace.__doc__ == "How it goes."
    assert sys.modules["procroutine.choices"].__all__ == ["Choice"]
