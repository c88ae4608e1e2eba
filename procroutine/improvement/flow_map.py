"""A routine as a flow map: lanes of systems or people, steps as long as they take, waits between them.

After Rother & Shook, *Learning to See* (FORMULAS 6). Times on the map count from its start; of
what is done before the run they are negative.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.choices import Choice
from procroutine.text import Shown
from procroutine.values import Value

ZERO = timedelta()


class By(Choice):
    """What has a lane of its own."""

    SYSTEM = "system"
    PERSON = "person"


class Source(Choice):
    """How the length of a bar is known."""

    USUAL = "usual"
    """What the step usually took in the person's runs."""
    PLANNED = "planned"
    """What was guessed, since there is no run with it yet."""
    UNKNOWN = "unknown"
    """Neither: it has no length."""
    REAL = "real"
    """What it took in one run."""
    SKIPPED = "skipped"
    """It was skipped in that run, and has the time that was spent on it before."""


class Pause(Choice):
    """What a gap is."""

    WRITTEN = "as written"
    """The usual wait that the routine file names; no run has waited there yet."""
    WAITED = "waiting"
    PAUSED = "paused"
    ASLEEP = "asleep"


class FlowPart(Value):
    """A stretch of the flow before it is laid out: work on a step, or a pause in or after it."""

    step: str
    title: str
    number: int
    """Of the step in the list, from 1."""
    length: timedelta
    source: Source | None = None
    """None for a pause."""
    pause: Pause | None = None
    text: str = ""
    """What was waited for."""
    systems: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    """Systems to choose from, where none is settled."""
    done_with: tuple[str, ...] = ()
    """By which switches are counted: the systems, and of those to choose from the one that is mostly chosen."""
    person: str | None = None
    before: bool = False
    """Whether it is done before the run."""


class FlowBar(Value):
    """Work on a step."""

    number: int
    step: str
    title: Shown
    systems: Shown
    """Their names, put together."""
    person: Shown
    lanes: tuple[int, ...]
    start: timedelta
    length: timedelta
    source: Source
    before: bool
    """Whether it is done before the run."""
    again: bool
    """Whether it goes on after a pause in it, with no other step in between."""
    switch: bool
    """Whether no system of the step before it is used any more."""
    hand_off: bool
    """Whether somebody else did the step before it."""


class FlowGap(Value):
    """Time in which no work was done."""

    number: int
    """Of the step in or after which it is."""
    step: str
    lanes: tuple[int, ...]
    start: timedelta
    length: timedelta
    pause: Pause
    text: Shown
    broken: bool
    """Whether it is so long that the axis is broken there, so that it does not squash the work."""


class FlowLane(Value):
    """One system, or one person."""

    name: Shown
    work: timedelta
    steps: int


class Lately(Value):
    """How much of the time between start and end was work in the last runs."""

    runs: int
    active: timedelta
    lead: timedelta

    @property
    def ratio(self) -> float | None:
        """Give Σ active / Σ lead (FORMULAS 6)."""
        return ratio_of(self.active, self.lead)


class FlowMap(Value):
    """A routine's flow, as defined or as it was in one run."""

    routine_id: str
    name: Shown
    run_id: str | None
    """None for the definition."""
    what: str
    """Such as `as defined` or `run of Mon 9 Nov 2026`."""
    by: By
    lanes: tuple[FlowLane, ...]
    pieces: tuple[FlowBar | FlowGap, ...]
    """In the order of time."""
    active: timedelta
    """Of a run what it took; of the definition the total that what-if tells."""
    prepared: timedelta
    """Work before the run, which is no part of `active`."""
    lead: timedelta
    """active + waiting + paused + asleep; of the definition what these are in the person's runs."""
    is_drawn: bool = False
    """Whether `active` is the middle of draws, so that the bars need not add up to it."""
    lead_as: str = ""
    """Of the definition, from where the lead time is known."""
    skipped: int = 0
    """Steps of the run that were skipped."""
    lately: Lately | None = None
    runs: tuple[tuple[str, Shown], ...] = ()
    """Runs of it that can be drawn as well, newest first, with their days."""

    @property
    def bars(self) -> tuple[FlowBar, ...]:
        """The work."""
        return tuple(piece for piece in self.pieces if isinstance(piece, FlowBar))

    @property
    def gaps(self) -> tuple[FlowGap, ...]:
        """The pauses."""
        return tuple(piece for piece in self.pieces if isinstance(piece, FlowGap))

    @property
    def switches(self) -> int:
        """How often it changes its system."""
        return sum(bar.switch for bar in self.bars)

    @property
    def hand_offs(self) -> int:
        """How often it changes its person."""
        return sum(bar.hand_off for bar in self.bars)

    @property
    def ratio(self) -> float | None:
        """Give active / lead; None where nothing is known."""
        return ratio_of(self.active, self.lead)

    def count(self, source: Source) -> int:
        """Give how many steps have a length from a source."""
        return len({bar.step for bar in self.bars if bar.source is source})


def ratio_of(active: timedelta, lead: timedelta) -> float | None:
    """Give the activity ratio; None where there was no time at all."""
    return active / lead if lead else None
