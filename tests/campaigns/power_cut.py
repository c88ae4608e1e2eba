"""Power cuts while runs are made, finished and corrected: 1,000 states of the disk; size: states.

All changes of a story are written down; at a random one the power is cut, and what was not
flushed is dropped, torn, zeroed or reordered, as file systems may. The program is started on that
state: every act that was acknowledged before is there, and the one that was going on can be done.
"""

from __future__ import annotations

import random

from tests.campaigns.campaign import Report
from tests.campaigns.faulty_system import FaultySystem
from tests.campaigns.homes import Tree, Workshop, workshop
from tests.campaigns.stories import RUNS, Scene, furnished, scenes
from tests.campaigns.trials import Outcome, check
from tests.campaigns.write_log import ORDERS, WriteLog, after_power_cut

NAME = "power-cut"
STATED = 1000
SMALL = 60


def run(size: int, seed: int, report: Report, without_flush: str = "") -> None:
    """Try so many states; `without_flush` plants a fault, as in `WriteLog`."""
    chance = random.Random(seed)
    with workshop() as place:
        for begun in (Tree(), furnished(place, seed)):
            made = scenes(place, RUNS, begun, seed=seed)
            log = _recorded(place, made, begun, without_flush)
            for _ in range(size // 2):
                if report.is_over:
                    return
                _cut_once(place, made, log, chance, report)


def _recorded(place: Workshop, made: list[Scene], begun: Tree, without_flush: str) -> WriteLog:
    """Play a story once from its beginning to its end, in one home."""
    place.lay_out(begun)
    log = WriteLog(place.home, begun, without_flush)
    for scene in made:
        with FaultySystem(place.watched, seed=scene.seed, listener=log):
            scene.play(place)
        log.done()
    return log


def _cut_once(place: Workshop, made: list[Scene], log: WriteLog, chance: random.Random, report: Report) -> None:
    order = chance.choice(ORDERS)
    cut = chance.randrange(len(log.changes))
    number = sum(change.kind == "done" for change in log.changes[:cut])
    scene = made[number]
    tree = after_power_cut(log.begun, log.changes[:cut], order, chance)
    place.lay_out(tree)
    trial = f"{scene.act.name}, cut after change {cut} of {len(log.changes)} ({log.changes[cut - 1].kind}), {order}"
    report.count("states")
    report.count("acknowledged acts looked for", number)
    check(scene, place, Outcome("killed"), report, trial)
