"""What a person does with a home, act by act, and the home before and after each of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock, Reading
from procroutine.history.home import Answer, Home
from procroutine.weeks import Week
from tests.campaigns.faulty_system import FaultySystem
from tests.campaigns.homes import Items, Tree, Workshop, look
from tests.history.samples import history_in, make_run

Ids = dict[str, str]
MINUTE = timedelta(minutes=1)
RUN_ELSEWHERE = "8888888888888888"
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person does, with the ids of the runs made so far."""

    name: str
    do: Callable[[Home, Ids], object]
    keeps: str = ""
    """The name under which the id of the run that it begins is kept."""


def _verb(name: str, verb: str, run: str, **details: Any) -> Act:
    return Act(name, lambda home, ids: home.act(verb, run=ids[run], **details))


def start_program(home: Home, _ids: Ids) -> object:
    """Start the program: settle what a crash left, and read what the first screen shows."""
    return home.settle(), home.look_after(), home.open_runs(), home.overview(1), home.library()


RUNS: tuple[Act, ...] = (
    Act("start", lambda home, _: home.start("posts"), "first"),
    _verb("done", "done", "first"),
    _verb("note", "note", "first", text="the pictures were late"),
    Act("start another", lambda home, _: home.start("books"), "second"),
    _verb("wait", "waiting", "second", text="the bank"),
    _verb("finish", "finish", "second", outcome="partly"),
    _verb("resume", "resume", "first"),
    _verb("skip", "skip", "first", reason="no article"),
    _verb("done, the last", "done", "first"),
    Act("amend", lambda home, ids: home.amend(ids["first"], "gather", "+", 2 * MINUTE)),
    Act("delete", lambda home, ids: home.history().delete(ids["second"])),
    _verb("undo of the finish", "undo", "first"),
    _verb("redo of the finish", "redo", "first"),
    Act("restore", lambda home, ids: home.history().restore(ids["second"])),
    Act("set start", lambda home, ids: home.history().set_start(ids["first"], NOW - timedelta(days=365))),
    Act("start set back", lambda home, ids: home.history().undo_correction(ids["first"])),
    Act("start a third", lambda home, _: home.start("posts"), "third"),
    _verb("abandon", "abandon", "third"),
    Act("week off", lambda home, _: home.declare_off(None, Week(year=2026, number=20), "away")),
    Act("redline", lambda home, ids: home.history().add_redline("posts", "fewer pictures", ids["first"])),
    Act("start a fourth", lambda home, _: home.start("books"), "fourth"),
    Act("start of the program", start_program),
)
SHORT: tuple[Act, ...] = tuple(
    act for act in RUNS if act.name in ("start", "done", "skip", "done, the last", "amend", "undo of the finish")
)


@dataclass(frozen=True, slots=True)
class Scene:
    """One act, the home before it, and what the home holds before and after."""

    act: Act
    reading: Reading
    ids: Ids
    seed: int
    tree: Tree
    before: Items
    after: Items
    after_tree: Tree = field(default_factory=Tree)
    warm: bool = False
    unsure: tuple[Items, ...] = ()
    """What may be found too, since nobody was told otherwise."""
    is_told: bool = False
    """Whether something is wrong that the person has to be told."""

    def set_up(self, place: Workshop) -> None:
        """Lay out the home as it is before the act."""
        place.lay_out(self.tree)
        if self.warm:  # an index fits only the file it was made from, and these are copies
            place.open(self.reading).overview()

    def play(self, place: Workshop) -> object:
        """Do the act in the home as it is."""
        return self.act.do(place.open(self.reading), self.ids)


def scenes(
    place: Workshop, acts: Sequence[Act], begun: Tree | None = None, *, seed: int = 0, warm: bool = False
) -> list[Scene]:
    """Play acts one after the other, and give each with the home around it."""
    clock = ManualClock(NOW, zone="Europe/Berlin")
    ids: Ids = {}
    made = []
    tree = begun or Tree()
    for number, act in enumerate(acts):
        clock.advance(MINUTE + timedelta(milliseconds=123))
        before = looked(place, tree, clock.read())
        place.lay_out(tree)
        with FaultySystem((), seed=seed + number):
            answer = act.do(place.open(clock.read()), ids)
        if act.keeps and isinstance(answer, Answer):
            ids = {**ids, act.keeps: answer.run.id}
        after = place.tree()
        found = looked(place, after, clock.read())
        made.append(Scene(act, clock.read(), ids, seed + number, tree, before, found, after, warm))
        tree = after
    return made


def looked(place: Workshop, tree: Tree, reading: Reading) -> Items:
    """Give what a sound home holds."""
    place.lay_out(tree)
    with FaultySystem(()):
        found = look(place.open(reading))
    assert found.said == (), found.said
    return found.items


def furnished(place: Workshop, seed: int = 0) -> Tree:
    """Give a home with a year before this one, another device's file, an open run, settings and caches."""
    place.lay_out(Tree())
    # Another boot than that of the acts to come: within one the clock that counts from it never goes back.
    clock = ManualClock(datetime(2025, 11, 3, 9, tzinfo=UTC), zone="Europe/Berlin", boot="boot-0")
    with FaultySystem((), seed=seed + 1000):
        place.open(clock.read()).start("books")
    for _ in range(2):
        clock.advance(MINUTE)
        place.open(clock.read()).act("done")
    clock.advance(timedelta(days=90))
    history = place.open(clock.read()).history()
    history.add(*make_run(datetime(2026, 2, 2, 9, tzinfo=UTC), run_id="7777777777777777"))
    history.amend("7777777777777777", "step-1", "", 9 * MINUTE)
    with FaultySystem((), seed=seed + 1001):
        place.open(clock.read()).start("posts")
    _add_other_device(place)
    with open(place.places.config, "w", encoding="utf-8") as file:
        file.write("format = 1\n")
    place.open(clock.read()).overview()
    return place.tree()


def _add_other_device(place: Workshop) -> None:
    """Put the file of another device, which knows of another run, beside those of this one."""
    folder = Path(f"{place.home}-other")
    with FaultySystem((), seed=4711):
        history_in(folder).add(*make_run(datetime(2026, 1, 5, 9, tzinfo=UTC), run_id=RUN_ELSEWHERE))
    (file,) = folder.glob("history/*.json")
    shutil.move(file, place.places.history)
    shutil.rmtree(folder)
