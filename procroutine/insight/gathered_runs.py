"""The past as History lists it, read file by file, so that whoever waits for it can be answered in between."""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime, time, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from procroutine.history.file_heads import files_newest_first, heads_in, overtaken, rows_of
from procroutine.history.routine_runs import newest_first
from procroutine.insight.kept import past_marks
from procroutine.insight.past_runs import PastRuns, SomeRuns
from procroutine.insight.run_context import with_goal_of_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.history.index_files import Index, Row
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.insight.kept import Kept, Mark, Marks

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
