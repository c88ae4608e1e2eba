from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.flow_map import By, FlowPart, Pause
from procroutine.improvement.flow_reading import done_flow, parts_of_run
from procroutine.improvement.flow_svg import flow_svg
from procroutine.run.stretches import stretches_of_record
from tests.improvement.run_stories import MINUTE, ZERO, Story, any_acts, played


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
    for listed in ("1  Ask · 5:00", "2  Write · 5:00", "3  Crop · 1:30 skipped", "4  Send · 2:00"):
        assert f"> {listed}</text>" in flow_svg(flow)


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
    story = Story().does("done", 5).does("waiting", 1, text="Ben").does("resume", 60).does("done", 2)
    story.does("pause", 1).does("resume", 10).does("done", 3).does("done", 2)
    parts = parts_of_run(story.state, stretches_of_record(story.state))
    assert told(parts) == [
        ("ask", "work", 5),
        ("write", "work", 3),
        ("write", "waiting", 60),
        ("crop", "work", 4),
        ("crop", "paused", 10),
        ("send", "work", 2),
    ]


def test_a_wait_between_two_steps_stands_behind_the_first_and_one_of_a_step_that_was_left_in_it() -> None:
    story = Story().does("goto", 2, step="send").does("done", 4).does("waiting", 1, text="Ben").does("resume", 60)
    story.does("done", 1).does("done", 2).does("done", 3)
    recorded = story.state
    assert told(parts_of_run(recorded, stretches_of_record(recorded))) == [
        ("ask", "work", 4),
        ("ask", "waiting", 60),
        ("send", "work", 4),
        ("write", "work", 2),
        ("crop", "work", 3),
    ]
    ask, write, *others = recorded.steps
    assert ask.ended_at is not None
    earlier = ask.replaced(ended_at=ask.ended_at - timedelta(hours=1))
    apart = recorded.replaced(steps=(earlier, write, *others))
    assert told(parts_of_run(apart, stretches_of_record(apart)))[:2] == [("ask", "work", 4), ("ask", "waiting", 60)]


@given(st.booleans(), any_acts)
@settings(max_examples=100, deadline=None)
def test_together_the_stretches_are_the_times_of_the_run(preparing: bool, done: list[tuple[str, int, int]]) -> None:
    story = played(preparing, done)
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
    for by in By:
        assert len(done_flow(state, parts, {}, by).pieces) == len(parts)


def test_a_step_in_which_a_run_only_waited_has_a_lane_too() -> None:
    story = Story().does("done", 5).does("waiting", 0, text="Ben").does("skip", 60).does("skip", 2)
    assert told(story.parts)[1:] == [("write", "waiting", 60), ("crop", "waiting", 2)]
    flow = done_flow(story.state, story.parts, {})
    assert [(lane.name, lane.steps) for lane in flow.lanes] == [("docs", 1), ("shop", 0)]
