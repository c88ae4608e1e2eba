"""The values of This week as plain lists that JSON can hold, and back.

Whatever is read back is as harmless and as well typed as when it was made: texts go through
`shown` again, and lists of another form end in one of the errors `UNREADABLE`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.views.common import Band, ChartData, ChartPoint, Mark, ShareRow, Standing
from procroutine.insight.views.week import DayCell, RoutineDetail, RoutineRow, RowState
from procroutine.text import shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Callable
    from enum import Enum

    from procroutine.values import Value

UNREADABLE = (ValueError, TypeError, LookupError, OverflowError, RecursionError)
"""What reading back raises where something else was written."""

_MICROSECOND = timedelta(microseconds=1)

Form = tuple["Callable[[Any], Any]", "Callable[[Any], Any]"]
"""How one field is written, and how it is read back."""


def _plain_length(length: timedelta | None) -> int | None:
    return None if length is None else length // _MICROSECOND


def _length(plain: int | None) -> timedelta | None:
    return None if plain is None else plain * _MICROSECOND


def _kind(*kinds: type) -> Form:
    def checked(plain: Any) -> Any:
        if type(plain) not in kinds:
            raise TypeError(plain)
        return plain

    return (lambda value: value), checked


def _member(kind: type[Enum]) -> Form:
    return (lambda member: member.value), kind


def _many(form: Form) -> Form:
    write, read = form
    return (lambda items: [write(item) for item in items]), (lambda plain: tuple([read(item) for item in plain]))


def _all_of(kind: type[Value], **forms: Form) -> Form:
    """Give the form of a value: the list of these of its fields, in this order."""
    writers = [(field, write) for field, (write, _) in forms.items()]
    readers = [(field, read) for field, (_, read) in forms.items()]

    def write(value: Value) -> list[Any]:
        return [write(getattr(value, field)) for field, write in writers]

    def read(plain: list[Any]) -> Value:
        return kind(**{field: read(item) for (field, read), item in zip(readers, plain, strict=True)})

    return write, read


TEXT: Form = (str, shown)
LENGTH: Form = (_plain_length, _length)
TRUTH = _kind(bool)
COUNT = _kind(int)
PART = _kind(float, int)
ID_OR_NONE = _kind(str, type(None))
WEEK: Form = ((lambda week: [week.year, week.number]), (lambda plain: Week(year=plain[0], number=plain[1])))
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
    run_ids=_many(_kind(str)),
    vs_goal=LENGTH,
    vs_before=LENGTH,
)
_REVISION: Form = ((lambda pair: [pair[0], pair[1]]), (lambda plain: (COUNT[1](plain[0]), shown(plain[1]))))
_BAND = _all_of(Band, start=COUNT, end=COUNT, centre=LENGTH, low=LENGTH, high=LENGTH, soft=TRUTH)
_CHART = _all_of(ChartData, points=_many(_POINT), goal=LENGTH, revisions=_many(_REVISION), bands=_many(_BAND))
_SHARE = _all_of(
    ShareRow,
    id=_kind(str),
    name=TEXT,
    median=LENGTH,
    share=PART,
    of_largest=PART,
    best=LENGTH,
    last=LENGTH,
    slow=TRUTH,
)
_DETAIL = {
    "name": TEXT,
    "facts": TEXT,
    "purpose": TEXT,
    "last": LENGTH,
    "last_standing": STANDING,
    "median": LENGTH,
    "best": LENGTH,
    "goal": LENGTH,
    "chart": _CHART,
    "slowest": _many(_SHARE),
    "key_action": TEXT,
    "remaining": LENGTH,
}
_ROW = {
    "routine_id": _kind(str),
    "name": TEXT,
    "state": STATE,
    "due_day": TEXT,
    "due_note": TEXT,
    "last": LENGTH,
    "vs_goal": LENGTH,
    "standing": STANDING,
    "weeks": _many(LENGTH),
    "goal": LENGTH,
    "streak": COUNT,
    "put_off": COUNT,
    "run_id": ID_OR_NONE,
}
write_detail, _ = _all_of(RoutineDetail, **_DETAIL)
write_row, _ = _all_of(RoutineRow, **_ROW)
write_day, read_day = _all_of(DayCell, label=TEXT, today=TRUTH, states=_many(STATE))


def read_detail(plain: list[Any], key_time: str | None) -> RoutineDetail:
    """Read a detail back, with the clock time that it has now."""
    return RoutineDetail(key_time=key_time, **_fields(_DETAIL, plain))


def read_row(plain: list[Any], **drawn: Any) -> RoutineRow:
    """Read a row back, with its detail as `drawn`."""
    return RoutineRow(**drawn, **_fields(_ROW, plain))


def _fields(forms: dict[str, Form], plain: list[Any]) -> dict[str, Any]:
    return {field: read(item) for (field, (_, read)), item in zip(forms.items(), plain, strict=True)}
