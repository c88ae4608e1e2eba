"""Runs as they go on, told verb by verb, and any others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.improvement.flow_map import FlowPart
from procroutine.improvement.flow_reading import parts_of_run
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.states import RunState
from procroutine.run.stretches import stretches_of_events

ZERO, MINUTE = timedelta(), timedelta(minutes=1)
SNAPSHOT: dict[str, Any] = {
    "id": "posts",
    "name": "Posts",
    "steps": [
        {"id": "ask", "title": "Ask", "systems": ["docs"], "person": "Ana"},
        {"id": "write", "title": "Write", "systems": ["docs", "shop"]},
        {"id": "crop", "title": "Crop", "systems": ["shop"], "prepare": True, "person": "Ben"},
        {"id": "send", "title": "Send", "systems": ["mail"], "person": "Ana"},
    ],
}


class Story:
    """A run as it goes on."""

    def __init__(self, *, preparing: bool = False) -> None:
        self.clock = ManualClock(datetime(2026, 11, 16, 9, 0, tzinfo=UTC))
        begun = verbs.start(self.clock.read(), run="1" * 16, device="desk", snapshot=SNAPSHOT, preparing=preparing)
        self.run = LiveRun.from_events((begun,))

    def does(self, verb: str, after: float = 0.0, **details: Any) -> Story:
        self.clock.advance(after * MINUTE)
        self.run = self.run.then(verbs.VERBS[verb](self.run, self.clock.read(), **details))
        return self

    @property
    def state(self) -> RunState:
        return self.run.state(self.clock.read())

    @property
    def parts(self) -> tuple[FlowPart, ...]:
        return parts_of_run(self.state, stretches_of_events(self.run.events, self.clock.read()))


ACTS: dict[str, dict[str, Any]] = {
    "done": {},
    "skip": {},
    "undo": {},
    "redo": {},
    "pause": {},
    "resume": {},
    "waiting": {"text": "Ben"},
    "count_sleep": {},
    "begin": {},
    "finish": {},
    "goto": {"step": "write"},
    "recount": {"what": "work"},
    "amend": {"step": "write", "sign": "-", "length": 2 * MINUTE},
}
_acts = st.tuples(
    st.sampled_from([*ACTS, "recount waiting", "amend up", "amend ask"]),
    st.integers(0, 30),
    st.sampled_from([0, 0, 0, 20]),
)
any_acts = st.lists(_acts, max_size=14)


def played(preparing: bool, acts: list[tuple[str, int, int]]) -> Story:
    """A run in which all that can be done of some acts was done, each after minutes and a sleep."""
    story = Story(preparing=preparing)
    for name, minutes, asleep in acts:
        verb, _, how = name.partition(" ")
        details = dict(ACTS[verb])
        details |= {"waiting": {"what": "waiting"}, "up": {"sign": "+"}, "ask": {"step": "ask"}}.get(how, {})
        story.clock.sleep(asleep * MINUTE)
        try:
            story.does(verb, minutes, **details)
        except UserError:
            continue
    return story
