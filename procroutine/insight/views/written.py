"""The values of This week as plain lists that JSON can hold, and back.

Whatever is read back is as harmless and as well typed as when it was made: texts go through
`shown` again, and lists of another form end in one of the errors `UNREADABLE`.
"""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from functools import lru_cache
from itertools import chain, repeat
from operator import call
from typing import TYPE_CHECKING, Any

from procroutine.insight.views.common import Band, ChartData, ChartPoint, Mark, ShareRow, Standing
from procroutine.insight.views.week import DayCell, RoutineDetail, RoutineRow, RowState
from procroutine.text import shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Callable

    from procroutine.choices import Choice
    from procroutine.insight.views.later import Later
    from procroutine.values import Value

UNREADABLE = (ValueError, TypeError, LookupError, OverflowError, RecursionError)
"""What reading back raises where something else was written."""

_MICROSECOND = timedelta(microseconds=1)

Form = tuple["Callable[..., Any]", "Callable[..., Any]"]
"""How one field is written, and how it is read back."""


def _plain_length(length: timedelta | None) -> int | None:
    return None if length is None else length // _MICROSECOND


def _length(plain: int | None) -> timedelta | None:
    return None if plain is None else plain * _MICROSECOND


def _member(kind: type[Choice]) -> Form:
    members = {member.value: member for member in kind}
    return (lambda member: member.value), members.__getitem__


def _many(form: Form) -> Form:
    write, read = form
    return (lambda items: [write(item) for item in items]), (lambda plain: tuple([read(item) for item in plain]))


def _all_of(kind: type[Value], **forms: Form) -> Form:
    """Give the form of a value: the list of these of its fields, in this order."""
    fields = tuple(forms)
    writers, readers = zip(*forms.values(), strict=True)

    def written(value: Value) -> list[Any]:
        return [write(getattr(value, field)) for field, write in zip(fields, writers, strict=True)]

    unread = [field for field in kind._fields if field not in forms]
    setters = [getattr(kind, field).__set__ for field in (*fields, *unread)]

    def made(plain: list[Any], **more: Any) -> Value:
        if len(plain) != len(readers):
            raise ValueError(plain)
        value = object.__new__(kind)
        items = chain(map(call, readers, plain), map(more.get, unread))
        deque(map(call, setters, repeat(value), items), maxlen=0)
        return value

    return written, made


# Five hundred rows are read before the first frame, so most of what reads back runs in C.
TEXT: Form = (str, lru_cache(maxsize=4096)(shown))
LENGTH: Form = (_plain_length, _length)
LENGTHS: Form = (
    (lambda lengths: [_plain_length(length) for length in lengths]),
    (lambda plain: tuple([None if one is None else one * _MICROSECOND for one in plain])),
)
TRUTH: Form = (bool, bool)
COUNT: Form = (int, int)
PART: Form = (float, float)
ID: Form = (str, str)
ID_OR_NONE: Form = ((lambda value: value), (lambda plain: None if plain is None else str(plain)))
WEEK: Form = ((lambda week: [week.year, week.number]), (lambda plain: Week(year=int(plain[0]), number=int(plain[1]))))
STANDING = _member(Standing)
STATE = _member(RowState)

_POINT = _all_of(
    ChartPoint,
    week=WEEK,
    day=TEXT,
    month=TEXT,
    value=LENGTH,
    mark=_member(Mark),
    unfinished=TRUTH,
    off=TRUTH,
    run_ids=_many(ID),
    vs_goal=LENGTH,
    vs_before=LENGTH,
)
_REVISION: Form = ((lambda pair: [pair[0], pair[1]]), (lambda plain: (int(plain[0]), shown(plain[1]))))
_BAND = _all_of(Band, start=COUNT, end=COUNT, centre=LENGTH, low=LENGTH, high=LENGTH, soft=TRUTH)
_CHART = _all_of(ChartData, points=_many(_POINT), goal=LENGTH, revisions=_many(_REVISION), bands=_many(_BAND))
_SHARE = _all_of(
    ShareRow,
    id=ID,
    name=TEXT,
    median=LENGTH,
    share=PART,
    of_largest=PART,
    best=LENGTH,
    last=LENGTH,
    slow=TRUTH,
)
_write_detail, _read_detail = _all_of(
    RoutineDetail,
    name=TEXT,
    facts=TEXT,
    purpose=TEXT,
    last=LENGTH,
    last_standing=STANDING,
    median=LENGTH,
    best=LENGTH,
    goal=LENGTH,
    chart=_CHART,
    slowest=_many(_SHARE),
    key_action=TEXT,
    remaining=LENGTH,
    redlines=COUNT,
)
_write_row, _read_row = _all_of(
    RoutineRow,
    routine_id=ID,
    name=TEXT,
    state=STATE,
    due_day=TEXT,
    due_note=TEXT,
    last=LENGTH,
    vs_goal=LENGTH,
    standing=STANDING,
    weeks=LENGTHS,
    goal=LENGTH,
    streak=COUNT,
    put_off=COUNT,
    run_id=ID_OR_NONE,
)
write_day, read_day = _all_of(DayCell, label=TEXT, today=TRUTH, states=_many(STATE))


def write_detail(detail: RoutineDetail) -> list[Any]:
    """Write a detail without the clock time in it."""
    plain: list[Any] = _write_detail(detail)
    return plain


def read_detail(plain: list[Any]) -> RoutineDetail:
    """Read a detail back, without the clock time."""
    detail: RoutineDetail = _read_detail(plain, key_time=None)
    return detail


def write_row(row: RoutineRow) -> list[Any]:
    """Write a row without its detail."""
    plain: list[Any] = _write_row(row)
    return plain


def read_row(plain: list[Any], drawn: Later[RoutineDetail]) -> RoutineRow:
    """Read a row back, with its detail as `drawn`."""
    row: RoutineRow = _read_row(plain, drawn=drawn)
    return row
