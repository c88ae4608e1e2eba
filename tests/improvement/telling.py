"""What a review of a past whose truth is known says first, and whether that is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from random import Random

from procroutine.improvement.gains import Gain
from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.review import Review

WEEKS = 52


class Told(Enum):
    """What a review of a past whose truth is known says first."""

    CLAIMED = "claimed"
    """It is promised, above all else."""
    PART = "part"
    """Only a part of it is promised, above all else."""
    LISTED = "listed"
    """It is named above all else, and nothing is promised."""
    LOWER = "lower"
    """Nothing is promised, and something else is named above it."""
    WRONG = "wrong"
    """Something else is promised above it."""


@dataclass(frozen=True)
class Story:
    """One truth."""

    make: Callable[[Random, int], RoutineGround]
    """Told over so many weeks, one run in each."""
    is_right: Callable[[Lever], bool]
    """Whether a lever is what it comes to."""
    weeks: int = WEEKS
    is_part: Callable[[Lever], bool] = lambda lever: False
    lasts: bool = False
    """Whether it stays true and unchanged, so that the longer it is told the surer it can be."""
    is_promised: bool = True
    """Whether records can show what it saves; else it is only to be named, and nothing to be promised."""

    def told(self, review: Review) -> Told:
        """Give what a review of it says first."""
        first = review.levers[0] if review.levers else None
        if first is None or not first.is_shown:
            return Told.LISTED if first is not None and self.is_right(first) else Told.LOWER
        if self.is_promised and self.is_right(first):
            return Told.CLAIMED
        return Told.PART if self.is_part(first) else Told.WRONG


@dataclass(frozen=True)
class StoryOfGain(Story):
    """One truth about what has helped already; a lever that is promised beside it is wrong."""

    is_gain: Callable[[Gain], bool] = bool

    def told(self, review: Review) -> Told:
        """Give what a review of it says first of what has helped."""
        if claims(review) or not all(map(self.is_gain, review.gains)):
            return Told.WRONG
        if review.gains:
            return Told.CLAIMED
        return Told.LISTED if any(one.kind == "gain" for one in review.missing) else Told.LOWER


def claims(review: Review) -> list[Lever]:
    """Give what a review says to be shown to save time."""
    return [lever for lever in review.levers if lever.is_shown]
