"""The list of the steps below a flow map."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from procroutine.durations import step_time
from procroutine.improvement.flow_map import FlowBar, Source
from procroutine.improvement.flow_words import known_by
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.sharing import second_width

_NUMBER, _TIME, _KNOWN_BY = 4, 8, 9
"""Columns of a step's number, its time, and how that is known."""
_WHERE, _WHERE_FROM = 12, 44
"""Columns that systems and person have at least, and those that names have in all from which these stand there."""


class FlowSteps(RowList):
    """The steps in the order of the map."""

    bars: tuple[FlowBar, ...] = ()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self._fitted: dict[int, tuple[int, int]] = {}
        """The columns at each width."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.bars)

    @property
    def bar(self) -> FlowBar | None:
        """The selected step."""
        return self.bars[self.index] if self.index < len(self.bars) else None

    def show(self, bars: tuple[FlowBar, ...]) -> None:
        """List other steps; the selection stays with its step where it is still there."""
        before = self.bar
        self.bars, self._fitted = bars, {}
        same = (place for place, bar in enumerate(bars) if before is not None and _is_same(bar, before))
        self.rows_changed(next(same, self.index))

    def labels(self, width: int) -> Content:
        """Name the columns."""
        title, where = self._widths(width)
        return joined(
            " " * _NUMBER,
            column("Step", title, LABEL),
            column("time", _TIME, LABEL, right=True),
            " " * _KNOWN_BY,
            column("done with", where, LABEL),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one step."""
        bar = self.bars[index]
        title, where = self._widths(width)
        time = "–" if bar.source is Source.UNKNOWN else step_time(bar.length)
        return joined(
            column(f"{bar.number}", _NUMBER - 1, QUIET, right=True),
            " ",
            column(bar.title, title),
            column(time, _TIME, right=True),
            column(f" {'' if bar.source is Source.UNKNOWN else known_by(bar)}", _KNOWN_BY, LABEL),
            column(_where(bar) if where else "", where, QUIET),
        )

    def _widths(self, width: int) -> tuple[int, int]:
        """Give the widths of title and systems; 0 leaves the systems out."""
        if width not in self._fitted:
            room = max(1, width - _NUMBER - _TIME - _KNOWN_BY)
            titles = [cell_len(bar.title) for bar in self.bars]
            where = second_width(room, titles, (cell_len(_where(bar)) for bar in self.bars), _WHERE)
            # The time stands near the titles where there is more room than names.
            where = max(where, room - max((*titles, 1))) if room >= _WHERE_FROM else 0
            self._fitted[width] = room - where, where
        return self._fitted[width]


def _is_same(one: FlowBar, other: FlowBar) -> bool:
    return (one.step, one.again) == (other.step, other.again)


def _where(bar: FlowBar) -> str:
    """Say whether a step begins by a switch or a hand-off, with what and by whom it is done."""
    marks = "".join(sign for sign, holds in (("◦", bar.switch), ("◆", bar.hand_off)) if holds)
    return f"{marks:<3}{' · '.join(filter(None, (bar.systems, bar.person, 'before the run' if bar.before else '')))}"
