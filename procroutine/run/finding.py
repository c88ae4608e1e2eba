"""Finding the step that somebody means, and making an id for a new one."""

from __future__ import annotations

from procroutine.errors import BadInput, NotFound, did_you_mean, nearest
from procroutine.text import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from procroutine.run.states import RunState, StepState


def find_step(state: RunState, word: str) -> StepState:
    """Find a step by its id, its title (case does not matter) or its number from 1.

    NotFound names the nearest one; BadInput where several steps have that title.
    """
    wanted = word.strip()
    titled = []
    for step in state.steps:
        if step.id == wanted:
            return step
        if step.title.strip().casefold() == wanted.casefold():
            titled.append(step)
    if len(titled) > 1:
        numbers = [str(place) for place, step in enumerate(state.steps, start=1) if step in titled]
        raise BadInput(f"{len(titled)} steps are called {shown(wanted)}", f"write its number: {' or '.join(numbers)}")
    if titled:
        return titled[0]
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 and 1 <= int(wanted) <= len(state.steps):
        return state.steps[int(wanted) - 1]
    raise _not_found(state, wanted)


def _not_found(state: RunState, wanted: str) -> NotFound:
    names = {step.title: step.id for step in state.steps} | {step.id: step.id for step in state.steps}
    near = nearest(wanted[:200], names)
    remedy = did_you_mean(near, f"write its id, title or number, 1 to {len(state.steps)}")
    return NotFound(f"No step is called {shown(wanted[:200])}", remedy)


def new_step_id(title: str, taken: Collection[str]) -> str:
    """Make an id from a title that no other step has: `Send the mail` gives `send-the-mail`."""
    from procroutine.routine.slugs import slug, unused  # only a verb that is seldom used needs it

    return unused(slug(title, "step"), taken)
