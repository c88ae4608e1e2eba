"""What Trends writes for other programs: its weeks as a table, itself as a picture; loaded when that is asked for."""

from __future__ import annotations

from procroutine.insight.views.common import ChartPoint
from procroutine.insight.views.trends import Reading, TrendsView
from procroutine.routine.slugs import slug
from procroutine.tui.screens.past_screen import PastScreen


class ExportsTrends(PastScreen):
    """A place that can write the trends that it shows."""

    view: TrendsView | None = None

    def action_export(self) -> None:
        """Ask for the kind of file."""
        from procroutine.tui.screens.choose import Choice
        from procroutine.tui.screens.exports import ask_for_form

        if self.view is None:
            return
        choices = (
            Choice("c", "csv", "CSV", f"the {'days' if self.view.by_day else 'weeks'} as a table"),
            Choice("s", "svg", "SVG", "this screen as a picture"),
        )
        ask_for_form(self.procroutine, "Export", choices, self._export)

    def _export(self, kind: str | None) -> None:
        if kind == "svg":
            # The picture is taken once the question is gone from the screen.
            self.call_after_refresh(self._write, "svg")
        elif kind is not None:
            self._write(kind)

    def _write(self, kind: str) -> None:
        from procroutine.tui.screens.exports import export

        view, app = self.view, self.procroutine
        if view is None:
            return
        text = app.export_screenshot(title="procroutine") if kind == "svg" else points_as_csv(view)
        export(app, f"trends-{slug(view.routine_id, 'routine')}", kind, lambda: text)


def points_as_csv(view: TrendsView) -> str:
    """Give one line a week or day: value and difference to the goal in seconds, number of runs, how it stands."""
    from procroutine.tui.screens.exports import csv_text

    header = ("day" if view.by_day else "week", "value_seconds", "vs_goal_seconds", "runs", "mark", "signals")
    pairs = zip(view.chart.points, view.readings, strict=True)
    return csv_text(header, (_cells(point, reading) for point, reading in pairs))


def _cells(point: ChartPoint, reading: Reading) -> tuple[object, ...]:
    lengths = (None if length is None else length.total_seconds() for length in (point.value, point.vs_goal))
    return reading.name, *lengths, len(point.run_ids), _mark(point), "; ".join(reading.signals)


def _mark(point: ChartPoint) -> str:
    if point.value is not None:
        return point.mark.value
    return "off" if point.off else "unfinished" if point.unfinished else point.mark.value
