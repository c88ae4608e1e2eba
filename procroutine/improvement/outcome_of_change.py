"""What was predicted when a change was kept, against what came of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from procroutine.durations import span, step_time, total_time
from procroutine.errors import UserError
from procroutine.history.home import Home
from procroutine.improvement.begun_keeping import finish_keeping
from procroutine.insight.outlook import percent
from procroutine.insight.revision_runs import revision_runs
from procroutine.insight.revision_words import verdict_words
from procroutine.insight.shared_numbers import contents_of, shared_numbers
from procroutine.insight.weekly import counts, median
from procroutine.routine.entries import present_ids
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import routine_from_snapshot, snapshot_of
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.history.heads import RunHead
    from procroutine.history.predictions import KeptPrediction
    from procroutine.places import Places
    from procroutine.routine.model import Routine

FEWEST = 3
"""Runs of the revision after which prediction and outcome are held against each other."""
NEWS = timedelta(weeks=8)
"""How long what came of a change is told where nobody asked for it."""
_LOOKED_AT = 200
_TOGETHER = timedelta(minutes=1)
"""A revision no older than that when its prediction was written down came with it."""
_NOTABLE = timedelta(seconds=30)
"""Of a total: less is no saving that anybody would name."""


@dataclass(frozen=True, slots=True)
class OutcomeOfChange:
    """One kept change."""

    revision: int
    prediction: KeptPrediction
    goal: timedelta | None
    """Of one run, that the revision had."""
    runs: int
    """Finished runs of the revision since it was kept, until it was kept again."""
    total: timedelta | None
    """Their median; None before there are `FEWEST`."""
    met: int
    """How many of them kept the goal."""
    lead: timedelta | None
    """Median from start to end; None as `total`."""
    known_since: datetime | None = None
    """When the run ended after which there were `FEWEST`; None as `total`."""
    kept_again: bool = False
    """Whether the same was kept once more later, from where on its runs count there."""
    changed_since: bool = False
    """Whether the routine is another one by now."""
    verdict: str = ""
    """Whether the revision helped, as `revisions` says it; empty where that is not of these runs alone."""

    @property
    def is_known(self) -> bool:
        """Whether there are runs enough."""
        return self.total is not None

    @property
    def was_never_run(self) -> bool:
        """Whether no run was done so, and none will be while the routine stays as it is."""
        return self.changed_since and not self.runs

    def in_brief(self) -> str:
        """Say in few words what was predicted and what came; nothing before that is known."""
        return _in_brief(self)

    def sentences(self) -> tuple[str, ...]:
        """Say what was predicted and what came."""
        return tuple(_sentences(self))


def outcomes_of_changes(
    home: Home, routines: Iterable[Routine], heads: Iterable[RunHead] | None = None
) -> dict[str, tuple[OutcomeOfChange, ...]]:
    """Give the kept changes of routines, the newest first, by the ids of those that have any.

    `heads` are their runs where these are known already.
    """
    with suppress(UserError):  # what was being kept when the machine stopped is finished the next time then
        finish_keeping(home)
    predictions, wanted = home.history().predictions(), {routine.id: routine for routine in routines}
    if not predictions:
        return {}
    library, overview = home.library(), home.overview(0 if heads is not None else None)
    owners = present_ids(library.entries)
    runs: dict[str, list[RunHead]] = defaultdict(list)
    for head in overview.heads if heads is None else heads:
        if counts(head):
            runs[owners.get(head.routine, head.routine)].append(head)
    keeps: dict[tuple[str, int, str], list[KeptPrediction]] = defaultdict(list)
    for one in predictions:
        owner, number = owners.get(one.routine, one.routine), overview.revisions.get((one.routine, one.content))
        if number is not None and owner in wanted:
            keeps[owner, number, one.content].append(one)
    shared = shared_numbers(overview.revisions, owners)
    revisions = {(one["routine"], one["hash"]): one for one in home.history().every_revision()}
    found: dict[str, list[OutcomeOfChange]] = defaultdict(list)
    for (owner, number, content), own in keeps.items():
        if (revision := revisions.get((own[0].routine, content))) is not None:
            its = [head for head in runs[owner] if head.revision == number]
            if (owner, number) in shared:
                made_with = contents_of(home, its)
                its = [head for head in its if made_with.get(head.id) == content]
            verdict = "" if (owner, number) in shared else _verdict(wanted[owner], number, runs[owner])
            changed_since = content != content_hash(snapshot_of(wanted[owner]))
            told = _outcomes(revision, number, own, its, verdict)
            found[owner] += (replace(one, changed_since=changed_since) for one in told)
    return {
        routine_id: tuple(sorted(own, key=lambda one: one.prediction.made_at, reverse=True))
        for routine_id, own in found.items()
    }


def _verdict(routine: Routine, number: int, heads: Sequence[RunHead]) -> str:
    """Say of a revision whether its runs are shorter than those before it (FORMULAS 3); nothing where none were."""
    found = next((one for one in revision_runs(heads) if one.number == number), None)
    return "" if found is None or found.against is None else verdict_words(found, found.verdict, routine)


def worth_telling(kept: Sequence[OutcomeOfChange]) -> tuple[OutcomeOfChange, ...]:
    """Give of the kept changes of a routine, newest first, the newest, and the newest of which it is known what came.

    That is most often one; what was changed again before any run is not told.
    """
    kept = [one for one in kept if not one.was_never_run]
    known = next((one for one in kept if one.is_known), None)
    return tuple(dict.fromkeys((*kept[:1], *([known] if known is not None else ()))))


def read_outcomes(places: Places, clock: Clock, routine_id: str) -> tuple[OutcomeOfChange, ...]:
    """Read the kept changes of one routine, the newest first, from a home of its own; none where its file is gone."""
    home = Home(places, clock)
    entry = home.library().entries.get(routine_id)
    if entry is None or entry.routine is None:
        return ()
    return outcomes_of_changes(home, [entry.routine]).get(routine_id, ())


def _is_new(first: KeptPrediction, born: str) -> bool:
    """Say whether a revision came with the keeping, so that all of its runs came of it, whenever they were."""
    return first.made_at - datetime.fromisoformat(born) <= _TOGETHER


def _outcomes(
    revision: Mapping[str, Any], number: int, keeps: Sequence[KeptPrediction], own: Sequence[RunHead], verdict: str
) -> Iterator[OutcomeOfChange]:
    """Share the runs of a revision out over the times it was kept, oldest first; one that had none is passed over.

    They are held against the goal that it had, as the prediction was.
    """
    is_new = _is_new(keeps[0], revision["date"])
    goal = routine_from_snapshot(revision["snapshot"]).goal_of_run
    since = [None if is_new else keeps[0].made_at, *(one.made_at for one in keeps[1:]), None]
    for place, one in enumerate(keeps):
        begun, over = since[place], since[place + 1]
        runs = [
            head
            for head in own
            if (begun is None or head.started_at >= begun) and (over is None or head.started_at < over)
        ]
        if runs or over is None:
            found = _outcome(goal, one, number, runs, kept_again=over is not None)
            yield replace(found, verdict=verdict) if len(runs) == len(own) else found


def _outcome(
    goal: timedelta | None, one: KeptPrediction, number: int, runs: Sequence[RunHead], *, kept_again: bool
) -> OutcomeOfChange:
    enough = len(runs) >= FEWEST
    leads = [head.active + head.paused + head.waiting + head.asleep for head in runs]
    return OutcomeOfChange(
        revision=number,
        prediction=one,
        goal=goal,
        runs=len(runs),
        total=median(head.active for head in runs) if enough else None,
        met=sum(goal is not None and head.active <= goal for head in runs),
        lead=median(leads) if enough else None,
        known_since=sorted(head.ended_at for head in runs)[FEWEST - 1] if enough else None,
        kept_again=kept_again,
    )


def _sentences(one: OutcomeOfChange) -> Iterable[str]:
    now, then = one.prediction.now, one.prediction.then
    if then.total is None:
        yield f"v{one.revision} was kept without a prediction: no times were known."
        return
    if one.total is None and (one.kept_again or one.changed_since):
        when = f"after {counted(one.runs, 'run')}" if one.runs else "before any run"
        what = "it was kept again" if one.kept_again else "the routine was changed again"
        yield f"{_foretold(one, 'was to')}; {when} {what}."
        return
    if one.total is None:
        yield f"{_foretold(one, 'is to')}; what comes of it is told after {FEWEST} runs, {one.runs} so far."
        return
    which = f"the {one.runs} runs {'until it was kept again' if one.kept_again else 'since'}"
    yield f"{_foretold(one, 'was to')}; {which} took {_length(one.total)} in the middle{_against(one)}."
    if one.verdict:
        yield f"Held against the runs before it: {one.verdict}."
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
        as_before = "" if now is None else ", as without it"
        return f"v{one.revision} {was_to} take {_length(then)} a run{as_before}"
    what = f"save {step_time(now - then)}" if then < now else f"add {step_time(then - now)}"
    return f"v{one.revision} {was_to} {what} a run ({_length(now)} to {_length(then)})"


def _in_brief(one: OutcomeOfChange) -> str:
    now, then, came = one.prediction.now.total, one.prediction.then.total, one.total
    if then is None or came is None:
        return ""
    if now is None or abs(now - then) < _NOTABLE:
        return f"v{one.revision} was to take {_length(then)}; {one.runs} runs took {_length(came)}"
    foretold = f"{'save' if then < now else 'add'} {step_time(abs(now - then))}"
    differ = f"{step_time(abs(now - came))} {'less' if came < now else 'more'}"
    told = differ if abs(now - came) >= _NOTABLE else "as long as without it"
    verdict = f", {one.verdict.partition(':')[0]}" if one.verdict else ""
    return f"v{one.revision} was to {foretold}; {one.runs} runs took {told}{verdict}"


def may_be_news(heads: Iterable[RunHead], now: datetime) -> bool:
    """Say whether a revision has had runs enough only lately, so that it is worth looking what came of it.

    `heads` are those of one routine, newest first; of very many the newest are looked at.
    """
    seen = Counter[int | None]()
    for head in reversed(list(islice(filter(counts, heads), _LOOKED_AT))):
        seen[head.revision] += 1
        if seen[head.revision] == FEWEST and now - head.ended_at <= NEWS:
            return True
    return False


def news_of(kept: Iterable[OutcomeOfChange], now: datetime) -> OutcomeOfChange | None:
    """Give of the kept changes of a routine, newest first, the newest of which it is known lately what came."""
    return next((one for one in kept if one.known_since is not None and now - one.known_since <= NEWS), None)


def _against(one: OutcomeOfChange) -> str:
    """Hold what came of a saving against what was foretold without the change."""
    now, then, came = one.prediction.now.total, one.prediction.then.total, one.total
    if now is None or then is None or came is None or abs(now - then) < _NOTABLE:
        return ""
    if abs(now - came) < _NOTABLE:
        return ", as long as was foretold without it"
    return f", {step_time(abs(now - came))} {'less' if came < now else 'more'} than was foretold without it"


def _length(length: timedelta) -> str:
    return step_time(length) if length < timedelta(hours=1) else total_time(length)
