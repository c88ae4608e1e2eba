"""The checklist of a run, drawn line by line: steps with their times, sections as quiet headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from procroutine.durations import signed, step_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.run import RunView, StepMark, StepRow
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Pieces, column, filled, joined, standing_style
from procroutine.tui.widgets.own_lines import OwnLines
from procroutine.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

_USUAL_FROM = 44
"""Columns from which a column of its own holds what a step is held against."""
PLANNED = "◦"
"""Stands before a time that is only planned, where the others come from what was done."""
BEST = "▲"
"""Stands before a step that was never done faster."""
_BRIEF = {"optional": "maybe", "prepare": "before"}
"""What stands for steps apart from the others, where it is narrow."""
_SHORT = {"sum of best": "sum", "best run": "best", "goal split": "goal"}
"""Names over the differences, where all of one has no room."""
_LEAD = 3
"""Cells before a step's name: a blank, its number or sign, a blank."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of a step's line."""

    title: int
    usual: int
    time: int
    difference: int

    @classmethod
    def within(cls, width: int) -> Columns:
        """Choose them for a line of `width` cells."""
        usual, time, difference = (6, 7, 8) if width >= _USUAL_FROM else (0, 6, 7)
        return cls(max(4, width - _LEAD - usual - time - difference - 1), usual, time, difference)


class StepHead(TextLines):
    """The labels over the checklist; what the steps are held against stands over its column."""

    _versus = "usual"
    _some_planned = False

    def show(self, view: RunView) -> None:
        """Name what another state of the run is held against."""
        versus = view.against
        some_planned = any(row.stands_in for row in view.steps)
        if (versus, some_planned) != (self._versus, self._some_planned):
            self._versus, self._some_planned = versus, some_planned
            self.redraw()

    def lines_at(self, width: int) -> list[Content]:
        """Give the one line."""
        fit = Columns.within(width)
        over = f"{PLANNED} planned  {self._versus}" if self._some_planned else self._versus
        usual = fit.usual and max(fit.usual, len(over) + 1)
        short = f"±{_SHORT.get(self._versus, self._versus)}"
        difference = max(fit.difference, len(short) + 1)
        return [
            joined(
                " " * _LEAD,
                column("Step", fit.title + fit.usual - usual + fit.difference - difference, LABEL),
                column(over, usual, LABEL, right=True),
                column("time", fit.time, LABEL, right=True),
                column(short, difference, LABEL, right=True),
            )
        ]


_SIGNS = {
    StepMark.DONE: ("✓", "$text-success"),
    StepMark.SKIPPED: ("–", "$text-warning"),
    StepMark.CURRENT: ("▶", "bold $text-primary"),
}
_TITLES = {StepMark.DONE: QUIET, StepMark.SKIPPED: QUIET, StepMark.CURRENT: "bold"}


def step_line(row: StepRow, width: int) -> Pieces:
    """Draw one step."""
    fit = Columns.within(width)
    sign, sign_style = _SIGNS.get(row.mark, (str(row.number), LABEL))
    if row.best_ever:
        sign = BEST
    usual = step_time(row.compared) if row.compared is not None else ""
    if row.stands_in:
        usual = PLANNED + usual
    is_ahead = row.mark is StepMark.PENDING
    time = "" if is_ahead else step_time(row.time) if row.time is not None else "–"
    if is_ahead and not fit.usual:
        time = usual
    last, last_style = _last_column(row, brief=not fit.usual)
    # Numbers are never cut: where an hour or more has no room, the title gives way.
    usual_width = fit.usual and max(fit.usual, len(usual) + 1)
    time_width = max(fit.time, len(time) + 1)
    last_width = max(fit.difference, len(last) + bool(time))
    title = fit.title + fit.usual + fit.time + fit.difference - usual_width - time_width - last_width
    return (
        *filled(sign, _LEAD - 1, sign_style, right=True),
        (" ", ""),
        *filled(row.title, title, _TITLES.get(row.mark, "")),
        *filled(usual if fit.usual else "", usual_width, LABEL, right=True),
        *filled(time, time_width, _time_style(row), right=True),
        *filled(last, last_width, last_style, right=True),
    )


def _last_column(row: StepRow, *, brief: bool) -> tuple[str, str]:
    """Give what stands behind the time, and its style: what sets a step apart, else how it compares."""
    if row.mark is StepMark.PENDING:
        apart = "optional" if row.optional else row.before
        return _BRIEF.get(apart, apart) if brief else apart, LABEL
    if row.mark is StepMark.SKIPPED:
        return "off" if row.off else "skipped", "$text-warning"
    if row.before and row.mark is StepMark.DONE:
        return row.before, LABEL
    if row.difference is None:
        return "", ""
    written = signed(row.difference)
    if row.mark is StepMark.CURRENT and row.standing in (Standing.OVER, Standing.FAR_OVER):
        return written, "$text-warning"
    return written, SOFT if written.startswith("±") else standing_style(row.standing)


def _time_style(row: StepRow) -> str:
    if row.mark is StepMark.PENDING:
        return LABEL
    if row.mark is StepMark.CURRENT:
        over = row.standing in (Standing.OVER, Standing.FAR_OVER)
        return "bold $text-warning" if over else "bold $text-primary"
    return "bold $text-success" if row.best_ever else "" if row.mark is StepMark.DONE else SOFT


def _have_same_lines(before: tuple[StepRow, ...], after: tuple[StepRow, ...]) -> bool:
    return len(before) == len(after) and all(
        old is new or (old.id == new.id and old.section == new.section) for old, new in zip(before, after, strict=True)
    )


class StepList(ScrollView, OwnLines, can_focus=False):
    """All steps of a run; a click looks at one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"step-list--current", "step-list--looked-at"}

    @dataclass
    class LookedAt(Message):
        """A step was clicked; its index."""

        place: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """Begin empty."""
        super().__init__(id=id)
        self._lines: list[int | str | None] = []
        self._rows: tuple[StepRow, ...] = ()
        self._looked_at = -1
        self._strips: dict[int, Strip] = {}
        """Lines as they were drawn last."""
        self._drawn_width = 0

    def show(self, view: RunView) -> None:
        """Draw a run; only what is different is repainted."""
        before, self._rows = self._rows, view.steps
        looked_before, self._looked_at = self._looked_at, view.panel.number - 1
        if not _have_same_lines(before, self._rows):
            self._lay_out()
        else:
            self._repaint(before, looked_before)
        if looked_before != self._looked_at:
            self._keep_in_sight(self._looked_at)

    def _lay_out(self) -> None:
        headings = sum(row.section is not None for row in self._rows)
        airy = len(self._rows) + 2 * headings <= self.size.height + 1
        self._lines = []
        for place, row in enumerate(self._rows):
            if row.section is not None:
                self._lines += [None, row.section] if self._lines and airy else [row.section]
            self._lines.append(place)
        self.virtual_size = Size(1, len(self._lines))
        self._strips.clear()
        self.refresh()

    def _repaint(self, before: tuple[StepRow, ...], looked_before: int) -> None:
        looks_moved = {looked_before, self._looked_at} if looked_before != self._looked_at else set()
        for number, place in enumerate(self._lines):
            if not isinstance(place, int):
                continue
            old, new = before[place], self._rows[place]
            if (old is not new and old != new) or place in looks_moved:
                self._repaint_line(number)

    def _repaint_line(self, number: int) -> None:
        drawn = self._strips.pop(number, None)
        y = number - self.scroll_offset.y
        if not 0 <= y < self.size.height:
            return
        if drawn is None:  # forgotten with the styles of before, while Textual still shows it
            self.refresh(Region(0, y, self.size.width, 1))
        else:
            self.repaint(y, drawn, self._drawn(number))

    def _keep_in_sight(self, place: int) -> None:
        if place in self._lines:
            y = self._lines.index(place)
            self.scroll_to_region(Region(0, max(0, y - 1), 1, 3), animate=False)

    def on_resize(self) -> None:
        """Leave blank lines between sections where all steps fit with them; keep the step that is seen in sight."""
        self._lay_out()
        self._keep_in_sight(self._looked_at)

    def on_click(self, event: events.Click) -> None:
        """Look at the step that was clicked."""
        y = event.y + round(self.scroll_y)
        place = self._lines[y] if y < len(self._lines) else None
        if isinstance(place, int):
            self.post_message(self.LookedAt(place))

    def notify_style_update(self) -> None:
        """Forget what was drawn with the styles of before."""
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the screen."""
        return self._drawn(y + self.scroll_offset.y)

    def _drawn(self, number: int) -> Strip:
        width = self.scrollable_content_region.width
        if width != self._drawn_width:
            self._drawn_width = width
            self._strips.clear()
        if number not in self._strips:
            self._strips[number] = self.strip(*self._line(number, width))
        return self._strips[number]

    def _line(self, number: int, width: int) -> tuple[Pieces, int, str]:
        """Give a line, its width, and the style of its ground."""
        line = self._lines[number] if number < len(self._lines) else None
        if line is None:
            return ((" ", ""),), width, ""
        if isinstance(line, str):
            return ((" " * _LEAD, ""), *filled(line, width - _LEAD, QUIET)), width, ""
        row = self._rows[line]
        looked_at = ".step-list--looked-at" if line == self._looked_at else ""
        return (
            (*step_line(row, width), (" ", "")),
            width,
            ".step-list--current" if row.mark is StepMark.CURRENT else looked_at,
        )
