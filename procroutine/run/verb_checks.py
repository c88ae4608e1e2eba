"""What all verbs look at before they answer: that the run is open, and that what is given will do."""

from __future__ import annotations

from datetime import UTC

from procroutine.clock import to_millisecond
from procroutine.errors import BadInput, DoesNotFit
from procroutine.run.fields import LONGEST_TEXT
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from procroutine.clock import Reading
    from procroutine.run.live import LiveRun
    from procroutine.run.states import RunState, StepState


def current_step(run: LiveRun, reading: Reading) -> tuple[RunState, StepState]:
    """Give the run and its current step; DoesNotFit after the end."""
    state = run.state(reading)
    if state.current is None:
        raise DoesNotFit(f"{name_of(state)} is {state.state}", "undo takes that back")
    return state, state.steps[state.current]


def refuse_before_begin(state: RunState, step: StepState) -> None:
    """Refuse what would work on the run before its clock runs; DoesNotFit."""
    if state.preparing and not step.definition.get("prepare"):
        raise DoesNotFit(f"{name_of(state)} has not begun yet", "begin it first")


def moment_to_come(until: datetime, reading: Reading) -> str:
    """Write an instant that is still to come; BadInput for any other."""
    if until.astimezone(UTC) <= reading.wall.astimezone(UTC):
        raise BadInput("The time to wait until has passed", "write a later one, or leave it out")
    if until.year > reading.wall.year + 100:
        raise BadInput(f"The year {until.year} is out of reach", "write an earlier time, or leave it out")
    return to_millisecond(until).isoformat(timespec="milliseconds")


def name_of(state: RunState) -> str:
    """Give the routine's name as it is shown."""
    return shown(state.routine_name)


def checked_text(what: str, text: str) -> str:
    """Give a text without blanks around it; BadInput where none is left, or too much."""
    text = text.strip()
    if not text:
        raise BadInput(f"The {what} is empty", "write a word or more")
    if len(text) > LONGEST_TEXT:
        raise BadInput(f"The {what} is too long", f"write at most {LONGEST_TEXT} characters")
    return text
