"""What open runs are seen against, kept while they tick: comparisons, last notes, the goal left, and the odds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Generator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.history.choices import choose_comparison, chosen_comparisons
from procroutine.insight.odds import LOOKED_BACK, DrawnSteps, drawn_in_slices
from procroutine.insight.run_context import comparisons_for, goal_for, last_notes, outside, runs_before
from procroutine.insight.run_odds import NoOdds, parts_of, times_for
from procroutine.routine.model import GoalPer
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.done_with import DoneWith
    from procroutine.insight.odds import Odds
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.run_view import DrawnRows
    from procroutine.run.states import RunState

    _Made = tuple[str, int | None, tuple[str | None, ...]]
    _Key = tuple[_Made, frozenset[str]]

KEPT_RUNS = 8
"""Runs of which the surroundings are kept."""
_ANEW = timedelta(minutes=1)
"""So long a running step makes other odds: what it will take is more than it has taken."""


class Around(Value):
    """What a run is seen against."""

    before: Sequence[RunHead]
    ways: DoneWith
    comparisons: Comparisons
    goal: timedelta | None
    last_notes: Mapping[str, tuple[str, str]]
    rows: DrawnRows
    """Steps as they were drawn against it."""


class Surroundings:
    """Works them out once for a run, and the odds once for each of its states."""

    def __init__(self, home: Home, past: PastViewer, comparison: str) -> None:
        """Take what tells of the past; `comparison` is what the settings name."""
        self._home = home
        self._past = past
        self._comparison = comparison
        self._around: dict[_Key, Around] = {}
        self._times: dict[_Made, Mapping[str, Sequence[timedelta]]] = {}
        self._odds: dict[str, tuple[tuple[object, ...], Odds | NoOdds]] = {}
        self._drawn: dict[str, DrawnSteps] = {}
        self._of_step: tuple[tuple[_Made, str], Sequence[timedelta]] | None = None
        """A step that ran, and its past times, the shortest first."""

    def of(self, run: RunState) -> Around:
        """Give what a run is seen against."""
        key = _key_of(run)
        if key not in self._around:
            before = runs_before(run, self._past.heads_of(run.routine))
            if len(self._around) >= KEPT_RUNS:
                del self._around[next(iter(self._around))]
            chosen = chosen_comparisons(self._home.places).get(run.routine, self._comparison)
            ways = self._past.ways_of(run, before)
            self._around[key] = Around(
                before=before,
                ways=ways,
                comparisons=comparisons_for(run, before, chosen, ways),
                goal=goal_for(run, before),
                last_notes=last_notes(run, before, self._past.run),
                rows={},
            )
        return self._around[key]

    def compare_next(self, run: RunState) -> Comparisons:
        """Hold a run, and the later ones of its routine, against the following comparison; CannotWrite."""
        around = self.of(run)
        comparisons = around.comparisons.replaced(chosen=around.comparisons.following())
        self._around[_key_of(run)] = around.replaced(comparisons=comparisons, rows={})
        if comparisons.chosen != around.comparisons.chosen:
            choose_comparison(self._home.places, run.routine, comparisons.chosen)
        return comparisons

    def odds(self, run: RunState) -> tuple[Odds | NoOdds | None, bool]:
        """Give the odds that were worked out last, and whether they are those of the run as it stands."""
        state, found = self._odds.get(run.id, ((), None))
        now = self._state_of(run)
        return found, state == now or (isinstance(found, NoOdds) and state[:3] == now[:3])

    def work_out_odds(self, run: RunState) -> Generator[None, None, None]:
        """Work out the odds of a run as it stands, a few milliseconds at a time."""
        around = self.of(run)
        goal_per = GoalPer.WEEK if run.is_goal_of_week else GoalPer.RUN
        none = self._past.why_no_odds(run.routine, around.before, goal_per)
        yield
        found: Odds | NoOdds = none or (yield from self._draw(run, around))
        if len(self._odds) >= KEPT_RUNS:
            oldest = next(iter(self._odds))
            del self._odds[oldest]
            self._drawn.pop(oldest, None)
        self._odds[run.id] = self._state_of(run), found

    def _draw(self, run: RunState, around: Around) -> Generator[None, None, Odds | NoOdds]:
        times = self._times_of(run, around)
        yield
        fixed, to_do = parts_of(run, times)
        if to_do and not any(step.times for step in to_do):
            return NoOdds("no odds: none of the steps left was ever done in this form")
        drawn = self._drawn.setdefault(run.id, DrawnSteps())
        return (yield from drawn_in_slices(fixed, to_do, around.goal, drawn=drawn))

    def _times_of(self, run: RunState, around: Around) -> Mapping[str, Sequence[timedelta]]:
        key = _made_of(run)
        if key not in self._times:
            if len(self._times) >= KEPT_RUNS:
                self._times.pop(next(iter(self._times)))
            before, snapshots = self._past.by_definition(run.routine, around.before)
            self._times[key] = times_for(run, before, snapshots, around.ways)
        return self._times[key]

    def _state_of(self, run: RunState) -> tuple[object, ...]:
        """Give what the odds follow from: where the run is after which acts, and how long the running step takes.

        Of that it counts which past times it has outlasted, and of one that takes longer than ever the
        minutes; both are looked at once a minute.
        """
        whole_minutes = run.step_elapsed // _ANEW
        past = self._past_of_step(run)
        outlasted = bisect_right(past, whole_minutes * _ANEW)
        return run.revision, run.acts, run.current, outlasted, whole_minutes if outlasted == len(past) else None

    def _past_of_step(self, run: RunState) -> Sequence[timedelta]:
        times = self._times.get(_made_of(run))
        if times is None or run.current is None:
            return ()
        key = _made_of(run), run.steps[run.current].id
        if self._of_step is None or self._of_step[0] != key:
            self._of_step = key, sorted(times.get(key[1], ())[-LOOKED_BACK:])
        return self._of_step[1]


def _made_of(run: RunState) -> _Made:
    """Give what the times follow from that it is held against: what it is, and with which alternatives it is done."""
    return run.id, run.revision, tuple([step.alternative for step in run.steps])


def _key_of(run: RunState) -> _Key:
    """Give what a run's surroundings follow from; the goal is not split over what was prepared before."""
    return _made_of(run), outside(run)
