"""Telling somebody who looks elsewhere that a step or the total has passed its time.

The terminal is asked in its own way: the bell, or a desktop notice (OSC 9, 99 or 777) where the
terminal is known to show one. Nothing of a text can end such a sequence, since control characters
are replaced before it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from procroutine.text import shown

BELL = "\a"
_ESCAPE, _END = "\x1b", "\x1b\\"
_LONGEST = 200
"""Characters of each part; terminals pass over sequences of some thousand."""


def notice_bytes(title: str, text: str, environment: Mapping[str, str], passes_through: Callable[[], bool]) -> str:
    """Give what to write to the terminal so that a notice appears: at least the bell.

    `passes_through` is asked inside tmux only: whether tmux hands foreign sequences on.
    """
    kind = _kind(environment)
    if kind is None:
        return BELL
    notice = _sequence(kind, _part(title), _part(text))
    if not environment.get("TMUX"):
        return BELL + notice
    if not passes_through():
        return BELL
    return f"{BELL}{_ESCAPE}Ptmux;{notice.replace(_ESCAPE, _ESCAPE * 2)}{_END}"


def _kind(environment: Mapping[str, str]) -> str | None:
    """Tell by its own variables which notice the terminal shows; inside tmux they are of the outer one."""
    program = environment.get("TERM_PROGRAM", "").lower()
    terminal = environment.get("TERM", "")
    if environment.get("KITTY_WINDOW_ID") or "kitty" in terminal:
        return "99"
    if (
        program in ("iterm.app", "wezterm")
        or environment.get("ConEmuPID")
        or environment.get("LC_TERMINAL") == "iTerm2"
    ):
        return "9"
    if program == "ghostty" or "ghostty" in terminal or terminal.startswith(("foot", "rxvt-unicode")):
        return "777"
    return None


def _part(text: str) -> str:
    """Give a text as one part of a notice: what follows a semicolon could be a command to the terminal."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return shown(cut).replace(";", ",")


def _sequence(kind: str, title: str, text: str) -> str:
    if kind == "9":
        return f"{_ESCAPE}]9;{title}: {text}{BELL}"
    if kind == "777":
        return f"{_ESCAPE}]777;notify;{title};{text}{BELL}"
    return f"{_ESCAPE}]99;i=procroutine:d=0;{title}{_END}{_ESCAPE}]99;i=procroutine:d=1:p=body;{text}{_END}"


def tmux_passes_through() -> bool:
    """Ask tmux whether it hands foreign sequences on to the outer terminal."""
    import subprocess

    try:
        answer = subprocess.run(
            ["tmux", "show", "-gv", "allow-passthrough"], capture_output=True, text=True, timeout=1, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() in ("on", "all")


class Told:
    """What has been told already, so that nothing is told twice in a run."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told: set[tuple[str, str]] = set()

    def first_time(self, what: str, of: str) -> bool:
        """Say whether this is new (such as `over`, of a step's id), and remember it."""
        fresh = (what, of) not in self._told
        self._told.add((what, of))
        return fresh
