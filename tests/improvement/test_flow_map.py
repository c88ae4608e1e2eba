from dataclasses import replace
from datetime import timedelta

from procroutine.improvement.draft import Draft
from procroutine.improvement.flow_map import By, FlowMap, Pause, Source
from procroutine.improvement.flow_reading import defined_flow
from procroutine.improvement.flow_words import figures
from procroutine.improvement.prediction import predict
from procroutine.improvement.turns import Turn
from procroutine.insight.flow import hand_offs, switches
from procroutine.routine.model import Routine, Step, System
from tests.improvement.bases import MINUTE, basis, waiting

SYSTEMS = {key: System(id=key, name=key.title()) for key in ("docs", "shop", "mail")}


def routine(*steps: Step) -> Routine:
    return Routine(id="posts", name="Posts", steps=steps, systems=SYSTEMS)


def step(name: str, *systems: str, **fields: object) -> Step:
    made: Step = Step(id=name, title=name.title(), systems=systems, **fields)  # type: ignore[arg-type]  # by name
    return made


ROUTINE = routine(
    step("ask", "docs", planned=5 * MINUTE, person="Ana"),
    step("think", planned=MINUTE),
    step("write", "docs", "shop", person="Ben", wait=timedelta(days=2)),
    step("crop", "shop", planned=4 * MINUTE, prepare=True, person="Ben"),
    step("send", "mail", planned=2 * MINUTE, person="Ana"),
)


def drawn(by: By = By.SYSTEM) -> FlowMap:
    return defined_flow(ROUTINE, basis(ask=3), by)


def names(flow: FlowMap) -> list[str]:
    return [lane.name for lane in flow.lanes]


def test_a_lane_stands_for_each_system_in_the_order_they_are_needed_that_of_none_last() -> None:
    flow = drawn()
    assert names(flow) == ["Docs", "Shop", "Mail", "no system"]
    assert [bar.lanes for bar in flow.bars] == [(1,), (0,), (3,), (0, 1), (2,)]
    assert [(lane.steps, lane.work) for lane in flow.lanes][1] == (2, 4 * MINUTE)


def test_a_lane_stands_for_each_person() -> None:
    flow = drawn(By.PERSON)
    assert names(flow) == ["Ana", "Ben", "nobody named"]
    assert {len(bar.lanes) for bar in flow.bars} == {1}


def test_steps_take_their_usual_time_else_the_planned_one_else_none() -> None:
    bars = {bar.step: bar for bar in drawn().bars}
    assert {name: (bar.length, bar.source) for name, bar in bars.items()} == {
        "ask": (3 * MINUTE, Source.USUAL),
        "think": (MINUTE, Source.PLANNED),
        "write": (timedelta(), Source.UNKNOWN),
        "crop": (4 * MINUTE, Source.PLANNED),
        "send": (2 * MINUTE, Source.PLANNED),
    }


def test_what_is_done_before_the_run_ends_where_it_begins_and_is_no_part_of_its_time() -> None:
    flow = drawn()
    starts = {bar.step: bar.start for bar in flow.bars}
    assert starts["crop"] == -4 * MINUTE
    assert starts["ask"] == timedelta()
    assert starts["send"] == 4 * MINUTE + timedelta(days=2)
    assert (flow.active, flow.prepared, flow.lead) == (6 * MINUTE, 4 * MINUTE, 6 * MINUTE + timedelta(days=2))


def test_what_may_be_done_before_stands_in_the_run_where_it_usually_is_done_in_it() -> None:
    flow = defined_flow(ROUTINE, basis(crop=4))
    assert not any(bar.before for bar in flow.bars)
    assert (flow.active, flow.prepared) == (12 * MINUTE, timedelta())


def test_where_no_step_has_a_time_it_is_not_said_that_there_is_no_work() -> None:
    told = list(figures(defined_flow(routine(step("ask", "docs"), step("send", "mail")), basis())))
    assert (told[0], told[-1]) == ("how long is not known", "2 steps without a time")


def test_once_there_are_runs_only_what_they_waited_is_drawn_and_their_lead_time_told() -> None:
    flow = defined_flow(ROUTINE, basis(30, ask=3))
    assert not flow.gaps
    assert flow.lead == 36 * MINUTE
    assert "36m from start to end as your last runs, 17 % work" in list(figures(flow))
    assert "2d from start to end as written, <1 % work" in list(figures(drawn()))


def test_switches_and_hand_offs_are_those_of_trends() -> None:
    for by in By:
        flow = drawn(by)
        assert flow.switches == switches(ROUTINE.steps) == 1
        assert flow.hand_offs == hand_offs(ROUTINE.steps) == 2
    assert [bar.step for bar in flow.bars if bar.hand_off] == ["write", "send"]
    assert [bar.step for bar in flow.bars if bar.switch] == ["send"]


def test_a_wait_stands_behind_its_step_and_breaks_the_axis_where_it_is_long() -> None:
    (gap,) = drawn().gaps
    assert (gap.step, gap.pause, gap.start, gap.broken) == ("write", Pause.WRITTEN, 4 * MINUTE, True)
    (gap,) = defined_flow(ROUTINE, waiting("write", 2, ask=3)).gaps
    assert (gap.pause, gap.length, gap.broken) == (Pause.WAITED, 2 * MINUTE, False)


def test_the_activity_ratio_is_work_by_lead_time() -> None:
    assert defined_flow(ROUTINE, waiting("write", 2, ask=3)).ratio == 0.75
    assert defined_flow(routine(step("one")), basis()).ratio is None


def test_systems_to_choose_from_have_a_lane_together() -> None:
    flow = defined_flow(routine(step("post", alternatives=("shop", "mail"))), basis())
    assert names(flow) == ["Shop or Mail"]
    assert flow.bars[0].systems == "Shop or Mail"


def test_a_step_with_systems_to_choose_from_switches_as_its_runs_did() -> None:
    chosen = routine(step("ask", "docs"), step("post", alternatives=("shop", "docs")), step("look", "docs"))
    assert defined_flow(chosen, basis()).switches == switches(chosen.steps) == 2
    mostly_docs = replace(basis(), turns={"post": (Turn(("docs",), 1.0),)})
    assert defined_flow(chosen, mostly_docs).switches == predict(Draft.of(chosen), mostly_docs).now.switches == 0


def test_names_of_others_come_harmless() -> None:
    bad = "a\x1b[31m\u202eb"
    systems = {bad: System(id=bad, name=bad)}
    flow = defined_flow(
        Routine(id="x", name=bad, steps=(Step(id=bad, title=bad, systems=(bad,), person=bad),), systems=systems),
        basis(),
    )
    said = [flow.name, flow.lanes[0].name, flow.bars[0].title, flow.bars[0].systems, flow.bars[0].person]
    assert {"\x1b", "\u202e"} & set("".join(said)) == set()
