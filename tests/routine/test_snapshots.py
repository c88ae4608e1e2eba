import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from procroutine.routine.model import Bell, GoalPer, Phase, Routine, Step, System
from procroutine.routine.schedule import parse_schedule
from procroutine.routine.snapshots import routine_from_snapshot, snapshot_of

NAMES = st.text(min_size=1, max_size=5)
TEXTS = st.none() | NAMES
LISTS = st.lists(NAMES, max_size=3).map(tuple)
LENGTHS = st.none() | st.integers(1, 10**8).map(lambda seconds: timedelta(seconds=seconds))
STEPS = st.builds(
    Step,
    id=NAMES,
    title=NAMES,
    planned=LENGTHS,
    systems=LISTS,
    person=TEXTS,
    instructions=TEXTS,
    checklist=LISTS,
    after=LISTS,
    optional=st.booleans(),
    prepare=st.booleans(),
    wait=LENGTHS,
    section=TEXTS,
    bell=st.none() | st.sampled_from(list(Bell)),
    alternatives=LISTS,
)
SYSTEMS = st.builds(System, id=NAMES, name=NAMES, url=TEXTS, notes=TEXTS)
ROUTINES = st.builds(
    Routine,
    id=NAMES,
    name=NAMES,
    steps=st.lists(STEPS, max_size=3).map(tuple),
    systems=st.lists(SYSTEMS, max_size=3).map(lambda drawn: {system.id: system for system in drawn}),
    purpose=TEXTS,
    goal=LENGTHS,
    goal_per=st.sampled_from(list(GoalPer)),
    phase=st.sampled_from(list(Phase)),
    schedule=st.sampled_from([None, parse_schedule("daily"), parse_schedule("weekly on Mon at 9:00")]),
    input=TEXTS,
    output=TEXTS,
    owner=TEXTS,
    tags=LISTS,
)


@given(ROUTINES)
def test_a_routine_comes_back_from_its_snapshot_as_json_carries_it(routine: Routine) -> None:
    carried = json.loads(json.dumps(snapshot_of(routine)))
    assert carried == snapshot_of(routine)
    assert routine_from_snapshot(carried) == routine


def test_what_a_run_does_not_need_is_left_out() -> None:
    routine = Routine(id="x", name="X", steps=(Step(id="a", title="A"),))
    rich = routine.replaced(
        analysis="long", review_every=timedelta(days=90), previous_ids=("old",), sources=("/home/x.toml",)
    )
    assert snapshot_of(rich) == snapshot_of(routine) == {"id": "x", "name": "X", "steps": [{"id": "a", "title": "A"}]}


def test_lengths_are_whole_seconds_in_keys_that_say_so() -> None:
    step = Step(id="a", title="A", planned=timedelta(minutes=2), wait=timedelta(days=1), bell=Bell.HALF)
    made = snapshot_of(Routine(id="x", name="X", steps=(step,), goal=timedelta(hours=1), goal_per=GoalPer.WEEK))
    assert (made["goal_seconds"], made["goal_per"]) == (3600, "week")
    assert made["steps"] == [{"id": "a", "title": "A", "planned_seconds": 120, "wait_seconds": 86_400, "bell": "half"}]
