"""Reading what the review rests on: once for all routines, only the documents of their newest runs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from procroutine.clock import zone_of
from procroutine.history.documents import document_id
from procroutine.history.past import past_of
from procroutine.history.past_stretches import stretches_by_events, stretches_of
from procroutine.improvement.ground import (
    DONE,
    RECENT,
    Ground,
    GroundRun,
    RoutineGround,
    StepPart,
    Unread,
    runs_a_week,
)
from procroutine.improvement.waits import told_apart, waits_of
from procroutine.insight.odds import contents_of
from procroutine.insight.shared_numbers import apart
from procroutine.insight.weekly import counts
from procroutine.routine.entries import present_ids
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.history.year_files import Version
    from procroutine.improvement.ground import Progress
    from procroutine.routine.entries import Library
    from procroutine.routine.model import Routine
    from procroutine.run.stretches import Stretch

READ = 104
"""Runs of a routine that are read step by step: two years of weekly ones."""
_SAME_WORK_WITH = frozenset(("systems", "person", "alternatives", "prepare"))
"""Keys of a step that say how its work is done, and not what it is."""
_With = tuple[tuple[str, ...], str | None]
"""What a step is done with, and by whom."""
_UNKNOWN: _With = (), None


def read_ground(home: Home, progress: Progress | None = None) -> Ground:
    """Read all routines and their newest runs; CannotRead where a file cannot be read.

    `progress` is told of each history file.
    """
    return ground_from(home, home.library(), home.heads(), progress)


def ground_from(home: Home, library: Library, heads: Iterable[RunHead], progress: Progress | None = None) -> Ground:
    """Read the newest runs of all routines, where routines and heads (newest first) are known already."""
    reading = home.clock.read()
    now = reading.wall.astimezone(zone_of(reading))
    by_routine, left_out = _by_routine(library, heads)
    readable = {entry.id for entry in library.entries.values() if entry.routine is not None}
    newest = {one: tuple(islice(by_routine[one], READ)) for one in by_routine.keys() & readable}
    wanted = {document_id(head.id) for own in newest.values() for head in own}
    versions = home.history().versions(wanted, progress) if wanted else {}
    routines = [
        _routine(entry.routine, by_routine.get(entry.id, ()), newest.get(entry.id, ()), versions, now.date()).replaced(
            left_out=left_out[entry.id]
        )
        for entry in library.entries.values()
        if entry.routine is not None
    ]
    unread = [
        Unread(routine=one, runs=sum(map(counts, by_routine[one])), has_file=one in library.entries)
        for one in by_routine.keys() - readable
    ]
    return Ground(
        routines=tuple(routines),
        now=now,
        unread=tuple(sorted((one for one in unread if one.runs), key=lambda one: (-one.runs, one.routine))),
    )


def routine_ground(home: Home, routine: Routine, heads: Iterable[RunHead]) -> RoutineGround:
    """Read the newest runs of one routine, of which all heads are known, newest first; CannotRead as `read_ground`."""
    reading = home.clock.read()
    own = [head for head in heads if not head.deleted and not head.left_out]
    newest = own[:READ]
    versions = home.history().versions({document_id(head.id) for head in newest}) if newest else {}
    return _routine(routine, own, newest, versions, reading.wall.astimezone(zone_of(reading)).date())


def _by_routine(library: Library, heads: Iterable[RunHead]) -> tuple[dict[str, list[RunHead]], Counter[str]]:
    """Give the runs that count by the present id of their routine, newest first, and how many finished are left out."""
    owners = present_ids(library.entries)
    found: dict[str, list[RunHead]] = defaultdict(list)
    left_out: Counter[str] = Counter()
    for head in heads:
        routine = owners.get(head.routine, head.routine)
        if not head.deleted and not head.left_out:
            found[routine].append(head)
        elif head.left_out and not head.deleted and head.state == "finished":
            left_out[routine] += 1
    return found, left_out


def _routine(
    routine: Routine,
    heads: Iterable[RunHead],
    newest: Sequence[RunHead],
    versions: Mapping[str, Version],
    today: date,
) -> RoutineGround:
    days = [head.day for head in heads if counts(head)]
    reader = _Reader(routine)
    found = ((head, versions.get(document_id(head.id))) for head in _apart(routine, newest, versions))
    recent = {head.id for head in islice(filter(counts, newest), RECENT)}
    runs = [reader.run(head, version, head.id in recent) for head, version in found if version]
    return RoutineGround(
        routine=routine,
        runs=told_apart(tuple(reversed(runs))),
        a_week=runs_a_week(routine, days, today),
        total_runs=len(days),
        former_titles=reader.former_titles,
    )


def _apart(routine: Routine, heads: Sequence[RunHead], versions: Mapping[str, Version]) -> Sequence[RunHead]:
    """Tell runs apart that two devices gave one number for two definitions; those of the other one are of none."""
    made_with: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    snapshots: dict[str, Mapping[str, Any]] = {}
    for head in heads:
        version = versions.get(document_id(head.id))
        if version is not None and head.revision is not None and (key := version.document.get("definition")):
            made_with[head.revision][key].append(head.id)
            snapshots.setdefault(key, version.snapshot or {})
    doubted = {number: own for number, own in made_with.items() if len(own) > 1}
    hashes = {key: content_hash(dict(snapshots[key])) for own in doubted.values() for key in own if snapshots[key]}
    shared = {number: [*dict.fromkeys(hashes[key] for key in own if key in hashes)] for number, own in doubted.items()}
    shared = {number: contents for number, contents in shared.items() if len(contents) > 1}
    if not shared:
        return heads
    runs = {run: hashes[key] for own in doubted.values() for key, ids in own.items() if key in hashes for run in ids}
    return apart(heads, shared, runs, content_hash(snapshot_of(routine))).heads


class _Reader:
    """Reads the runs of one routine, looking at each definition they were made with once."""

    def __init__(self, routine: Routine) -> None:
        self._wanted = _works(snapshot_of(routine))
        self._steps = {step.id: step for step in routine.steps}
        self._definitions: dict[str, tuple[Mapping[str, Any] | None, Mapping[str, _With], Collection[str]]] = {}
        self.former_titles: dict[str, str] = {}

    def run(self, head: RunHead, version: Version, is_recent: bool) -> GroundRun:
        """Read a run; what it waited for only where it is recent, since that takes long to read."""
        document = version.document
        then, usual, same = self._definition(version)
        parts = [_part(step, usual.get(step["id"], _UNKNOWN), same) for step in document["steps"]]
        if then is None:
            parts = [self._as_now(part) for part in parts]
            titles = {step["id"]: step["title"] for step in document["steps"] if step.get("title")}
            self.former_titles = titles | self.former_titles
        places = document.get("order", range(len(parts)))
        order = (parts[place] for place in places if 0 <= place < len(parts))
        waiting = timedelta(seconds=document["waiting_seconds"])
        people = {part.id: part.person for part in parts}
        return GroundRun(
            id=head.id,
            day=head.day,
            finished=head.state == "finished",
            revision=head.revision,
            active=head.active,
            waiting=waiting,
            lead=head.active + head.paused + waiting + head.asleep,
            outcome=document["outcome"],
            steps={part.id: part for part in parts},
            order=tuple(part.id for part in order if part.state == DONE),
            waits=waits_of(_stretches(version), self._with_wait(then), people) if waiting and is_recent else (),
        )

    def _with_wait(self, then: Mapping[str, Any] | None) -> Collection[str]:
        """Give the steps after which one usually waits, as it was defined `then`, else as it is."""
        if then is None:
            return [step.id for step in self._steps.values() if step.wait]
        return [step_id for step_id, step in then.items() if step.get("wait_seconds")]

    def _as_now(self, part: StepPart) -> StepPart:
        """Fill in what an imported run does not tell: it counts as one of the present revision."""
        step = self._steps.get(part.id)
        if step is None:
            return part
        return part._replace(systems=part.systems or step.systems, person=part.person or step.person)

    def _definition(self, version: Version) -> tuple[Mapping[str, Any] | None, Mapping[str, _With], Collection[str]]:
        """Give the steps that a run was made with, how they were to be done, and those whose work is what it is now.

        Of a run that recorded no definition these are all.
        """
        key = version.document.get("definition", "")
        if key not in self._definitions:
            snapshot = version.snapshot
            works = self._wanted if snapshot is None else _works(snapshot)
            same = frozenset(step for step, work in self._wanted.items() if works.get(step) == work)
            steps = None if snapshot is None else {step["id"]: step for step in snapshot.get("steps", ())}
            # The newest run is read first: its definition has the last title.
            self.former_titles = {one: step["title"] for one, step in (steps or {}).items()} | self.former_titles
            usual = {one: (tuple(step.get("systems") or ()), step.get("person")) for one, step in (steps or {}).items()}
            self._definitions[key] = steps, usual, same
        return self._definitions[key]


def _stretches(version: Version) -> tuple[Stretch, ...]:
    return stretches_by_events(version.document, version.snapshot) or stretches_of(past_of(version))


def _works(snapshot: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        step: {key: value for key, value in content.items() if key not in _SAME_WORK_WITH}
        for step, content in contents_of(snapshot).items()
    }


def _part(step: Mapping[str, Any], usual: _With, same: Collection[str]) -> StepPart:
    """Read a step of a run; what it does not say of itself is as it was to be done."""
    systems, person = usual
    return StepPart(
        id=step["id"],
        state=step["state"],
        active=None if step.get("combined") else _length(step.get("active_seconds")),
        prepared=_length(step.get("prepared_seconds")),
        systems=tuple(step["systems"] or ()) if "systems" in step else systems,
        person=step.get("person", person),
        same=step["id"] in same,
    )


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
