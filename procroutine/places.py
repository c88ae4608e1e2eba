"""Where things live: routine files, settings, history, runs in progress, what can be rebuilt."""

from __future__ import annotations

import os
import sys

from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_LINUX_FOLDERS = (("XDG_CONFIG_HOME", ".config"), ("XDG_DATA_HOME", ".local/share"), ("XDG_CACHE_HOME", ".cache"))
"""By variable, and where it is not set, by name in the user's own folder."""


class Places(Value):
    """The folders and files of one person; paths as text, since `pathlib` costs start-up time."""

    routines: str
    config: str
    history: str
    open_runs: str
    safety: str
    """Second copies of what must not be lost: journals, the log, previous generations; for this device alone."""
    cache: str
    """Only what can be rebuilt from the others; deleting it loses nothing."""
    demo: bool = False
    """Whether this is a throw-away home with made-up history."""


def find_places(environment: Mapping[str, str], home: str | None = None, routines: str | None = None) -> Places:
    """Find the places: `--home` first, then `PROCROUTINE_HOME`, then the user's own folders."""
    moved = home or environment.get("PROCROUTINE_HOME")
    if moved:
        config_folder = data_folder = cache_folder = os.path.abspath(os.path.expanduser(moved))
        cache_folder = os.path.join(cache_folder, "cache")
    else:
        config_folder, data_folder, cache_folder = _user_folders(environment)
    return Places(
        routines=os.path.abspath(os.path.expanduser(routines)) if routines else os.path.join(config_folder, "routines"),
        config=os.path.join(config_folder, "config.toml"),
        history=os.path.join(data_folder, "history"),
        open_runs=os.path.join(data_folder, "open-runs"),
        safety=os.path.join(data_folder, "safety"),
        cache=cache_folder,
        demo=environment.get("PROCROUTINE_DEMO") == "1",
    )


def _user_folders(environment: Mapping[str, str]) -> tuple[str, str, str]:
    if sys.platform == "linux":
        # platformdirs gives the same (a test compares them) and triples the start of `status`.
        user = os.path.expanduser("~")
        found = (environment.get(name, "").strip() or os.path.join(user, usual) for name, usual in _LINUX_FOLDERS)
        config, data, cache = (os.path.join(folder, "procroutine") for folder in found)
        return config, data, cache
    import platformdirs

    return (
        platformdirs.user_config_dir("procroutine", appauthor=False),
        platformdirs.user_data_dir("procroutine", appauthor=False),
        platformdirs.user_cache_dir("procroutine", appauthor=False),
    )


def make_folder(path: str) -> None:
    """Make a folder for its owner alone (mode 0700), with the folders above it; one there is left as it is.

    Its name is on the disk when this returns. OSError where the system refuses, or where something
    else than a folder has that name.
    """
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent and not os.path.isdir(parent):
        make_folder(parent)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if os.path.isdir(path):
            return  # another process was quicker
        raise
    os.chmod(path, 0o700)  # mkdir's mode passes through the umask
    _flush_names(parent or ".")


def _flush_names(folder: str) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder for that, and writes names through
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(number)
    finally:
        os.close(number)
