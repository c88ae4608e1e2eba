"""The whole run on one line against the goal, one segment a step."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate
from typing import ClassVar

from procroutine.durations import step_time
from procroutine.insight.goal_words import OF_WEEK
from procroutine.insight.views.run import TotalLine
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.drawn import DrawnWidget

_MARGIN = 1.04
"""The bar ends a little after what is expected, so that the goal's mark never sticks to the edge."""


class TotalBar(DrawnWidget):
    """Steps done, the running one, those left, and a gold mark at the goal; below it what is elapsed."""

    PREFIX = "total-bar"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"total-bar--{look}" for look in ("done", "now", "left", "late", "goal", "goal-value", "elapsed")
    }
    DEFAULT_CSS = """
    TotalBar {
        height: 2;
        width: 1fr;
        & > .total-bar--done { color: $primary 55%; }
        & > .total-bar--now { color: $primary; }
        & > .total-bar--left { color: $foreground 22%; }
        & > .total-bar--late { color: $text-error 70%; }
        & > .total-bar--goal { color: $text-accent; text-style: bold; }
        & > .total-bar--goal-value { color: $text-accent; }
        & > .total-bar--elapsed { color: $text-primary; }
        &:ansi > .total-bar--left { color: ansi_default; text-style: dim; }
    }
    """

    total: TotalLine | None = None
    """What is drawn; nothing without it."""
    _drawn_from: object = None
    """What the bar itself was drawn from last; its labels change every second."""

    def show(self, total: TotalLine) -> None:
        """Draw another state of the run."""
        self.total = total
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """Draw the bar, and the names of its ends where there is a second line."""
        canvas, before = Canvas(width, height), self._canvas
        if self.total is None or width <= 1:
            return canvas
        bar = _Bar(self.total, canvas)
        drawn_from, self._drawn_from = self._drawn_from, bar.drawn_from()
        if before is not None and drawn_from == self._drawn_from:
            canvas.take_line(0, before)
        else:
            bar.draw()
        if height > 1:
            bar.write_labels()
        return canvas


class _Bar:
    def __init__(self, total: TotalLine, canvas: Canvas) -> None:
        self.total = total
        self.canvas = canvas
        self.whole = max(total.goal or timedelta(), total.projected, total.elapsed, timedelta(seconds=1)) * _MARGIN

    def place(self, time: timedelta) -> int:
        return min(self.canvas.width - 1, round(time / self.whole * self.canvas.width))

    def draw(self) -> None:
        self.draw_expected()
        self.draw_done()
        if self.total.goal is not None:
            self.canvas.write(self.place(self.total.goal), 0, "┃", "goal")

    def drawn_from(self) -> object:
        """Give what the bar follows from: as long as that is the same, so is the bar."""
        total, canvas = self.total, self.canvas
        now = self.place(total.elapsed), self.place(sum(total.done, total.current))
        return canvas.width, self.whole, total.goal, total.projected, total.done, total.left, self.start_of_left(), now

    def start_of_left(self) -> timedelta:
        """Give the total at which the running step is expected to end."""
        return self.total.elapsed + max(timedelta(), self.total.current_expected - self.total.current)

    def draw_expected(self) -> None:
        """Draw the steps still to come, from the goal on in red."""
        end = self.place(self.total.projected)
        self.canvas.write(0, 0, "━" * end, "left")
        start = self.start_of_left()
        late_from = self.place(self.total.goal) if self.total.goal is not None else self.canvas.width
        self.canvas.write(late_from, 0, "━" * (end - late_from), "late")
        for border in list(accumulate(self.total.left, initial=start))[:-1]:
            if self.place(self.total.elapsed) < (x := self.place(border)) < end:
                self.canvas.write(x - 1, 0, "╸", self.canvas.look(x - 1, 0))

    def draw_done(self) -> None:
        """Draw the steps done, each with a gap after it, and the running one."""
        start = timedelta()
        for time in self.total.done:
            left, right = self.place(start), self.place(start + time)
            if right > left:
                self.canvas.write(left, 0, "━" * (right - left - 1) + ("╸" if right - left > 1 else "━"), "done")
            start += time
        left, right = self.place(start), self.place(start + self.total.current)
        self.canvas.write(left, 0, "━" * max(right - left, 1), "now")

    def write_labels(self) -> None:
        """Write the goal under its mark and what is elapsed under the end of the bar, side by side if need be."""
        width = self.canvas.width
        elapsed = f"{step_time(self.total.elapsed)} elapsed"
        start = max(0, min(width - len(elapsed), self.place(self.total.elapsed) - len(elapsed)))
        if self.total.goal is not None:
            words = self.total.goal_words
            goal = words if len(words) + 2 + len(elapsed) <= width else words.removesuffix(OF_WEEK)
            x = self.place(self.total.goal)
            goal_start = max(0, x - len(goal) + 1 if x > width * 0.6 else min(x, width - len(goal)))
            self.canvas.write(goal_start, 1, goal, "goal-value")
            start = _beside(start, len(elapsed), goal_start, len(goal), width)
        self.canvas.write(start, 1, elapsed, "elapsed")


def _beside(start: int, length: int, other: int, other_length: int, width: int) -> int:
    """Give where a text may start without touching another."""
    if start + length + 2 <= other or other + other_length + 2 <= start:
        return start
    after = other + other_length + 2
    return after if after + length <= width else max(0, other - length - 2)
