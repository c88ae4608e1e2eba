"""Writing one key into the settings file for the person, with their remarks and layout kept."""

from __future__ import annotations

import os
from collections.abc import Sequence

from procroutine.errors import CannotWrite
from procroutine.places import make_folder
from procroutine.routine.rewrite import Problem, rewrite, with_keys
from procroutine.settings import SETTING_KEYS, settings_of
from procroutine.text import shown


def write_setting(path: str, key: str, value: str | bool | None) -> str:
    """Set a key of the settings file, or (None) take it out; gives the text the file had before.

    A file that is not there is made. DoesNotFit where the value would be wrong there, or the file is
    written in a way that cannot be changed, or was changed meanwhile; CannotRead, NotToml, CannotWrite.
    """
    _make(path)
    return rewrite(path, lambda text: with_keys(text, {key: value}, SETTING_KEYS), _problems)


def _problems(path: str, text: str) -> Sequence[Problem]:
    return settings_of(path, text)[1]


def _make(path: str) -> None:
    """Make an empty file where there is none, which means the same."""
    if os.path.lexists(path):
        return
    try:
        make_folder(os.path.dirname(path))
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
    except OSError as error:
        raise CannotWrite(
            f"{shown(path)} cannot be written ({error.strerror})", "put that right, then try again"
        ) from None
