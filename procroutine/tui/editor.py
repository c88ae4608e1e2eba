"""Opening a routine's file in the person's own editor, and checking it afterwards."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from procroutine.errors import DoesNotFit
from procroutine.text import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.routine.model import Problem
    from procroutine.tui.app import ProcroutineApp


def editor_words(environment: Mapping[str, str], platform: str) -> list[str]:
    """Give the command of the editor; DoesNotFit where it cannot be read as one."""
    command = environment.get("VISUAL") or environment.get("EDITOR") or ("notepad" if platform == "win32" else "vi")
    try:
        return shlex.split(command)
    except ValueError:
        raise DoesNotFit(f"EDITOR is {command!r}", "set it to a program that edits text") from None


def edit_file(app: ProcroutineApp, path: str) -> tuple[Problem, ...]:
    """Lend the terminal to the editor until it ends; gives what is wrong with the file then.

    DoesNotFit where there is no editor, it fails, or the terminal cannot be lent.
    """
    words = editor_words(os.environ, sys.platform)
    try:
        with app.suspend():
            code = subprocess.run([*words, path], check=False).returncode
    except SuspendNotSupported:
        raise DoesNotFit("no editor can be opened from here", f"open {shown(path)} yourself") from None
    except OSError:
        raise DoesNotFit(f"the editor {words[0]!r} cannot be started", "set EDITOR to a program you have") from None
    if code:
        raise DoesNotFit(f"the editor ended with {code}", f"look at {shown(path)} yourself")
    return tuple(problem for problem in app.home.library().problems if problem.file == path)
