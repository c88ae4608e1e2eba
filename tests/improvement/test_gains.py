"""What has helped already: told by the step that changed, and not where its work is done in another one since."""

from __future__ import annotations

from random import Random

import pytest

from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.more_runs import more_runs, would_show
from procroutine.improvement.review import Review, review_of
from procroutine.improvement.what_changed import what_changed
from tests.improvement.histories import Played, alone, ground, minutes, noisy, routine, step

MIDDLES = {"a": 20.0, "b": 15.0, "c": 15.0, "d": 10.0}
WORDS = {True: 'Revision 2 made what it changed shorter ("A"): the middle', False: '"A" takes less, and no revision'}
FOUR = routine(*(step(name) for name in MIDDLES))


def past(saved: float, comes_back: float = 0, *, spread: float = 0.1, revision: bool, runs: int = 30) -> RoutineGround:
    """From the middle on `a` takes fewer minutes; with a revision that is known to have changed it."""
    random, played = Random(4), []
    for number in range(runs):
        times, is_since = noisy(random, MIDDLES, spread), number >= runs // 2
        times["a"] -= saved * is_since
        times["c"] += comes_back * is_since
        changed = {"a"} if revision and not is_since else set()
        played.append(Played(times, revision=1 + (revision and is_since), other_work=changed))
    return ground(FOUR, played)


def reviewed(one: RoutineGround) -> Review:
    return review_of(alone(one))


@pytest.mark.parametrize("revision", [True, False])
def test_a_change_of_one_step_is_told_by_that_step(revision: bool) -> None:
    review = reviewed(past(8, spread=0.15, revision=revision, runs=36))
    (gain,) = review.gains
    assert gain.revision == (2 if revision else None)
    assert WORDS[revision] in gain.sentence
    assert "each at the usual tempo of the other steps, less what came back in these" in gain.how
    assert gain.low < minutes(8) < gain.high


@pytest.mark.parametrize("revision", [True, False])
def test_what_is_done_in_another_step_since_has_not_helped(revision: bool) -> None:
    assert reviewed(past(8, revision=revision)).gains
    assert not reviewed(past(8, comes_back=8, revision=revision)).gains


@pytest.mark.parametrize("revision", [True, False])
def test_shorter_runs_whose_output_is_right_less_often_are_no_gain(revision: bool) -> None:
    one = past(8, spread=0.15, revision=revision, runs=36)
    half_wrong = [
        run.replaced(outcome="missed" if number >= 18 and number % 2 else "met") for number, run in enumerate(one.runs)
    ]
    review = reviewed(one.replaced(runs=tuple(half_wrong)))
    assert not review.gains
    (said,) = [missing.sentence for missing in review.missing if missing.kind == "gain"]
    assert WORDS[revision] in said
    counts = "9 of 18 runs since and in 8 of 8" if revision else "10 of 19 runs since and in 17 of 17"
    assert f"But the output was right in {counts} runs before, hardly chance: find out why" in said


def test_what_comes_back_in_part_is_taken_off() -> None:
    (gain,) = reviewed(past(10, comes_back=4, spread=0.03, revision=False)).gains
    assert '"A" takes less' in gain.sentence
    assert abs(gain.saves - minutes(6)) < minutes(0.8)
    assert gain.low < minutes(6) < gain.high


def test_what_a_revision_took_out_is_told_without_its_id_and_what_a_later_one_changed_is_not_its_merit() -> None:
    """`old` goes with revision 2, `a` is made shorter by revision 3 alone."""
    random, played = Random(4), []
    for number in range(30):
        times, revision = noisy(random, {**MIDDLES, "old": 8.0}, 0.2), 1 + number // 10
        gone, changed = {"old"} if revision > 1 else set(), {"a"} if revision < 3 else set()
        times["a"] *= 1 if revision < 3 else 0.3
        played.append(Played(times, revision=revision, absent=gone, other_work=changed))
    ended = ground(routine(*FOUR.steps, step("old")), played)
    review = reviewed(ended.replaced(routine=FOUR, former_titles={"old": "Old"}))
    assert [gain.sentence.split(":")[0] for gain in review.gains] == [
        'Revision 3 made what it changed shorter ("A")',
        'Revision 2 took out "Old", 8',
    ]
    assert review.gains[1].sentence.endswith(
        "in the middle, and the rest took 0:08 longer, which is taken off. Keep it."
    )


def test_what_a_revision_changed_is_said_where_whole_runs_tell_that_it_helped() -> None:
    """Revision 2 lets Mia match with the table, and takes out the question."""
    old = routine(step("sort"), step("match", "bank", person="Ana"), step("ask"))
    new = routine(step("sort"), step("match", "table", person="Mia"))
    played = [Played({"sort": 15, "match": 10, "ask": 5 + number * 5 % 8 / 10}) for number in range(8)]
    before = ground(old, played)
    since = ground(new, [Played({"sort": 15, "match": 5 + number * 3 % 8 / 10}, revision=2) for number in range(8)])
    both = since.replaced(runs=(*before.runs, *(run.replaced(id=f"new {run.id}") for run in since.runs)))
    (gain,) = reviewed(both.replaced(former_titles={"ask": "Ask"})).gains
    assert gain.sentence.startswith(
        'Revision 2 made the runs shorter (without "Ask", "Match" by Mia, "Match" with Table): the middle was 30:21'
    )
    assert gain.how.endswith("Surer than in Trends and revisions, which look at one change alone, and therefore wider.")


def test_another_order_is_named_too_but_not_where_steps_only_went() -> None:
    a, b, c = map(step, "abc")
    lists = {
        order: ground(routine(*order), [Played({"a": 1, "b": 1, "c": 1})] * 2)
        for order in ((a, b, c), (b, a, c), (a, c))
    }
    first, moved, fewer = lists.values()
    assert what_changed(moved, first.runs, moved.runs) == "in another order"
    assert what_changed(fewer, first.runs, fewer.runs) == 'without "b"'
    assert what_changed(first, first.runs, first.runs) == ""


def test_of_a_revision_that_may_have_helped_it_is_said_how_many_more_runs_would_show_it() -> None:
    runs = [Played({"a": time}, revision=1 + (number >= 8)) for number, time in enumerate((*EARLIER, *SINCE))]
    (said,) = [one.sentence for one in reviewed(ground(routine(step("a")), runs)).missing if one.kind == "gain"]
    assert said.startswith("Revision 2 likely made the runs shorter (v in Trends, or revisions, says by what): the ")
    assert "the middle was 20:30 before and is 18:00 since. Of so much that is looked at here some would by" in said
    assert said.endswith(" with it, as short, would show it.")


def test_a_step_that_likely_takes_less_since_a_day_is_named_without_a_promise() -> None:
    review = reviewed(past(6, revision=False, runs=20))
    assert not review.gains
    (said,) = [missing.sentence for missing in review.missing if missing.kind == "gain"]
    assert WORDS[False] in said
    assert said.endswith("some would by chance alone, so it is not promised.")


EARLIER, SINCE = (20, 21, 19, 22, 20, 23, 21, 18), (18, 17, 20, 19, 17)


def test_more_runs_by_hand() -> None:
    """With 9 and 9 runs the interval reaches 6 minutes; with 9 and 36 it is √(5/8) of that, 4.74."""
    assert more_runs(minutes(6), minutes(4.75), (9, 9)) == 27
    assert more_runs(minutes(6), minutes(4.74), (9, 9)) == 28
    assert more_runs(minutes(6), minutes(4), (9, 9)) is None
    assert would_show(1, "with it") == " About 1 more run with it would show it."
    assert would_show(None, "with it") == ""
