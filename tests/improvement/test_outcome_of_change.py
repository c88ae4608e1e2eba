"""What came of a kept change, in few words, and for how long it is news."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.history.heads import RunHead
from procroutine.history.home import Home
from procroutine.history.predictions import Foretold, KeptPrediction
from procroutine.improvement.basis import Basis
from procroutine.improvement.change import plan
from procroutine.improvement.draft import Draft
from procroutine.improvement.keeping import keep
from procroutine.improvement.outcome_of_change import (
    NEWS,
    OutcomeOfChange,
    may_be_news,
    news_of,
    outcomes_of_changes,
    worth_telling,
)
from procroutine.improvement.prediction import predict
from tests.history.homes import home_in, whole_run
from tests.insight.report_samples import run_on

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def outcome(
    now: int | None, then: int | None, came: int | None, *, known_since: datetime | None = None, revision: int = 4
) -> OutcomeOfChange:
    """Give an outcome from minutes of a run."""
    before, after = (
        Foretold(None if total is None else total * MINUTE, None, switches=1, hand_offs=0, lead=None)
        for total in (now, then)
    )
    return OutcomeOfChange(
        revision=revision,
        prediction=KeptPrediction("posts", "x", NOW - 70 * DAY, ("drop look",), before, after),
        goal=None,
        runs=3,
        total=None if came is None else came * MINUTE,
        met=0,
        lead=None,
        known_since=known_since,
    )


@pytest.mark.parametrize(
    ("now", "then", "came", "said"),
    [
        (60, 52, 50, "v4 was to save 8:00; 3 runs took 10:00 less"),
        (60, 52, 61, "v4 was to save 8:00; 3 runs took 1:00 more"),
        (60, 52, 60, "v4 was to save 8:00; 3 runs took as long as without it"),
        (60, 63, 62, "v4 was to add 3:00; 3 runs took 2:00 more"),
        (60, 60, 57, "v4 was to take 1h00; 3 runs took 57:00"),
        (None, 50, 57, "v4 was to take 50:00; 3 runs took 57:00"),
        (60, 52, None, ""),
        (60, None, 57, ""),
    ],
)
def test_it_is_said_in_few_words(now: int | None, then: int | None, came: int | None, said: str) -> None:
    assert outcome(now, then, came).in_brief() == said


def test_what_came_is_claimed_no_more_surely_than_by_the_verdict_on_the_revision() -> None:
    verdict = "not clear yet: between 2m more and 7m saved a run"
    found = replace(outcome(60, 52, 50), verdict=verdict)
    assert found.in_brief() == "v4 was to save 8:00; 3 runs took 10:00 less, not clear yet"
    assert found.sentences() == (
        "v4 was to save 8:00 a run (1h00 to 52:00); the 3 runs since took 50:00 in the middle, 10:00 less than was"
        " foretold without it.",
        f"Held against the runs before it: {verdict}.",
    )


def test_it_is_news_for_eight_weeks_and_the_newest_comes_first() -> None:
    old, late = (outcome(60, 52, 50, known_since=NOW - NEWS - days * DAY) for days in (1, 0))
    unknown = outcome(60, 52, None)
    assert news_of([unknown, late, old], NOW) is late
    assert news_of([unknown, old], NOW) is None


def test_what_was_kept_last_is_told_and_what_is_known_before_it() -> None:
    unknown, known = outcome(60, 52, None, revision=5), outcome(60, 52, 50, known_since=NOW)
    assert worth_telling([unknown, known]) == (unknown, known)
    assert worth_telling([known, unknown]) == (known,)
    assert worth_telling([]) == ()


def runs(*given: tuple[int, int]) -> list[RunHead]:
    """Give runs, newest first, by days ago and revision."""
    return [run_on((NOW - days * DAY).isoformat(), revision=number) for days, number in given]


def test_only_a_third_run_of_lately_is_worth_a_look() -> None:
    assert may_be_news(runs((1, 2), (8, 2), (15, 2), (22, 1), (29, 1), (36, 1)), NOW)
    assert may_be_news(runs((1, 3), (8, 2), (15, 2), (90, 2), (97, 1)), NOW)
    assert not may_be_news(runs((1, 2), (8, 2), (60, 2), (63, 2), (70, 2)), NOW)
    assert not may_be_news(runs((1, 3), (8, 3), (90, 2)), NOW)
    assert not may_be_news([], NOW)


def test_what_two_devices_kept_before_they_met_is_told_apart_by_what_was_run(tmp_path: Path) -> None:
    homes, clock = [], ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC))
    for name, minutes in (("one", 3), ("other", 4)):
        (tmp_path / name).mkdir()
        home = home_in(tmp_path / name, clock)
        routine = home.library().entries["posts"].routine
        assert routine is not None
        draft = Draft.of(routine, [plan("gather", minutes * MINUTE)])
        assert keep(home, draft, predict(draft, Basis({}, None, None))).revision == 1
        homes.append(home)
    one, other = homes
    for _ in range(3):
        whole_run(one, clock, 3, 20)
        clock.advance(DAY)
    for file in Path(other.places.history).glob("*.json"):
        shutil.copy(file, one.places.history)
    here = Home(one.places, clock)
    routine = here.library().entries["posts"].routine
    assert routine is not None
    kept = outcomes_of_changes(here, [routine])["posts"]
    assert {(one.prediction.changes, one.revision, one.runs) for one in kept} == {
        (("suppose 3:00 for 'Gather'",), 1, 3),
        (("suppose 4:00 for 'Gather'",), 1, 0),
    }
