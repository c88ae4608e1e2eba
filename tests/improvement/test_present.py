"""Since when a routine goes as it does now: figures of now rest on no runs from before a change of them."""

from __future__ import annotations

from datetime import timedelta

from procroutine.improvement.corner import corner_of
from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.lead import waited_at
from procroutine.improvement.load import week_load
from procroutine.improvement.review import review_of
from tests.improvement.histories import NOW, Played, alone, ground, minutes, routine, step

BEFORE, SINCE = (30, 31, 31, 29, 28, 32), (25, 24, 24, 23, 23, 23)
TWO = routine(step("sort", "sheet"), step("match", "bank", person="Mia"), goal=minutes(20))


def past(*parts: tuple[float, ...], waits: bool = True) -> RoutineGround:
    """One revision after another, each with its runs; those of the first wait 40 minutes after `sort`."""
    return ground(
        TWO,
        [
            Played(
                {"sort": length / 2, "match": length / 2},
                revision=revision,
                outcome="met",
                waits=[Wait(step="sort", text="Ana", length=minutes(40))] * (waits and revision == 1),
            )
            for revision, part in enumerate(parts, start=1)
            for length in part
        ],
    )


def test_the_present_runs_are_those_since_the_last_revision_that_clearly_changed_the_times() -> None:
    found = past(BEFORE, SINCE).present
    assert ([run.active for run in found.runs], found.since) == ([*map(minutes, SINCE)], 2)
    assert (found.words, found.newest(1).words) == (
        "the newest 6 runs, since revision 2",
        "the newest run, since revision 2",
    )
    assert past(BEFORE, SINCE, SINCE).present.since == 2
    assert past(SINCE, BEFORE, waits=False).present.since == 2


def test_all_newest_runs_are_present_where_no_revision_clearly_changed_them() -> None:
    for parts in ((BEFORE, BEFORE), (BEFORE, SINCE[:5]), (BEFORE * 9,)):
        found = past(*parts, waits=False).present
        assert (len(found.runs), found.since) == (min(39, sum(map(len, parts))), None)
    assert past(BEFORE, waits=False).present.words == "the newest 6 runs"
    assert past().present.runs == ()


def test_a_revision_that_took_away_a_wait_changed_the_times() -> None:
    assert past(BEFORE, BEFORE).present.since == 2
    assert waited_at(past(BEFORE, BEFORE), ("sort",)) == timedelta()


def test_all_that_is_told_of_now_rests_on_them() -> None:
    """The middle of the six runs since is 23:30, their mean 23:40; over all twelve it would be 26:30."""
    one = past(BEFORE, SINCE)
    corner = corner_of(one, NOW.date())
    assert corner.middle == minutes(23.5)
    assert corner.sentence.endswith("the middle of the newest 6 runs, since revision 2, takes 24m of 20m.")
    assert week_load(alone(one)).routines[0].each == minutes(142 / 6)
    assert one.middle("match") == minutes(11.75)
    kinds = {lever.kind: lever for lever in review_of(alone(one)).levers}
    assert "waiting" not in kinds
    assert '"Sheet" takes 11:45 of 23:30' in kinds["system"].sentence


def test_a_step_that_was_not_done_since_keeps_its_earlier_times() -> None:
    runs = [Played({"sort": length, "match": 5}, revision=1) for length in BEFORE]
    runs += [Played({"sort": length}, revision=2) for length in SINCE]
    assert ground(TWO, runs).times("match") == (minutes(5),) * 6
