"""The answer of `review --json` (CONTRACT, JSON)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.durations import written_duration
from procroutine.improvement.change import MOVE, PLAN, SYSTEM
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.improvement.change import Change
    from procroutine.improvement.corner import Corner
    from procroutine.improvement.gains import Gain
    from procroutine.improvement.levers.lever import Earned, Figure, Lever, Missing
    from procroutine.improvement.losses import Loss
    from procroutine.improvement.review import Review


def review_answer(review: Review) -> dict[str, Any]:
    """Give a review; beyond the contract what is at stake, how it was computed, what tries it, and what is missing."""
    return {
        "format": 1,
        "levers": [_lever(lever) for lever in review.levers],
        "corner": {routine: corner.corner for routine, corner in review.corners.items()},
        "corners": {routine: _corner(corner) for routine, corner in review.corners.items()},
        "best": None if review.best is None else _lever(review.best),
        "earns": [_earned(one) for one in review.earned],
        "gains": [_since(gain, "saves", gain.saves) for gain in review.gains],
        "losses": [_since(loss, "costs", loss.costs) for loss in review.losses],
        "missing": [_missing(one) for one in review.missing],
    }


def _lever(lever: Lever) -> dict[str, Any]:
    return {
        "routine": lever.routine,
        "kind": lever.kind,
        "steps": list(lever.steps),
        "system": lever.system,
        "person": lever.person,
        "saves_seconds": _seconds(lever.saves) if lever.is_shown else None,
        "saves_low_seconds": _seconds(lever.low),
        "saves_high_seconds": _seconds(lever.high),
        "per": "week",
        "likely": lever.is_likely,
        "sentence": lever.sentence,
        "evidence": [_figure(figure) for figure in lever.evidence],
        "at_stake_seconds": _seconds(lever.at_stake),
        "lead_seconds": _seconds(lever.lead),
        "how": lever.how,
        "tries": [{"change": one.kind, "value": typed(one)} for one in lever.tries],
    }


def typed(change: Change) -> str:
    """Give what stands behind a change in the words of `what-if`; of another order all steps, with commas."""
    if change.kind == MOVE:
        return ":".join((*change.steps, "")[:2])
    if change.kind == SYSTEM:
        return f"{change.steps[0]}={','.join(change.texts)}"
    if change.kind == PLAN and change.length is not None:
        return f"{change.steps[0]}={written_duration(change.length)}"
    return ",".join(change.steps)


def _figure(figure: Figure) -> dict[str, Any]:
    if figure.length is not None:
        return {"what": figure.what, "seconds": _seconds(figure.length)}
    count = round(figure.count or 0, 3)
    whole = {} if figure.of is None else {"of": figure.of}
    return {"what": figure.what, "count": int(count) if count == int(count) else count, **whole}


def _corner(corner: Corner) -> dict[str, Any]:
    return {
        "corner": corner.corner,
        "right": corner.outcomes.right,
        "known": corner.outcomes.known,
        "middle_seconds": _seconds(corner.middle),
        "goal_seconds": _seconds(corner.goal),
        "sentence": corner.sentence,
    }


def _earned(one: Earned) -> dict[str, Any]:
    return {"routine": one.routine, "steps": list(one.steps), "person": one.person, "sentence": one.sentence}


def _since(one: Gain | Loss, does: str, a_week: timedelta) -> dict[str, Any]:
    """Give what runs take less, or more, since some day."""
    return {
        "routine": one.routine,
        "revision": one.revision,
        "since": one.since.isoformat(),
        f"{does}_seconds": _seconds(a_week),
        f"{does}_low_seconds": _seconds(one.low),
        f"{does}_high_seconds": _seconds(one.high),
        "per": "week",
        "sentence": one.sentence,
        "how": one.how,
    }


def _missing(missing: Missing) -> dict[str, Any]:
    return {"routine": missing.routine, "kind": missing.kind, "sentence": missing.sentence}


def _seconds(length: timedelta | None) -> float | None:
    """Give seconds to the millisecond, as all stored lengths are."""
    return None if length is None else optional_seconds(round(length / _MILLISECOND) * _MILLISECOND)


_MILLISECOND = timedelta(milliseconds=1)
