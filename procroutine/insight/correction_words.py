"""Corrections of a run in words: what was corrected, what stood there before and what stands there now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.durations import step_time
from procroutine.history.correction_chain import (
    AMENDED,
    CHOSEN,
    DELETED,
    IMPORTED,
    LEFT_OUT,
    MOVED,
    NOTED,
    OUTCOME,
    OVERTAKEN,
    REDONE,
    REOPENED,
    STANDS,
    UNDONE,
    Correction,
)
from procroutine.insight.dates import clock_time, day_and_month, short_date
from procroutine.insight.views.corrections import BROUGHT_BACK, CorrectionLine
from procroutine.text import counted, shown

if TYPE_CHECKING:
    from procroutine.run.states import RunState

_LONGEST_NOTE = 60
"""Characters of a note that stand in a line."""
_PLAIN = {OUTCOME: "output", LEFT_OUT: "statistics", DELETED: "run", MOVED: "start", REOPENED: "run"}
_TEXTS = (NOTED, OUTCOME, LEFT_OUT)
_TURNED = {UNDONE: "taken back", REDONE: "brought in again"}


def correction_lines(corrections: Sequence[Correction], run: RunState) -> tuple[CorrectionLine, ...]:
    """Put the corrections of a run into words, in their order; texts of others are made harmless."""
    known = {one.stamp: one for one in corrections}
    return tuple(_line(one, known.get(one.of) if one.of is not None else None, run) for one in corrections)


def lines_that_count(lines: Sequence[CorrectionLine]) -> tuple[CorrectionLine, ...]:
    """Leave out what only says what nobody had said before, and the taking back of it."""
    return tuple(one for one in lines if not one.is_first_word)


def summary_of(lines: Sequence[CorrectionLine]) -> str:
    """Say how many corrections of a run stand, and when something was corrected or taken back last; or nothing."""
    counting = lines_that_count(lines)
    stand = sum(one.state == STANDS and one.kind not in _TURNED for one in counting)
    if not counting:
        return ""
    when = f"{counting[-1].day} {counting[-1].time}"
    if stand == 0:
        return f"corrected, and taken back {when}"
    return f"corrected {when}" if len(counting) == 1 else f"{counted(stand, 'correction')}, the last {when}"


def taken_back_in_words(line: CorrectionLine) -> str:
    """Say what was taken back, a sentence."""
    if line.kind == DELETED and line.before == _THERE:
        return BROUGHT_BACK
    return f"Taken back: {line.what}: {line.before} again."


def brought_in_in_words(line: CorrectionLine) -> str:
    """Say what was brought in again, a sentence."""
    return "Deleted again." if line.kind == DELETED and line.after == _GONE else f"Again: {line.what}: {line.after}."


_THERE, _GONE = "there", "deleted"


def _line(one: Correction, turned: Correction | None, run: RunState) -> CorrectionLine:
    act = one.act if turned is None else turned.act
    what = _what(act, one.before, {step.id: step.title for step in run.steps})
    before = _value(act, one.before, run)
    after = _value(act, one.after, run, _is_on_another_day(one.before, one.after))
    first = act == OUTCOME and (turned or one).before == {"outcome": None}
    return CorrectionLine(
        at=one.at.isoformat(timespec="milliseconds"),
        day=f"{short_date(one.at)} {one.at.year}",
        time=clock_time(one.at),
        short=f"{day_and_month(one.at)} {clock_time(one.at)}",
        device=shown(one.device),
        kind=one.act,
        what=shown(f"{_TURNED[one.act]}: {what}" if one.act in _TURNED else what),
        before=shown(before),
        after=shown(after),
        state=one.state,
        is_first_word=first and one.state != OVERTAKEN,
        is_text=act in _TEXTS,
    )


def _what(act: str, before: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    step = next((step["id"] for step in before.get("steps", ())), None)
    title = titles.get(step, step) if step is not None else None
    if act == AMENDED:
        return f"time of {title}" if title is not None else "time"
    if act == CHOSEN:
        return f"system of {title}" if title is not None else "system"
    if act == NOTED:
        return f"note of {title}" if title is not None else "note"
    return "a later version from elsewhere" if act == IMPORTED else _PLAIN.get(act, act)


def _is_on_another_day(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> bool:
    return len({part["started_at"][:10] for part in (before, after or {}) if part.get("started_at")}) > 1


def _value(act: str, part: Mapping[str, Any] | None, run: RunState, with_day: bool = True) -> str:
    if part is None:
        return ""
    if act == CHOSEN:
        return _system(part, run)
    if act == MOVED:
        return _start(part["started_at"], with_day) if part.get("started_at") else ""
    return _VALUES.get(act, _nothing)(part)


def _start(text: str, with_day: bool) -> str:
    moment = datetime.fromisoformat(text)
    clock = clock_time(moment) + (f":{moment.second:02d}" if moment.second else "")
    return f"{short_date(moment)} {moment.year} {clock}" if with_day else clock


def _time(part: Mapping[str, Any]) -> str:
    for step in part.get("steps", ()):
        seconds = step.get("active_seconds")
        seconds = step.get("prepared_seconds") if seconds is None else seconds
        return "no time" if seconds is None else step_time(timedelta(seconds=seconds))
    return "no time"


def _system(part: Mapping[str, Any], run: RunState) -> str:
    system = next((step.get("alternative") for step in part.get("steps", ())), None)
    if system is None:
        return "not said"
    return str(run.definition.get("systems", {}).get(system, {}).get("name") or system)


def _note(part: Mapping[str, Any]) -> str:
    steps = part.get("steps")
    note = steps[0].get("note") if steps else part.get("note")
    if not note:
        return "none"
    line = " ".join(note.split())
    return line if len(line) <= _LONGEST_NOTE else f"{line[: _LONGEST_NOTE - 1]}…"


def _left_out(part: Mapping[str, Any]) -> str:
    reason = part.get("left_out")
    return "counted" if reason is None else f"left out ({reason})"


def _nothing(_part: Mapping[str, Any]) -> str:
    return ""


_VALUES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    AMENDED: _time,
    NOTED: _note,
    OUTCOME: lambda part: part.get("outcome") or "not said",
    LEFT_OUT: _left_out,
    DELETED: lambda part: _GONE if part.get("deleted") else _THERE,
    REOPENED: lambda part: "taken up again" if part.get("reopened") else "ended",
}


def own_line(turned: Correction, run: RunState) -> CorrectionLine:
    """Put one correction of a run into words."""
    return correction_lines((turned,), run)[0]


def correction_records(lines: Sequence[CorrectionLine]) -> list[dict[str, Any]]:
    """Give corrections as JSON: when, on what device, and what stood before and after, in words."""
    return [
        {
            "at": line.at,
            "device": line.device,
            "kind": line.kind,
            "what": line.what,
            "before": line.before,
            "after": line.after or None,
            "state": line.state,
        }
        for line in lines
    ]
