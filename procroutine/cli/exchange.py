"""`export` and `import`: take histories out and bring them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.definitions import write_file
from procroutine.cli.main import OK
from procroutine.errors import CannotRead
from procroutine.text import counted

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.history.arrivals import Arrived

_LARGEST = 512 * 1024 * 1024
_OTHERS = {
    "revisions": ("revision", "revisions"),
    "weeks_off": ("week off", "weeks off"),
    "redlines": ("redline", "redlines"),
    "loose_ends": ("loose end", "loose ends"),
    "predictions": ("prediction", "predictions"),
    "corrections": ("correction", "corrections"),
}
"""How one and several of what comes besides runs are called."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    if name == "export":
        parser.add_argument("--format", choices=("json",), default="json", help="form of the file")
        parser.add_argument("-o", "--output", metavar="FILE", help="write it there")
    else:
        parser.add_argument("file", metavar="FILE", help="a file that export or history --json wrote; - for the input")
        parser.add_argument("--from", dest="kind", choices=("json",), default="json", help="which kind of file")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one command."""
    if name == "export":
        return _export(options, context)
    return _import(options, context)


def _export(options: argparse.Namespace, context: Context) -> int:
    from procroutine.exchange.own import export_text
    from procroutine.improvement.begun_keeping import finish_keeping

    home = context.whole_home
    finish_keeping(home)
    text = export_text(home.history())
    if options.output is not None:
        write_file(options.output, text)
        context.console.remark(f"Wrote {options.output}.")
    else:
        context.console.say_lines(text.rstrip("\n"))
    return OK


def _import(options: argparse.Namespace, context: Context) -> int:
    from procroutine.exchange.own import import_text

    def progress(done: int, total: int) -> None:
        context.console.remark(f"{done} of {total} runs")

    result = import_text(context.whole_home.history(), _read(options.file), progress)
    context.console.say(_brought_in(result))
    return OK


def _brought_in(came: Arrived) -> str:
    """Say what came in; of a file without runs only what else did."""
    others = [f"{number} {_OTHERS[name][number > 1]}" for name, number in came.others.items()]
    besides = " and ".join(filter(None, (", ".join(others[:-1]), *others[-1:])))
    if besides and not came.added + came.known + came.updated:
        return f"Brought in {besides}."
    known = f"; {came.known} known already" if came.known else ""
    updated = f"; {came.updated} newer than ours, and put in their place" if came.updated else ""
    also = f" Also {besides}." if besides else ""
    return f"Brought in {counted(came.added, 'run')}{known}{updated}.{also}"


def _read(path: str) -> str:
    import sys

    named = "the input" if path == "-" else path
    try:
        if path == "-":
            data = sys.stdin.buffer.read(_LARGEST + 1)
        else:
            with open(path, "rb") as file:
                data = file.read(_LARGEST + 1)
    except OSError as error:
        raise CannotRead(f"{named} cannot be read ({error.strerror})", "name a file that export wrote") from None
    if len(data) > _LARGEST:
        raise CannotRead(f"{named} is larger than 512 MiB", "bring it in in parts")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise CannotRead(f"{named} is not text in UTF-8", "name a file that export wrote") from None
