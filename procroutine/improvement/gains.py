"""What has helped already: from when on the runs are shorter by more than chance, by which revision (FORMULAS 3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.exact import Interval, chance_of_fall, shift_interval
from procroutine.improvement.ground import RECENT as NEWEST
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.level_shift import EACH_SIDE, is_practice, level_shift
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Missing
from procroutine.improvement.levers.naming import listed, names_of
from procroutine.improvement.likeness import are_alike
from procroutine.improvement.more_runs import LIKELY, NOT_PROMISED, more_runs, would_show
from procroutine.improvement.outcomes import is_surely_worse, outcomes_of
from procroutine.improvement.series import Series, series_of, whole_runs
from procroutine.improvement.tempo import FEWEST as FEWEST_STEPS
from procroutine.improvement.tempo import parts_of_usual
from procroutine.improvement.what_changed import what_changed
from procroutine.insight.before_after import RECENT, before_and_after
from procroutine.values import Value

if TYPE_CHECKING:
    from datetime import date

    from procroutine.improvement.ground import GroundRun

KIND = "gain"
FEWEST_EACH = 3
"""Runs before and since that a revision needs to be judged."""
_FALLS = 0.05
"""Chance from which on runs that get shorter before a revision are no chance any more."""
ZERO = timedelta()


_SECOND = timedelta(seconds=1)
_ELSEWHERE = "v in Trends, or revisions, says by what"
_SURER = "Surer than in Trends and revisions, which look at one change alone, and therefore wider."
_OF_STEPS = "It is of these steps; Trends and revisions tell of whole runs, with the good and bad days of all others."


class Gain(Value):
    """From when on the runs are shorter."""

    routine: str
    revision: int | None
    """The one that made them so; None where none did."""
    since: date
    """The day of the first run."""
    saves: timedelta
    """A week, and between what that lies."""
    low: timedelta
    high: timedelta
    sentence: str
    how: str


def gains_of(ground: RoutineGround, chance: Chance) -> Iterator[Gain | Missing]:
    """Find the revisions that helped, and from when on the runs are shorter without one.

    Each revision that can be told takes its part of the chance of `gain`, all else shares that of
    `shift`. Of whole runs the verdict of Trends must say that it helped too; the interval here is
    wider, since many are looked at. Where they tell nothing for sure the steps that the revision
    changed may. What falls little by little is practice, and no revision's merit. All this
    takes runs for independent of each other; where they are like those right before them, that is
    said instead.
    """
    parts = by_revision(ground)
    pairs = [(old[-NEWEST:], new) for old, new in pairwise(parts) if min(len(old), len(new)) >= FEWEST_EACH]
    looks = [_looks(old, new) for old, new in pairs]
    tail = chance.tail(KIND, sum(map(len, looks)))
    found = [next((gain for look in own if (gain := _by_change(ground, look, tail))), None) for own in looks]
    helped = [gain for gain in found if isinstance(gain, Gain)]
    yield from (one for one in found if isinstance(one, Missing))
    if helped and are_alike([run.active for run in part] for part in parts):
        yield _not_told(ground, [f"revision {gain.revision}" for gain in helped])
    else:
        yield from helped
    if looks and not found[-1]:
        yield from _may_have_helped(ground, looks[-1], tail)
    if (gain := gain_without_revision(ground, chance.tail("shift", 1))) is not None:
        yield gain
    elif isinstance(likely := gain_without_revision(ground, LIKELY), Gain):
        yield Missing(routine=ground.routine.id, kind=KIND, sentence=f"{likely.sentence} {NOT_PROMISED}")


class _Look(Value):
    """One way of holding the runs since a revision against those before it."""

    series: Series
    place: int
    """Of the first run since."""

    @property
    def before(self) -> tuple[timedelta, ...]:
        """The last times before it, at most those that FORMULAS 3 takes."""
        return self.series.times[self.first : self.place]

    @property
    def since(self) -> tuple[timedelta, ...]:
        """All times since."""
        return self.series.times[self.place :]

    @property
    def first(self) -> int:
        """The place of the first of the times before it."""
        return max(0, self.place - RECENT)

    @property
    def goes_on(self) -> bool:
        """Whether the times got shorter little by little before the revision already, and went on so."""
        earlier = self.series.times[: self.place]
        return chance_of_fall(earlier) <= _FALLS and is_practice(self.series.times, self.place)

    @property
    def is_clear(self) -> bool:
        """Whether Trends says of whole runs that it helped too."""
        return bool(self.series.steps) or before_and_after(self.before, self.since).verdict == "helped"


def _looks(old: Sequence[GroundRun], new: Sequence[GroundRun]) -> list[_Look]:
    """Look at whole runs, and at the steps that a revision changed where they are known.

    Whether it changed a step that is another one by now, before it as well as since, no run tells.
    """
    runs = [*old, *new]
    works = {step: (_works(old, step), _works(new, step)) for run in runs for step in run.steps}
    same = [step for step, (before, since) in works.items() if before == since == {True}]
    found = [_Look(series=whole_runs(runs), place=len(old))]
    changed = [step for step, (before, since) in works.items() if before != since]
    if changed and len(same) >= FEWEST_STEPS:
        series = series_of(runs, changed, parts_of_usual(runs, same))
        place = sum(run in series.runs for run in old)
        if min(place, len(series.runs) - place) >= FEWEST_EACH:
            found.append(_Look(series=series, place=place))
    return found


def _works(runs: Sequence[GroundRun], step: str) -> set[bool | None]:
    """Give whether a step held in some runs what it holds now; None of those that did not have it."""
    return {run.steps[step].same if step in run.steps else None for run in runs}


def _by_change(ground: RoutineGround, look: _Look, tail: float) -> Gain | Missing | None:
    """Give the gain of a revision where it is shown; what speaks against it where the output suffered."""
    before, since = look.before, look.since
    saved = shift_interval(before, since, tail)
    if saved is None or saved.low <= ZERO or look.goes_on or not look.is_clear:
        return None
    net = look.series.net(look.first, look.place, saved)
    if net is None:
        return None
    first = look.series.runs[look.place]
    what = f"Revision {first.revision} {_what_it_did(ground, look, saved.estimate - net.estimate)}."
    if worse := _worse(look.series.runs[look.first : look.place], look.series.runs[look.place :]):
        return Missing(routine=ground.routine.id, kind=KIND, sentence=f"{what} {worse} before you keep it.")
    gain = _gain(ground, look.series, look.place, net, f"{what} Keep it.", (len(before), tail))
    return gain.replaced(revision=first.revision, how=f"{gain.how} {_OF_STEPS if look.series.steps else _SURER}")


def _what_it_did(ground: RoutineGround, look: _Look, back: timedelta) -> str:
    """Say what a revision did; `back` is what of it came back in other steps."""
    middles = f"{middles_of(look.before, look.since)} since"
    present = [step.id for step in ground.steps if step.id in look.series.steps]
    if not look.series.steps:
        runs = look.series.runs
        changed = what_changed(ground, runs[look.first : look.place], runs[look.place :])
        return f"made the runs shorter ({changed or _ELSEWHERE}): {middles}"
    gone = [step for step in look.series.steps if step not in present]
    if not present:
        middle = step_time(middle_of(look.before))
        rest = f"{step_time(back)} longer, which is taken off" if back >= _SECOND else "no longer"
        return f"took out {names_of(ground, gone)}, {middle} in the middle, and the rest took {rest}"
    beside = f", without {names_of(ground, gone)}" if gone else ""
    return f"made what it changed shorter ({names_of(ground, present)}{beside}): {middles}"


def _may_have_helped(ground: RoutineGround, looks: Iterable[_Look], tail: float) -> Iterator[Missing]:
    """Say of the newest revision what would show that it helped, where one way of looking makes it likely."""
    for look in looks:
        likely = shift_interval(look.before, look.since, LIKELY)
        net = None if likely is None else look.series.net(look.first, look.place, likely)
        if likely is None or likely.low <= ZERO or net is None or look.goes_on:
            continue
        saved = shift_interval(look.before, look.since, tail)
        runs = len(look.before), len(look.since)
        more = None if saved is None else more_runs(saved.estimate - saved.low, saved.estimate, runs)
        revision = look.series.runs[look.place].revision
        what = _what_it_did(ground, look, likely.estimate - net.estimate)
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"Revision {revision} likely {what}. {NOT_PROMISED}{would_show(more, 'with it, as short,')}",
        )
        return


def _not_told(ground: RoutineGround, revisions: Sequence[str]) -> Missing:
    return Missing(
        routine=ground.routine.id,
        kind=KIND,
        sentence=f"Whether {listed(revisions)} helped cannot be told: runs are like those right before them here, so it"
        " may have been a good stretch.",
    )


def _worse(before: Sequence[GroundRun], since: Sequence[GroundRun]) -> str:
    """Say that the output was surely right less often since, and to find out why; empty where it was not."""
    was, now = outcomes_of(before), outcomes_of(since)
    if not is_surely_worse(now, was):
        return ""
    return f"But the output was right in {now.words} since and in {was.words} before, hardly chance: find out why"


def gain_without_revision(ground: RoutineGround, tail: float) -> Gain | Missing | None:
    """Find from when on the newest runs of the present revision are shorter: by one step, else altogether.

    Where the output suffered meanwhile, that is said instead.
    """
    whole_run, *each = ground.once(gain_without_revision, lambda: _series_of_newest(ground))
    whole = _since(ground, whole_run, tail / 2)
    found = [gain for one in each if (gain := _since(ground, one, tail / (2 * len(each))))]
    return whole if whole and len(found) != 1 else max(found, key=_saves, default=None)


def _series_of_newest(ground: RoutineGround) -> list[Series]:
    """Give the newest runs of the present revision, and each step that they tell enough of."""
    parts = by_revision(ground)
    newest = (parts[-1] if parts else ground.finished)[-NEWEST:]
    steps = [step.id for step in ground.steps if not step.prepare]
    usual = parts_of_usual(newest, steps)
    each = [series_of(newest, (step,), usual) for step in steps]
    return [whole_runs(newest), *(one for one in each if len(one.runs) >= 2 * EACH_SIDE)]


def _saves(found: Gain | Missing) -> timedelta:
    return found.saves if isinstance(found, Gain) else ZERO


def _since(ground: RoutineGround, series: Series, tail: float) -> Gain | Missing | None:
    shift = level_shift(series.times, tail)
    if shift is None or is_practice(series.times):
        return None
    net = series.net(0, shift.place, shift.saved)
    first, before, since = series.runs[shift.place], series.times[: shift.place], series.times[shift.place :]
    if net is None or are_alike((before, since)):
        return None
    which = f"{names_of(ground, series.steps)} takes less" if series.steps else "the runs are shorter"
    what = f"Since {first.day.isoformat()} {which}, and no revision says why: {middles_of(before, since)} since."
    if worse := _worse(series.runs[: shift.place], series.runs[shift.place :]):
        return Missing(routine=ground.routine.id, kind=KIND, sentence=f"{what} {worse}.")
    what = f"{what} Find out what was different, and write it down."
    return _gain(ground, series, shift.place, net, what, (len(before), tail))


def middles_of(before: Sequence[timedelta], after: Sequence[timedelta]) -> str:
    """Say `the middle was 31:00 before and is 24:00`."""
    return f"the middle was {step_time(middle_of(before))} before and is {step_time(middle_of(after))}"


def _gain(
    ground: RoutineGround, series: Series, place: int, saved: Interval, sentence: str, compared: tuple[int, float]
) -> Gain:
    a_week = saved.times(ground.a_week)
    before, tail = compared
    tempo = "each at the usual tempo of the other steps, less what came back in these, " * bool(series.steps)
    return Gain(
        routine=ground.routine.id,
        revision=None,
        since=series.runs[place].day,
        saves=a_week.estimate,
        low=a_week.low,
        high=a_week.high,
        sentence=sentence,
        how=f"The middle difference of {before} runs before and {len(series.runs) - place} since, {tempo}times"
        f" {ground.a_week:.2f} a week; interval by exact ranks at {sureness(tail)}.",
    )


def by_revision(ground: RoutineGround) -> list[list[GroundRun]]:
    """Part the finished runs where a newer revision was first run.

    Imported ones say nothing, and nothing those of a revision that was given up for an older one again.
    """
    parts: list[list[GroundRun]] = []
    newest, present = 0, ground.revision
    for run in ground.finished:
        if run.revision is None or present is None or run.revision > present:
            continue
        if run.revision > newest:
            newest = run.revision
            parts.append([])
        if run.revision == newest:
            parts[-1].append(run)
    return parts
