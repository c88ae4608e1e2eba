"""The verbs of a run: each changes the run on disk and says what happened."""

from __future__ import annotations

import os

from procroutine.cli.words import SEVERAL, Word
from procroutine.durations import LONG_PAUSE, signed, step_time, total_time
from procroutine.errors import BadInput
from procroutine.run.remarks import pause_just_over, remarks_on, sleep_left_behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta
    from typing import Any

    from procroutine.cli.main import Context
    from procroutine.cli.words import Options
    from procroutine.history.home import Answer
    from procroutine.run.live import RunState

_KINDS = {
    "done": "the step done",
    "skipped": "the skip",
    "paused": "the pause",
    "waiting": "the waiting",
    "resumed": "the resuming",
    "went": "the jump",
    "noted": "the note",
    "added": "the added step",
    "ticked": "the tick",
    "corrected": "the correction",
    "slept": "the sleep",
    "counted": "the counting of sleep",
    "switched_off": "the switching off",
    "switched_on": "the switching on",
    "reordered": "the move",
    "chose": "the choice",
    "begun": "the beginning",
    "recounted": "the counting of the pause",
    "deadline": "the deadline",
    "finished": "the finish",
    "abandoned": "the abandoning",
}
"""What undo and redo call each kind of event."""
_BEGINNING = ("start", "prepare")
"""Verbs that a routine is given to, and no run."""


_WORDS: dict[str, tuple[Word, ...]] = {
    "start": (Word(name="routine", metavar="ROUTINE", help="id or name of the routine"),),
    "prepare": (Word(name="routine", metavar="ROUTINE", help="id or name of the routine"),),
    "switch-off": (Word(name="step", metavar="STEP", count=SEVERAL, help="number, id or title of a step"),),
    "switch-on": (Word(name="step", metavar="STEP", count=SEVERAL, help="number, id or title of a step"),),
    "move": (
        Word(name="step", metavar="STEP", count=SEVERAL, help="number, id or title of the step to move"),
        Word(name="--after", metavar="STEP", help="the step it is to come after"),
    ),
    "choose": (
        Word(name="system", metavar="SYSTEM", count=SEVERAL, help="id or name of the system it is done with"),
        Word(name="--step", metavar="STEP", help="another step than the present one, by number, id or title"),
    ),
    "recount": (Word(name="what", metavar="{work,waiting}", choices=("work", "waiting"), help="what the pause was"),),
    "deadline": (Word(name="--until", metavar="T", help="such as 10:30; without it the run has none any more"),),
    "note": (Word(name="text", metavar="TEXT", count=SEVERAL, help="the note"),),
    "goto": (Word(name="step", metavar="STEP", count=SEVERAL, help="number, id or title of a step"),),
    "add": (Word(name="title", metavar="TITLE", count=SEVERAL, help="title of the step to add to this run"),),
    "skip": (Word(name="--reason", metavar="TEXT", help="why; kept as a note"),),
    "pause": (
        Word(name="--waiting", metavar="TEXT", help="what the run waits for"),
        Word(name="--until", metavar="T", help="until when it waits, such as 15:30"),
    ),
    "finish": (
        Word(
            name="--outcome",
            metavar="{met,partly,missed}",
            choices=("met", "partly", "missed"),
            help="did it produce its output",
        ),
    ),
}


def words_of(name: str) -> tuple[Word, ...]:
    """Give the words of one verb."""
    run = (
        ()
        if name in _BEGINNING
        else (Word(name="--run", metavar="ID", help="the run, by a unique beginning of its id"),)
    )
    at = Word(name="--at", metavar="T", help="when it happened, such as 14:05; never later than now")
    return (*_WORDS.get(name, ()), *run, at)


def carry_out(name: str, options: Options, context: Context) -> int:
    """Carry out one verb and say what happened."""
    moment = _moment(options.at, context)
    if name in _BEGINNING:
        begin = context.home.start if name == "start" else context.home.prepare
        answer = begin(options.routine, at=moment)
    else:
        details = _DETAILS[name](options, context) if name in _DETAILS else {}
        answer = context.home.act(details.pop("verb", name), run=options.run, at=moment, **details)
    for sentence in answer.said:
        context.console.remark(sentence)
    context.console.say(_what_happened(name, answer))
    for text in answer.redlines:
        context.console.remark(f"You wanted to change this before this run: {text}")
    asked = None
    if name in ("resume", "done") and answer.run.last_pause:
        asked = pause_just_over(answer.run, _long_pause(context))
    # Who enters the past step by step is about to say what came after.
    of_now = () if moment is not None else remarks_on(answer.run)
    for remark in (asked, sleep_left_behind(answer.run), *of_now):
        if remark is not None:
            context.console.remark(remark.sentence)
    return 0


def _long_pause(context: Context) -> timedelta:
    """Give how long a pause has to be to be asked about; only a file of settings takes a longer look."""
    if not os.path.lexists(context.places.config):
        return LONG_PAUSE
    from procroutine.settings import read_settings

    return read_settings(context.places.config)[0].long_pause


def _pause(options: Options, context: Context) -> dict[str, Any]:
    if options.waiting is None and options.until is None:
        return {}
    if options.waiting is None:
        raise BadInput("--until is the end of a waiting", "say for what: --waiting TEXT")
    return {"verb": "waiting", "text": options.waiting, "until": _until(options.until, context)}


def _move(options: Options, _context: Context) -> dict[str, Any]:
    if options.after is None:
        raise BadInput("move needs the step to come after", "write --after STEP")
    return {"step": " ".join(options.step), "after": options.after}


_DETAILS: dict[str, Callable[[Options, Context], dict[str, Any]]] = {
    "note": lambda options, _: {"text": " ".join(options.text)},
    "goto": lambda options, _: {"step": " ".join(options.step)},
    "add": lambda options, _: {"title": " ".join(options.title)},
    "skip": lambda options, _: {} if options.reason is None else {"reason": options.reason},
    "finish": lambda options, _: {"outcome": options.outcome} if options.outcome else {},
    "pause": _pause,
    "switch-off": lambda options, _: {"verb": "switch_off", "step": " ".join(options.step)},
    "switch-on": lambda options, _: {"verb": "switch_on", "step": " ".join(options.step)},
    "move": _move,
    "choose": lambda options, _: {"system": " ".join(options.system), "step": options.step},
    "recount": lambda options, _: {"what": options.what},
    "deadline": lambda options, context: {"until": _until(options.until, context)},
}
"""What each verb is given besides the run; `verb` where the domain calls it otherwise."""


def _moment(text: str | None, context: Context) -> datetime | None:
    if text is None:
        return None
    from procroutine.moments import parse_moment

    return parse_moment(text, context.clock.read())


def _until(text: str | None, context: Context) -> datetime | None:
    if text is None:
        return None
    from procroutine.moments import parse_until

    return parse_until(text, context.clock.read())


def _what_happened(name: str, answer: Answer) -> str:
    run = answer.run
    if answer.ended:
        return _ended(run)
    words = {
        "start": f"Started {run.routine_name}.",
        "prepare": f"Preparing {run.routine_name}; its own clock does not run yet.",
        "switch-off": "Switched off for this run.",
        "switch-on": "Switched on again.",
        "move": "Moved.",
        "choose": "Chosen.",
        "recount": "Counted so.",
        "deadline": deadline_said(run),
        "undo": f"{run.routine_name}: took back {_KINDS[answer.event.details['of']]}." if name == "undo" else "",
        "redo": f"{run.routine_name}: brought back {_KINDS[answer.event.details['of']]}." if name == "redo" else "",
        "note": "Noted.",
        "add": "Added.",
        "pause": f"Paused at {step_time(run.active)}." if not run.waiting_for else f"Waiting for {run.waiting_for}.",
    }
    if name in ("done", "skip"):
        left = next((run.steps[place] for place in reversed(run.order_done)), None)
        sign = "✓" if name == "done" else "–"
        first = f"{sign} {left.title} {step_time(left.active)}." if left and left.active is not None else f"{sign}"
    else:
        first = words.get(name, "")
    return " ".join(part for part in (first, _where(run)) if part)


def deadline_said(run: RunState) -> str:
    """Say by when a run has to be through now."""
    if run.deadline is None:
        return "No deadline any more."
    from procroutine.insight.dates import near_time

    return f"To be through by {near_time(run.deadline, run.as_of)}."


def _where(run: RunState) -> str:
    if run.current is None:
        return ""
    step = run.steps[run.current]
    planned = f", planned {step_time(step.planned)}" if step.planned else ""
    paused = " (paused)" if run.state == "paused" else ""
    chosen = "" if step.alternative is None else f", with {_system(run, step.alternative)}"
    return f"Step {run.current + 1} of {len(run.steps)}: {step.title}{planned}{chosen}{paused}."


def _system(run: RunState, system: str) -> str:
    return str(run.definition.get("systems", {}).get(system, {}).get("name") or system)


def _ended(run: RunState) -> str:
    if run.state == "abandoned":
        return f"Abandoned {run.routine_name} at {step_time(run.active)}; it stays out of the figures."
    against = ""
    if run.own_goal:
        against = f", {signed(run.active - run.own_goal)} against the goal of {total_time(run.own_goal)}"
    return f"Finished {run.routine_name} in {step_time(run.active)}{against}."
