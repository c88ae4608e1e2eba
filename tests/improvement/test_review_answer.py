"""The answer of `review --json`: what is beyond the keys of the contract, which the command's own test holds to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.improvement import change as made
from procroutine.improvement.change import Change
from procroutine.improvement.change_text import read_change
from procroutine.improvement.draft import Draft
from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer, typed
from tests.improvement.histories import Played, alone, ground, routine, step

THREE = routine(step("a", "docs"), step("b", "docs"), step("c", "shop"))


@pytest.mark.parametrize(
    "change",
    [
        made.drop("a"),
        made.move("c", "a"),
        made.move("c", None),
        made.merge("a", "b"),
        made.prepare("a"),
        made.plan("a", timedelta(seconds=330)),
        made.with_systems("a", "shop"),
    ],
)
def test_what_tries_a_lever_is_written_as_what_if_takes_it(change: Change) -> None:
    assert read_change(Draft.of(THREE), change.kind, typed(change)) == change


def test_another_order_names_all_steps() -> None:
    assert typed(made.reorder("c", "a", "b")) == "c,a,b"


def test_a_revision_that_helped_is_told_with_its_interval() -> None:
    """The last eight before took 20 minutes and some seconds, the twelve since 15; two runs a week."""
    before, since = (0, 1, 2, 9, 3, 8, 4, 7, 5, 6), (0, 11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6)
    runs = [Played({"a": 20 + number / 100, "b": 1, "c": 1}, revision=1) for number in before]
    runs += [Played({"a": 15 + number / 100, "b": 1, "c": 1}, revision=2) for number in since]
    answer = review_answer(review_of(alone(ground(THREE, runs, a_week=2))))
    (gain,) = answer["gains"]
    assert (gain["revision"], gain["since"], gain["per"]) == (2, "2024-03-11", "week")
    assert gain["saves_low_seconds"] <= gain["saves_seconds"] == 600 <= gain["saves_high_seconds"]
    assert gain["sentence"] == (
        "Revision 2 made the runs shorter (v in Trends, or revisions, says by what): the middle was 22:03 before and is"
        " 17:03 since. Keep it."
    )


def test_a_revision_that_changed_nothing_is_no_gain() -> None:
    runs = [Played({"a": 20 + number % 5, "b": 1, "c": 1}, revision=1 + number // 12) for number in range(24)]
    assert review_answer(review_of(alone(ground(THREE, runs))))["gains"] == []


def test_lengths_are_seconds_to_the_millisecond_and_counts_are_whole_where_they_can_be() -> None:
    runs = [Played({"a": 1 / 3, "b": 1 / 7, "c": 1}) for _ in range(8)]
    answer = review_answer(review_of(alone(ground(THREE, runs, a_week=1.1))))
    (combine,) = [lever for lever in answer["levers"] if lever["kind"] == "combine"]
    assert combine["at_stake_seconds"] == 31.428  # 28.571 s, 1.1 times a week
    assert combine["evidence"] == [{"what": "A", "seconds": 20}, {"what": "B", "seconds": 8.571}]


def test_runs_that_are_shorter_from_one_on_without_a_revision_are_told_with_the_day() -> None:
    runs = [Played({"a": 20 + number % 3 / 10, "b": 1, "c": 1}) for number in range(12)]
    runs += [Played({"a": 15 + number % 3 / 10, "b": 1, "c": 1}) for number in range(12)]
    answer = review_answer(review_of(alone(ground(THREE, runs))))
    (gain,) = answer["gains"]
    assert (gain["revision"], gain["since"], gain["saves_seconds"]) == (None, "2024-03-25", 300)
    assert gain["sentence"].endswith(
        '"A" takes less, and no revision says why: the middle was 20:06 before and is 15:06 since.'
        " Find out what was different, and write it down."
    )
    assert not [lever for lever in answer["levers"] if lever["saves_seconds"]]
