"""Opening a routine's file in the person's own editor."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

from procroutine.errors import DoesNotFit
from procroutine.text import shown

if TYPE_CHECKING:
    from collections.abc import Mapping


def editor_words(environment: Mapping[str, str], platform: str = sys.platform) -> list[str]:
    """Give the command of the editor: VISUAL, else EDITOR, else what the system has; DoesNotFit where it is none."""
    usual = "notepad" if platform == "win32" else "vi"
    command = next(filter(str.strip, (environment.get("VISUAL", ""), environment.get("EDITOR", ""))), usual)
    try:
        return shlex.split(command)
    except ValueError:
        raise DoesNotFit(f"EDITOR is {command!r}", "set it to a program that edits text") from None


def content_of(path: str) -> bytes | None:
    """Give what a file holds, to know later whether it was changed; None where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def edit(path: str, environment: Mapping[str, str]) -> None:
    """Open a file in the editor and wait until that ends; DoesNotFit where there is none or it fails."""
    words = editor_words(environment)
    try:
        code = subprocess.run([*words, path], check=False).returncode
    except (OSError, ValueError):
        remedy = f"set EDITOR to a program you have, or open {shown(path)} yourself"
        raise DoesNotFit(f"the editor {words[0]!r} cannot be started", remedy) from None
    if code:
        raise DoesNotFit(f"the editor {words[0]!r} ended with {code}", f"look at {shown(path)} yourself")
