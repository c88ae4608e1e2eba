"""The commands about routine files: list, check, make, edit, print."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import NO, OK
from procroutine.durations import signed, total_time
from procroutine.errors import BadInput, CannotWrite, UserError

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.routine.checked import Checked
    from procroutine.routine.entries import Library
    from procroutine.routine.model import Problem


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    if name in ("routines", "check"):
        parser.add_argument("--json", action="store_true", help="as JSON")
    if name == "check":
        parser.add_argument("paths", metavar="PATH", nargs="*", help="files or folders; all routines without")
    elif name == "new":
        parser.add_argument("name", metavar="NAME", nargs="+", help="name of the routine")
        parser.add_argument("--edit", action="store_true", help="open it in your editor")
    elif name in ("edit", "manual"):
        parser.add_argument("routine", metavar="ROUTINE", help="id or name of the routine")
    if name == "manual":
        parser.add_argument("-o", "--output", metavar="FILE", help="write it there")
        parser.add_argument("--format", choices=("markdown",), default="markdown", help="form of the manual")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one command."""
    return {"routines": _routines, "check": _check, "new": _new, "edit": _edit, "manual": _manual}[name](
        options, context
    )


def _routines(options: argparse.Namespace, context: Context) -> int:
    from procroutine.insight.answers import Answers

    answer = Answers(context.whole_home).routines()
    if options.json:
        context.console.answer(answer)
        return OK
    entries = answer["routines"]
    if not entries:
        context.console.remark(f"No routines in {context.places.routines}; make one with: procroutine new NAME")
        return OK
    heading = ("routine", "due", "goal", "last", "vs goal", "streak", "put off", "id")
    first, *lines = aligned([heading, *map(_row, entries)], right=frozenset({2, 3, 4, 5, 6}))
    context.console.say(first)
    for line, entry in zip(lines, entries, strict=True):
        context.console.say(line)
        if entry["problems"]:
            context.console.say_cut(_wrong_with(entry["problems"]))
    return OK


def _wrong_with(problems: list[dict[str, Any]]) -> str:
    """Give the first problem of a file as the line under its row, and how many more there are."""
    one, more = problems[0], len(problems) - 1
    where = f"line {one['line']}: " if one["line"] else ""
    return f"  ! {where}{one['problem']}; {one['remedy']}" + (f" (and {more} more: procroutine check)" if more else "")


def _row(entry: dict[str, Any]) -> tuple[str, ...]:
    from datetime import timedelta

    goal = timedelta(seconds=entry["goal_seconds"]) if entry["goal_seconds"] else None
    last = timedelta(seconds=entry["last_seconds"]) if entry["last_seconds"] is not None else None
    return (
        entry["name"] or entry["id"],
        entry["due"],
        (total_time(goal) + ("/w" if entry["goal_per"] == "week" else "")) if goal else "",
        total_time(last) if last is not None else "",
        signed(last - goal, "total") if goal and last is not None and entry["goal_per"] == "run" else "",
        f"{entry['streak_weeks']}w" if entry["streak_weeks"] else "",
        f"{entry['put_off_weeks']}w" if entry["put_off_weeks"] else "",
        entry["id"],
    )


def _check(options: argparse.Namespace, context: Context) -> int:
    from procroutine.routine.checked import check_library, check_paths

    library = None if options.paths else context.home.library()
    found = check_paths(options.paths, context.places.routines) if library is None else check_library(library)
    if options.json:
        from procroutine.insight.routines_answer import problem_json

        said = {"problems": found.problems, "notes": found.notes}
        context.console.answer({"format": 1, **{name: list(map(problem_json, told)) for name, told in said.items()}})
    else:
        _tell(found, context)
    if library is not None:
        _number_revisions(context, library)
    return NO if found.problems else OK


def _number_revisions(context: Context, library: Library) -> None:
    try:
        context.home.record_revisions(library)
    except UserError as error:
        # What was asked is answered; the numbers are given with the next run or check.
        context.console.remark(f"The new revisions have no number yet: {error}.")


def _tell(found: Checked, context: Context) -> None:
    for problem in found.problems:
        context.console.say(problem_line(problem))
    for note in found.notes:
        context.console.say(problem_line(note, "note: "))
    if not found.problems:
        context.console.remark("No problems.")


def problem_line(problem: Problem, kind: str = "") -> str:
    """Give a problem as one line: where, what is wrong, what to write instead."""
    where = problem.file + (f":{problem.line}" if problem.line else "")
    key = f"{problem.key}: " if problem.key else ""
    return f"{where}: {kind}{key}{problem.problem}; {problem.remedy}"


def _new(options: argparse.Namespace, context: Context) -> int:
    path = context.home.new_routine(" ".join(options.name))
    context.console.say(path)
    if options.edit:
        return _edit_file(path, context)
    context.console.remark("Fill it in, then: procroutine check")
    return OK


def _edit(options: argparse.Namespace, context: Context) -> int:
    return _edit_file(context.home.routine_path(options.routine), context)


def _edit_file(path: str, context: Context) -> int:
    from procroutine.routine.checked import check_library, check_paths
    from procroutine.routine.editor import edit

    edit(path, context.environment)
    found = check_library(context.home.library()).of(path)
    found = found if found.problems else check_paths([path], context.places.routines)
    _tell(found, context)
    return NO if found.problems else OK


def _manual(options: argparse.Namespace, context: Context) -> int:
    from procroutine.exchange.manual import manual_markdown

    text = manual_markdown(context.home.routine(options.routine))
    if options.output is None:
        context.console.say_lines(text.rstrip("\n"))
        return OK
    write_file(options.output, text)
    context.console.remark(f"Wrote {options.output}.")
    return OK


def write_file(path: str, text: str) -> None:
    """Write a file the person asked for, whole or not at all; CannotWrite says why not."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise BadInput(f"{path} cannot hold this text", "remove the broken characters from the routine") from None
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            _write(path, data)  # a device or a pipe is written to, not replaced
            return
        target = os.path.realpath(path) if os.path.islink(path) else path  # the link stays one
        draft = f"{target}.{os.getpid()}.draft"
        try:
            _write(draft, data)
            os.replace(draft, target)
        finally:
            if os.path.lexists(draft):
                os.unlink(draft)
    except OSError as error:
        raise CannotWrite(f"{path} cannot be written ({error.strerror})", "choose another file") from None


def _write(path: str, data: bytes) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(data)
