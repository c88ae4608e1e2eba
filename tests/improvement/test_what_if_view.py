"""What the what-if page says of its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from procroutine.history.predictions import Foretold, KeptPrediction
from procroutine.improvement import change
from procroutine.improvement.basis import Basis
from procroutine.improvement.change import Change
from procroutine.improvement.draft import Draft
from procroutine.improvement.lead import Beside
from procroutine.improvement.outcome_of_change import OutcomeOfChange
from procroutine.improvement.prediction import predict
from procroutine.improvement.what_if_view import what_if_view
from procroutine.insight.run_odds import NoOdds
from tests.improvement.histories import NOW, minutes, routine, step

POSTS = routine(step("write", planned=20), step("check", planned=5), step("post", planned=5), goal=minutes(30))
EVEN = {"write": (minutes(20),) * 9, "check": (minutes(5),) * 9, "post": (minutes(5),) * 9}
WILD = EVEN | {"write": (minutes(10), minutes(40)) * 5}
RUNS = (Beside(timedelta(), {}, active=minutes(30)),) * 9


def said(basis: Basis, *changes: Change) -> tuple[str, ...]:
    draft = Draft.of(POSTS, changes)
    return what_if_view(draft, basis, predict(draft, basis)).remarks


OF_ALL = "Total and odds are of runs with every step done, the newest counting most"


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        (Basis(EVEN, minutes(30), None, RUNS), (f"{OF_ALL}.",)),
        (
            Basis(EVEN, minutes(30), None, (*RUNS, *(replace(RUNS[0], missing=frozenset({"check"})),) * 3)),
            (f"{OF_ALL}; 3 of your last 8 did not do all.",),
        ),
        (Basis(EVEN, None, None, RUNS), ("The total is of runs with every step done, the newest counting most.",)),
        (Basis(EVEN, None, NoOdds("no odds yet"), RUNS), ("The total adds up the usual times of all steps.",)),
        (Basis({}, None, None), ("The total adds up the planned times of all steps.",)),
    ],
)
def test_it_is_said_of_which_runs_the_total_is(basis: Basis, told: tuple[str, ...]) -> None:
    assert tuple(one for one in said(basis) if not one.startswith("No odds")) == told


def test_a_total_that_is_not_the_sum_of_the_usual_times_is_said_not_to_be() -> None:
    assert any(
        one.startswith("Half of such runs stay within the total; the usual times")
        for one in said(Basis(WILD, None, None))
    )


FORETOLD = Foretold(minutes(30), None, switches=0, hand_offs=0, lead=None)
KEPT = OutcomeOfChange(
    revision=2,
    prediction=KeptPrediction("posts", "x", NOW, ("drop 'Look'",), FORETOLD, FORETOLD),
    goal=None,
    runs=0,
    total=None,
    met=0,
    lead=None,
)


def test_of_what_was_just_kept_the_figures_are_those_of_before() -> None:
    draft, basis = Draft.of(POSTS), Basis(EVEN, None, None, RUNS)
    before = "Until then the figures here are those of the runs before it."
    for one, told in ((KEPT, 1), (replace(KEPT, runs=1), 0)):
        assert what_if_view(draft, basis, predict(draft, basis), kept=[one]).kept.count(before) == told


def without(*missing: str, length: float) -> Beside:
    return Beside(timedelta(), {}, frozenset(missing), active=minutes(length))


def test_what_runs_took_that_left_a_step_out_stands_beside_what_is_predicted_without_it() -> None:
    basis = Basis(EVEN, minutes(28), None, (*RUNS, *(without("check", length=length) for length in (27, 29, 31))))
    took = "3 of your newest 12 runs did all but 'Check': in the middle these took 29:00, 1 of them within 28m."
    assert took in said(basis, change.drop("check"))
    assert not any("of your newest" in one for one in said(basis, change.drop("check"), change.drop("post")))
    assert not any("of your newest" in one for one in said(basis, change.drop("post")))
    both = (without("check", "post", length=20),) * 3
    told = [one for one in said(replace(basis, beside=both), change.drop("check")) if "newest" in one]
    begin = "3 of your newest 3 runs were done without 'Check', some without others too: in the middle these took 20:00"
    assert told[-1].startswith(begin)
