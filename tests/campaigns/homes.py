"""Homes to be broken: their files as values that can be laid out again and again, and what is in them."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock, Reading
from procroutine.history.home import Home
from procroutine.places import Places
from procroutine.run.record import run_json

POSTS = """
name = "Weekly posts"
goal = "30m"
schedule = "weekly on Monday"
[systems.docs]
name = "Docs"
[[steps]]
title = "Gather"
planned = "5m"
systems = ["docs"]
[[steps]]
title = "Write"
planned = "20m"
checklist = ["picture", "link"]
[[steps]]
title = "Publish"
"""
BOOKS = 'name = "Books"\n[[steps]]\ntitle = "Sort receipts"\nplanned = "10m"\n[[steps]]\ntitle = "Enter them"\n'
_IN_MEMORY = Path("/dev/shm")
_FOLDERS_OF_CACHES = ("cache",)


@dataclass(frozen=True, slots=True)
class Tree:
    """All files of a folder: content and time of change by path inside it; and its folders."""

    files: dict[str, tuple[bytes, int]] = field(default_factory=dict)
    folders: tuple[str, ...] = ()

    @property
    def contents(self) -> dict[str, bytes]:
        """The content of each file, caches left out."""
        return {name: data for name, (data, _) in self.files.items() if not name.startswith(_FOLDERS_OF_CACHES)}

    def with_file(self, name: str, data: bytes | None) -> Tree:
        """Give the tree with another content of a file, its time of change as it was; None for no file."""
        files = dict(self.files)
        _, changed = files.pop(name, (b"", 0))
        if data is not None:
            files[name] = data, changed
        return Tree(files, self.folders)


class Workshop:
    """A folder with routines, and one home that is laid out anew for each trial."""

    def __init__(self, folder: str) -> None:
        """Write the routines; the home is empty."""
        self.home = os.path.join(folder, "home")
        self.routines = os.path.join(folder, "routines")
        os.mkdir(self.routines)
        for name, text in (("posts", POSTS), ("books", BOOKS)):
            Path(self.routines, f"{name}.toml").write_text(text)
        self.places = Places(
            routines=self.routines,
            config=os.path.join(self.home, "config.toml"),
            history=os.path.join(self.home, "history"),
            open_runs=os.path.join(self.home, "open-runs"),
            safety=os.path.join(self.home, "safety"),
            cache=os.path.join(self.home, "cache"),
        )
        self.watched = (self.home, self.routines)

    def lay_out(self, tree: Tree) -> None:
        """Put a tree in the place of whatever is in the home."""
        shutil.rmtree(self.home, ignore_errors=True)
        os.mkdir(self.home, 0o700)
        for name in tree.folders:
            os.mkdir(os.path.join(self.home, name), 0o700)
        for name, (data, changed) in tree.files.items():
            path = os.path.join(self.home, name)
            with open(path, "wb") as file:
                file.write(data)
            os.utime(path, ns=(changed, changed))

    def tree(self) -> Tree:
        """Read the home as it is."""
        files = {}
        folders: list[str] = []
        for place, names, found in os.walk(self.home):
            folders.extend(os.path.relpath(os.path.join(place, name), self.home) for name in names)
            for name in found:
                path = os.path.join(place, name)
                with open(path, "rb") as file:
                    files[os.path.relpath(path, self.home)] = file.read(), os.fstat(file.fileno()).st_mtime_ns
        return Tree(files, tuple(folders))

    def open(self, reading: Reading) -> Home:
        """Open the home at an instant, as a program that has just been started."""
        clock = ManualClock(reading.wall)
        clock.reading = reading
        return Home(self.places, clock)


@contextlib.contextmanager
def workshop() -> Iterator[Workshop]:
    """Give a workshop in a folder that is removed at the end, in memory where the system has that."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
        yield Workshop(folder)


Items = dict[tuple[str, ...], Any]


@dataclass(frozen=True, slots=True)
class Look:
    """What a home shows to somebody who starts the program."""

    items: Items
    """Every run, correction, week off, redline, loose end and revision, by kind and id."""
    said: tuple[str, ...]
    """What was told about its files."""


def look(home: Home) -> Look:
    """Start the program on a home, and read all there is; UserError where that cannot be done."""
    said = home.settle() + home.look_after()
    items: Items = {}
    for run in home.open_runs():
        items["run", run.id] = ["open", run_json(run), run.can_undo, run.can_redo]
    overview = home.overview()
    versions = {version.document["id"]: version for version in home.history().versions().values()}
    for head in overview.heads:
        if ("run", head.id) in items:
            items["twice", head.id] = True
        version = versions.get(head.id)
        shown = [getattr(head, name) for name in head._fields if name != "stamp"]
        document = None if version is None else (_plain(version.document), version.snapshot)
        items["run", head.id] = ["ended", shown, document]
    for off in overview.weeks_off:
        items["off", off.routine or "", str(off.week)] = off.reason
    for line in overview.redlines:
        items["redline", line.text] = line.state
    for loose_end in home.history().loose_ends():
        items["loose end", loose_end.text] = loose_end.act[0]
    items |= _revisions_and_corrections(home)
    return Look(items, (*said, *overview.said))


def _revisions_and_corrections(home: Home) -> Items:
    items: Items = {}
    for document in home.history().merged("revisions").values():
        items["revision", document["routine"], document["hash"]] = document["number"], document["snapshot"]
    counted: dict[str, int] = {}
    corrections = home.history().merged("corrections").values()
    for document in sorted(corrections, key=lambda one: tuple(one["stamp"])):
        place = counted[document["run"]] = counted.get(document["run"], 0) + 1
        items["correction", document["run"], str(place)] = document["at"], document["before"]
    return items


def _plain(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in ("check", "stamp")}


def differences(found: Items, *allowed: Items) -> list[str]:
    """Name each item that is as in none of the allowed states of a home, a missing one too."""
    wrong = []
    for key in sorted(set(found).union(*allowed)):
        if found.get(key) not in [state.get(key) for state in allowed]:
            kind = "lost" if key not in found else "new" if not any(key in state for state in allowed) else "changed"
            wrong.append(f"{' '.join(key)} {kind}")
    return wrong
