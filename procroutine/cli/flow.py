"""`flow`: a routine as a map, as it is defined or as it was in one run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.cli.definitions import write_file
from procroutine.cli.main import OK
from procroutine.errors import BadInput
from procroutine.improvement.flow_map import By
from procroutine.improvement.flow_text import NARROWEST, flow_lines

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.improvement.flow_map import FlowMap

_FORMS = ("text", "svg", "json")
_ENDINGS = {".svg": "svg", ".json": "json"}
_USUAL_WIDTH, _WIDEST = 100, 1000


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `flow`."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    parser.add_argument("--by", choices=[by.value for by in By], default="system", help="what has a lane of its own")
    parser.add_argument("--run", metavar="RUN", help="what was really done in a run: a beginning of its id, or `last`")
    parser.add_argument("--format", choices=_FORMS, help="form of the map; as FILE ends, else text")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("--width", metavar="N", type=int, help=f"columns of the text, from {NARROWEST} on")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it there")


def carry_out(_name: str, options: argparse.Namespace, context: Context) -> int:
    """Print the map, or write it to a file."""
    form, width = _form(options), _width(options, context)
    if options.width is not None and form != "text":
        raise BadInput("--width is for a map as text", "leave it out, or write --format text")
    flow = _flow(options, context)
    if form == "json" and options.output is None:
        from procroutine.improvement.flow_answer import flow_answer

        context.console.answer(flow_answer(flow))
        return OK
    text = _in_form(form, flow, width)
    if options.output is None:
        context.console.say_lines(text.rstrip("\n"))
    else:
        write_file(options.output, text)
        context.console.remark(f"Wrote {options.output}.")
    return OK


def _flow(options: argparse.Namespace, context: Context) -> FlowMap:
    from procroutine.improvement.flow_reading import flow_of_routine, flow_of_run, run_of_routine
    from procroutine.insight.viewer import Viewer

    home, by = context.whole_home, By(options.by)
    past, routine_id = Viewer(home).past, home.routine_id_known(options.routine)
    if options.run is None:
        past.routine_with_steps(routine_id)
        return flow_of_routine(home, past, routine_id, by)
    return flow_of_run(home, past, run_of_routine(home, past, routine_id, options.run), by)


def _in_form(form: str, flow: FlowMap, width: int) -> str:
    if form == "svg":
        from procroutine.improvement.flow_svg import flow_svg

        return flow_svg(flow)
    if form == "json":
        from procroutine.improvement.flow_answer import flow_json

        return flow_json(flow)
    return "\n".join((*flow_lines(flow, width), ""))


def _form(options: argparse.Namespace) -> str:
    """Give the form asked for; without any, the one that the name of the file ends in."""
    if options.json:
        if options.format not in (None, "json"):
            raise BadInput(f"--json and --format {options.format} do not go together", "give one of them")
        return "json"
    return str(options.format or _ENDINGS.get(os.path.splitext(options.output or "")[1].lower(), "text"))


def _width(options: argparse.Namespace, context: Context) -> int:
    if options.width is None:
        columns = context.console.columns
        return max(NARROWEST, min(columns, _WIDEST)) if columns and options.output is None else _USUAL_WIDTH
    if not NARROWEST <= options.width <= _WIDEST:
        raise BadInput(f"--width {options.width} cannot be drawn", f"give a number from {NARROWEST} to {_WIDEST}")
    return int(options.width)
