"""A flow map as JSON, as `flow --json` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from procroutine.improvement.flow_map import FlowBar, FlowGap
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.improvement.flow_map import FlowMap


def flow_json(flow: FlowMap) -> str:
    """Give a map as the text of a file."""
    return json.dumps(flow_answer(flow), indent=2, allow_nan=False) + "\n"


def flow_answer(flow: FlowMap) -> dict[str, Any]:
    """Give a map; lengths are seconds, places of lanes count from 0, numbers of steps from 1."""
    lately = flow.lately
    return {
        "format": 1,
        "routine": flow.routine_id,
        "routine_name": flow.name,
        "run": flow.run_id,
        "by": flow.by.value,
        "active_seconds": optional_seconds(flow.active),
        "prepared_seconds": optional_seconds(flow.prepared),
        "lead_seconds": optional_seconds(flow.lead),
        "activity_ratio": flow.ratio,
        "switches": flow.switches,
        "hand_offs": flow.hand_offs,
        "lately": None if lately is None else {"runs": lately.runs, "activity_ratio": lately.ratio},
        "lanes": [
            {"name": lane.name, "steps": lane.steps, "work_seconds": optional_seconds(lane.work)} for lane in flow.lanes
        ],
        "pieces": [_bar(piece) if isinstance(piece, FlowBar) else _gap(piece) for piece in flow.pieces],
    }


def _bar(bar: FlowBar) -> dict[str, Any]:
    return {
        "kind": "work",
        "step": bar.step,
        "number": bar.number,
        "title": bar.title,
        "lanes": list(bar.lanes),
        "start_seconds": optional_seconds(bar.start),
        "length_seconds": None if bar.source.value == "unknown" else optional_seconds(bar.length),
        "known_by": bar.source.value,
        "before": bar.before,
        "person": bar.person or None,
        "switch": bar.switch,
        "hand_off": bar.hand_off,
    }


def _gap(gap: FlowGap) -> dict[str, Any]:
    return {
        "kind": gap.pause.value,
        "step": gap.step,
        "number": gap.number,
        "lanes": list(gap.lanes),
        "start_seconds": optional_seconds(gap.start),
        "length_seconds": optional_seconds(gap.length),
        "text": gap.text or None,
    }
