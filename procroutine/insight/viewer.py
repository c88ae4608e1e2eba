"""What the app asks for: the views of one home, as of now.

It reads through `Home` and keeps what it read while the files stay as they are; a run that ticks
reads no history after the first look. What one view alone needs is imported with it, since the
first screen must not wait for the others.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from procroutine.clock import zone_of
from procroutine.errors import NotFound
from procroutine.insight.kept import Kept
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence

    from procroutine.clock import Reading
    from procroutine.history.heads import Overview
    from procroutine.history.home import Home
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.routine_weeks import KnownPast
    from procroutine.insight.surroundings import Surroundings
    from procroutine.insight.views.report import WeekReport
    from procroutine.insight.views.report_year import YearReport
    from procroutine.insight.views.run import FinishView, RunView
    from procroutine.insight.views.week import WeekView
    from procroutine.run.live import LiveRun
    from procroutine.run.states import RunState
    from procroutine.weeks import Week

FIRST_YEARS = 2
"""Years of history that This week looks at: in January the year before is still needed."""


class Viewer:
    """Draws the views of one home."""

    def __init__(self, home: Home, comparison: str = "usual") -> None:
        """Read nothing yet; `comparison` is what runs are held against, as the settings name it."""
        self._home = home
        self._kept = Kept(home)
        self._comparison = comparison
        self._surroundings: Surroundings | None = None
        self._open: LiveRun | None = None
        self._keeping: Iterator[None] | None = None
        self._past_viewer: PastViewer | None = None

    @property
    def past(self) -> PastViewer:
        """What the screens that look back draw."""
        if self._past_viewer is None:
            from procroutine.insight.past_viewer import PastViewer

            self._past_viewer = PastViewer(self._home, self._kept)
        return self._past_viewer

    def week_report(self, week: Week | None = None) -> WeekReport:
        """Report on a week, the present one where none is given; BadInput where it has not begun."""
        from procroutine.insight.report_home import report_of_week

        return report_of_week(self._home, self._kept, self.past, week)

    def year_report(self, year: str | None = None) -> YearReport:
        """Report on an ISO year, the present one where none is given; BadInput where it is none or has not begun."""
        from procroutine.insight.report_home import report_of_year

        return report_of_year(self._home, self._kept, year)

    def week(self) -> WeekView:
        """Draw This week; as it was kept while nothing that it is drawn from has changed."""
        from procroutine.insight.kept_week import kept_view, source_of

        reading, places = self._home.clock.read(), self._home.places
        source = source_of(places, reading.zone)
        kept = None if source is None else kept_view(places, source, reading)
        return self._week(reading, source) if kept is None else kept

    def _week(self, reading: Reading, source: bytes | None) -> WeekView:
        from procroutine.insight.week_view import week_by_parts, whole

        zone = zone_of(reading)
        overview, runs = self._kept.runs_by_routine(FIRST_YEARS)
        past = self._known_past(overview, runs, zone)
        open_runs = self._home.open_runs()
        said = (*map(shown, overview.said), *self._interruptions(open_runs, reading.wall))

        def draw(now: datetime) -> Generator[None, None, WeekView]:
            return week_by_parts(past, open_runs, now.astimezone(zone), said)

        view = whole(draw(reading.wall))
        self._keeping = None
        if (
            source is not None
            and not said
            and self._kept.is_settled
            and not any(run.state == "running" for run in open_runs)
        ):
            from procroutine.insight.week_keeping import keep_weeks

            self._keeping = keep_weeks(self._home.places, source, view, reading.wall, zone, draw)
        return view

    def _known_past(self, overview: Overview, runs: Mapping[str, RoutineRuns], zone: tzinfo) -> KnownPast:
        from procroutine.insight.routine_week import files_changed
        from procroutine.insight.routine_weeks import known_past

        library = self._kept.library()
        revisions = self._revisions(overview)
        return known_past(library.entries.values(), overview, runs, revisions, files_changed(library, zone))

    def score(self, routine_id: str) -> int | None:
        """Give how well a routine keeps its goal, in percent; None without a schedule or a finished run.

        It takes a few milliseconds, and only the newest years are looked at: what is older is forgotten.
        """
        from procroutine.insight.score import score_of

        reading = self._home.clock.read()
        zone = zone_of(reading)
        past = self._known_past(*self._kept.runs_by_routine(FIRST_YEARS), zone)
        found = score_of(past.routine(routine_id, reading.wall.astimezone(zone)))
        return None if found is None else round(100 * found)

    def keep(self) -> bool:
        """Go on keeping This week for the next start, a millisecond or two; False once there is nothing to keep."""
        return self._keeping is not None and next(self._keeping, self) is not self

    def _interruptions(self, open_runs: Sequence[RunState], now: datetime) -> list[Shown]:
        from procroutine.run.shown_marker import interrupted

        marks = interrupted(self._home.places.open_runs)
        if not marks:
            return []
        from procroutine.insight.run_view import interruption_line

        return [interruption_line(run, marks[run.id], now) for run in open_runs if run.id in marks]

    def _revisions(self, overview: Overview) -> dict[str, int]:
        """Give the number of the present revision of each routine that has one."""
        library = self._kept.library()
        contents = {entry.id: entry.content for entry in library.entries.values() if entry.routine is not None}
        if None in contents.values():
            definitions = self._home.definitions(library)
            contents = {definition.snapshot["id"]: definition.content for definition in definitions}
        known = overview.revisions
        return {one: known[one, content] for one, content in contents.items() if content and (one, content) in known}

    def run(
        self, run_id: str, looked_at: int | None = None, *, unchanged: bool = False, reading: Reading | None = None
    ) -> RunView:
        """Draw an open run as of a reading of the clocks, else as of now; NotFound where it is not open.

        The step at an index is on the right, else the running one. Where the run is `unchanged`, as the
        caller knows, since it was asked for last, no file is looked at.
        """
        from procroutine.insight.run_view import run_view

        live, self._open = self._open, None
        if live is None or not unchanged or live.id != run_id:
            live = self._home.open_live(run_id)
        self._open = live
        reading = reading or self._home.clock.read()
        run = live.state(reading)
        surroundings = self._seen_against()
        around, (odds, is_known) = surroundings.of(run), surroundings.odds(run)
        now = reading.wall.astimezone(zone_of(reading))
        view = run_view(run, around.comparisons, now, looked_at, around.last_notes, around.goal, odds, around.rows)
        return view if is_known else view.replaced(odds_due=True)

    def odds_work(self, run_id: str) -> Iterator[None]:
        """Give the work on the odds of an open run as it stands, in slices of a few milliseconds; NotFound."""
        return self._seen_against().work_out_odds(self._home.open_run(run_id))

    def compare_next(self, run_id: str) -> Comparisons:
        """Hold an open run, and those of its routine to come, against the following comparison."""
        return self._seen_against().compare_next(self._home.open_run(run_id))

    def finish(self, run_id: str) -> FinishView:
        """Draw the finish of a run that has ended; NotFound where there is none."""
        from procroutine.insight.finish_view import finish_view

        run = self.past.ended(run_id)
        around = self._seen_against().of(run)
        return finish_view(run, around.comparisons, around.before, self._home.clock.read().wall, around.goal)

    def was_finished(self, run_id: str) -> bool:
        """Say whether a run was finished, and neither given up nor deleted since."""
        try:
            run = self.past.ended(run_id)
        except NotFound:
            return False
        return run.state == "finished" and not run.deleted

    def _seen_against(self) -> Surroundings:
        from procroutine.insight.surroundings import Surroundings

        if self._surroundings is None:
            self._surroundings = Surroundings(self._home, self.past, self._comparison)
        return self._surroundings
