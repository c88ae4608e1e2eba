"""One thin line: how much of a step's usual time is used, with ticks at best and usual."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from procroutine.insight.step_panel import LATE
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.drawn import DrawnWidget


class Meter(DrawnWidget):
    """A bar that grows towards the usual time and past it; names under its ticks where it is two lines high."""

    PREFIX = "meter"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"meter--{look}" for look in ("used", "over", "late", "rest", "usual", "best", "label")
    }
    DEFAULT_CSS = """
    Meter {
        height: 2;
        width: 1fr;
        & > .meter--used { color: $primary; }
        & > .meter--over { color: $text-warning; }
        & > .meter--late { color: $text-error; }
        & > .meter--rest { color: $foreground 20%; }
        & > .meter--usual { color: $foreground; }
        & > .meter--best { color: $foreground 70%; }
        & > .meter--label { color: $foreground 50%; }
        &:ansi > .meter--rest, &:ansi > .meter--label { color: ansi_default; text-style: dim; }
    }
    """

    time = timedelta()
    """Time on the step so far."""
    usual: timedelta | None = None
    best: timedelta | None = None
    versus = "usual"
    """What `usual` is called where it is another comparison."""

    def show(self, time: timedelta, usual: timedelta | None, best: timedelta | None, versus: str = "usual") -> None:
        """Let the bar grow to a time, and hold it against others."""
        self.time, self.usual, self.best, self.versus = time, usual, best, versus
        self.redraw()

    def draw(self, width: int, height: int) -> Canvas:
        """Draw bar, ticks and their names."""
        canvas = Canvas(width, height)
        marks = [mark for mark in (self.usual, self.best) if mark is not None]
        whole = max(max(marks, default=timedelta(minutes=10)) * 1.25, self.time * 1.02, timedelta(seconds=1))
        canvas.write(0, 0, "─" * width, "rest")
        self._draw_used(canvas, whole)
        labels: list[tuple[int, str]] = []
        if self.best is not None and self.best != self.usual:
            x = _place(self.best, whole, width)
            passed = self.time >= self.best
            canvas.write(x, 0, "┻" if passed else "╹", canvas.look(x, 0) if passed and width else "best")
            labels.append((x, "best"))
        if self.usual is not None:
            x = _place(self.usual, whole, width)
            canvas.write(x, 0, "┃", "usual")
            labels.insert(0, (x, self.versus))
        if height > 1:
            _write_labels(canvas, labels)
        return canvas

    def _draw_used(self, canvas: Canvas, whole: timedelta) -> None:
        end = _place(self.time, whole, canvas.width)
        if self.time > timedelta():
            canvas.write(0, 0, "━" * end + "╸", "used")
        if self.usual is not None and self.time > self.usual:
            start = _place(self.usual, whole, canvas.width)
            look = "late" if self.time > self.usual * LATE else "over"
            canvas.write(start, 0, "━" * (end - start) + "╸", look)


def _place(time: timedelta, whole: timedelta, width: int) -> int:
    return max(0, min(width - 1, int(time / whole * width)))


def _write_labels(canvas: Canvas, labels: list[tuple[int, str]]) -> None:
    for x, label in labels:
        start = max(0, min(canvas.width - len(label), x - len(label) // 2))
        if canvas.is_empty(max(start - 1, 0), min(start + len(label), canvas.width - 1), 1):
            canvas.write(start, 1, label, "label")
