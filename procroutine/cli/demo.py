"""`demo`: a throw-away home with the shipped routines and made-up history."""

from __future__ import annotations

import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from procroutine.cli.app import require_terminal
from procroutine.cli.main import OK
from procroutine.errors import BadInput
from procroutine.places import find_places
from procroutine.text import as_typed

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `demo`."""
    parser.add_argument("--years", metavar="N", type=float, default=2.0, help="how much history; 2 without")
    parser.add_argument("--keep", metavar="FOLDER", nargs="?", const="", help="keep the home, in FOLDER if given")
    parser.add_argument("--prepare", action="store_true", help="only make the home (with --keep), do not open the app")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Make the home, open the app on it, and remove it again unless it is to be kept."""
    if not 0 < options.years <= 30:
        raise BadInput(f"--years {options.years:g} is not between 0 and 30", "give a number such as 2 or 10")
    if not options.prepare:
        require_terminal(context.environment, "make a home only: demo --prepare --keep FOLDER")
    kept = options.keep is not None or options.prepare
    # As `--home` takes it, so that what is found empty is what is filled.
    folder = os.path.expanduser(options.keep) if options.keep else tempfile.mkdtemp(prefix="procroutine-demo-")
    if os.path.isdir(folder) and os.listdir(folder):
        raise BadInput(f"{folder} is not empty", "name a folder that does not exist yet")
    try:
        return _demo(folder, options, context)
    finally:
        if kept and os.path.isdir(folder):
            context.console.remark(f"The demo is kept: procroutine --home {as_typed(folder)}")
        elif not kept:
            shutil.rmtree(folder, ignore_errors=True)


def _demo(folder: str, options: argparse.Namespace, context: Context) -> int:
    from procroutine.history.demo import make_demo_home
    from procroutine.history.home import Home

    places = find_places({**context.environment, "PROCROUTINE_DEMO": "1"}, folder)

    def progress(done: int, total: int) -> None:
        context.console.remark(f"Making up runs: {done} of {total}")

    make_demo_home(places, context.clock, options.years, progress=progress)
    if options.prepare:
        return OK
    from procroutine.tui.start import open_app

    return open_app(Home(places, context.clock))
