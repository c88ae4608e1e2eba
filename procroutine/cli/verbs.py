"""The verbs of a run: each changes the run on disk and says what happened."""

from __future__ import annotations

from procroutine.cli.words import SEVERAL, Word
from procroutine.durations import signed, step_time, total_time
from procroutine.run.remarks import remarks_on, sleep_left_behind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
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
    "begun": "the beginning",
    "recounted": "the counting of the pause",
    "deadline": "the deadline",
    "finished": "the finish",
    "abandoned": "the abandoning",
}
"""What undo and redo call each kind of event."""


_WORDS: dict[str, tuple[Word, ...]] = {
    "start": (Word(name="routine", metavar="ROUTINE", help="id or name of the routine"),),
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
        () if name == "start" else (Word(name="--run", metavar="ID", help="the run, by a unique beginning of its id"),)
    )
    at = Word(name="--at", metavar="T", help="when it happened, such as 14:05; never later than now")
    return (*_WORDS.get(name, ()), *run, at)


def carry_out(name: str, options: Options, context: Context) -> int:
    """Carry out one verb and say what happened."""
    moment = _moment(options.at, context)
    if name == "start":
        answer = context.home.start(options.routine, at=moment)
    else:
        details = _details(name, options, context)
        answer = context.home.act(details.pop("verb", name), run=options.run, at=moment, **details)
    for sentence in answer.said:
        context.console.remark(sentence)
    context.console.say(_what_happened(name, answer))
    for remark in (sleep_left_behind(answer.run), *remarks_on(answer.run)):
        if remark is not None:
            context.console.remark(remark.sentence)
    return 0


def _details(name: str, options: Options, context: Context) -> dict[str, Any]:
    if name == "note":
        return {"text": " ".join(options.text)}
    if name == "goto":
        return {"step": " ".join(options.step)}
    if name == "add":
        return {"title": " ".join(options.title)}
    if name == "skip":
        return {} if options.reason is None else {"reason": options.reason}
    if name == "finish":
        return {"outcome": options.outcome} if options.outcome else {}
    if name == "pause" and not (options.waiting is None and options.until is None):
        return {"verb": "waiting", "text": options.waiting or "", "until": _until(options.until, context)}
    return {}


def _moment(text: str | None, context: Context) -> datetime | None:
    if text is None:
        return None
    from procroutine.cli.moments import parse_moment

    return parse_moment(text, context.clock.read())


def _until(text: str | None, context: Context) -> datetime | None:
    if text is None:
        return None
    from procroutine.cli.moments import parse_until

    return parse_until(text, context.clock.read())


def _what_happened(name: str, answer: Answer) -> str:
    run = answer.run
    if answer.ended:
        return _ended(run)
    words = {
        "start": f"Started {run.routine_name}.",
        "undo": f"Took back {_KINDS[answer.event.details['of']]}." if name == "undo" else "",
        "redo": f"Brought back {_KINDS[answer.event.details['of']]}." if name == "redo" else "",
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


def _where(run: RunState) -> str:
    if run.current is None:
        return ""
    step = run.steps[run.current]
    planned = f", planned {step_time(step.planned)}" if step.planned else ""
    paused = " (paused)" if run.state == "paused" else ""
    return f"Step {run.current + 1} of {len(run.steps)}: {step.title}{planned}{paused}."


def _ended(run: RunState) -> str:
    if run.state == "abandoned":
        return f"Abandoned {run.routine_name} at {step_time(run.active)}; it stays out of the figures."
    against = ""
    if run.goal:
        against = f", {signed(run.active - run.goal)} against the goal of {total_time(run.goal)}"
    return f"Finished {run.routine_name} in {step_time(run.active)}{against}."
