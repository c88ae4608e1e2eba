"""The table of past runs, by week."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content

from procroutine.durations import total_time
from procroutine.insight.views.past import HistoryRow
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
        week = 0 if width < 50 else 9 if long_weeks and width >= 72 else 5
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

    rows: tuple[HistoryRow, ...] = ()

    @property
    def count(self) -> int:
        """How many runs there are."""
        return len(self.rows)

    @property
    def row(self) -> HistoryRow | None:
        """The selected run."""
        return self.rows[self.index] if self.index < len(self.rows) else None

    def show(self, rows: tuple[HistoryRow, ...]) -> None:
        """Show other rows; the selection stays with its run, or else with its place."""
        before = self.row
        places = (place for place, row in enumerate(rows) if before is not None and row.run_id == before.run_id)
        self.rows = rows
        self._long_weeks = any(" " in row.week for row in rows)
        self.rows_changed(next(places, self.index))

    _long_weeks = False

    def labels(self, width: int) -> Content:
        """Name the columns."""
        widths = Widths.within(width, self._long_weeks)
        return joined(
            column("week", widths.week, LABEL),
            column("finished" if widths.finished > 7 else "day", widths.finished, LABEL),
            column("routine", widths.name, LABEL),
            column("total", widths.total, LABEL, right=True),
            column("vs goal", widths.goal, LABEL, right=True),
            column("  steps", widths.steps, LABEL),
            column(" v", widths.revision, LABEL),
            column("  note", widths.note + 2, LABEL) if widths.note else "",
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one run."""
        row, widths = self.rows[index], Widths.within(width, self._long_weeks)
        abandoned = row.state == "abandoned"
        week = row.week if widths.week > 5 else row.week.split(" ")[0]
        finished = row.finished if widths.finished > 7 else row.finished.rpartition(" ")[0]
        name = column(row.name, widths.name - 1, SOFT if abandoned else "")
        note = "abandoned" if abandoned and not row.note else row.note
        return joined(
            column(week, widths.week, QUIET),
            column(finished, widths.finished, QUIET),
            name,
            " ",
            column(total_time(row.total), widths.total, FAINT if abandoned else "bold", right=True),
            column(difference(row.vs_goal, row.standing), widths.goal, right=True),
            column(f"  {row.steps}", widths.steps, "$text-warning" if row.skipped else QUIET),
            column(f" {row.revision}", widths.revision, QUIET),
            joined("  ", column(note, widths.note, f"italic {QUIET}")) if widths.note else "",
        )
