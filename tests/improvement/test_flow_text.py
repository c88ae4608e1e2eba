import json
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.flow_answer import flow_answer
from procroutine.improvement.flow_columns import one_row, rows_of
from procroutine.improvement.flow_drawing import drawn, part_of
from procroutine.improvement.flow_map import By, FlowBar, FlowMap
from procroutine.improvement.flow_reading import defined_flow
from procroutine.improvement.flow_svg import flow_svg
from procroutine.improvement.flow_text import flow_lines
from procroutine.routine.library import read_library
from procroutine.routine.model import Routine, Step, System
from procroutine.widths import cell_length
from tests.hostile.harmless import steering
from tests.improvement.bases import MINUTE, basis

SALE = read_library(str(Path(__file__).parents[2] / "routines")).entries["workbook-sale"].routine
SIGNS = frozenset("━╸╌┈·?×─┊◦◆/")


def sale(by: By = By.SYSTEM) -> FlowMap:
    assert SALE is not None
    return defined_flow(SALE, basis(**{"look-back": 4, "offer": 12}), by)


def test_a_map_reads_as_lanes_with_numbers_above_and_times_below() -> None:
    assert flow_lines(sale(), 80)[:16] == [
        "Workbook sale · as defined · by system",
        "49m of work · 1d 1h from start to end as written, 3 % work · 8 switches",
        "0 hand-offs · 8 steps as planned",
        "",
        "                 1    2            3 4            5  6    7        8  9  10",
        "Sales sheet      ━━━━╸                                                   ╌╌╌╌╌",
        "Offer texts           ━━━━━━━━━━━━━                                      ┊",
        "Payment service                    ╌╌                ╌╌╌╌╌            ╌╌╌",
        "Newsletter                           ╌╌╌╌╌╌╌┈ 1d ┈   ┊    ┊           ┊",
        "Mail                                              ╌╌╌     ┊           ┊",
        "File delivery                                             ╌╌╌╌╌╌╌╌╌╌╌╌",
        "Business account                                                      ╌╌╌",
        "8 switches            ◦            ◦ ◦            ◦  ◦    ◦           ◦  ◦",
        "                 0    4m           16m       //   1d +3m  +7m      +15m  +21m",
        "",
        "━ usual time   ╌ planned, no run yet   ┈ waiting   // not to scale   ◦ switch",
    ]


def test_a_wait_of_days_takes_no_room_from_the_minutes() -> None:
    assert SALE is not None
    short = defined_flow(SALE.replaced(steps=tuple(one.replaced(wait=None) for one in SALE.steps)), basis())
    with_wait, without = (
        sum(slot.width for slot in one_row(flow.pieces, 100).slots if isinstance(slot.piece, FlowBar))
        for flow in (defined_flow(SALE, basis()), short)
    )
    assert without - with_wait < 10


def test_steps_that_do_not_fit_go_on_below() -> None:
    steps = tuple(Step(id=str(place), title=f"Step {place}", planned=MINUTE) for place in range(40))
    flow = defined_flow(Routine(id="long", name="Long", steps=steps), basis())
    lines = flow_lines(flow, 40)
    assert sum(line.startswith("no system") for line in lines) > 3
    assert max(map(cell_length, lines)) <= 40
    assert [slot.piece.number for row in rows_of(flow.pieces, 30) for slot in row.slots] == list(range(1, 41))
    assert one_row(flow.pieces, 30).width > 100


words = st.text(max_size=12) | st.sampled_from(
    ["Docs", "</text><script>", "a\x1b[31m", "\u202ex", "日本語日本語", "a\nb", "]]>", "\ud800"]
)
steps = st.builds(
    lambda place, title, planned, systems, person, wait, prepare: Step(
        id=place,
        title=title or "x",
        planned=planned,
        systems=tuple(systems),
        person=person or None,
        wait=wait,
        prepare=prepare,
    ),
    st.uuids().map(str),
    words,
    st.none() | st.integers(1, 400_000).map(lambda count: timedelta(seconds=count)),
    st.lists(words.filter(bool), max_size=3),
    words,
    st.none() | st.integers(1, 10**8).map(lambda count: timedelta(seconds=count)),
    st.booleans(),
)
routines = st.builds(
    lambda name, made: Routine(
        id="any",
        name=name or "x",
        steps=tuple(made),
        systems={one: System(id=one, name=one) for step in made for one in step.systems},
    ),
    words,
    st.lists(steps, max_size=16),
)


@given(routines, st.sampled_from([By.SYSTEM, By.PERSON]), st.integers(40, 160), st.booleans())
@settings(max_examples=60, deadline=None)
def test_any_routine_fits_any_width_and_its_names_are_text_alone(
    routine: Routine, by: By, width: int, ran: bool
) -> None:
    usual = {step.id: 7 for step in routine.steps[::2]} if ran else {}
    flow = defined_flow(routine, basis(**usual), by)
    lines = flow_lines(flow, width)
    assert all(cell_length(line) <= width for line in lines)
    assert not steering("".join(lines))
    for line in drawn(flow, one_row(flow.pieces, width))[1]:
        seen = part_of(line, width // 3, width // 2)
        assert (
            "".join(piece.text for piece in seen) == "".join(piece.text for piece in line)[width // 3 :][: width // 2]
        )
    assert [slot.piece for row in rows_of(flow.pieces, width) for slot in row.slots] == list(flow.pieces)
    document = flow_svg(flow)
    root = ET.fromstring(document)
    assert {element.tag.partition("}")[2] for element in root.iter()} <= {
        *("svg", "style", "rect", "g", "text", "title", "line", "path", "circle"),
    }
    assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
    assert json.loads(json.dumps(flow_answer(flow), allow_nan=False))["switches"] == flow.switches


def test_steps_right_behind_one_another_in_a_lane_do_not_run_into_one_bar() -> None:
    steps = tuple(Step(id=name, title=name, systems=("docs",)) for name in "abc")
    routine = Routine(id="posts", name="Posts", steps=steps, systems={"docs": System(id="docs", name="Docs")})
    flow = defined_flow(routine, basis(a=10, b=10, c=10))
    for width in range(50, 90):
        lane = next(line for line in flow_lines(flow, width) if line.startswith("Docs"))
        assert lane.count("╸") >= 2, lane
        assert lane.count("━") >= 3
