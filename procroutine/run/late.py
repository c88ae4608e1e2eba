"""Verbs that come too late: what a window showed is not so any more, because another one was quicker.

A window hands in what it showed, and a verb that would act on something else is refused with what
happened instead. The command line shows nothing, so there a verb acts on the run as it is.
"""

from __future__ import annotations

from procroutine.errors import DoesNotFit
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from procroutine.run.events import Event
    from procroutine.run.live import LiveRun

_ON_THE_STEP = ("done", "skip")
"""Verbs that mean the step they were given at."""
_ON_THE_LAST_ACT = ("undo", "redo", "count_sleep", "recount", "begin", "finish", "abandon")
"""Verbs that mean the run as it was shown, since they say nothing of what they act on."""

_HAPPENED = {
    "done": "{step} was done",
    "skipped": "{step} was skipped",
    "undone": "something was taken back",
    "redone": "something was brought back",
    "paused": "it was paused",
    "waiting": "it was set to wait",
    "resumed": "it was resumed",
    "went": "its clock was put on {step}",
    "noted": "a note was written",
    "added": "the step {title} was added",
    "ticked": "an item of {step} was ticked or unticked",
    "corrected": "the time of {step} was corrected",
    "counted": "its sleep was counted",
    "switched_off": "{step} was switched off",
    "switched_on": "{step} was switched on",
    "reordered": "{step} was moved",
    "chose": "another system was chosen for {step}",
    "begun": "it was begun",
    "recounted": "its last pause was counted otherwise",
    "deadline": "its deadline was changed",
    "finished": "it was finished",
    "abandoned": "it was abandoned",
}


class Seen(Value):
    """What a window showed of a run when the person acted."""

    step: str | None
    """Id of the step its clock was on."""
    acts: int
    """How many acts there were: `RunState.acts`."""


SEEN_ENDED = Seen(step=None, acts=0)
"""What is seen of a run that has ended."""


def refuse_late(verb: str, live: LiveRun, seen: Seen) -> None:
    """Refuse a verb that came too late: DoesNotFit says what happened instead, and when."""
    if seen == SEEN_ENDED:
        _refuse_open(live)
        return
    state = live.state(live.last_act)
    step = None if state.current is None else state.steps[state.current].id
    since = [event for event in live.events if event.kind != "slept"][seen.acts :]
    if not since:
        return
    if live.has_ended and state.ended_at is not None:
        problem = f"{shown(state.routine_name)} was {state.state} at {state.ended_at:%H:%M} elsewhere"
        raise DoesNotFit(problem, "undo takes that back")
    if verb in _ON_THE_LAST_ACT or (verb in _ON_THE_STEP and step != seen.step):
        # The act that left the step says more than a note that was written after it.
        left = [
            event for event in since if event.details.get("step") == seen.step and event.kind in ("done", "skipped")
        ]
        event = left[-1] if verb in _ON_THE_STEP and left else since[-1]
        raise DoesNotFit(_sentence(live, event), "look at the run, and press the key again if you still mean it")


def _refuse_open(live: LiveRun) -> None:
    if not live.has_ended:
        name = shown(live.details["routine_name"])
        taken_up = [event.reading for event in live.events if event.kind in ("undone", "redone")] or [live.last_act]
        problem = f"{name} was taken up again at {taken_up[-1].wall:%H:%M} elsewhere"
        raise DoesNotFit(problem, "go on with it, or look at it there")


def _sentence(live: LiveRun, event: Event) -> str:
    what = _HAPPENED[event.kind].format(step=_step(live, event.details), title=shown(event.details.get("title", "")))
    return f"{what[0].upper()}{what[1:]} at {event.reading.wall:%H:%M} elsewhere"


def _step(live: LiveRun, details: dict[str, Any]) -> str:
    state = live.state(live.last_act)
    for place, step in enumerate(state.steps, start=1):
        if step.id == details.get("step"):
            return f"step {place}, {shown(step.title)},"
    return "a step"
