"""A run in progress: its events, and what follows from them."""

from __future__ import annotations

from procroutine.run.acts import play
from procroutine.run.effective import effective
from procroutine.run.fold import Fold
from procroutine.run.states import RunState, StepState, freeze, freeze_step
from procroutine.run.timeline import instant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from typing import Any, Self

    from procroutine.clock import Reading
    from procroutine.run.events import Event

__all__ = ["LiveRun", "RunState", "StepState"]


class LiveRun:
    """A run as its events make it; it never changes, `then` gives the run with one event more."""

    __slots__ = ("_fold", "_frozen", "_steps", "events", "in_force")

    def __init__(self, events: Sequence[Event]) -> None:
        """Play the events; BadInput where they make no run."""
        self.events = tuple(events)
        self.in_force = effective(self.events)
        self._fold = Fold(self.in_force.events[0])
        for event in self.in_force.events[1:]:
            play(self._fold, event)
        self._steps: tuple[StepState, ...] | None = None
        self._frozen: tuple[Reading, RunState] | None = None

    @classmethod
    def from_events(cls, events: Sequence[Event]) -> Self:
        """Play the events of one run, `started` first; BadInput where they make no run."""
        return cls(events)

    def then(self, event: Event) -> LiveRun:
        """Give the run after one event more."""
        return LiveRun((*self.events, event))

    @property
    def id(self) -> str:
        """The run's id."""
        return str(self.details["run"])

    @property
    def details(self) -> dict[str, Any]:
        """What was recorded at the start: run, device, routine, revision, hash, snapshot, targets."""
        return self.events[0].details

    @property
    def has_ended(self) -> bool:
        """Whether it is finished or abandoned."""
        return self._fold.ended is not None

    @property
    def is_running(self) -> bool:
        """Whether its clock goes on: it is neither paused nor waiting, and has not ended."""
        return self._fold.mode == "running"

    @property
    def is_preparing(self) -> bool:
        """Whether it is open and has not begun yet."""
        return self._fold.preparing and not self.has_ended

    @property
    def end_was_undone(self) -> bool:
        """Whether it had ended before, and that was taken back."""
        undone = (place for place, event in enumerate(self.events) if event.kind == "undone")
        return any(LiveRun(self.events[:place]).has_ended for place in undone)

    @property
    def last_act(self) -> Reading:
        """The clocks when the person did something last."""
        return self._fold.reading

    @property
    def standing(self) -> tuple[bool, datetime]:
        """What open runs are ordered by: the greatest is the one that is meant where none is named."""
        return self.is_running, instant(*self._fold.last_act)

    def state(self, reading: Reading) -> RunState:
        """Give the run frozen at a reading of the clocks.

        A reading from before the last act shows the run as of that act.
        """
        if self._frozen is not None and self._frozen[0] is reading:
            return self._frozen[1]
        if self._steps is None:
            self._steps = tuple(freeze_step(step) for step in self._fold.steps)
        fold = self._fold.later(reading)
        steps = self._steps
        if fold.current is not None:
            place = fold.steps.index(fold.current)
            steps = (*steps[:place], freeze_step(fold.current), *steps[place + 1 :])
        state = freeze(fold, steps, self.in_force, reading)
        self._frozen = reading, state
        return state
