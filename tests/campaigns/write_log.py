"""What was written to a disk, in order, and what a power cut may leave of it.

On the disk is what was flushed; of anything else any part may be missing. Of the file systems
in use some keep the order in which names were changed (ext4, xfs: what is missing is missing from
the end, and on ext4 each flush brings all names before it to the disk), some do not (btrfs: any
change of a name whose folder was not flushed may be missing). Of data not flushed any sector may
be missing, or be zeroes, and the file may be as long as before, or shorter than it was to be.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.campaigns.homes import Tree

_SECTOR = 512
ORDERS = ("every flush counts for all names", "names in order", "names in any order")


@dataclass(frozen=True, slots=True)
class Written:
    """One change."""

    kind: str
    """`write`, `resize`, `flush`, `flush folder`, `create`, `rename`, `link`, `unlink`, `mkdir` or `done`."""
    file: int = 0
    path: str = ""
    name: str = ""
    place: int = 0
    """Where data begins, or the new size."""
    data: bytes = b""

    @property
    def folder(self) -> str:
        """The folder whose flush brings a change of names to the disk."""
        return os.path.dirname(self.name or self.path)


_NAMES = ("create", "rename", "replace", "link", "unlink", "remove", "mkdir", "rmdir")


class WriteLog:
    """A listener of `FaultySystem` that writes down every change; `without_flush` is a part of names of files
    whose flushes are not made, as if the program did not ask for them."""

    def __init__(self, folder: str, begun: Tree, without_flush: str = "") -> None:
        self.changes: list[Written] = []
        self.begun = begun
        self._root = folder
        self._without_flush = without_flush
        self._files = {name: number for number, name in enumerate(begun.files, start=1)}
        self._made = len(begun.files)
        self._open: dict[int, tuple[int, str]] = {}

    def done(self) -> None:
        """Note that an act was acknowledged."""
        self.changes.append(Written("done"))

    def opened(self, number: int, path: str, is_new: bool) -> None:
        """Note an opened file or folder."""
        name = self._name(path)
        if is_new:
            self._made += 1
            self._files[name] = self._made
            self.changes.append(Written("create", self._made, name))
        self._open[number] = self._files.get(name, 0), name

    def wrote(self, number: int, place: int, data: bytes) -> None:
        """Note written bytes."""
        self.changes.append(Written("write", self._open[number][0], place=place, data=data))

    def resized(self, number: int, size: int) -> None:
        """Note another size."""
        self.changes.append(Written("resize", self._open[number][0], place=size))

    def flushed(self, number: int) -> None:
        """Note that a file, or the names in a folder, are on the disk."""
        file, name = self._open[number]
        if file == 0:
            self.changes.append(Written("flush folder", path=name))
        elif not self._without_flush or self._without_flush not in name:
            self.changes.append(Written("flush", file))

    def closed(self, number: int) -> None:
        """Note a closed file."""
        self._open.pop(number, None)

    def named(self, call: str, path: str, name: str) -> None:
        """Note a change of names."""
        here = self._name(path)
        there = self._name(name) if name else ""
        if call in ("rename", "replace"):
            self._files[there] = self._files.pop(here, 0)
        elif call == "link":
            self._files[there] = self._files[here]
        elif call in ("unlink", "remove"):
            self._files.pop(here, None)
        self.changes.append(Written(call, self._files.get(there or here, 0), here, there))

    def _name(self, path: str) -> str:
        name = os.path.relpath(path, self._root)
        return "" if name == os.curdir else name


@dataclass(slots=True)
class _Content:
    """A file's bytes on the disk, and what was not flushed."""

    data: bytearray = field(default_factory=bytearray)
    waiting: list[Written] = field(default_factory=list)

    def flush(self) -> None:
        for change in self.waiting:
            self._put(change)
        self.waiting.clear()

    def cut(self, chance: random.Random) -> bytes:
        """Give what is found of it after the power was cut."""
        kept = chance.choice(("nothing", "all", "some"))
        size = len(self.data)
        for change in self.waiting if kept != "nothing" else ():
            for part in _sectors(change):
                if kept == "all" or chance.random() < 0.5:
                    self._put(part)
                elif part.kind == "write" and chance.random() < 0.5:
                    self._put(Written("write", place=part.place, data=bytes(len(part.data))))
        if self.waiting and kept == "some" and len(self.data) > size:
            del self.data[chance.randint(size, len(self.data)) :]
        return bytes(self.data)

    def _put(self, change: Written) -> None:
        if change.kind == "resize":
            del self.data[change.place :]
            self.data.extend(bytes(change.place - len(self.data)))
            return
        self.data.extend(bytes(max(0, change.place - len(self.data))))
        self.data[change.place : change.place + len(change.data)] = change.data


def _sectors(change: Written) -> Iterator[Written]:
    if change.kind == "resize":
        yield change
        return
    start = 0
    while start < len(change.data):
        place = change.place + start
        stop = start + _SECTOR - place % _SECTOR
        yield Written("write", place=place, data=change.data[start:stop])
        start = stop


def after_power_cut(begun: Tree, changes: list[Written], order: str, chance: random.Random) -> Tree:
    """Give a state that a disk may be in when the power is cut after these changes."""
    contents = {number: _Content(bytearray(data)) for number, (data, _) in enumerate(begun.files.values(), start=1)}
    names = {name: number for number, name in enumerate(begun.files, start=1)}
    folders = set(begun.folders)
    waiting: list[Written] = []
    for change in changes:
        if change.kind in _NAMES:
            waiting.append(change)
            if change.kind == "create":
                contents[change.file] = _Content()
        elif change.kind in ("write", "resize"):
            contents[change.file].waiting.append(change)
        elif change.kind in ("flush", "flush folder"):
            if change.kind == "flush":
                contents[change.file].flush()
            waiting = _names_flushed(waiting, change, order, names, folders)
    for change in _names_that_survive(waiting, order, chance):
        _rename(change, names, folders)
    here = {name: file for name, file in names.items() if _has_folder(name, folders)}
    cut = {file: contents[file].cut(chance) for file in sorted(set(here.values()))}
    kept = [name for name in sorted(folders) if _has_folder(name, folders)]
    changed = max((changed for _, changed in begun.files.values()), default=0)
    return Tree({name: (cut[file], changed) for name, file in here.items()}, tuple(kept))


def _names_flushed(
    waiting: list[Written], flush: Written, order: str, names: dict[str, int], folders: set[str]
) -> list[Written]:
    """Bring to the disk the names that a flush is for, and give those that still wait."""
    if flush.kind == "flush" and order != ORDERS[0]:
        return waiting
    if flush.kind == "flush" or order == ORDERS[0]:
        last = len(waiting)
    else:
        last = max((place for place, one in enumerate(waiting, start=1) if one.folder == flush.path), default=0)
    still = []
    for place, change in enumerate(waiting):
        if place < last and (order != ORDERS[2] or change.folder == flush.path):
            _rename(change, names, folders)
        else:
            still.append(change)
    return still


def _names_that_survive(waiting: list[Written], order: str, chance: random.Random) -> list[Written]:
    if order == ORDERS[2]:
        likely = chance.choice((0.0, 0.5, 1.0))
        return [change for change in waiting if chance.random() < likely]
    return waiting[: chance.randint(0, len(waiting))]


def _rename(change: Written, names: dict[str, int], folders: set[str]) -> None:
    if change.kind == "mkdir":
        folders.add(change.path)
    elif change.kind == "rmdir":
        folders.discard(change.path)
    elif change.kind == "create":
        names[change.path] = change.file
    elif change.kind in ("unlink", "remove"):
        names.pop(change.path, None)
    elif change.path in names:
        names[change.name] = names[change.path] if change.kind == "link" else names.pop(change.path)


def _has_folder(name: str, folders: set[str]) -> bool:
    folder = os.path.dirname(name)
    return not folder or (folder in folders and _has_folder(folder, folders))
