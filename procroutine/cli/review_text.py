"""A review as lines of text: the levers with their figures, what has helped, the corners, and what is missing."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.durations import span
from procroutine.improvement.corner import UNKNOWN, farthest_over
from procroutine.improvement.ground import FEWEST
from procroutine.improvement.levers.prepare import KIND as PREPARE
from procroutine.improvement.review_sections import listed_briefly
from procroutine.improvement.weekly_saving import weekly
from procroutine.text import as_typed, counted, shown
from procroutine.widths import cell_length

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.improvement.gains import Gain
    from procroutine.improvement.levers.lever import Earned, Lever, Missing
    from procroutine.improvement.losses import Loss
    from procroutine.improvement.review import Review

_WIDTH = 100
_INDENT = "    "
_MOST = 20
"""Routines that are told of one by one where all are reviewed."""


def review_lines(review: Review, names: Mapping[str, str], *, briefly: bool) -> Iterator[str]:
    """Give a review line by line; `briefly` leaves out the figures of what is not shown to save anything.

    `names` has the names of the routines by id.
    """
    found = [lever for lever in review.levers if lever.is_shown]
    others = [lever for lever in review.levers if not lever.is_shown]
    if found:
        yield "What your records show to save, in work a week, most first:"
        for lever in found:
            yield from _lever(f"{_a_week(lever)}  {_name(names, lever.routine)}", lever)
    else:
        yield _nothing_shown(review)
    longer = (_since(loss, (loss.costs, loss.low, loss.high), names) for loss in review.losses)
    yield from _part("What has made the runs longer:", chain.from_iterable(longer))
    worth_a_try = "Worth a try; what they save is not known. The likely first, then by the work they are about:"
    yield from _part(worth_a_try, _firsts(others, names) if briefly else _all(others, names))
    yield from _part("What earns its time:", chain.from_iterable(_earned(one, names) for one in review.earned))
    shorter = (_since(gain, (gain.saves, gain.low, gain.high), names) for gain in review.gains)
    yield from _part("What has helped already:", chain.from_iterable(shorter))
    yield from _corners(review, names, briefly=briefly)
    yield from _part("What is missing:", _gaps(review.missing, names))


def _part(title: str, lines: Iterable[str]) -> Iterator[str]:
    """Give lines under their title; nothing without any."""
    found = list(lines)
    if found:
        yield from ("", title, *found)


def _earned(one: Earned, names: Mapping[str, str]) -> Iterator[str]:
    yield f"  {_name(names, one.routine)}"
    yield from _wrapped(one.sentence)


def _nothing_shown(review: Review) -> str:
    if not review.corners:
        return "No routine yet: procroutine new NAME begins one."
    if sum(one.kind == "runs" for one in review.missing) >= len(review.corners):
        which = "it" if len(review.corners) == 1 else "a routine"
        return f"Nothing can be said before {which} has {FEWEST} finished runs."
    return "Your records show no change that would surely save time."


def _corners(review: Review, names: Mapping[str, str], *, briefly: bool) -> Iterator[str]:
    """Give where each routine stands, the one farthest over its goal first; `briefly` only where that is known."""
    known = {one: corner for one, corner in review.corners.items() if not briefly or corner.corner != UNKNOWN}
    if known:
        yield ""
    far = farthest_over(review.corners) if briefly else None
    if far is not None:
        yield f"Farthest over its goal, {review.corners[far].against_goal}: {shown(_name(names, far))}."
    yield from _beside((_name(names, one), corner.sentence) for one, corner in [*known.items()][:_MOST])
    if len(known) > _MOST:
        more = counted(len(known) - _MOST, "routine")
        yield f"{_INDENT}{more} more: procroutine review ROUTINE says where it stands."
    unknown = [_name(names, one) for one in review.corners if one not in known]
    if known and unknown:
        yield from _wrapped(f"Not known, and procroutine review ROUTINE says why: {listed_briefly(unknown)}.")


def _all(levers: Iterable[Lever], names: Mapping[str, str]) -> Iterator[str]:
    for lever in levers:
        yield from _lever(f"{_name(names, lever.routine)}{_about(lever)}", lever)


def _firsts(levers: Iterable[Lever], names: Mapping[str, str]) -> Iterator[str]:
    """Give the first of each routine, and how many more there are."""
    found: dict[str, list[Lever]] = {}
    for lever in levers:
        found.setdefault(lever.routine, []).append(lever)
    for routine, own in [*found.items()][:_MOST]:
        yield from _lever(f"{_name(names, routine)}{_about(own[0])}", own[0], figures=False)
        if len(own) > 1:
            yield f"{_INDENT}{len(own) - 1} more, and the figures: procroutine review {as_typed(routine)}"
    more = [len(own) for own in found.values()][_MOST:]
    if more:
        yield f"  and {sum(more)} more in {counted(len(more), 'routine')}: procroutine review ROUTINE shows them."


def _gaps(missing: Iterable[Missing], names: Mapping[str, str]) -> Iterator[str]:
    """Give each sentence once, with the routines it is said of."""
    found: dict[str, list[str]] = {}
    for one in missing:
        found.setdefault(one.sentence, []).append(_name(names, one.routine))
    for sentence, routines in found.items():
        yield f"  {listed_briefly(routines)}"
        yield from _wrapped(sentence)


def _name(names: Mapping[str, str], routine: str) -> str:
    return names.get(routine, routine)


def _a_week(lever: Lever) -> str:
    low, high = lever.low or lever.saves, lever.high or lever.saves
    wait = f", and {span(lever.lead)} of waiting" if lever.lead else ""
    return f"{weekly(lever.saves, high)} a week, {weekly(low, high)} to {weekly(high)}{wait}"


def _about(lever: Lever) -> str:
    """Say what a lever is about that is not shown to save anything."""
    what = "of the run's time" if lever.kind == PREPARE else "of work"
    work = f"{weekly(lever.at_stake)} {what}" if lever.at_stake else ""
    wait = f"{span(lever.lead)} of waiting" if lever.lead else ""
    both = " and ".join(filter(None, (work, wait)))
    said = ("likely" * lever.is_likely, f"about {both} a week" * bool(both))
    return "  " + ", ".join(filter(None, said)) if any(said) else ""


def _lever(heading: str, lever: Lever, *, figures: bool = True) -> Iterator[str]:
    yield f"  {heading}"
    yield from _wrapped(lever.sentence)
    if figures:
        yield from _table([(figure.what, figure.words) for figure in lever.evidence])
        yield from _wrapped(lever.how)


def _table(figures: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Set each figure beside what it is, two pairs of columns beside one another where there is room."""
    half = (len(figures) + 1) // 2
    left, right = figures[:half], [*figures[half:], ("", "")][:half]
    pairs = aligned([(*one, "", *other) for one, other in zip(left, right, strict=True)])
    fits = all(cell_length(line) <= _WIDTH - len(_INDENT) for line in pairs)
    yield from (_INDENT + line for line in (pairs if fits else aligned(figures)))


def _since(one: Gain | Loss, a_week: tuple[timedelta, timedelta, timedelta], names: Mapping[str, str]) -> Iterator[str]:
    """Give what runs take less, or more, since some day: how much, and between what that lies."""
    much, low, high = a_week
    yield f"  {weekly(much, high)} a week, {weekly(low, high)} to {weekly(high)}  {_name(names, one.routine)}"
    yield from _wrapped(one.sentence)
    yield from _wrapped(one.how)


def _wrapped(text: str) -> Iterator[str]:
    for line in textwrap.wrap(shown(text), _WIDTH - len(_INDENT)):
        yield _INDENT + line


def _beside(rows: Iterable[tuple[str, str]]) -> Sequence[str]:
    return aligned([("", *row) for row in rows])
