"""What the screens behind History and Trends ask for: the table of runs, two runs, the page of a step."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from procroutine.errors import DoesNotFit, NotFound, did_you_mean, nearest, quoted
from procroutine.history.columns import column
from procroutine.history.file_heads import files_newest_first, heads_in, overtaken, rows_of
from procroutine.history.routine_runs import newest_first
from procroutine.insight.kept import past_marks
from procroutine.insight.past_runs import PastRuns, SomeRuns
from procroutine.insight.run_context import with_goal_of_week
from procroutine.text import Shown, number_typed, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.history.index_files import Index, Row
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.insight.compare import TwoSides
    from procroutine.insight.kept import Kept, Mark, Marks
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.step_past import StepPast
    from procroutine.insight.views.compare import CompareView
    from procroutine.insight.views.past import HistoryView
    from procroutine.insight.views.step_page import StepPage
    from procroutine.run.states import RunState

PAGE = 100
"""Runs that are listed first: more than a screen has lines."""
SOON = 2
"""Years among whose runs these are: in January the year before fills the screen."""
_FEW = 2_000_000
"""Bytes of history, about a thousand runs, that a first frame can wait for."""
_APART = timedelta(days=1)
"""More than the time of day anywhere differs from UTC."""


class GatheredRuns:
    """All ended runs; of a past that has changed only the files that did are read again."""

    def __init__(self, home: Home, kept: Kept) -> None:
        """Read nothing yet."""
        self._home = home
        self._kept = kept
        self._rows: dict[str, tuple[Mark | None, list[Row]]] = {}
        self._parts: dict[str, tuple[list[Row], set[int], SomeRuns]] = {}
        self._known: tuple[Marks, frozenset[str], PastRuns] | None = None

    @property
    def are_quickly_there(self) -> bool:
        """Whether they are known, or few enough to be read before they are drawn first."""
        marks = past_marks(self._home.places)
        sizes = [size for path, size, *_ in marks if path.endswith(".json")]
        return sum(sizes) < _FEW or self._is_known(marks)

    def _is_known(self, marks: Marks) -> bool:
        return self._known is not None and self._known[:2] == (marks, self._goal_per_week())

    def _goal_per_week(self) -> frozenset[str]:
        return with_goal_of_week(self._kept.library().entries.values())

    def newest(self) -> tuple[PastRuns, int]:
        """Give the newest runs alone, of whole weeks, and the first year of which there may be any."""
        _, by_routine = self._kept.runs_by_routine(SOON)
        years = [min(runs.days).year for runs in by_routine.values() if runs.days]
        return PastRuns(_newest_weeks(by_routine.values()), self._goal_per_week()), min(years, default=0)

    def all(self) -> PastRuns:
        """Give all of them at once; CannotRead where the folder or a file cannot be read."""
        if self._known is None or not self._is_known(past_marks(self._home.places)):
            deque(self.in_slices(), 0)
        assert self._known is not None
        return self._known[2]

    def in_slices(self) -> Iterator[None]:
        """Read all of them, some milliseconds' work at a time; errors as `all`."""
        marks = past_marks(self._home.places)
        of_files = {mark[0]: mark for mark in marks}
        rows: dict[str, list[Row]] = {}
        for file in files_newest_first(self._home.places):
            yield
            rows[file.path] = self._rows_of(file, of_files.get(file.path))
        yield
        late = overtaken(rows.values())
        parts = []
        for path, own in rows.items():
            yield
            parts.append(self._part(path, own, late.intersection(map(id, own)) if late else late))
        yield
        goal_per_week = self._goal_per_week()
        self._known = marks, goal_per_week, PastRuns.of_parts(parts, goal_per_week)
        self._rows = {path: self._rows[path] for path in rows}
        self._parts = {path: self._parts[path] for path in rows}

    def _rows_of(self, file: Index, mark: Mark | None) -> list[Row]:
        known = self._rows.get(file.path)
        if known is None or mark is None or known[0] != mark:
            known = self._rows[file.path] = mark, rows_of(self._home.places, file)
        return known[1]

    def _part(self, path: str, rows: list[Row], late: set[int]) -> SomeRuns:
        known = self._parts.get(path)
        if known is None or known[0] is not rows or known[1] != late:
            known = self._parts[path] = rows, late, SomeRuns(heads_in(rows, late))
        return known[2]


def _newest_weeks(by_routine: Iterable[RoutineRuns]) -> list[RunHead]:
    """Give at least a page of runs, if there are as many, and whatever else is of the same weeks."""
    ordered = newest_first([runs.heads for runs in by_routine], lambda head: (head.started_at, head.id))
    page = list(islice(ordered, PAGE))
    if len(page) < PAGE:
        return page
    oldest = min(head.week for head in page)
    earliest = datetime.combine(oldest.monday, time(), UTC) - _APART
    page += takewhile(lambda head: head.started_at >= earliest, ordered)
    return [head for head in page if head.week >= oldest]


_OTHER = "name another; procroutine history lists them"


class HistoryViewer:
    """Draws what is listed of the past of one home."""

    def __init__(self, home: Home, kept: Kept, past: PastViewer) -> None:
        """Read nothing yet; what was read is `kept` while the files stay as they are."""
        self._home = home
        self._kept = kept
        self._past = past
        self._gathered = GatheredRuns(home, kept)

    def newest(self) -> HistoryView:
        """Draw the table as far as it is there soon: of a long past the newest weeks alone, which are not counted."""
        from procroutine.insight.history_view import history_view

        if self._gathered.are_quickly_there:
            return self.history()
        runs, first_year = self._gathered.newest()
        this_week = self._past.this_week()
        view = history_view(runs, this_week)
        return view.replaced(facts="", long_weeks=view.long_weeks or first_year < this_week.year, is_whole=False)

    def reading(self) -> Iterator[bool]:
        """Give the work of reading all runs, in parts of some milliseconds; true once `history` is quick.

        What words are looked for in comes last. CannotRead where the folder or a file cannot be read.
        """
        for _ in self._gathered.in_slices():
            yield False
        yield True
        for _ in self._gathered.all().prepared():
            yield True

    def history(self, routine_id: str | None = None, text: str = "", sort: str = "newest") -> HistoryView:
        """Draw the table of past runs, of one routine or all, those that a filter wants as it is typed, in an order."""
        from procroutine.insight.history_filter import parse_filter
        from procroutine.insight.history_view import history_view

        return history_view(
            self._gathered.all(),
            self._past.this_week(),
            parse_filter(text, self._home.clock.read()),
            sort,
            name=None if routine_id is None else self._name(routine_id),
            routines=None if routine_id is None else self._ids_of(routine_id),
        )

    def _name(self, routine_id: str) -> str:
        """Give the present name of a routine; of one that is gone, what its newest run says."""
        entry = self._kept.library().entries.get(routine_id)
        if entry is not None and entry.name:
            return entry.name
        heads = [head for head in self._gathered.all().heads if head.routine == routine_id][:1]
        return next(iter(column(heads, "routine_name")), routine_id)

    def _ids_of(self, routine_id: str) -> frozenset[str]:
        """Give the present and former ids of a routine."""
        owners = self._kept.owners()
        owner = owners.get(routine_id, routine_id)
        return frozenset((owner, *(former for former, now in owners.items() if now == owner)))

    def compared(self, run_id: str, other: str = "before") -> TwoSides:
        """Hold a run against another by its id, or against `before`, `best` or `usual`.

        NotFound without one, DoesNotFit where it is the same.
        """
        from procroutine.insight.compare import best_other, compared, one_before, side_of, usual_side

        run = self._past.ended(run_id)
        if other == run_id:
            raise DoesNotFit("a run is no different from itself", _OTHER)
        if other not in ("before", "best", "usual"):
            return compared(side_of(run), side_of(self._past.ended(other)))
        heads = self._past.heads_of(run.routine)
        if other == "usual":
            usual = self._usual(run)
            if not usual:
                raise NotFound("nothing of this run is usual yet: no run before it had its steps", _OTHER)
            return compared(usual_side(run, usual), side_of(run))
        head = (one_before if other == "before" else best_other)(run, heads)
        if head is None:
            raise NotFound("there is no such run to compare it with", _OTHER)
        return compared(side_of(run), side_of(self._past.ended(head.id)))

    def compare(self, run_id: str, other: str) -> CompareView:
        """Draw a run beside another, as `compared`."""
        from procroutine.insight.compare_view import compare_view

        return compare_view(self.compared(run_id, other))

    def comparable(self, run_id: str) -> tuple[tuple[str, Shown], ...]:
        """Say what a run can be compared with: `before`, `best` and `usual`, as far as there are any."""
        from procroutine.insight.compare_view import compare_choices

        run = self._past.ended(run_id)
        return compare_choices(run, self._past.heads_of(run.routine), bool(self._usual(run)))

    def _usual(self, run: RunState) -> Mapping[str, timedelta]:
        from procroutine.insight.run_context import comparisons_for, runs_before

        before = runs_before(run, self._past.heads_of(run.routine))
        return comparisons_for(run, before, ways=self._past.ways_of(run, before)).by_name["usual"]

    def steps(self, routine_id: str) -> tuple[tuple[str, Shown], ...]:
        """Name the steps of a routine, in their order; NotFound where nobody knows it."""
        return tuple((step.id, shown(step.title)) for step in self._past.routine(routine_id).steps)

    def step_named(self, routine_id: str, word: str) -> str:
        """Give the id of a step by its id, its title or its number; NotFound names the nearest."""
        steps = self._past.routine(routine_id).steps
        known = {step.id for step in steps}
        titled = [step.id for step in steps if step.title.strip().casefold() == word.strip().casefold()]
        if word in known or titled:
            return word if word in known else titled[0]
        if (number := number_typed(word, len(steps))) is not None:
            return steps[number - 1].id
        remedy = did_you_mean(nearest(word, known), f"write its id, title or number, 1 to {len(steps)}")
        raise NotFound(f"{routine_id} has no step {quoted(word)}", remedy)

    def step(self, routine_id: str, step_id: str, weeks: int = 26) -> StepPage:
        """Draw the page of a step over so many weeks (0: all); NotFound where there is no such step."""
        from procroutine.insight.step_page import step_page

        past, this_week = self._step_past(routine_id, step_id, weeks), self._past.this_week()
        return step_page(self._past.routine(routine_id), past, this_week, weeks)

    def step_answer(self, routine_id: str, step_id: str, weeks: int = 0) -> dict[str, Any]:
        """Answer `step --json`; errors as `step`."""
        from procroutine.insight.step_page import step_answer

        return step_answer(self._past.routine(routine_id), self._step_past(routine_id, step_id, weeks))

    def _step_past(self, routine_id: str, step_id: str, weeks: int) -> StepPast:
        from procroutine.insight.step_past import step_past

        routine, revisions = self._past.routine(routine_id), self._past.revisions
        since = self._past.this_week() + (1 - weeks) if weeks else None
        heads, documents = revisions.apart(routine_id).heads, revisions.documents(routine_id)
        past = step_past(routine, step_id, heads, documents, since)
        if past is None:
            raise NotFound(f"{routine_id} has no step {quoted(step_id)}", "choose another one")
        return past
