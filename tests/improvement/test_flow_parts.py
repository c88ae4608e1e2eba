from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.improvement.flow_map import FlowPart, Pause
from procroutine.improvement.flow_parts import parts_of_run
from procroutine.improvement.flow_reading import done_flow
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.states import RunState

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
        return parts_of_run(self.state, self.run.events, self.clock.read())


def told(parts: tuple[FlowPart, ...]) -> list[tuple[str, str, float]]:
    return [(part.step, part.pause.value if part.pause else "work", part.length / MINUTE) for part in parts]


def test_each_stretch_stands_where_it_was() -> None:
    story = Story().does("waiting", 3, text="Ben").does("resume", 60).does("done", 2).does("pause", 4)
    story.does("resume", 5).does("done", 1).does("goto", 0.5, step="send").does("done", 2).does("skip", 1)
    assert told(story.parts) == [
        ("ask", "work", 3),
        ("ask", "waiting", 60),
        ("ask", "work", 2),
        ("write", "work", 4),
        ("write", "paused", 5),
        ("write", "work", 1),
        ("crop", "work", 0.5),
        ("send", "work", 2),
        ("crop", "work", 1),
    ]
    assert story.parts[1].text == "Ben"
    flow = done_flow(story.state, story.parts, {})
    assert [(bar.step, bar.again) for bar in flow.bars][:4] == [
        ("ask", False),
        ("ask", True),
        ("write", False),
        ("write", True),
    ]
    assert (flow.switches, flow.hand_offs, flow.skipped) == (1, 0, 1)
    assert flow.ratio == 13.5 / 78.5


def test_what_was_taken_back_was_never_done() -> None:
    story = Story().does("done", 3).does("undo", 1).does("done", 1)
    assert told(story.parts) == [("ask", "work", 5)]


def test_work_before_the_run_stands_before_it() -> None:
    story = Story(preparing=True).does("done", 7).does("begin", 30).does("done", 2)
    assert [(part.step, part.before, part.length / MINUTE) for part in story.parts] == [
        ("crop", True, 7),
        ("ask", False, 2),
    ]


def test_a_run_without_events_is_drawn_from_what_it_recorded() -> None:
    story = Story().does("waiting", 3, text="Ben").does("resume", 60).does("done", 2).does("done", 4)
    parts = parts_of_run(story.state, ())
    assert told(parts) == [("ask", "work", 5), ("write", "work", 4), ("crop", "waiting", 60)]


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
acts = st.tuples(
    st.sampled_from([*ACTS, "recount waiting", "amend up", "amend ask"]),
    st.integers(0, 30),
    st.sampled_from([0, 0, 0, 20]),
)


@given(st.booleans(), st.lists(acts, max_size=14))
@settings(max_examples=100, deadline=None)
def test_together_the_stretches_are_the_times_of_the_run(preparing: bool, done: list[tuple[str, int, int]]) -> None:
    story = Story(preparing=preparing)
    for name, minutes, asleep in done:
        verb, _, how = name.partition(" ")
        details = dict(ACTS[verb])
        details |= {"waiting": {"what": "waiting"}, "up": {"sign": "+"}, "ask": {"step": "ask"}}.get(how, {})
        story.clock.sleep(asleep * MINUTE)
        try:
            story.does(verb, minutes, **details)
        except UserError:
            continue
    state, parts = story.state, story.parts
    together = dict.fromkeys(("work", "before", *(pause.value for pause in Pause)), ZERO)
    for part in parts:
        together["before" if part.before else part.pause.value if part.pause else "work"] += part.length
    assert together["work"] == state.active
    assert together["before"] == sum((step.prepared or ZERO for step in state.steps), ZERO)
    assert (together["paused"], together["waiting"], together["asleep"]) == (state.paused, state.waiting, state.asleep)
    for step in state.steps:
        own = [part.length for part in parts if part.step == step.id and part.pause is None and not part.before]
        assert sum(own, ZERO) == (step.active or ZERO)
