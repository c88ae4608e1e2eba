"""What History and the screens behind it ask for: the table of runs, two runs beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.errors import NotFound
from procroutine.history.columns import column
from procroutine.insight.past_runs import PastRuns

if TYPE_CHECKING:
    from procroutine.history.heads import Overview
    from procroutine.history.home import Home
    from procroutine.insight.compare import TwoSides
    from procroutine.insight.kept import Kept
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.views.compare import CompareView
    from procroutine.insight.views.past import HistoryView
    from procroutine.text import Shown

_SOON = 2
"""Years whose runs are listed first: in January the year before fills the screen."""


class HistoryViewer:
    """Draws what is listed of the past of one home."""

    def __init__(self, home: Home, kept: Kept, past: PastViewer) -> None:
        """Read nothing yet; what was read is `kept` while the files stay as they are."""
        self._home = home
        self._kept = kept
        self._past = past
        self._ordered: tuple[Overview, frozenset[str], PastRuns] | None = None

    def newest(self) -> HistoryView:
        """Draw the table of the newest years alone, which is there sooner than that of all; it does not count them."""
        from procroutine.insight.history_view import history_view

        overview, shared = self._kept.overview(_SOON), self._shared()
        runs = PastRuns((head for head in overview.heads if not head.deleted), shared)
        return history_view(runs, self._past.this_week()).replaced(facts="")

    def history(self, routine_id: str | None = None, text: str = "", sort: str = "newest") -> HistoryView:
        """Draw the table of past runs, of one routine or all, those that a filter wants as it is typed, in an order."""
        from procroutine.insight.history_filter import parse_filter
        from procroutine.insight.history_view import history_view

        return history_view(
            self._runs(),
            self._past.this_week(),
            parse_filter(text, self._home.clock.read()),
            sort,
            name=None if routine_id is None else self._name(routine_id),
            routines=None if routine_id is None else self._ids_of(routine_id),
        )

    def _runs(self) -> PastRuns:
        """Give all ended runs, put in order once as long as they stay the same."""
        overview, shared = self._kept.overview(), self._shared()
        if self._ordered is None or self._ordered[0] is not overview or self._ordered[1] != shared:
            self._ordered = overview, shared, PastRuns(self._kept.heads(), shared)
        return self._ordered[2]

    def _shared(self) -> frozenset[str]:
        from procroutine.insight.run_context import with_goal_of_week

        return with_goal_of_week(self._kept.library().entries.values())

    def _name(self, routine_id: str) -> str:
        """Give the present name of a routine; of one that is gone, what its newest run says."""
        entry = self._kept.library().entries.get(routine_id)
        if entry is not None and entry.name:
            return entry.name
        heads = [head for head in self._runs().heads if head.routine == routine_id][:1]
        return next(iter(column(heads, "routine_name")), routine_id)

    def _ids_of(self, routine_id: str) -> frozenset[str]:
        """Give the present and former ids of a routine."""
        owners = self._kept.owners()
        owner = owners.get(routine_id, routine_id)
        return frozenset((owner, *(former for former, now in owners.items() if now == owner)))

    def compared(self, run_id: str, other: str = "before") -> TwoSides:
        """Hold a run against another by its id, or against `before`, `best` or `usual`; NotFound without one."""
        from procroutine.insight.compare import best_other, compared, one_before, side_of, usual_side
        from procroutine.insight.run_context import comparisons_for, runs_before

        run = self._past.ended(run_id)
        if other not in ("before", "best", "usual"):
            return compared(side_of(run), side_of(self._past.ended(other)))
        heads = self._past.heads_of(run.routine)
        if other == "usual":
            usual = comparisons_for(run, runs_before(run, heads)).by_name["usual"]
            return compared(usual_side(run, usual), side_of(run))
        head = (one_before if other == "before" else best_other)(run, heads)
        if head is None:
            raise NotFound("there is no such run to compare it with", "name another; procroutine history lists them")
        return compared(side_of(run), side_of(self._past.ended(head.id)))

    def compare(self, run_id: str, other: str) -> CompareView:
        """Draw a run beside another, as `compared`."""
        from procroutine.insight.compare_view import compare_view

        return compare_view(self.compared(run_id, other))

    def comparable(self, run_id: str) -> tuple[tuple[str, Shown], ...]:
        """Say what a run can be compared with: `before`, `best` and `usual`, as far as there are any."""
        from procroutine.insight.compare_choices import compare_choices
        from procroutine.insight.run_context import runs_before

        run = self._past.ended(run_id)
        heads = self._past.heads_of(run.routine)
        return compare_choices(run, heads, bool(runs_before(run, heads)))
