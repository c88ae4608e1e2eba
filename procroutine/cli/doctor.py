"""`doctor`: is every file sound, and putting right what is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.cli.main import NO, OK
from procroutine.text import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from procroutine.cli.main import Context
    from procroutine.history.doctor import Finding

_MANY = 50
"""Files; while more are looked at, it is said how far that is."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `doctor`."""
    parser.add_argument("--repair", action="store_true", help="put right what can be; nothing is ever deleted")
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Look at every file, repair on request, and say what is not sound."""
    from procroutine.history.doctor import examine, repair

    looked = 0

    def progress(path: str) -> None:
        nonlocal looked
        looked += 1
        if looked % _MANY == 0:
            context.console.remark(f"{looked} files looked at, now {path}")

    home = context.unsettled_home
    findings = repair(home, progress) if options.repair else examine(home, progress)
    if options.json:
        files = [{"file": one.file, "state": one.state, "detail": one.detail} for one in findings]
        context.console.answer({"format": 1, "files": files})
    else:
        for line in _lines(findings, repaired=options.repair):
            context.console.say(line)
    return OK if all(one.is_well for one in findings) else NO


def _lines(findings: Sequence[Finding], *, repaired: bool) -> list[str]:
    from procroutine.history.doctor import SOUND

    lines = [f"{one.state}  {_sentence(one)}" for one in findings if one.state != SOUND or one.detail]
    wrong = sum(not one.is_well for one in findings)
    count = counted(len(findings), "file")
    if not wrong:
        return [*lines, f"All is well: {count} looked at." if findings else "All is well: there is nothing yet."]
    remedy = "" if repaired else " procroutine doctor --repair puts right what can be; nothing is ever deleted."
    return [*lines, f"{wrong} of {count} {'is' if wrong == 1 else 'are'} not sound.{remedy}"]


def _sentence(one: Finding) -> str:
    """Give a finding's file and detail as one sentence that names the file once."""
    if one.detail.startswith(one.file):
        return f"{one.detail}."
    return f"{one.file}: {one.detail or os.path.basename(one.file)}."
