"""The fold against the plainest model there is: add each length to what the run was doing at the time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

STEPS = ("write", "send", "post")
amounts = st.integers(0, 10**7)
happenings = st.one_of(
    st.tuples(st.sampled_from(["work", "wall"]), amounts),
    st.tuples(st.just("sleep"), st.integers(1000, 10**7)),
    st.tuples(st.sampled_from(["done", "skip", "pause", "resume", "waiting", "goto", "amend"]), st.sampled_from(STEPS)),
)


class Model:
    """What a stopwatch in the hand of a patient observer would show, in milliseconds."""

    def __init__(self) -> None:
        self.doing = "work"
        self.current: str | None = STEPS[0]
        self.closed: set[str] = set()
        self.totals = dict.fromkeys(("paused", "waiting", "asleep"), 0)
        self.steps = dict.fromkeys(STEPS, 0)

    def goes_by(self, kind: str, length: int) -> None:
        if self.current is None or kind == "wall":
            return
        if self.doing != "work":
            self.totals[self.doing] += length
        elif kind == "sleep":
            self.totals["asleep"] += length
        else:
            self.steps[self.current] += length

    def does(self, verb: str, step: str) -> None:
        assert self.current
        if verb in ("done", "skip"):
            self.closed.add(self.current)
            after = STEPS.index(self.current) + 1
            pending = [one for one in (*STEPS[after:], *STEPS[:after]) if one not in self.closed]
            self.current = pending[0] if pending else None
        elif verb == "goto":
            self.closed.discard(step)
            self.current = step
        elif verb == "amend":
            self.steps[step] += 1000
        self.doing = {"done": "work", "resume": "work", "pause": "paused", "waiting": "waiting"}.get(verb, self.doing)


def details_of(verb: str, step: str) -> tuple[Any, ...]:
    return {"waiting": ("rain",), "goto": (step,), "amend": (step, "+", timedelta(seconds=1))}.get(verb, ())


@settings(max_examples=300, deadline=None)
@given(happened=st.lists(happenings, max_size=30))
def test_every_length_lands_where_the_run_was_at_the_time(
    begin: Callable[..., Any], happened: list[tuple[str, Any]]
) -> None:
    story, model = begin(*STEPS), Model()
    move = {"work": story.clock.advance, "sleep": story.clock.sleep, "wall": story.clock.step_wall}
    for what, given_to_it in happened:
        if what in move:
            move[what](timedelta(milliseconds=given_to_it))
            model.goes_by(what, given_to_it)
            continue
        try:
            story.does(what, *details_of(what, given_to_it))
        except UserError:
            continue
        model.does(what, given_to_it)
    state, millisecond = story.state, timedelta(milliseconds=1)
    assert story.current == model.current
    assert {step.id: (step.active or timedelta()) // millisecond for step in state.steps} == model.steps
    for name, total in model.totals.items():
        assert getattr(state, name) // millisecond == total, name
