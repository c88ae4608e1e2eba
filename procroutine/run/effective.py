"""Which events of a run are in force: undo takes the last one back, redo brings it in again.

Taking back is itself an event, so nothing is ever removed from a journal. Sleep that the app
noticed (`slept`) is a fact and no act of the person's: undo passes over it.
"""

from __future__ import annotations

from procroutine.errors import BadInput
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.run.events import Event


class Effective(Value):
    """The events in force, oldest first, and what undo and redo would act on."""

    events: tuple[Event, ...]
    to_undo: Event | None
    """The last act of the person's; never `started`."""
    to_redo: Event | None
    """The act taken back last, as long as no other act followed."""
    acts: int
    """How many acts there were so far; taking back and bringing back are acts too."""


def effective(events: Sequence[Event]) -> Effective:
    """Work out which events are in force; BadInput where they do not begin a run or take back nothing."""
    if not events or events[0].kind != "started":
        raise BadInput("the events do not begin a run", "begin with `started`")
    acts: list[int] = []
    taken_back: list[int] = []
    in_force = [True] * len(events)
    for place, event in enumerate(events[1:], start=1):
        if event.kind in ("undone", "redone"):
            source, target = (acts, taken_back) if event.kind == "undone" else (taken_back, acts)
            if not source:
                raise BadInput(f"event {place + 1} is {event.kind} with nothing to act on", "move the journal away")
            turned = source.pop()
            target.append(turned)
            in_force[turned] = event.kind == "redone"
            in_force[place] = False
        elif event.kind != "slept":
            acts.append(place)
            taken_back.clear()
    return Effective(
        events=tuple(event for place, event in enumerate(events) if in_force[place]),
        to_undo=events[acts[-1]] if acts else None,
        to_redo=events[taken_back[-1]] if taken_back else None,
        acts=sum(event.kind != "slept" for event in events),
    )
