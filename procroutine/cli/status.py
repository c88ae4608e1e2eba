"""`status`: the open runs in one line, made to be asked every second."""

from __future__ import annotations

import os
from datetime import timedelta

from procroutine.cli.words import Word
from procroutine.durations import step_time, total_time
from procroutine.errors import BadInput, did_you_mean, nearest, quoted
from procroutine.run.open_runs import OpenRuns
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from procroutine.cli.main import Context
    from procroutine.cli.words import Options
    from procroutine.run.live import RunState


def step_left(run: RunState) -> str:
    """Give what the running step has left of its usual (else planned) time; over it, with a plus."""
    if run.current is None:
        return ""
    target = run.target(run.steps[run.current])
    return "" if target is None else _left(target - run.step_elapsed)


def total_left(run: RunState) -> str:
    """Give what is left of the run's own goal; without one, of the usual or planned total."""
    counted = (step for step in run.steps if not run.is_outside(step))
    target = run.own_goal or sum((run.target(step) or timedelta() for step in counted), timedelta())
    return _left(target - run.active) if target else ""


def _left(left: timedelta) -> str:
    return step_time(left) if left >= timedelta() else f"+{step_time(-left)}"


def _current(run: RunState, field: str) -> str:
    return str(getattr(run.steps[run.current], field)) if run.current is not None else ""


FIELDS: dict[str, tuple[str, Callable[[RunState], str]]] = {
    "routine": ("name of the routine", lambda run: run.routine_name),
    "run": ("id of the run", lambda run: run.id),
    "state": ("running or paused", lambda run: run.state),
    "sign": ("▶ running, ◐ paused", lambda run: "▶" if run.state == "running" else "◐"),
    "step": ("title of the step", lambda run: _current(run, "title")),
    "number": ("number of the step", lambda run: str(run.current + 1) if run.current is not None else ""),
    "steps": ("how many steps the run has", lambda run: str(len(run.steps))),
    "done": ("how many are behind", lambda run: str(sum(step.state in ("done", "skipped") for step in run.steps))),
    "step_time": ("time on the step", lambda run: step_time(run.step_elapsed)),
    "step_left": ("what is left of its usual time", step_left),
    "total": ("active time of the run", lambda run: step_time(run.active)),
    "total_left": ("what is left of the goal", total_left),
    "goal": ("the goal", lambda run: total_time(run.goal) if run.goal else ""),
    "started": ("clock time of the start", lambda run: run.started_at.strftime("%H:%M")),
    "waiting": ("what it waits for", lambda run: run.waiting_for or ""),
}
"""What may stand in braces in `--format`."""

_HASH = "\0"
"""Stands for a `#` that came from a name until the line is put together; no name that is shown holds it."""
_USUAL = "{sign} {routine}: {number}/{steps} {step} {step_time}, total {total}"


def words_of(name: str) -> tuple[Word, ...]:
    """Give the words of `status`."""
    fields = ", ".join(f"{{{field}}} {meaning}" for field, (meaning, _) in FIELDS.items())
    return (
        Word(name="--json", help="all open runs as JSON"),
        Word(name="--format", metavar="TEXT", help=f"one line for the running run, with these fields: {fields}"),
    )


def carry_out(name: str, options: Options, context: Context) -> int:
    """Print the open runs; nothing at all where none is open."""
    if options.format is not None:
        _check(options.format)
    runs = _open_runs(context)
    if options.json:
        from procroutine.run.record import run_json

        context.console.answer({"format": 1, "runs": [run_json(run) for run in runs]})
    elif options.format is not None:
        if runs:
            context.console.say(_one_line(options.format, runs[0]))
    else:
        from procroutine.run.remarks import remarks_on  # status bars, which ask often, have a format

        for run in runs:
            context.console.say(_one_line(_USUAL, run))
            for remark in remarks_on(run):
                context.console.remark(remark.sentence)
    return 0


def _open_runs(context: Context) -> tuple[RunState, ...]:
    """Read the open runs alone where that is enough; what has to be told or settled is for the home."""
    loaded = OpenRuns.of(context.places).load_all()
    if loaded.is_plain and os.path.isdir(context.places.routines):
        return loaded.states(context.clock.read())
    return context.home.open_runs()


def _pieces(text: str) -> list[tuple[str, str | None]]:
    """Part a format into (text, field that follows it); `{{` and `}}` stand for braces."""
    pieces: list[tuple[str, str | None]] = []
    written, place = "", 0
    while place < len(text):
        character = text[place]
        if text[place : place + 2] in ("{{", "}}"):
            written, place = written + character, place + 2
        elif character == "{":
            end = text.find("}", place)
            if end < 0:
                raise BadInput("a brace stays open in the format", "close it, or write {{ for a brace")
            pieces.append((written, text[place + 1 : end]))
            written, place = "", end + 1
        else:
            written, place = written + character, place + 1
    pieces.append((written, None))
    return pieces


def _check(text: str) -> None:
    for _, field in _pieces(text):
        if field is not None and field not in FIELDS:
            near = nearest(field, FIELDS)
            remedy = did_you_mean(near and f"{{{near}}}", "see procroutine status --help")
            raise BadInput(f"the format has no field {quoted(f'{{{field}}}')}", remedy)


def _one_line(text: str, run: RunState) -> str:
    line = "".join(written + (_value(run, field) if field is not None else "") for written, field in _pieces(text))
    return _kept_from_tmux(" ".join(line.splitlines()))


def _value(run: RunState, field: str) -> str:
    return shown(FIELDS[field][1](run)).replace("#", _HASH)


def _kept_from_tmux(line: str) -> str:
    """Put a blank behind a `#` of a name where tmux, which expands what its commands print, would take it for its own.

    What the person wrote in the format itself is left to tmux.
    """
    first, *rest = line.split(_HASH)
    for number, part in enumerate(rest, 1):
        own = part[0] in "{[(,}#" or (part[0].isascii() and part[0].isalpha()) if part else number < len(rest)
        first += ("# " if own else "#") + part
    return first
