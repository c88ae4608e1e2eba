"""Kill, EIO and ENOSPC at every call to the file system of a run and of a repair; size: repeats of all.

Each act of a story is done once for each call it makes and each fault, from the same home: a new
one (first repeat), one with a past and fresh caches (second), one with a past and caches that do
not fit (third). Then the program is started: all that was acknowledged is there, and the act that
was cut off happened wholly or, run by run, not at all; done again it leads where it would have led.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tests.campaigns.campaign import Report
from tests.campaigns.faults import EIO, ENOSPC, KILL, Fault
from tests.campaigns.homes import Tree, Workshop, differences, look, workshop
from tests.campaigns.stories import RUNS, Act, Scene, furnished, scenes, start_program
from tests.campaigns.trials import calls_of, check, killed_for_real, play

NAME = "calls"
STATED = 3
SMALL = 1

_FAULTS = (KILL, EIO, ENOSPC)
_FOR_REAL = 10
"""One kill of so many is done once more in a process that dies."""
_LEAVING_WORK = ("finish", "done, the last", "amend", "undo of the finish", "redo of the finish", "abandon")
"""Acts whose kills leave something to be settled."""


def run(size: int, seed: int, report: Report, every: int = 1, *, only_runs: bool = False) -> None:
    """Do it `size` times, at one call of `every`; `only_runs` leaves out repairs."""
    with workshop() as place:
        for repeat in range(size):
            begun = None if repeat % 3 == 0 else furnished(place, seed + repeat)
            made = scenes(place, RUNS, begun, seed=seed + 100 * repeat, warm=repeat % 3 == 1)
            fail_everywhere(place, made, report, every=every)
            if only_runs:
                continue
            fail_everywhere(place, repairs(place, made, every), report, every=every, what="calls of a repair")


def fail_everywhere(
    place: Workshop,
    made: Iterable[Scene],
    report: Report,
    *,
    faults: Sequence[Fault] = _FAULTS,
    every: int = 1,
    what: str = "calls of a run",
) -> None:
    """Let each fault befall each call of each scene."""
    for scene in made:
        calls = calls_of(scene, place)
        report.count(what, len(calls) // every)
        for at in range(1 + scene.seed % every, len(calls) + 1, every):
            if report.is_over:
                return
            for fault in faults:
                if fault.befalls(calls[at - 1]):
                    trial = f"{scene.act.name}, {fault.name} at call {at} of {len(calls)} ({calls[at - 1]})"
                    check(scene, place, play(scene, place, fault, at), report, trial)
                    report.count(fault.name)
            if KILL in faults and at % _FOR_REAL == 0:
                _compare_kills(scene, place, at, report)


def _compare_kills(scene: Scene, place: Workshop, at: int, report: Report) -> None:
    """Hold a kill that is only raised to what a process leaves that dies."""
    play(scene, place, KILL, at)
    raised = place.tree().contents
    died = killed_for_real(scene, place, at).contents
    report.count("processes that died")
    if raised != died:
        names = [name for name in sorted({*raised, *died}) if raised.get(name) != died.get(name)]
        report.fail(f"{scene.act.name}, killed at call {at}: a real kill leaves other {names}")


def repairs(place: Workshop, made: Sequence[Scene], every: int = 1) -> list[Scene]:
    """Give starts of the program on homes that have something to be settled or repaired."""
    found = []
    for scene in made:
        if scene.act.name in _LEAVING_WORK:
            found.extend(_starts(place, scene, _killed_trees(place, scene, every), "a kill"))
    last = made[-1]
    for name, damage in _DAMAGES.items():
        trees = [
            last.tree.with_file(file, damage(data))
            for file, (data, _) in sorted(last.tree.files.items())
            if file.endswith(".json") and file.startswith("history")
        ]
        found.extend(_starts(place, last, trees, name))
    return found


_DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "a file cut short": lambda data: data[: len(data) // 2],
    "a flipped bit": lambda data: data[:300] + bytes([data[300] ^ 1]) + data[301:],
    "a file that is gone": lambda data: None,
}


def _killed_trees(place: Workshop, scene: Scene, every: int) -> list[Tree]:
    """Give what kills at the calls of an act leave, each state once."""
    found: dict[int, Tree] = {}
    for at in range(1, len(calls_of(scene, place)) + 1, every):
        play(scene, place, KILL, at)
        tree = place.tree()
        found.setdefault(hash(tuple(sorted(tree.contents.items()))), tree)
    return list(found.values())


def _starts(place: Workshop, scene: Scene, trees: Iterable[Tree], after: str) -> list[Scene]:
    made = []
    for tree in trees:
        place.lay_out(tree)
        found = look(place.open(scene.reading))
        act = Act(f"start after {after} in {scene.act.name}", start_program)
        if not differences(found.items, scene.before, scene.after):
            told = bool(found.said)
            around = (scene.before, scene.after)
            made.append(
                Scene(
                    act,
                    scene.reading,
                    scene.ids,
                    scene.seed,
                    tree,
                    found.items,
                    found.items,
                    unsure=around,
                    is_told=told,
                )
            )
    return made
