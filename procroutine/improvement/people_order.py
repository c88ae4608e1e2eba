"""Keeping the hand-offs of an order: the work goes from person to person as it does now.

A stretch is what one person does in a row; steps that name nobody belong to any. An order keeps the
hand-offs where its stretches are, one after the other, those of the same people; how many steps
each of them holds may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.routine.model import Step

_NEVER = -1


class People:
    """By whom units of steps are done, and whose stretch may come when; without a sequence anybody's may.

    Where an order has come to is told by how many stretches have begun.
    """

    __slots__ = ("_left", "_of", "_then", "_told", "last")

    def __init__(self, ways: Sequence[Sequence[str]], sequence: Sequence[str]) -> None:
        """Take the people that each unit goes through, and those of the stretches to be kept."""
        self._told = tuple(map(tuple, ways)), tuple(sequence)
        self.last = len(sequence)
        self._then = [tuple(_then(way, begun, sequence) for begun in range(self.last + 1)) for way in ways]
        names = dict.fromkeys(sequence)
        self._of = [
            (
                sum(1 << unit for unit, way in enumerate(ways) if name in way),
                sum(way.count(name) - 1 for way in ways if name in way),
            )
            for name in names
        ]
        self._left = [
            [(sequence[begun:].count(name), name in sequence[max(0, begun - 1) :]) for name in names]
            for begun in range(self.last + 1)
        ]

    def __eq__(self, other: object) -> bool:
        """Say whether the other allows the same."""
        return isinstance(other, People) and other._told == self._told

    def __hash__(self) -> int:
        """Hash what it was told."""
        return hash(self._told)

    def then(self, unit: int) -> Sequence[int]:
        """Give by how many stretches have begun how many have once a unit is done; below 0 where it may not be."""
        return self._then[unit]

    def can_end(self, done: int, begun: int) -> bool:
        """Say whether there is enough left for each stretch to come, and none too much."""
        for (units, more), (stretches, is_to_come) in zip(self._of, self._left[begun], strict=True):
            left = units & ~done
            if left.bit_count() + more < stretches or (left and not is_to_come):
                return False
        return True

    def keeps(self, order: Iterable[int]) -> bool:
        """Say whether an order of units goes from person to person as it should."""
        begun = 0
        for unit in order:
            begun = self._then[unit][begun]
            if begun == _NEVER:
                return False
        return begun == self.last


def people_of(units: Sequence[Sequence[Step]], *, keep: bool) -> People:
    """Find by whom units are done; the sequence of now is kept only where that is asked for."""
    if not keep:
        return People([()] * len(units), ())
    ways = [_in_a_row(step.person for step in unit) for unit in units]
    return People(ways, _in_a_row(step.person for unit in units for step in unit))


def _in_a_row(people: Iterable[str | None]) -> list[str]:
    return [name for name, _ in groupby(filter(None, people))]


def _then(way: Iterable[str], begun: int, sequence: Sequence[str]) -> int:
    for name in way:
        if begun and sequence[begun - 1] == name:
            continue
        if begun == len(sequence) or sequence[begun] != name:
            return _NEVER
        begun += 1
    return begun
