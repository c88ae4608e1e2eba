"""One trial: an act in a home where one call to the file system fails, and what is there afterwards."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable
from dataclasses import dataclass

from procroutine.errors import UserError
from procroutine.history.home import Home
from tests.campaigns.campaign import Report
from tests.campaigns.faults import Fault, Killed
from tests.campaigns.faulty_system import FaultySystem
from tests.campaigns.homes import Look, Tree, Workshop, differences, look
from tests.campaigns.stories import Scene

_DIED = 9
_HARMLESS = (
    *("was cut short and does not count", "nothing is lost", "is in the history already"),
    "Two runs were running",
)
"""What may be said after a crash.

Of a line that nobody was told would count, of a copy that was mended, of a file that a power cut brought back,
of a run that was to be paused for another one.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an act ended."""

    kind: str
    """`done`, `killed`, `refused` or `crashed`."""
    said: str = ""
    """The sentence of a refusal, or the traceback of a crash."""
    fired: bool = True
    """Whether the fault came to pass."""


def brief(problem: BaseException) -> str:
    """Give an exception and where in the program it came from, in one line."""
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if "procroutine" in frame.filename]
    places = [f"{os.path.basename(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames[-3:]]
    return f"{type(problem).__name__}: {problem} ({' > '.join(places)})"


def calls_of(scene: Scene, place: Workshop) -> list[str]:
    """Give the calls that an act makes where nothing fails."""
    scene.set_up(place)
    with FaultySystem(place.watched, seed=scene.seed) as system:
        scene.play(place)
    return system.calls


def play(scene: Scene, place: Workshop, fault: Fault, at: int) -> Outcome:
    """Do an act whose call numbered `at` fails."""
    scene.set_up(place)
    return play_on(scene, place, FaultySystem(place.watched, fault, at, seed=scene.seed))


def play_on(scene: Scene, place: Workshop, system: FaultySystem, home: Home | None = None) -> Outcome:
    """Do an act in the home as it is, with a program that is running or one that is started."""
    try:
        with system:
            scene.act.do(home or place.open(scene.reading), scene.ids)
    except Killed:
        return Outcome("killed")
    except UserError as error:
        return Outcome("refused" if error.problem and error.remedy else "crashed", str(error), system.fired)
    except Exception as problem:  # whatever it is, it is what the campaign looks for
        return Outcome("crashed", brief(problem), system.fired)
    return Outcome("done", fired=system.fired)


def killed_for_real(scene: Scene, place: Workshop, at: int) -> Tree:
    """Do an act in a process that ends at a call, and give what it left."""
    from tests.campaigns.faults import KILL

    scene.set_up(place)
    child = os.fork()
    if child == 0:
        with FaultySystem(place.watched, KILL, at, seed=scene.seed, for_real=True):
            scene.play(place)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == _DIED, "the process was to die"
    return place.tree()


def check(scene: Scene, place: Workshop, outcome: Outcome, report: Report, trial: str) -> None:
    """Start the program on what an act left, and hold it to what was acknowledged; then go on with the work."""
    if not outcome.fired:
        report.fail(f"{trial}: the fault did not come to pass")
        return
    if outcome.kind == "crashed":
        report.fail(f"{trial}: no sentence but {outcome.said}")
        return
    found = _looked(scene, place, report, trial)
    if found is None:
        return
    allowed = [scene.after] if outcome.kind == "done" else [scene.before, scene.after]
    allowed.extend(scene.unsure)
    wrong = differences(found.items, *allowed)
    if wrong:
        report.fail(f"{trial}: {outcome.kind}, then {'; '.join(wrong)}")
    if outcome.kind == "refused" and found.items != scene.before:
        report.count("refused though done")
    _hold_said(scene, place, found, report, f"{trial}: {outcome.kind}")
    _go_on(scene, place, found, report, trial)


def not_harmless(said: Iterable[str]) -> list[str]:
    """Give what should not have been said after a crash or a failure."""
    return [line for line in said if not any(words in line for words in _HARMLESS)]


def _hold_said(scene: Scene, place: Workshop, found: Look, report: Report, trial: str) -> None:
    """Hold what was said after a crash to being harmless, and to being said once."""
    if scene.is_told:
        return
    if unexpected := not_harmless(found.said):
        report.fail(f"{trial}, then said {unexpected}")
    elif found.said:
        report.count("told something harmless")
        again = _looked(scene, place, report, trial)
        if again is not None and again.said:
            report.fail(f"{trial}, then said twice {again.said}")


def _go_on(scene: Scene, place: Workshop, found: Look, report: Report, trial: str) -> None:
    """Do the act again where it did not happen; then all must be as if nothing had ever failed."""
    if differences(found.items, scene.after, *scene.unsure):
        again = play_on(scene, place, FaultySystem((), seed=scene.seed))
        if again.kind != "done":
            report.fail(f"{trial}: done again {again.kind}: {again.said}")
            return
        last = _looked(scene, place, report, trial)
        if last is not None and (wrong := differences(last.items, scene.after, *scene.unsure)):
            report.fail(f"{trial}: done again, then {'; '.join(wrong)}")
        if last is not None and last.said and not scene.is_told:
            report.fail(f"{trial}: done again, then said {last.said}")


def _looked(scene: Scene, place: Workshop, report: Report, trial: str) -> Look | None:
    try:
        return look(place.open(scene.reading))
    except Exception as problem:  # as above
        report.fail(f"{trial}: does not start: {brief(problem)}")
        return None
