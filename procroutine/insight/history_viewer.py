"""What the screens behind History and Trends ask for: the table of runs, two runs, the page of a step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.errors import DoesNotFit, NotFound, did_you_mean, nearest, quoted
from procroutine.history.columns import column
from procroutine.insight.gathered_runs import GatheredRuns
from procroutine.text import Shown, number_typed, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta

    from procroutine.history.home import Home
    from procroutine.insight.compare import TwoSides
    from procroutine.insight.kept import Kept
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.step_past import StepPast
    from procroutine.insight.views.compare import CompareView
    from procroutine.insight.views.past import HistoryView
    from procroutine.insight.views.step_page import StepPage
    from procroutine.run.states import RunState

_OTHER = "name another; procroutine history lists them"


class HistoryViewer:
    """Draws what is listed of the past of one home."""

    def __init__(self, home: Home, kept: Kept, past: PastViewer) -> None:
        """Read nothing yet; what was read is `kept` while the files stay as they are."""
        self._home = home
        self._kept = kept
        self._past = past
        self._gathered = GatheredRuns(home, kept)

    def newest(self) -> HistoryView:
        """Draw the table as far as it is there soon: of a long past the newest weeks alone, which are not counted."""
        from procroutine.insight.history_view import history_view

        if self._gathered.are_quickly_there:
            return self.history()
        runs, first_year = self._gathered.newest()
        this_week = self._past.this_week()
        view = history_view(runs, this_week)
        return view.replaced(facts="", long_weeks=view.long_weeks or first_year < this_week.year, is_whole=False)

    def reading(self) -> Iterator[bool]:
        """Give the work of reading all runs, in parts of some milliseconds; true once `history` is quick.

        What words are looked for in comes last. CannotRead where the folder or a file cannot be read.
        """
        for _ in self._gathered.in_slices():
            yield False
        yield True
        for _ in self._gathered.all().prepared():
            yield True

    def history(self, routine_id: str | None = None, text: str = "", sort: str = "newest") -> HistoryView:
        """Draw the table of past runs, of one routine or all, those that a filter wants as it is typed, in an order."""
        from procroutine.insight.history_filter import parse_filter
        from procroutine.insight.history_view import history_view

        return history_view(
            self._gathered.all(),
            self._past.this_week(),
            parse_filter(text, self._home.clock.read()),
            sort,
            name=None if routine_id is None else self._name(routine_id),
            routines=None if routine_id is None else self._ids_of(routine_id),
        )

    def _name(self, routine_id: str) -> str:
        """Give the present name of a routine; of one that is gone, what its newest run says."""
        entry = self._kept.library().entries.get(routine_id)
        if entry is not None and entry.name:
            return entry.name
        heads = [head for head in self._gathered.all().heads if head.routine == routine_id][:1]
        return next(iter(column(heads, "routine_name")), routine_id)

    def _ids_of(self, routine_id: str) -> frozenset[str]:
        """Give the present and former ids of a routine."""
        owners = self._kept.owners()
        owner = owners.get(routine_id, routine_id)
        return frozenset((owner, *(former for former, now in owners.items() if now == owner)))

    def compared(self, run_id: str, other: str = "before") -> TwoSides:
        """Hold a run against another by its id, or against `before`, `best` or `usual`.

        NotFound without one, DoesNotFit where it is the same.
        """
        from procroutine.insight.compare import best_other, compared, one_before, side_of, usual_side

        run = self._past.ended(run_id)
        if other == run_id:
            raise DoesNotFit("a run is no different from itself", _OTHER)
        if other not in ("before", "best", "usual"):
            return compared(side_of(run), side_of(self._past.ended(other)))
        heads = self._past.heads_of(run.routine)
        if other == "usual":
            usual = self._usual(run)
            if not usual:
                raise NotFound("nothing of this run is usual yet: no run before it had its steps", _OTHER)
            return compared(usual_side(run, usual), side_of(run))
        head = (one_before if other == "before" else best_other)(run, heads)
        if head is None:
            raise NotFound("there is no such run to compare it with", _OTHER)
        return compared(side_of(run), side_of(self._past.ended(head.id)))

    def compare(self, run_id: str, other: str) -> CompareView:
        """Draw a run beside another, as `compared`."""
        from procroutine.insight.compare_view import compare_view

        return compare_view(self.compared(run_id, other))

    def comparable(self, run_id: str) -> tuple[tuple[str, Shown], ...]:
        """Say what a run can be compared with: `before`, `best` and `usual`, as far as there are any."""
        from procroutine.insight.compare_choices import compare_choices

        run = self._past.ended(run_id)
        return compare_choices(run, self._past.heads_of(run.routine), bool(self._usual(run)))

    def _usual(self, run: RunState) -> Mapping[str, timedelta]:
        from procroutine.insight.run_context import comparisons_for, runs_before

        before = runs_before(run, self._past.heads_of(run.routine))
        return comparisons_for(run, before, ways=self._past.ways_of(run, before)).by_name["usual"]

    def steps(self, routine_id: str) -> tuple[tuple[str, Shown], ...]:
        """Name the steps of a routine, in their order; NotFound where nobody knows it."""
        return tuple((step.id, shown(step.title)) for step in self._past.routine(routine_id).steps)

    def step_named(self, routine_id: str, word: str) -> str:
        """Give the id of a step by its id, its title or its number; NotFound names the nearest."""
        steps = self._past.routine(routine_id).steps
        known = {step.id for step in steps}
        titled = [step.id for step in steps if step.title.strip().casefold() == word.strip().casefold()]
        if word in known or titled:
            return word if word in known else titled[0]
        if (number := number_typed(word, len(steps))) is not None:
            return steps[number - 1].id
        remedy = did_you_mean(nearest(word, known), f"write its id, title or number, 1 to {len(steps)}")
        raise NotFound(f"{routine_id} has no step {quoted(word)}", remedy)

    def step(self, routine_id: str, step_id: str, weeks: int = 26) -> StepPage:
        """Draw the page of a step over so many weeks (0: all); NotFound where there is no such step."""
        from procroutine.insight.step_page import step_page

        past, this_week = self._step_past(routine_id, step_id, weeks), self._past.this_week()
        return step_page(self._past.routine(routine_id), past, this_week, weeks)

    def step_answer(self, routine_id: str, step_id: str, weeks: int = 0) -> dict[str, Any]:
        """Answer `step --json`; errors as `step`."""
        from procroutine.insight.step_page import step_answer

        return step_answer(self._past.routine(routine_id), self._step_past(routine_id, step_id, weeks))

    def _step_past(self, routine_id: str, step_id: str, weeks: int) -> StepPast:
        from procroutine.insight.step_past import step_past

        routine, revisions = self._past.routine(routine_id), self._past.revisions
        since = self._past.this_week() + (1 - weeks) if weeks else None
        heads, documents = revisions.apart(routine_id).heads, revisions.documents(routine_id)
        past = step_past(routine, step_id, heads, documents, since)
        if past is None:
            raise NotFound(f"{routine_id} has no step {quoted(step_id)}", "choose another one")
        return past
