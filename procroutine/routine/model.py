"""What a routine is: its steps in order, the systems they are done with, and how long it may take.

All text here is as its author wrote it; it is made harmless (`procroutine.text.shown`) where it
is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from procroutine.choices import Choice
from procroutine.routine.schedule import Schedule
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.errors import UserError


class Phase(Choice):
    """How far a routine has come on the path from idea to habit."""

    ANALYSIS = "analysis"
    BRAINSTORM = "brainstorm"
    DESIGN = "design"
    TESTING = "testing"
    IMPLEMENTED = "implemented"


class GoalPer(Choice):
    """What the goal is held against."""

    RUN = "run"
    WEEK = "week"


class Bell(Choice):
    """When a step may ring."""

    NEVER = "never"
    HALF = "half"
    OVER = "over"


class System(Value):
    """What a step is done with: an app, a service, a tool, a place."""

    id: str
    name: str
    url: str | None = None
    notes: str | None = None


class Step(Value):
    """One step; after `use` is expanded, ids of a used routine's steps are `child/step`."""

    id: str
    title: str
    planned: timedelta | None = None
    systems: tuple[str, ...] = ()
    """Ids of systems, every one a key of `Routine.systems`."""
    person: str | None = None
    """Who does it; the routine's owner where the file names nobody."""
    instructions: str | None = None
    """Markdown."""
    checklist: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    """Ids of steps that must come before this one."""
    optional: bool = False
    prepare: bool = False
    wait: timedelta | None = None
    section: str | None = None
    bell: Bell | None = None
    alternatives: tuple[str, ...] = ()
    """Ids of systems to choose from at run time."""


_MADE_LATER = ("steps", "systems")


class Routine(Value):
    """A definition with every `use` expanded, ready to be run."""

    __slots__ = ("_made_by",)

    id: str
    """The file's name without `.toml`."""
    name: str
    steps: tuple[Step, ...]
    systems: Mapping[str, System] = MappingProxyType({})
    purpose: str | None = None
    goal: timedelta | None = None
    goal_per: GoalPer = GoalPer.RUN
    phase: Phase = Phase.TESTING
    schedule: Schedule | None = None
    input: str | None = None
    output: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()
    review_every: timedelta | None = None
    analysis: str | None = None
    previous_ids: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    """Paths of the files it was made from: its own first, then those of used routines."""

    @classmethod
    def with_steps_later(cls, made_by: Callable[[], dict[str, Any]], **fields: Any) -> Routine:
        """Make a routine whose steps and systems (by their names) are made when one of them is first asked for."""
        made = cls(steps=(), **fields)
        for name in _MADE_LATER:
            object.__delattr__(made, name)
        object.__setattr__(made, "_made_by", made_by)
        return made

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            """Make steps and systems; of most routines, the first screen never asks for them."""
            if name not in _MADE_LATER:
                raise AttributeError(f"Routine has no {name}")
            for field, value in self._made_by().items():
                object.__setattr__(self, field, value)
            return getattr(self, name)

    @property
    def goal_of_run(self) -> timedelta | None:
        """The goal of one run; None where it has none, or one of the week."""
        return None if self.goal_per is GoalPer.WEEK else self.goal

    @property
    def planned(self) -> timedelta:
        """The sum of the planned times of its steps; steps without one add nothing."""
        return sum((step.planned for step in self.steps if step.planned), timedelta())

    @property
    def planned_run(self) -> timedelta:
        """The same without what may be done before the run, which is no part of its time."""
        return sum((step.planned for step in self.steps if step.planned and not step.prepare), timedelta())


class Problem(Value):
    """Something wrong in a definition, with what to write instead."""

    file: str
    line: int | None
    key: str | None
    problem: str
    remedy: str

    @classmethod
    def of_file(cls, file: str, error: UserError, line: int | None = None) -> Problem:
        """Make what an error says of a whole file, or of a line, a problem of it."""
        return cls(file=file, line=line, key=None, problem=error.problem, remedy=error.remedy)
