"""A run as JSON: what `status`, `history` and `show` print, what the history keeps, what `import` takes.

Reading is strict, since the JSON may come from elsewhere: every refusal names its key.
"""

from __future__ import annotations

from datetime import UTC, timedelta

from procroutine.errors import BadInput
from procroutine.run.events import FORMAT, OUTCOMES, NewerFormat
from procroutine.run.fields import LONGEST_ID, LONGEST_MILLISECONDS, Fields
from procroutine.run.states import RunState, StepState
from procroutine.run.timeline import wall_milliseconds
from procroutine.weeks import Week, week_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

STATES = ("running", "paused", "finished", "abandoned")
STEP_STATES = ("pending", "current", "done", "skipped")
_MOST_STEPS = 2000
_MILLISECOND = timedelta(milliseconds=1)
_SECOND = timedelta(seconds=1)


def run_json(state: RunState) -> dict[str, Any]:
    """Give a run with the keys of the contract, in its order; lengths in seconds, absent is None."""
    return {
        "id": state.id,
        "routine": state.routine,
        "routine_name": state.routine_name,
        "revision": state.revision,
        "goal_seconds": optional_seconds(state.goal),
        "state": state.state,
        "started_at": _instant(state.started_at),
        "ended_at": _optional_instant(state.ended_at),
        "week": str(state.week),
        "active_seconds": seconds(state.active),
        "paused_seconds": seconds(state.paused),
        "waiting_seconds": seconds(state.waiting),
        "asleep_seconds": seconds(state.asleep),
        "corrected_seconds": seconds(state.corrected),
        "waiting_for": state.waiting_for,
        "steps": [_step_json(step) for step in state.steps],
        "note": state.note,
        "outcome": state.outcome,
        "device": state.device or None,
        "deleted": state.deleted,
    }


def _step_json(step: StepState) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "section": step.section,
        "state": step.state,
        "started_at": _optional_instant(step.started_at),
        "ended_at": _optional_instant(step.ended_at),
        "active_seconds": optional_seconds(step.active),
        "paused_seconds": seconds(step.paused),
        "prepared_seconds": optional_seconds(step.prepared),
        "planned_seconds": optional_seconds(step.planned),
        "systems": list(step.systems),
        "person": step.person,
        "note": step.note,
        "combined": step.combined,
    }


def seconds(length: timedelta) -> float:
    """Give a length in seconds as JSON has it everywhere: a whole number where it is one."""
    return length.total_seconds() if length % _SECOND else length // _SECOND


def optional_seconds(length: timedelta | None) -> float | None:
    """Give a length as `seconds`; None where there is none."""
    return None if length is None else seconds(length)


def left_over(state: RunState) -> timedelta:
    """Give what active + paused + waiting + asleep − corrected differs by from the time that went by.

    Zero for every run made here; foreign records may leave something over.
    """
    gone = wall_milliseconds(state.ended_at or state.as_of) - wall_milliseconds(state.started_at)
    parts = state.active + state.paused + state.waiting + state.asleep - state.corrected
    return parts - timedelta(milliseconds=gone)


def _instant(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def _optional_instant(moment: datetime | None) -> str | None:
    return None if moment is None else _instant(moment)


def run_from_json(data: Any, where: str = "run") -> RunState:
    """Read a run as `run_json` writes it; `where` is what refusals call it, such as `runs[3]`.

    Optional keys may be missing, unknown ones are passed over. The active time of the run is the
    sum over its steps, and `corrected` takes up what a foreign record leaves over. Where a total
    or `corrected_seconds` is given it must agree to 1 ms a step. BadInput names the key.
    """
    fields = Fields(data, where)
    if fields.data.get("format", FORMAT) != FORMAT:
        raise NewerFormat(f"{where} was written by a newer procroutine", "use that one to export it")
    steps = _read_steps(fields)
    state = fields.choice("state", STATES)
    started, ended = _read_span(fields, state)
    current = _current(fields, steps, state)
    active = _read_active(fields, steps)
    routine = fields.name("routine")
    read = RunState(
        id=fields.identifier("id"),
        routine=routine,
        routine_name=fields.optional_text("routine_name") or routine,
        revision=fields.optional_whole("revision", 1, 10**9),
        goal=_positive(fields, "goal_seconds"),
        state=state,
        started_at=started,
        ended_at=ended,
        week=_read_week(fields, started),
        active=active,
        paused=_length(fields, "paused_seconds"),
        waiting=_length(fields, "waiting_seconds"),
        asleep=_length(fields, "asleep_seconds"),
        corrected=_length(fields, "corrected_seconds", negative=True),
        waiting_for=fields.optional_text("waiting_for"),
        waiting_until=None,
        steps=steps,
        current=current,
        order_done=_order(steps),
        note=fields.optional_text("note"),
        outcome=fields.choice("outcome", OUTCOMES) if fields.data.get("outcome") is not None else None,
        device=fields.optional_text("device", LONGEST_ID) or "",
        deleted=fields.flag("deleted"),
        as_of=ended or started,
        step_elapsed=(steps[current].active or timedelta()) if current is not None else timedelta(),
        paused_since=None,
        can_undo=False,
        can_redo=False,
        rebooted=False,
        restarted_since=False,
        last_event_at=ended or started,
        asleep_pending=timedelta(),
        asleep_to_count=timedelta(),
        asleep_in=None,
        clock_moved=timedelta(),
        targets={},
        definition={},
    )
    return _balanced(fields, read)


def _balanced(fields: Fields, read: RunState) -> RunState:
    """Make active + paused + waiting + asleep equal to what went by + corrected, to the millisecond."""
    over = left_over(read)
    rounding = _MILLISECOND * len(read.steps)
    if read.ended_at is None:
        if over < -rounding:
            raise fields.refuse("corrected_seconds", "write no more than the steps took, or leave it out")
        # Nothing says for when an open run was printed but its own sums.
        return read.replaced(as_of=read.started_at + over, last_event_at=read.started_at + over)
    if abs(read.corrected + over) > timedelta(milliseconds=LONGEST_MILLISECONDS):
        raise fields.refuse("ended_at", "write a time less than a hundred years after started_at")
    if fields.data.get("corrected_seconds") is not None and abs(over) > rounding:
        raise fields.refuse(
            "corrected_seconds",
            f"make it {seconds(read.corrected + over)}, so that active + paused + waiting + asleep"
            " = ended_at − started_at + corrected, or leave it out",
        )
    return read.replaced(corrected=read.corrected + over)


def _read_span(fields: Fields, state: str) -> tuple[datetime, datetime | None]:
    started, ended = fields.moment("started_at"), fields.optional_moment("ended_at")
    if (ended is None) != (state in ("running", "paused")):
        remedy = "write when it ended" if ended is None else "leave it out of a run that has not ended"
        raise fields.refuse("ended_at", remedy)
    if ended is not None and ended.astimezone(UTC) < started.astimezone(UTC):
        raise fields.refuse("ended_at", "write a time that is not before started_at")
    return started, ended


def _read_week(fields: Fields, started: datetime) -> Week:
    week = week_of(started)
    written = fields.optional_text("week", 20)
    if written is not None and written != str(week):
        raise fields.refuse("week", f"write {week}, the ISO week of started_at, or leave it out")
    return week


def _read_steps(fields: Fields) -> tuple[StepState, ...]:
    data = fields.data.get("steps")
    if not isinstance(data, list) or not 0 < len(data) <= _MOST_STEPS:
        raise BadInput(f"{fields.where}.steps is no list of 1 to {_MOST_STEPS} steps", "write its steps as a list")
    steps = tuple(_read_step(Fields(item, f"{fields.where}.steps[{place}]")) for place, item in enumerate(data))
    if len({step.id for step in steps}) < len(steps):
        raise BadInput(f"{fields.where}.steps has the same id twice", "give every step its own id")
    return steps


def _read_step(fields: Fields) -> StepState:
    identifier = fields.name("id")
    note = fields.optional_text("note")
    started, ended = fields.optional_moment("started_at"), fields.optional_moment("ended_at")
    if started and ended and ended.astimezone(UTC) < started.astimezone(UTC):
        raise fields.refuse("ended_at", "write a time that is not before started_at")
    return StepState(
        id=identifier,
        title=fields.optional_text("title") or identifier,
        section=fields.optional_text("section"),
        state=fields.choice("state", STEP_STATES),
        started_at=started,
        ended_at=ended,
        active=_optional_length(fields, "active_seconds"),
        paused=_length(fields, "paused_seconds"),
        prepared=_optional_length(fields, "prepared_seconds"),
        planned=_positive(fields, "planned_seconds"),
        systems=fields.texts("systems"),
        person=fields.optional_text("person"),
        notes=(note,) if note else (),
        ticked=frozenset(),
        combined=fields.flag("combined"),
        added=False,
        optional=False,
        definition={},
    )


def _current(fields: Fields, steps: tuple[StepState, ...], state: str) -> int | None:
    current = [place for place, step in enumerate(steps) if step.state == "current"]
    wanted = 1 if state in ("running", "paused") else 0
    if len(current) != wanted:
        problem = f"{fields.where}.steps has {len(current)} current steps"
        raise BadInput(problem, f"a run that is {state} has {'one' if wanted else 'none'}")
    return current[0] if current else None


def _order(steps: tuple[StepState, ...]) -> tuple[int, ...]:
    """Give the places of the steps left behind, by when they were left; those without a time last."""
    left = [
        place for place, step in enumerate(steps) if step.state == "done" or (step.state == "skipped" and step.ended_at)
    ]
    timed = {place: moment.astimezone(UTC) for place in left if (moment := steps[place].ended_at)}
    return (*sorted(timed, key=lambda place: (timed[place], place)), *(place for place in left if place not in timed))


def _read_active(fields: Fields, steps: tuple[StepState, ...]) -> timedelta:
    """Give the sum over the steps; a total that is given must agree with it."""
    total = sum((step.active for step in steps if step.active is not None), timedelta())
    given = fields.optional_milliseconds("active_seconds")
    off = given is not None and abs(timedelta(milliseconds=given) - total) > _MILLISECOND * len(steps)
    if off or total > timedelta(milliseconds=LONGEST_MILLISECONDS):
        remedy = f"make it {seconds(total)}, the sum over the steps, or leave it out"
        raise fields.refuse("active_seconds", remedy)
    return total


def _length(fields: Fields, key: str, *, negative: bool = False) -> timedelta:
    return timedelta(milliseconds=fields.optional_milliseconds(key, negative=negative) or 0)


def _optional_length(fields: Fields, key: str) -> timedelta | None:
    given = fields.optional_milliseconds(key)
    return None if given is None else timedelta(milliseconds=given)


def _positive(fields: Fields, key: str) -> timedelta | None:
    given = fields.optional_milliseconds(key)
    if given == 0:
        raise fields.refuse(key, "write seconds above zero, or leave it out")
    return None if given is None else timedelta(milliseconds=given)
