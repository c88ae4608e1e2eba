"""Lending the terminal to the person's own editor, and checking the file afterwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from procroutine.errors import DoesNotFit
from procroutine.routine.editor import edit
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.routine.model import Problem
    from procroutine.tui.app import ProcroutineApp


def edit_file(app: ProcroutineApp, path: str) -> tuple[Problem, ...]:
    """Lend the terminal to the editor until it ends; gives what is wrong with the file then.

    DoesNotFit where there is no editor, it fails, or the terminal cannot be lent.
    """
    try:
        with app.suspend():
            edit(path, os.environ)
    except SuspendNotSupported:
        raise DoesNotFit("no editor can be opened from here", f"open {shown(path)} yourself") from None
    return tuple(problem for problem in app.home.library().problems if problem.file == path)
