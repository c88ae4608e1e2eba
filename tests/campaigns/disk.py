"""A disk that is full, read-only, failing, or short of writing, at every call of every verb; size: repeats of all.

Whatever fails, the verb answers, or is refused with a sentence and what to do, and then all is as
it was before; once the disk works again the same program goes on with the same verb, and so does
one that is started anew.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Sequence
from types import FrameType

from tests.campaigns import faults
from tests.campaigns.campaign import Report
from tests.campaigns.faults import Fault
from tests.campaigns.faulty_system import FaultySystem
from tests.campaigns.homes import Workshop, differences, look, workshop
from tests.campaigns.stories import RUNS, Scene, furnished, scenes
from tests.campaigns.trials import calls_of, not_harmless, play_on

NAME = "disk"
STATED = 3
SMALL = 1

FAULTS = (
    *(faults.ENOSPC, faults.ENOSPC_ONCE, faults.EDQUOT, faults.EROFS, faults.EIO, faults.EACCES, faults.EINTR),
    *(faults.SHORT, faults.FILLING, faults.FSYNC, faults.FSYNC_LASTING),
)
_INTERRUPT_SECONDS = 0.0005
_UNSURE = "whether it counted"
"""Said where the disk fails in taking back, too; the person is told how to see what is there."""


def run(size: int, seed: int, report: Report, every: int = 1, kinds: Sequence[Fault] = FAULTS) -> None:
    """Do it `size` times, at one call of `every`, with each of the kinds of faults."""
    with workshop() as place:
        for repeat in range(size):
            begun = None if repeat % 3 == 0 else furnished(place, seed + repeat)
            made = scenes(place, RUNS, begun, seed=seed + 100 * repeat, warm=repeat % 3 == 1)
            for scene in made:
                calls = calls_of(scene, place)
                for fault in kinds:
                    if report.is_over:
                        return
                    _fail_everywhere(place, scene, calls, fault, every, report)
            interrupt(place, made, report)


def _fail_everywhere(
    place: Workshop, scene: Scene, calls: Sequence[str], fault: Fault, every: int, report: Report
) -> None:
    """Let a fault befall each of the calls that a scene makes where nothing fails."""
    for at in range(1 + scene.seed % every, len(calls) + 1, every):
        if fault.befalls(calls[at - 1]):
            trial = f"{scene.act.name}, {fault.name} at call {at} of {len(calls)} ({calls[at - 1]})"
            report.count(fault.name)
            fail_once(place, scene, fault, at, report, trial)


def fail_once(place: Workshop, scene: Scene, fault: Fault, at: int, report: Report, trial: str) -> None:
    """Do an act on a disk that fails at one call, and go on once it works again."""
    scene.set_up(place)
    home = place.open(scene.reading)
    outcome = play_on(scene, place, FaultySystem(place.watched, fault, at, seed=scene.seed), home)
    if not outcome.fired:
        report.fail(f"{trial}: the fault did not come to pass")
    elif outcome.kind == "crashed":
        report.fail(f"{trial}: no sentence but {outcome.said}")
    elif outcome.kind == "refused":
        report.count("refused")
        if _UNSURE in outcome.said and not _hold_either(place, scene, report, trial):
            return
        if at % 3 == 0:
            _hold_before(place, scene, report, f"{trial}: refused ({outcome.said})")
        again = play_on(scene, place, FaultySystem((), seed=scene.seed), home if at % 2 else None)
        if again.kind != "done":
            report.fail(f"{trial}: refused ({outcome.said}), done again {again.kind}: {again.said}")
        else:
            _hold(place, scene, report, f"{trial}: refused, done again")
    else:
        _hold(place, scene, report, f"{trial}: done")


def _hold_before(place: Workshop, scene: Scene, report: Report, trial: str) -> None:
    """Done after some refusals: a look settles what is left, so that the others go on without it."""
    found = look(place.open(scene.reading))
    # The number that a changed routine has got by then is no part of what the verb was to do.
    if wrong := [one for one in differences(found.items, scene.before) if not one.startswith("revision ")]:
        report.fail(f"{trial}, and yet {'; '.join(wrong)}")


def _hold_either(place: Workshop, scene: Scene, report: Report, trial: str) -> bool:
    """Hold what is there after a refusal that could not tell; gives whether the act is to be done again."""
    report.count("refused, not sure")
    found = look(place.open(scene.reading))
    if wrong := differences(found.items, scene.before, scene.after):
        report.fail(f"{trial}: refused, then {'; '.join(wrong)}")
    return not wrong and bool(differences(found.items, scene.after))


def _hold(place: Workshop, scene: Scene, report: Report, trial: str) -> None:
    found = look(place.open(scene.reading))
    if wrong := differences(found.items, scene.after):
        report.fail(f"{trial}, then {'; '.join(wrong)}")
    if said := not_harmless(found.said):
        report.fail(f"{trial}, then said {said}")


def interrupt(place: Workshop, made: Iterable[Scene], report: Report) -> None:
    """Do every act while a signal comes every half millisecond, which interrupts what waits."""
    came = 0

    def count(_number: int, _frame: FrameType | None) -> None:
        nonlocal came
        came += 1

    before = signal.signal(signal.SIGALRM, count)
    try:
        for scene in made:
            scene.set_up(place)
            signal.setitimer(signal.ITIMER_REAL, _INTERRUPT_SECONDS, _INTERRUPT_SECONDS)
            outcome = play_on(scene, place, FaultySystem((), seed=scene.seed))
            signal.setitimer(signal.ITIMER_REAL, 0)
            if outcome.kind != "done":
                report.fail(f"{scene.act.name}, interrupted: {outcome.kind}: {outcome.said}")
            _hold(place, scene, report, f"{scene.act.name}, interrupted: done")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    report.count("interruptions", came)
