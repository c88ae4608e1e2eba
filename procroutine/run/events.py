"""What happens in a run: each event with its instant, and how it is written as a line of JSON."""

from __future__ import annotations

import json
from datetime import UTC, timedelta, timezone

from procroutine.clock import Reading, milliseconds, to_millisecond
from procroutine.errors import BadInput, CannotRead
from procroutine.run.fields import Fields
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

FORMAT = 1
"""Written with `started`; a journal that says more was written by a newer procroutine."""

RECOUNTED = ("work", "waiting")
"""What a pause can turn out to have been."""
OUTCOMES = ("met", "partly", "missed")
"""Whether a run produced what it was for."""

KINDS = frozenset(
    (
        *("started", "done", "skipped", "undone", "redone", "paused", "waiting", "resumed", "went", "noted"),
        *("added", "ticked", "corrected", "slept", "counted", "finished", "abandoned"),
        *("switched_off", "switched_on", "reordered", "begun", "recounted", "deadline", "chose"),
    )
)
"""Every kind of event.

What each carries in `details`: `started` run, device, routine, routine_name, revision, hash,
snapshot, targets, turns, preparing; `done`, `went` step; `skipped` step, reason; `undone`,
`redone` of (the kind taken back or brought back); `paused` because (the run that was started
instead); `waiting` text, until; `noted` text, step; `added` id, title, after; `ticked` step, item,
on; `corrected` step, change_seconds; `slept` seconds; `finished` outcome; `switched_off`, `switched_on` step;
`reordered` step, after (the step it comes after); `recounted` as (work or waiting); `deadline`
until, or nothing where there is to be none; `chose` step, system (one of its alternatives).
"""

_LONGEST_CLOCK = 10**15
"""More milliseconds than any machine has been running."""


class NewerFormat(CannotRead):
    """Something that a newer procroutine wrote: it is left alone."""


class Event(Value):
    """One thing that happened in a run."""

    kind: str
    reading: Reading
    details: dict[str, Any]


def happened(kind: str, reading: Reading, **details: Any) -> Event:
    """Make an event from a reading cut to what is stored: milliseconds and a fixed offset.

    Details that are None are left out.
    """
    offset = reading.wall.utcoffset() or timedelta()
    fixed = timezone(timedelta(seconds=offset // timedelta(seconds=1)))
    stored = reading.replaced(
        wall=to_millisecond(reading.wall.astimezone(fixed)),
        since_boot=timedelta(milliseconds=milliseconds(reading.since_boot)),
        awake=timedelta(milliseconds=milliseconds(reading.awake)),
    )
    return Event(kind=kind, reading=stored, details={key: value for key, value in details.items() if value is not None})


def event_line(event: Event) -> str:
    """Write an event as one line of JSON in ASCII, without the newline."""
    reading = event.reading
    offset = reading.wall.utcoffset() or timedelta()
    data: dict[str, Any] = {"format": FORMAT} if event.kind == "started" else {}
    data |= {
        "kind": event.kind,
        "at": reading.wall.astimezone(UTC).isoformat(timespec="milliseconds"),
        "offset_seconds": offset // timedelta(seconds=1),
        "zone": reading.zone,
        "boot": reading.boot,
        "since_boot_ms": milliseconds(reading.since_boot),
        "awake_ms": milliseconds(reading.awake),
    }
    if event.details:
        data["details"] = event.details
    return json.dumps(data, separators=(",", ":"), allow_nan=False)


def read_event(line: str | bytes) -> Event:
    """Read a line that `event_line` wrote.

    NewerFormat for a format or a kind of event not known here; BadInput for anything else that
    is not such a line.
    """
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput("the line is not JSON", "move the journal away") from None
    return event_from_json(data)


def event_from_json(data: Any) -> Event:
    """Read what a line that `event_line` wrote holds; errors as `read_event`."""
    fields = Fields(data, "event")
    if fields.data.get("format", FORMAT) != FORMAT:
        raise NewerFormat("it was written by a newer procroutine", "use that one to go on with it")
    kind = fields.text("kind")
    if kind not in KINDS:
        raise NewerFormat("it holds an event that this procroutine does not know", "use a newer one to go on with it")
    details = Fields(fields.data.get("details", {}), f"event.{kind}")
    if (check := _CHECKS.get(kind)) is not None:
        check(details)
    return Event(kind=kind, reading=_read_reading(fields), details=details.data)


def _read_reading(fields: Fields) -> Reading:
    offset = fields.whole("offset_seconds", -86_399, 86_399)
    return Reading(
        wall=fields.moment("at").astimezone(timezone(timedelta(seconds=offset))),
        zone=fields.text("zone"),
        boot=fields.text("boot"),
        since_boot=timedelta(milliseconds=fields.whole("since_boot_ms", -_LONGEST_CLOCK, _LONGEST_CLOCK)),
        awake=timedelta(milliseconds=fields.whole("awake_ms", -_LONGEST_CLOCK, _LONGEST_CLOCK)),
    )


def _check_started(fields: Fields) -> None:
    fields.identifier("run")
    fields.name("routine")
    for key in ("device", "routine_name"):
        fields.text(key)
    fields.optional_whole("revision", 1, 10**9)
    fields.flag("preparing")
    targets = Fields(fields.data.get("targets") or {}, f"{fields.where}.targets")
    for key, times in targets.data.items():
        Fields(times, f"{targets.where}.{key}").optional_milliseconds("usual_seconds")
    turns = Fields(fields.data.get("turns") or {}, f"{fields.where}.turns")
    for key in turns.data:
        turns.text(key)
    snapshot = Fields(fields.data.get("snapshot"), f"{fields.where}.snapshot")
    snapshot.optional_milliseconds("goal_seconds")
    steps = snapshot.data.get("steps")
    if not isinstance(steps, list) or not steps:
        raise snapshot.refuse("steps", "write at least one step")
    for place, data in enumerate(steps):
        step = Fields(data, f"{snapshot.where}.steps[{place}]")
        step.name("id")
        step.text("title")
        step.optional_milliseconds("planned_seconds")
        for key in ("systems", "after", "checklist", "alternatives"):
            step.texts(key)
        for key in ("section", "person"):
            step.optional_text(key)
        step.flag("optional")
        step.flag("prepare")


def _check_said(fields: Fields) -> None:
    fields.text("text")
    fields.optional_moment("until")
    fields.optional_text("step")


def _check_skipped(fields: Fields) -> None:
    fields.name("step")
    fields.optional_text("reason")


def _check_added(fields: Fields) -> None:
    fields.name("id")
    fields.name("after")
    fields.text("title")


def _check_ticked(fields: Fields) -> None:
    fields.name("step")
    fields.whole("item", 0, 10**6)
    fields.flag("on")


def _check_corrected(fields: Fields) -> None:
    fields.name("step")
    fields.milliseconds("change_seconds", negative=True)


def _check_reordered(fields: Fields) -> None:
    fields.name("step")
    fields.name("after")


def _check_chose(fields: Fields) -> None:
    fields.name("step")
    fields.text("system")


def _check_finished(fields: Fields) -> None:
    if fields.data.get("outcome") is not None:
        fields.choice("outcome", OUTCOMES)


_CHECKS: dict[str, Callable[[Fields], object]] = {
    "started": _check_started,
    "skipped": _check_skipped,
    "waiting": _check_said,
    "noted": _check_said,
    "added": _check_added,
    "ticked": _check_ticked,
    "corrected": _check_corrected,
    "reordered": _check_reordered,
    "chose": _check_chose,
    "slept": lambda fields: fields.milliseconds("seconds"),
    "recounted": lambda fields: fields.choice("as", RECOUNTED),
    "deadline": lambda fields: fields.optional_moment("until"),
    "finished": _check_finished,
    **dict.fromkeys(("done", "went", "switched_off", "switched_on"), lambda fields: fields.name("step")),
}
"""Each refuses details that the fold could not use; kinds without one carry nothing that it uses."""
