"""The table of past runs, by week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from textual.content import Content

from procroutine.durations import total_time
from procroutine.insight.views.past import HistoryRow, HistoryRows, HistoryView
from procroutine.tui.widgets.cells import FAINT, LABEL, QUIET, SOFT, column, difference, joined
from procroutine.tui.widgets.row_list import RowList


@dataclass(frozen=True, slots=True)
class Widths:
    """The columns that fit; 0 leaves one out."""

    week: int
    finished: int
    name: int
    total: int
    goal: int
    steps: int
    revision: int
    note: int

    @classmethod
    def within(cls, width: int, long_weeks: bool = False) -> Widths:
        """Choose the columns for a line of `width` cells: the rightmost go first, names give way last."""
        week = 0 if width < 50 else 9 if long_weeks else 5
        finished = 14 if width >= 50 else 7
        goal = 9 if width >= 56 else 0
        steps = 8 if width >= 68 else 0
        revision = 3 if width >= 92 else 0
        total = 6
        left = width - week - finished - total - goal - steps - revision
        name = max(8, min(32 if width >= 110 else 26, left))
        note = left - name - 2 if width >= 92 else 0
        return cls(week, finished, name, total, goal, steps, revision, max(0, note))


class RunTable(RowList):
    """Past runs; the week stands on the first row of each."""

    rows: HistoryRows = HistoryRows.of(())
    marked: str | None = None
    """The run that another is to be compared with."""
    _long_weeks = False
    _sort = "newest"

    def __init__(self, wait_for_all: Callable[[], object], *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        """Take what shows all runs, which is called before one is selected behind those shown so far."""
        super().__init__(id=id)
        self._wait_for_all = wait_for_all

    def select(self, index: int) -> None:
        """Select a run, or the nearest there is."""
        if index >= self.count:
            self._wait_for_all()
        super().select(index)

    def action_ends(self, direction: int) -> None:
        """Select the first or the last run."""
        if direction > 0:
            self._wait_for_all()
        super().action_ends(direction)

    @property
    def _long_weeks_from(self) -> int:
        """Columns from which weeks have their year; in another order than by time no other row says it."""
        return 72 if self._sort == "newest" else 56

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self.rows)

    @property
    def row(self) -> HistoryRow | None:
        """The selected run."""
        return self.rows[self.index] if self.index < len(self.rows) else None

    def show(self, view: HistoryView) -> None:
        """Show other rows; the selection stays with its run, or else with its place."""
        before = self.row
        place = None if before is None else view.rows.place_of(before.run_id)
        self.rows, self._long_weeks, self._sort = view.rows, view.long_weeks, view.sort
        self.rows_changed(self.index if place is None else place)

    def mark(self, run_id: str | None) -> None:
        """Mark a run, or none."""
        self.marked = run_id
        self.refresh()

    def labels(self, width: int) -> Content:
        """Name the columns."""
        widths = Widths.within(width, self._long_weeks and width >= self._long_weeks_from)
        return joined(
            column("week", widths.week, LABEL),
            self._label("finished" if widths.finished > 7 else "day", widths.finished, "newest"),
            column("routine", widths.name, LABEL),
            self._label("total", widths.total, "longest", right=True),
            self._label("vs goal", widths.goal, "over-goal", right=True),
            column("  steps", widths.steps, LABEL),
            column(" v", widths.revision, LABEL),
            column("  note", widths.note + 2, LABEL) if widths.note else "",
        )

    def _label(self, text: str, width: int, sort: str, *, right: bool = False) -> Content:
        """Name a column that rows can be ordered by; the one they are has a mark."""
        if sort == self._sort:
            return column(f"↓{text}", width, right=right)
        return column(text, width, LABEL, right=right)

    def row_line(self, index: int, width: int) -> Content:
        """Draw one run."""
        row, widths = self.rows[index], Widths.within(width, self._long_weeks and width >= self._long_weeks_from)
        apart = row.state == "abandoned" or row.left_out
        week = row.week if widths.week > 5 else row.week.split(" ")[0]
        finished = row.finished if widths.finished > 7 else row.finished.rpartition(" ")[0]
        note = " · ".join([*_standing(row), *([row.note] if row.note else [])])
        return joined(
            column(week, widths.week, QUIET),
            column(finished, widths.finished - 1, QUIET),
            ("•" if row.run_id == self.marked else " ", "$primary"),
            column(row.name, widths.name - 1, SOFT if apart else ""),
            " ",
            column(total_time(row.total), widths.total, FAINT if apart else "bold", right=True),
            column(difference(row.vs_goal, row.standing), widths.goal, right=True),
            column(f"  {row.steps}", widths.steps, "$text-warning" if row.skipped else QUIET),
            column(f" {row.revision}", widths.revision, QUIET),
            joined("  ", column(note, widths.note, f"italic {QUIET}")) if widths.note else "",
        )


def _standing(row: HistoryRow) -> Iterator[str]:
    """Say what sets a run apart from the others."""
    if row.state == "abandoned":
        yield "abandoned"
    if row.left_out:
        yield "left out"
    if row.corrected:
        yield "corrected"
