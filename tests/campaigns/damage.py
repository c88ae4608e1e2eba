"""Damage to any one file of a home: cut short at every byte, bits flipped, sectors zeroed, gone, set back; size: flips.

The home has open runs, two years, another device's file, previous generations, second copies and
caches. After each damage the program is started: nothing is lost, nothing is shown that was not
so, and what was found is said, at the start or by the doctor. Of caches nothing need be said.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from procroutine.history.doctor import examine
from procroutine.history.home import Home
from procroutine.settings import read_settings
from tests.campaigns.campaign import Report
from tests.campaigns.homes import Items, Tree, Workshop, differences, look, workshop
from tests.campaigns.stories import RUN_ELSEWHERE, RUNS, Scene, furnished, scenes
from tests.campaigns.trials import brief

NAME = "damage"
STATED = 10_000
SMALL = 25
KINDS = ("gone and set back", "flips", "zeroes", "cut short")

_SECTOR = 512
_SECOND_LOOK = 5
"""After one damage of so many the program is started twice: what was repaired must be whole."""
_OWN = ("config.toml",)
"""Files that people write themselves, and that carry no checksum."""
_NOT_SAID = ("cache", "config.toml", "history.lock", "open-runs/lock")
"""Files whose damage nobody need be told of: what they hold is made again, or nothing."""


@dataclass(frozen=True, slots=True)
class Damage:
    """One file with another content; None where it is gone."""

    what: str
    file: str
    data: bytes | None


def run(size: int, seed: int, report: Report, kinds: Sequence[str] = KINDS, part: str = "") -> None:
    """Flip so many bits, zero a tenth as many sectors, and the rest in proportion.

    Or some of these kinds alone, or only in files with a part of a name.
    """
    chance = random.Random(seed)
    every = max(1, STATED // size)
    with workshop() as place:
        made = scenes(place, RUNS, furnished(place, seed), seed=seed)
        scene = made[-1]
        tree = scene.tree
        files = sorted(name for name, (data, _) in tree.files.items() if data and part in name)
        damages = {
            "gone and set back": gone_and_set_back(tree, [one.tree for one in made], max(1, every // 30)),
            "flips": flips(tree, files, chance, size),
            "zeroes": zeroed(tree, files, chance, size // 10),
            "cut short": cut_short(tree, files, every, chance.randrange(every)),
        }
        for number, damage in enumerate(chain.from_iterable(damages[kind] for kind in kinds)):
            if report.is_over:
                return
            try_damage(place, scene, damage, report, warm=number % 2 == 0, twice=number % _SECOND_LOOK == 0)


def cut_short(tree: Tree, files: Sequence[str], every: int = 1, begin: int = 0) -> Iterator[Damage]:
    """Give each file cut off at each byte."""
    for name in files:
        data = tree.files[name][0]
        for size in range(begin % len(data), len(data), every):
            yield Damage("cut short", name, data[:size])


def flips(tree: Tree, files: Sequence[str], chance: random.Random, count: int) -> Iterator[Damage]:
    """Give files with one bit that is another, larger files more often."""
    sizes = [len(tree.files[name][0]) for name in files]
    for name in chance.choices(files, sizes, k=count):
        data = bytearray(tree.files[name][0])
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        yield Damage(f"bit flipped in byte {place}", name, bytes(data))


def zeroed(tree: Tree, files: Sequence[str], chance: random.Random, count: int) -> Iterator[Damage]:
    """Give files of which a sector reads as zeroes."""
    for name in chance.choices(files, k=count):
        data = bytearray(tree.files[name][0])
        start = chance.randrange((len(data) + _SECTOR - 1) // _SECTOR) * _SECTOR
        size = min(_SECTOR, len(data) - start)
        data[start : start + size] = bytes(size)
        yield Damage(f"zeroed from byte {start}", name, bytes(data))


def gone_and_set_back(tree: Tree, earlier: Sequence[Tree], every: int = 1) -> Iterator[Damage]:
    """Give each file gone, and as it was at each time before."""
    for name, (data, _) in sorted(tree.files.items()):
        yield Damage("gone", name, None)
        states = dict.fromkeys(old.files[name][0] for old in earlier if name in old.files)
        for number, state in enumerate([one for one in states if one != data][::every], start=1):
            yield Damage(f"set back to state {number}", name, state)


def try_damage(
    place: Workshop, scene: Scene, damage: Damage, report: Report, *, warm: bool = False, twice: bool = False
) -> None:
    """Start the program on a damaged home; `warm` where the index was made of the sound file."""
    place.lay_out(scene.tree)
    if warm:
        place.open(scene.reading).overview()
    inflict(place, damage)
    kind = damage.what.partition(" in ")[0].partition(" from ")[0].partition(" to ")[0]
    report.count(kind)
    trial = f"{damage.file} {damage.what}{f' at {len(damage.data)}' if kind == 'cut short' and damage.data else ''}"
    try:
        read_settings(place.places.config)
        found = look(place.open(scene.reading))
        wrong = differences(found.items, scene.after)
        said = found.said or damage.file.startswith(_NOT_SAID) or doctor_says(place.open(scene.reading), damage.file)
        again = look(place.open(scene.reading)) if twice else found
    except Exception as problem:  # whatever it is, it is what the campaign looks for
        report.fail(f"{trial}: does not start: {brief(problem)}")
        return
    if not _is_ours(scene.tree, damage.file):
        wrong = _wrong_elsewhere(found.items, scene.after, wrong)
        said = said or damage.what == "gone"
    if wrong:
        report.fail(f"{trial}: {'; '.join(wrong)}")
    elif twice and (later := differences(again.items, found.items)):
        report.fail(f"{trial}: after the repair {'; '.join(later)}")
    if not said:
        report.fail(f"{trial}: not said")


def _is_ours(tree: Tree, name: str) -> bool:
    """Say whether a file is this device's own; of others' files there are second copies where they come from."""
    folder, file = os.path.split(name)
    return folder != "history" or file in _files_of(json.loads(tree.files["device"][0])["device"], tree)


def _files_of(device: str, tree: Tree) -> set[str]:
    return {os.path.basename(name) for name in tree.files if os.path.basename(name).startswith(f"{device}-")}


def _wrong_elsewhere(found: Items, right: Items, wrong: list[str]) -> list[str]:
    """Leave out what is only missing from another device's file: its run, or the definition beside it."""
    key = ("run", RUN_ELSEWHERE)
    there = found.get(key)
    missing = there is None or there[:2] == right[key][:2]
    return [one for one in wrong if not (missing and one.startswith(f"run {RUN_ELSEWHERE} "))]


def inflict(place: Workshop, damage: Damage) -> None:
    """Change the bytes where they are, as a disk does: inode and time stay."""
    path = os.path.join(place.home, damage.file)
    if damage.data is None:
        os.unlink(path)
        return
    changed = os.stat(path).st_mtime_ns
    with open(path, "r+b") as file:
        file.truncate(len(damage.data))
        file.write(damage.data)
    os.utime(path, ns=(changed, changed))


def doctor_says(home: Home, file: str) -> bool:
    """Say whether the doctor finds fault with any file, or finds this one short of something that is of no loss."""
    return any(
        not finding.is_well or ("nothing is lost" in finding.detail and finding.file.endswith(file))
        for finding in examine(home)
    )
