"""What was predicted when a change was kept, against what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.durations import span, step_time, total_time
from procroutine.history.home import Home
from procroutine.insight.outlook import percent
from procroutine.insight.weekly import counts, median
from procroutine.routine.entries import present_ids
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.history.heads import RunHead
    from procroutine.history.predictions import KeptPrediction
    from procroutine.places import Places
    from procroutine.routine.model import Routine

FEWEST = 3
"""Runs of the revision after which prediction and outcome are held against each other."""
_NOTABLE = timedelta(seconds=30)
"""Of a total: less is no saving that anybody would name."""


@dataclass(frozen=True, slots=True)
class OutcomeOfChange:
    """One kept change."""

    revision: int
    prediction: KeptPrediction
    goal: timedelta | None
    runs: int
    """Finished runs of the revision since it was kept."""
    total: timedelta | None
    """Their median; None before there are `FEWEST`."""
    met: int
    """How many of them kept the goal."""
    lead: timedelta | None
    """Median from start to end; None as `total`."""

    @property
    def is_known(self) -> bool:
        """Whether there are runs enough."""
        return self.total is not None

    def sentences(self) -> tuple[str, ...]:
        """Say what was predicted and what came."""
        return tuple(_sentences(self))


def outcomes_of_changes(
    home: Home, routines: Iterable[Routine], heads: Iterable[RunHead] | None = None
) -> dict[str, tuple[OutcomeOfChange, ...]]:
    """Give the kept changes of routines, the newest first, by the ids of those that have any.

    `heads` are their runs where these are known already.
    """
    predictions, wanted = home.history().predictions(), {routine.id: routine for routine in routines}
    if not predictions:
        return {}
    library, overview = home.library(), home.overview(0 if heads is not None else None)
    owners = present_ids(library.entries)
    runs: dict[str, list[RunHead]] = defaultdict(list)
    for head in overview.heads if heads is None else heads:
        if counts(head):
            runs[owners.get(head.routine, head.routine)].append(head)
    found: dict[str, list[OutcomeOfChange]] = defaultdict(list)
    for one in reversed(predictions):
        owner, number = owners.get(one.routine, one.routine), overview.revisions.get((one.routine, one.content))
        if number is not None and owner in wanted:
            found[owner].append(_outcome(wanted[owner], one, number, runs[owner]))
    return {routine_id: tuple(own) for routine_id, own in found.items()}


def read_outcomes(places: Places, clock: Clock, routine_id: str) -> tuple[OutcomeOfChange, ...]:
    """Read the kept changes of one routine, the newest first, from a home of its own; none where its file is gone."""
    home = Home(places, clock)
    entry = home.library().entries.get(routine_id)
    if entry is None or entry.routine is None:
        return ()
    return outcomes_of_changes(home, [entry.routine]).get(routine_id, ())


def _outcome(routine: Routine, one: KeptPrediction, number: int, heads: Iterable[RunHead]) -> OutcomeOfChange:
    runs = [head for head in heads if head.revision == number and head.started_at >= one.made_at]
    enough = len(runs) >= FEWEST
    leads = [head.active + head.paused + head.waiting + head.asleep for head in runs]
    return OutcomeOfChange(
        revision=number,
        prediction=one,
        goal=routine.goal,
        runs=len(runs),
        total=median(head.active for head in runs) if enough else None,
        met=sum(routine.goal is not None and head.active <= routine.goal for head in runs),
        lead=median(leads) if enough else None,
    )


def _sentences(one: OutcomeOfChange) -> Iterable[str]:
    now, then = one.prediction.now, one.prediction.then
    if then.total is None:
        yield f"v{one.revision} was kept without a prediction: no times were known."
        return
    if one.total is None:
        yield f"{_foretold(one, 'is to')}; what comes of it is told after {FEWEST} runs, {one.runs} so far."
        return
    yield f"{_foretold(one, 'was to')}; the {one.runs} runs since took {_length(one.total)} in the middle{_saved(one)}."
    if then.chance is not None and one.goal is not None:
        met = f"so far {one.met} of {one.runs}"
        yield f"{percent(then.chance)} of runs were to be within {total_time(one.goal)}; {met}."
    if one.lead is not None and _waits_otherwise(one.prediction):
        leads = (span(length or timedelta()) for length in (now.lead, then.lead, one.lead))
        yield "From start to end it took {}, was to take {}, and takes {}.".format(*leads)


def _waits_otherwise(prediction: KeptPrediction) -> bool:
    """Say whether something else than the active time was to change from start to end."""
    now, then = prediction.now, prediction.then
    if now.lead is None or then.lead is None or now.total is None or then.total is None:
        return False
    return abs((now.lead - now.total) - (then.lead - then.total)) > _NOTABLE


def _foretold(one: OutcomeOfChange, was_to: str) -> str:
    now, then = one.prediction.now.total, one.prediction.then.total or timedelta()
    if now is None or abs(now - then) < _NOTABLE:
        return f"v{one.revision} {was_to} take {_length(then)} a run"
    what = f"save {step_time(now - then)}" if then < now else f"add {step_time(then - now)}"
    return f"v{one.revision} {was_to} {what} a run ({_length(now)} to {_length(then)})"


def _saved(one: OutcomeOfChange) -> str:
    """Say what came of a saving."""
    now, then, came = one.prediction.now.total, one.prediction.then.total, one.total
    if now is None or then is None or came is None or abs(now - then) < _NOTABLE:
        return ""
    if abs(now - came) < _NOTABLE:
        return ": nothing has changed"
    return f": {step_time(abs(now - came))} {'saved' if came < now else 'more than before'}"


def _length(length: timedelta) -> str:
    return step_time(length) if length < timedelta(hours=1) else total_time(length)


def outcome_json(one: OutcomeOfChange) -> dict[str, Any]:
    """Give a kept change as `what-if --kept --json` and `review --json` have it."""
    return {
        "routine": one.prediction.routine,
        "revision": one.revision,
        "made_at": one.prediction.made_at.isoformat(timespec="milliseconds"),
        "changes": list(one.prediction.changes),
        "now": one.prediction.now.to_json(),
        "then": one.prediction.then.to_json(),
        "runs": one.runs,
        "met": one.met,
        "total_seconds": optional_seconds(one.total),
        "lead_seconds": optional_seconds(one.lead),
        "sentences": list(one.sentences()),
    }


def kept_answer(kept: Mapping[str, Sequence[OutcomeOfChange]]) -> list[dict[str, Any]]:
    """Give what came of kept changes as `review --json` has it."""
    return [outcome_json(one) for own in kept.values() for one in own]


def kept_lines(kept: Mapping[str, Sequence[OutcomeOfChange]], names: Mapping[str, str]) -> Iterator[str]:
    """Say what came of the change of each routine that was kept last; `names` are those of the routines."""
    if kept:
        yield ""
        yield "What came of your changes:"
    for routine, own in kept.items():
        yield f"  {names.get(routine, routine)}"
        yield from (f"    {sentence}" for sentence in own[0].sentences())
