"""What the screens that look back ask for: Trends, History, the page of a run, as of now.

Made when the first of them is opened, so that the first screen does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.durations import total_time
from procroutine.errors import CannotRead, DoesNotFit, NotFound, quoted
from procroutine.insight.dates import clock_time, short_date
from procroutine.text import Shown, shown
from procroutine.weeks import Week, week_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.home import Home
    from procroutine.insight.done_with import DoneWith, Systems
    from procroutine.insight.history_viewer import HistoryViewer
    from procroutine.insight.kept import Kept
    from procroutine.insight.revision_viewer import RevisionViewer
    from procroutine.insight.run_odds import NoOdds
    from procroutine.insight.views.run_page import RunPage
    from procroutine.insight.views.trends import TrendsView
    from procroutine.routine.entries import Library
    from procroutine.routine.model import GoalPer, Routine
    from procroutine.run.states import RunState


def named_runs(run_ids: Sequence[str], heads: Iterable[RunHead]) -> tuple[tuple[str, Shown], ...]:
    """Name runs such as `Thu 19 Nov 14:05   52m`, in the order given; those that are gone are left out."""
    wanted = set(run_ids)
    found = {head.id: head for head in heads if head.id in wanted}
    return tuple((run_id, _named(found[run_id])) for run_id in run_ids if run_id in found)


def _named(head: RunHead) -> Shown:
    began = f"{short_date(head.day)} {clock_time(head.started_at)}"
    return Shown(f"{began}   {total_time(head.active)}{'   corrected' if head.corrected else ''}")


class PastViewer:
    """Draws the views of the past of one home."""

    def __init__(self, home: Home, kept: Kept) -> None:
        """Read nothing yet; what was read is `kept` while the files stay as they are."""
        self._home = home
        self._kept = kept
        self._revisions: RevisionViewer | None = None
        self._ran: tuple[tuple[Overview, Library], tuple[tuple[str, Shown], ...]] | None = None
        self._runs: HistoryViewer | None = None

    @property
    def revisions(self) -> RevisionViewer:
        """What is asked about revisions."""
        if self._revisions is None:
            from procroutine.insight.revision_viewer import RevisionViewer

            self._revisions = RevisionViewer(self._home, self._kept, self)
        return self._revisions

    def page(self, run_id: str) -> RunPage:
        """Draw one past run, a deleted one too; NotFound where there is none."""
        from procroutine.insight.run_context import comparisons_for, own_goal, runs_before, with_goal_of_week
        from procroutine.insight.run_page import run_page

        past = self._home.history().run(run_id)
        run = self.ended(run_id) if past is None else past.run
        before = runs_before(run, self.heads_of(run.routine))
        chain = None if past is None else self._home.history().chain(run_id)
        goal = own_goal(run, lambda: with_goal_of_week(self._kept.library().entries.values()))
        return run_page(run, comparisons_for(run, before, ways=self.ways_of(run, before)), goal, past, chain)

    def ways_of(self, run: RunState, before: Sequence[RunHead]) -> DoneWith:
        """Say which runs (oldest first) did the steps with alternatives as a run does."""
        from procroutine.insight.done_with import choices_of, done_with

        return done_with(choices_of(run), before, self._systems_in)

    def ways_to_come(self, routine: Routine, runs: Sequence[RunHead]) -> DoneWith:
        """Say which of a routine's runs (oldest first) did these steps as the next run will."""
        from procroutine.insight.done_with import choices_to_come, done_with

        return done_with(choices_to_come(routine, self.heads_of(routine.id)), runs, self._systems_in)

    def _systems_in(self, run_ids: Collection[str]) -> Systems:
        """Give what the steps of runs were done with; nothing where a file cannot be read: no run is to stop for it."""
        from procroutine.insight.done_with import systems_in

        try:
            return systems_in(self._home, run_ids)
        except CannotRead:
            return {}

    @property
    def runs(self) -> HistoryViewer:
        """What lists and compares runs."""
        if self._runs is None:
            from procroutine.insight.history_viewer import HistoryViewer

            self._runs = HistoryViewer(self._home, self._kept, self)
        return self._runs

    def trends(self, routine_id: str, weeks: int = 26, *, by_medians: bool = False, by_day: bool = False) -> TrendsView:
        """Draw the trends of a routine over so many weeks (0: all); NotFound where nobody knows it.

        Its limits are `by_medians` where the person chose so; `by_day` draws the days of these weeks.
        """
        from procroutine.insight.trends_view import trends_view

        apart = self.revisions.apart(routine_id)
        view = trends_view(
            self.routine(routine_id),
            apart.heads,
            self.this_week(),
            weeks,
            self.off_weeks(routine_id),
            self.real_changes(routine_id),
            by_medians=by_medians,
            by_day=by_day,
        )
        return view.replaced(facts=f"{view.facts} · {apart.remark[:-1]}") if apart.others else view

    def real_changes(self, routine_id: str) -> frozenset[int]:
        """Give the numbers of the revisions that the person marked as a real change, of a routine as `heads_of`."""
        return frozenset(
            one["number"] for one in self.revisions.in_brief(self._owner(routine_id)) if one["real_change"]
        )

    def why_no_odds(self, routine_id: str, runs: Sequence[RunHead], goal_per: GoalPer) -> NoOdds | None:
        """Say why no odds are given from runs of a routine, oldest first, by the limits that its Trends has."""
        from procroutine.insight.run_odds import why_no_odds
        from procroutine.settings import read_settings

        by_medians = read_settings(self._home.places.config)[0].median_limits
        told = self.revisions.apart(self._owner(routine_id)).of_revisions(runs)
        return why_no_odds(told, goal_per, self.real_changes(routine_id), by_medians=by_medians)

    def named_runs(self, run_ids: Sequence[str]) -> tuple[tuple[str, Shown], ...]:
        """Name ended runs, to pick one of them, in the order given."""
        return named_runs(run_ids, self._kept.overview().heads)

    def trends_routines(self) -> tuple[tuple[str, Shown], ...]:
        """Give the routines that were ever run, by name."""
        known = self._kept.tables(), self._kept.library()
        if self._ran is None or self._ran[0][0] is not known[0] or self._ran[0][1] is not known[1]:
            self._ran = known, self._routines_that_ran()
        return self._ran[1]

    def _routines_that_ran(self) -> tuple[tuple[str, Shown], ...]:
        owners = self._kept.owners()
        ran = {owners.get(routine, routine) for routine in self._kept.newest_heads()}
        names = self._names()
        found = sorted((names.get(routine_id, routine_id).casefold(), routine_id) for routine_id in ran)
        return tuple((routine_id, shown(names.get(routine_id, routine_id))) for _, routine_id in found)

    def run(self, run_id: str) -> RunState | None:
        """Give a run of the history, a deleted one too; None where there is none."""
        found = self._home.history().run(run_id)
        return None if found is None else found.run

    def ended(self, run_id: str) -> RunState:
        """Give a run that has ended, also one that could not be written into the history; NotFound."""
        run = self.run(run_id)
        if run is not None:
            return run
        # An ended run stays in its journal where the history could not be written.
        for one in self._home.runs.load_all().runs:
            if one.id == run_id and one.live.has_ended:
                return one.live.state(self._home.clock.read())
        raise NotFound("there is no such run", "see procroutine history")

    def heads_of(self, routine_id: str) -> tuple[RunHead, ...]:
        """Give the ended runs of a routine by its present or a former id, newest first."""
        return self._kept.heads_of(self._owner(routine_id))

    def by_definition(
        self, routine_id: str, runs: Sequence[RunHead]
    ) -> tuple[Sequence[RunHead], dict[int, Mapping[str, Any]]]:
        """Give runs of a routine, by its present or a former id, and by their numbers what they were made with.

        The numbers may be others than those of revisions: they are to be looked up, not shown.
        """
        return self.revisions.by_definition(self._owner(routine_id), runs)

    def _owner(self, routine_id: str) -> str:
        return self._kept.owners().get(routine_id, routine_id)

    def routine(self, routine_id: str) -> Routine:
        """Give the present definition; of a file that is gone or broken, what the newest run tells."""
        from procroutine.insight.run_context import routine_of_run
        from procroutine.routine.model import Routine

        entry = self._kept.library().entries.get(routine_id)
        if entry is not None and entry.routine is not None:
            return entry.routine
        newest = next((found for head in self.heads_of(routine_id)[:1] if (found := self.run(head.id))), None)
        if newest is not None:
            return routine_of_run(newest)
        if entry is None:
            raise NotFound(f"there is no routine {quoted(routine_id)}", "see procroutine routines")
        return Routine(id=routine_id, name=entry.name or routine_id, steps=())

    def why_not_as_filed(self, routine_id: str) -> str:
        """Say why `routine` does not give what the file of a routine says; nothing where it does."""
        entry = self._kept.library().entries.get(routine_id)
        if entry is None:
            return "its file is gone"
        return "" if entry.routine is not None else "its file has problems"

    def routine_with_steps(self, routine_id: str) -> Routine:
        """Give the same; DoesNotFit where the file is broken and there is no run to tell the steps."""
        routine = self.routine(routine_id)
        if not routine.steps:
            raise DoesNotFit(f"the file of {quoted(routine_id)} has problems", "see procroutine check")
        return routine

    def _names(self) -> dict[str, str]:
        """Give the names of all routines: the present ones, and of routines that are gone the last."""
        names = {routine: head.routine_name for routine, head in self._kept.newest_heads().items()}
        return names | {entry.id: entry.name for entry in self._kept.library().entries.values() if entry.name}

    def off_weeks(self, routine_id: str) -> dict[Week, str]:
        """Give the weeks that are off for a routine, and why."""
        owners = self._kept.owners()
        return {
            off.week: off.reason
            for off in self._kept.tables().weeks_off
            if off.routine is None or owners.get(off.routine, off.routine) == routine_id
        }

    def this_week(self) -> Week:
        """Give the present week, in the person's zone."""
        return week_of(self._home.clock.read().wall)
