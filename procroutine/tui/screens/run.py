"""A run: the checklist left, the step with its clock right, the whole run against its goal below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Markdown

from procroutine.errors import NotFound
from procroutine.insight.views.run import RunView
from procroutine.run.shown_marker import ShownMarker
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.one_frame import OneFrame
from procroutine.tui.screens.outlook import DeadlineBar, Pace, TotalHead
from procroutine.tui.screens.outlook_keys import OutlookKeys
from procroutine.tui.screens.run_notices import RunNotices
from procroutine.tui.screens.run_parts import (
    Figures,
    Links,
    Notes,
    OwnChecklist,
    RunPart,
    StepTitle,
)
from procroutine.tui.screens.state_line import HEARTBEAT_GAP, StateLine
from procroutine.tui.screens.step_list import StepHead, StepList
from procroutine.tui.widgets.meter import Meter
from procroutine.tui.widgets.own_lines import OwnLines
from procroutine.tui.widgets.run_bar import RunBar
from procroutine.tui.widgets.tall_clock import TallClock
from procroutine.tui.widgets.total_bar import TotalBar

_AFTER_THE_SECOND = 0.005
"""Seconds after a full second of the step's clock at which it is drawn."""
_NO_INSTRUCTIONS = "*No instructions for this step.*"


class RunScreen(OutlookKeys):
    """One open run."""

    TITLE = "A run"
    CSS_PATH = "run.tcss"
    AUTO_FOCUS = ""

    def __init__(self, run_id: str) -> None:
        """Show the run with this id."""
        super().__init__()
        self.run_id = run_id
        self._step = ""
        self._drawn_at: datetime | None = None
        self._frame = OneFrame(self, self._write_frame)
        self._shown_in: tuple[Callable[[RunView], object], ...] = ()
        self._instructions: str | None = None
        self._notices = RunNotices()
        self._marker: ShownMarker | None = None
        self._ended_elsewhere = False
        self._away = True

    def compose(self) -> ComposeResult:
        """Put the parts where they stay; only what they draw changes."""
        yield RunBar()
        with Horizontal(id="run"):
            with Vertical(id="steps"):
                yield StepHead(id="step-head")
                yield StepList(id="step-list")
                yield Pace(id="pace")
            with Vertical(id="now"):
                yield StepTitle(id="step-title")
                with Horizontal(id="clock"):
                    yield TallClock(id="tall-clock")
                    yield Figures(id="figures")
                yield Meter(id="meter")
                with VerticalScroll(id="text", can_focus=False):
                    yield Markdown(id="instructions", open_links=False)
                    yield OwnChecklist(id="own-checklist")
                yield Notes(id="notes")
                yield Links(id="links")
        yield StateLine(id="state-line")
        with Vertical(id="total"):
            yield TotalHead(id="total-head")
            yield DeadlineBar(id="deadline")
            yield TotalBar(id="total-bar")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the run before it is seen."""
        self.state_line = self.query_one(StateLine)
        self.state_line.display = self.query_one(DeadlineBar).display = False
        for widget in self.walk_children(OwnLines):
            widget.frame = self._frame
        self._shown_in = tuple(self._ways_to_show())
        folder = self.procroutine.home.places.open_runs
        self._marker = self.procroutine.look(lambda: ShownMarker(folder, self.run_id))
        self.draw_if_changed()

    def on_unmount(self) -> None:
        """Take the mark away where the person left; where the app just ends, the run was interrupted."""
        if self._marker is not None:
            self._marker.close(left=self.left or self.procroutine.leaving)

    def on_screen_suspend(self) -> None:
        """Remember whether another place comes up, where nothing ticks here, or only a dialog."""
        self._away = self.procroutine.place is not self

    def on_screen_resume(self) -> None:
        """Take up the clock again; nothing ticked here while another place was shown."""
        if self._away:
            self._away = False
            self.state_line.begin_heartbeat(self.procroutine.clock.read())
        super().on_screen_resume()
        if self._ended_elsewhere and self.is_active:
            self._show_end_elsewhere()

    def draw(self, *, unchanged: bool = False) -> None:
        """Ask for the run as of now, and draw it; of one that has ended, the last there was.

        Where nothing is different but the time, the run is not read again. Where machine or
        program stood still since the last time, that is recorded first: what looks like work until
        then would ring.
        """
        app = self.procroutine
        if self.ended:
            return
        reading = self.heartbeat()

        def ask() -> RunView:
            return app.viewer.run(self.run_id, self.looked_at, unchanged=unchanged, reading=reading)

        try:
            view = app.look(ask, but=NotFound)
        except NotFound:
            self._end_elsewhere()
            return
        if view is not None:
            with self._frame:
                self._show(view, reading.wall)
            self.take_up_after_restart(view)

    def shown_elsewhere(self) -> bool:
        """Say whether another window showed the run just now, by the mark that all of them keep fresh."""
        app, marker = self.procroutine, self._marker
        run = app.look(lambda: app.home.open_run(self.run_id))
        seen = marker.last_beat() if marker is not None else None
        return run is not None and seen is not None and abs(run.as_of.astimezone(UTC) - seen) < HEARTBEAT_GAP

    def _end_elsewhere(self) -> None:
        """Show how a run ended that was ended from outside the app, once no question stands over it."""
        if self.acting:
            return
        self.ended = self._ended_elsewhere = True
        if self.is_active:
            self._show_end_elsewhere()
        else:
            self.procroutine.say("This run has ended elsewhere.")

    def _show_end_elsewhere(self) -> None:
        """Show the finish of a run that was finished; go back where it ended otherwise."""
        app = self.procroutine
        self._ended_elsewhere = False
        if app.look(lambda: app.viewer.was_finished(self.run_id)):
            app.say("This run was finished elsewhere.")
            self.show_finish()
        else:
            app.say("This run has ended elsewhere; see History.")
            self.leave()

    def each_second(self) -> None:
        """Let the clock tick."""
        if self.ended:
            return
        self._frame.waits = True
        self.draw(unchanged=True)
        self._frame.waits = False
        marker, seen = self._marker, self.view.as_of if self.view is not None else None
        if marker is not None and seen is not None:
            self.procroutine.look(lambda: marker.beat(seen))

    def _write_frame(self, text: str) -> None:
        self.procroutine.write_frame(text, more_follows=not self._frame.waits)

    def until_next_second(self) -> float:
        """Give the seconds until the clock of the running step turns."""
        if self.view is None or self.view.paused_since is not None or self._drawn_at is None:
            return 1.0
        time = self.view.steps[self.view.current].time or timedelta()
        part = (time + (self.procroutine.now() - self._drawn_at)).total_seconds() % 1
        return 1.0 - part + _AFTER_THE_SECOND

    def _show(self, view: RunView, now: datetime) -> None:
        self.view = view
        self._drawn_at = now
        current = view.steps[view.current].id
        if current != self._step:
            self._step, self.step_since = current, now
        for show in self._shown_in:
            show(view)
        self._show_instructions(view)
        if view.odds_due:
            self.work_out_odds()
        self._notices.tell(self.procroutine, view)

    def _ways_to_show(self) -> Iterator[Callable[[RunView], object]]:
        """Give what draws each part; found once, since it is done every second."""
        demo = self.procroutine.home.places.demo
        bar, clock = self.query_one(RunBar), self.query_one(TallClock)
        meter, total = self.query_one(Meter), self.query_one(TotalBar)
        yield lambda view: bar.show(view, demo)
        yield lambda view: clock.show(view.panel.time, view.panel.level)
        yield lambda view: meter.show(view.panel.time, view.panel.compared, view.panel.best, _versus(view))
        yield self.query_one(StepHead).show
        yield self.query_one(StepList).show
        yield from (part.show for part in self.query(RunPart))
        yield lambda view: total.show(view.total)
        yield self.state_line.show_run

    def _show_instructions(self, view: RunView) -> None:
        panel = view.panel
        instructions = panel.instructions or ("" if panel.checklist else _NO_INSTRUCTIONS)
        if instructions != self._instructions:
            self._instructions = instructions
            self.query_one("#instructions", Markdown).update(instructions)
            self.query_one("#text", VerticalScroll).scroll_home(animate=False)

    @on(StepList.LookedAt)
    def _look(self, event: StepList.LookedAt) -> None:
        self.look_at(event.place)

    @on(OwnChecklist.Clicked)
    def _toggle(self, event: OwnChecklist.Clicked) -> None:
        self.toggle(event.item)

    @on(Links.Clicked)
    def _open(self, event: Links.Clicked) -> None:
        self.action_open(event.digit)

    @on(Markdown.LinkClicked)
    def _open_link(self, event: Markdown.LinkClicked) -> None:
        self.procroutine.open_address(event.href)


def _versus(view: RunView) -> str:
    figures = view.panel.figures
    return figures[0].label if figures else view.compared_with
