"""One routine file as it was read, before the routines that it uses stand in their places."""

from __future__ import annotations

from dataclasses import dataclass

from procroutine.routine.model import Routine, Step
from procroutine.toml_lines import TomlLines


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step of the file, or the place where another routine's steps will stand."""

    step: Step
    """Of a using step, the id, and what its keys ask of the steps that come in its place."""
    use: str | None
    """Id of the routine whose steps stand here."""
    place: int
    """Its number in the file, from 0."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one file says."""

    routine: Routine
    """Everything but the steps; systems as far as the file describes them."""
    steps: tuple[DraftStep, ...]
    lines: TomlLines

    @property
    def uses(self) -> tuple[str, ...]:
        """Ids of the routines it uses, each once, in the order of the file."""
        return tuple(dict.fromkeys(step.use for step in self.steps if step.use is not None))
