"""Laying out a flow: its stretches on one axis of time and in lanes, with switches and hand-offs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.flow_map import ZERO, By, FlowBar, FlowGap, FlowLane, FlowPart, Pause, Source
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.routine.model import System

NO_SYSTEM, NO_PERSON = "no system", "nobody named"
"""Lanes of the steps that have none; they switch and hand over nothing."""


def laid_out(
    parts: Sequence[FlowPart], systems: Mapping[str, System], by: By
) -> tuple[tuple[FlowLane, ...], tuple[FlowBar | FlowGap, ...]]:
    """Put parts into lanes and on one axis of time; what is done before the run ends at 0.

    Switches and hand-offs are those of the order given; steps that were skipped have none.
    """
    ordered = [*(part for part in parts if part.before), *(part for part in parts if not part.before)]
    bars = [part for part in parts if part.pause is None]
    names = _lane_names(parts, systems, by)
    places = {name: place for place, name in enumerate(names)}
    switched = _changes(bars, lambda part: frozenset(part.done_with))
    handed = _changes(bars, lambda part: frozenset((part.person,) if part.person else ()))
    longest = _longest_gap(ordered)
    pieces: list[FlowBar | FlowGap] = []
    at = -sum((part.length for part in ordered if part.before), ZERO)
    last: FlowPart | None = None
    for part in ordered:
        lanes = tuple(places[name] for name in _lanes_of(part, systems, by))
        if part.pause is not None:
            pieces.append(_gap(part, part.pause, lanes, at, part.length > longest))
        else:
            again = last is not None and last.step == part.step
            pieces.append(_bar(part, systems, lanes, at, again, switched[id(part)], handed[id(part)]))
            last = part
        at += part.length
    return tuple(_lane(name, bars, systems, by) for name in names), tuple(pieces)


def _changes(bars: Iterable[FlowPart], used: Callable[[FlowPart], frozenset[str]]) -> dict[int, bool]:
    """Say of each bar whether it has nothing in common with the last one before it that has anything."""
    found: dict[int, bool] = {}
    before: frozenset[str] = frozenset()
    for bar in bars:
        own = used(bar) if bar.source is not Source.SKIPPED else frozenset()
        found[id(bar)] = bool(own and before and not own & before)
        before = own or before
    return found


def _longest_gap(parts: Sequence[FlowPart]) -> timedelta:
    """Give how long a pause may be to be drawn as long as it is: half of all the work."""
    return sum((part.length for part in parts if part.pause is None), ZERO) / 2


def _bar(
    part: FlowPart,
    systems: Mapping[str, System],
    lanes: tuple[int, ...],
    start: timedelta,
    again: bool,
    switch: bool,
    hand_off: bool,
) -> FlowBar:
    return FlowBar(
        number=part.number,
        step=part.step,
        title=shown(part.title),
        systems=shown(" + ".join(_names(part.systems, systems)) or " or ".join(_names(part.either, systems))),
        person=shown(part.person or ""),
        lanes=lanes,
        start=start,
        length=part.length,
        source=part.source or Source.UNKNOWN,
        before=part.before,
        again=again,
        switch=switch,
        hand_off=hand_off,
    )


def _gap(part: FlowPart, pause: Pause, lanes: tuple[int, ...], start: timedelta, broken: bool) -> FlowGap:
    return FlowGap(
        number=part.number,
        step=part.step,
        lanes=lanes,
        start=start,
        length=part.length,
        pause=pause,
        text=shown(part.text),
        broken=broken,
    )


def _names(ids: Iterable[str], systems: Mapping[str, System]) -> list[str]:
    return [systems[one].name if one in systems else one for one in ids]


def _lanes_of(part: FlowPart, systems: Mapping[str, System], by: By) -> tuple[str, ...]:
    """Give the keys of the lanes of a part: ids of systems, a person, or nothing."""
    if by is By.PERSON:
        return (part.person or "",)
    if part.systems:
        return tuple(dict.fromkeys(part.systems))
    return (" or ".join(_names(part.either, systems)),)


def _lane_names(parts: Iterable[FlowPart], systems: Mapping[str, System], by: By) -> list[str]:
    """Give the lanes in the order in which they are first needed, that of nothing last.

    A step in which a run only stood still needs one as well.
    """
    found = dict.fromkeys(name for part in parts for name in _lanes_of(part, systems, by))
    return sorted(found, key=lambda name: not name)


def _lane(name: str, bars: Sequence[FlowPart], systems: Mapping[str, System], by: By) -> FlowLane:
    own = [bar for bar in bars if name in _lanes_of(bar, systems, by)]
    called = systems[name].name if by is By.SYSTEM and name in systems else name
    return FlowLane(
        name=shown(called or (NO_SYSTEM if by is By.SYSTEM else NO_PERSON)),
        work=sum((bar.length for bar in own), ZERO),
        steps=len({bar.step for bar in own}),
    )
