"""Corrections of documents: whatever is corrected and taken back, sums agree and it ends where it began."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit, NotFound, UserError
from procroutine.history.corrected_events import with_corrections
from procroutine.history.corrections import (
    OWN_KEYS,
    WHOLE_RUN,
    amended,
    changed,
    chosen,
    difference,
    moved,
    moved_in_all,
    noted,
    restored,
)
from procroutine.history.documents import events_of, run_document, run_of
from procroutine.run import verbs
from procroutine.run.live import LiveRun, RunState
from procroutine.run.record import left_over, run_json
from procroutine.weeks import week_of
from tests.history.samples import snapshot

Document = dict[str, Any]
STEPS = ("step-1", "step-2", "step-3")
MINUTES = st.integers(0, 40).map(lambda minutes: timedelta(minutes=minutes, milliseconds=7))
MOMENTS = st.datetimes(datetime(2024, 12, 25), datetime(2026, 1, 9)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=timezone(timedelta(hours=moment.hour % 3)))
)
CORRECTIONS = st.one_of(
    st.tuples(st.just("amend"), st.sampled_from(STEPS), st.sampled_from(["", "+", "-"]), MINUTES),
    st.tuples(st.just("move"), MOMENTS),
    st.tuples(st.just("note"), st.sampled_from([WHOLE_RUN, *STEPS]), st.sampled_from([None, "one", "two\nlines"])),
    st.tuples(st.just("choose"), st.sampled_from(STEPS), st.sampled_from(["docs", "queue"])),
    st.tuples(st.just("change"), st.sampled_from([{"outcome": "met"}, {"left_out": "fire"}, {"deleted": True}])),
)


def played(verb_names: list[str], seconds: list[int]) -> tuple[Document, Document]:
    """The document of a run in which these verbs were done, as far as they fitted, and its definition."""
    clock = ManualClock(datetime(2025, 3, 30, 1, tzinfo=timezone(timedelta(hours=1))), zone="Europe/Berlin")
    definition = snapshot()
    run = LiveRun([verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=definition)])
    for name, length in zip([*verb_names, "finish"], [*seconds, 60], strict=False):
        clock.advance(timedelta(seconds=length, milliseconds=length))
        given = {"note": ("said",), "goto": ("step-3",), "skip": ("no need",), "choose": ("queue", "step-1")}.get(
            name, ()
        )
        try:
            run = run.then(verbs.VERBS[name](run, clock.read(), *given))
        except UserError:
            continue
        if run.has_ended:
            break
    return run_document(run.state(clock.read()), run.events), definition


PLAYED = st.builds(
    played,
    st.lists(
        st.sampled_from(["done", "skip", "pause", "resume", "note", "goto", "choose", "undo", "redo"]), max_size=12
    ),
    st.lists(st.integers(0, 4000), min_size=13, max_size=13),
)


def imported(document: Document) -> Document:
    return {key: value for key, value in document.items() if key not in ("events", "definition")}


def carried_out(document: Document, correction: tuple[Any, ...], definition: Document | None) -> Document:
    act, *given = correction
    acts: dict[str, Any] = {"amend": amended, "move": moved, "note": noted, "change": changed}
    acts["choose"] = lambda document, step, system: chosen(document, definition, step, system)
    try:
        new: Document = acts[act](document, *given)
    except (BadInput, DoesNotFit):
        return document
    return new


def without_own(document: Document) -> Document:
    return {key: value for key, value in document.items() if key not in OWN_KEYS}


def told(run: RunState) -> Document:
    """What a run tells, but for what is only said of one that has ended."""
    return run_json(run) | {"outcome": None, "deleted": False, "with": [step.alternative for step in run.steps]}


@given(PLAYED, st.lists(CORRECTIONS, max_size=8), st.booleans())
def test_sums_agree_after_every_correction_and_taking_all_back_ends_where_it_began(
    made: tuple[Document, Document], corrections: list[tuple[Any, ...]], known: bool
) -> None:
    document, definition = made if known else (imported(made[0]), None)
    before = document
    stack = []
    for correction in corrections:
        new = carried_out(document, correction, definition)
        if change := difference(document, new):
            stack.append((change, document, new))
        document = new
        run = run_of(document, definition)
        assert left_over(run) == timedelta()
        assert run.week == week_of(run.started_at)
        if known:
            live = LiveRun(with_corrections(events_of(document, definition), document))
            assert told(live.state(live.last_act)) == told(run)
    for change, old, new in reversed(stack):
        redone = difference(new, old)
        document = restored(document, change)
        assert without_own(document) == without_own(old)
        assert without_own(restored(document, redone)) == without_own(new)
    assert without_own(document) == without_own(before)


def test_a_step_that_gets_a_time_keeps_when_it_was_begun_as_far_as_that_is_known() -> None:
    begun = "2026-03-02T09:10:00.000+01:00"
    steps = [{"id": "a", "state": "skipped", "started_at": begun}, {"id": "b", "state": "skipped"}]
    document: dict[str, Any] = {"steps": steps, "active_seconds": 0, "corrected_seconds": 0}
    for step, started in (("a", begun), ("b", None)):
        document = amended(document, step, "+", timedelta(minutes=2))
        assert next(one["started_at"] for one in document["steps"] if one["id"] == step) == started


def test_everything_that_happened_moves_with_the_start_to_the_millisecond() -> None:
    document, definition = played(["done", "pause", "resume", "note", "done"], [60] * 6)
    start = datetime(2024, 12, 31, 23, 59, 59, 123000, tzinfo=UTC)
    new = moved(document, start)
    old_run, run = run_of(document, definition), run_of(new, definition)
    shift = start - old_run.started_at
    assert run.started_at == start
    assert run.ended_at is not None
    assert old_run.ended_at is not None
    assert run.ended_at - old_run.ended_at == shift
    for step, old in zip(run.steps, old_run.steps, strict=True):
        assert (step.started_at and step.started_at - shift) == old.started_at
        assert (step.ended_at and step.ended_at - shift) == old.ended_at
    assert (new["week"], new["earlier_years"], moved_in_all(new)) == ("2025-W01", [2025], shift)
    events = with_corrections(events_of(new, definition), new)
    recorded = events_of(document, definition)
    assert {one.reading.wall - two.reading.wall for one, two in zip(events, recorded, strict=True)} == {shift}
    assert {one.reading.since_boot - two.reading.since_boot for one, two in zip(events, recorded, strict=True)} == {
        shift
    }


def test_a_run_that_was_moved_back_bears_no_mark_of_it() -> None:
    document, _ = played(["done"], [60])
    there_and_back = moved(
        moved(document, datetime(2024, 2, 1, tzinfo=UTC)), datetime.fromisoformat(document["started_at"])
    )
    assert without_own(there_and_back) == document
    assert there_and_back["earlier_years"] == [2024]


@pytest.mark.parametrize("year", [1, 1969, 9000, 9999])
def test_a_start_out_of_reach_is_refused(year: int) -> None:
    document, _ = played(["done"], [60])
    with pytest.raises(BadInput, match=f"the year {year} is out of reach"):
        moved(document, datetime(year, 1, 1, tzinfo=UTC))


def test_a_note_takes_the_place_of_all_notes_of_its_step_the_reason_for_skipping_it_as_well() -> None:
    document, definition = played(["note", "note", "skip", "done"], [60] * 5)
    assert run_of(document, definition).steps[0].notes == ("said", "said", "no need")
    new = noted(document, "step-1", " better ")
    live = LiveRun(with_corrections(events_of(new, definition), new))
    assert run_of(new, definition).steps[0].notes == live.state(live.last_act).steps[0].notes == ("better",)
    none = noted(new, "step-1", "")
    live = LiveRun(with_corrections(events_of(none, definition), none))
    assert run_of(none, definition).steps[0].notes == live.state(live.last_act).steps[0].notes == ()


def test_what_a_step_was_done_with_is_said_anew_with_the_systems_that_go_with_it() -> None:
    document, definition = played(["done"], [60])
    new = chosen(document, definition, "step-1", "the QUEUE")
    assert (new["steps"][0]["alternative"], new["steps"][0]["systems"]) == ("queue", ["queue"])
    assert {key: new[key] for key in document if key != "steps"} == {
        key: document[key] for key in document if key != "steps"
    }
    back = chosen(new, definition, "step-1", "docs")
    assert back["steps"][0] == {**document["steps"][0], "alternative": "docs"}


def test_what_a_step_cannot_have_been_done_with_is_refused() -> None:
    document, definition = played(["done"], [60])
    with pytest.raises(BadInput, match="Do step-1 cannot be done with paper: write Docs or The queue"):
        chosen(document, definition, "step-1", "paper")
    with pytest.raises(DoesNotFit, match="'Do step-2' had no systems to choose from"):
        chosen(document, definition, "step-2", "queue")
    with pytest.raises(DoesNotFit, match="had no systems to choose from"):
        chosen(imported(document), None, "step-1", "queue")
    with pytest.raises(NotFound, match="did you mean 'step-1'"):
        chosen(document, definition, "stp-1", "queue")


def test_a_note_that_cannot_be_made_is_refused() -> None:
    document, _ = played(["done"], [60])
    with pytest.raises(NotFound, match="did you mean 'step-1'"):
        noted(document, "stp-1", "word")
    with pytest.raises(BadInput, match="the note is too long"):
        noted(document, WHOLE_RUN, "x" * 70_000)
