"""What is said of corrections, also of such as an older or another program wrote."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.history.correction_chain import Chain, chain_of, correction_of
from procroutine.history.history import History
from procroutine.insight.comparisons import Comparisons
from procroutine.insight.correction_words import correction_lines, summary_of
from procroutine.insight.run_page import run_page
from tests.history.samples import add_run, history_in

MINUTE = timedelta(minutes=1)


def sentences(history: History, run_id: str) -> list[str]:
    return [line.sentence for line in correction_lines(history.corrections(run_id), history.past(run_id).run)]


def test_each_correction_says_what_stood_before_and_after(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    run, _ = add_run(history)
    history.amend(run.id, "step-2", "+", 2 * MINUTE)
    history.set_start(run.id, run.started_at + timedelta(seconds=30))
    history.set_start(run.id, datetime(2025, 12, 31, 8, tzinfo=UTC))
    history.set_note(run.id, "a note\nof two lines, " + "which is longer than a line has room for")
    history.set_note(run.id, "\x1b[2J[@click=app.quit]x[/]", "step-3")
    history.set_alternative(run.id, "step-1", "queue")
    history.set_alternative(run.id, "step-1", "docs")
    history.set_outcome(run.id, "met")
    history.leave_out(run.id, "the phone rang")
    history.delete(run.id)
    assert sentences(history, run.id) == [
        "time of Do step-2: 2:00 → 4:00",
        "start: Mon 2 Mar 2026 09:00 → 09:00:30",
        "start: Mon 2 Mar 2026 09:00:30 → Wed 31 Dec 2025 08:00",
        "note: none → a note of two lines, which is longer than a line has room f…",
        "note of Do step-3: none → ␛[2J[@click=app.quit]x[/]",
        "system of Do step-1: not said → The queue",
        "system of Do step-1: The queue → Docs",
        "output: not said → met",
        "statistics: counted → left out (the phone rang)",
        "run: there → deleted",
    ]


def test_a_summary_counts_what_stands_and_no_first_word(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    run, _ = add_run(history)

    def summary() -> str:
        return summary_of(correction_lines(history.corrections(run.id), run))

    assert summary() == ""
    history.set_outcome(run.id, "met")
    assert summary() == ""
    history.set_outcome(run.id, "partly")
    assert summary() == "corrected Mon 1 Jun 2026 12:00"
    history.amend(run.id, "step-1", "+", MINUTE)
    assert summary() == "2 corrections, the last Mon 1 Jun 2026 12:00"
    history.undo_correction(run.id)
    history.undo_correction(run.id)
    assert summary() == "corrected, and taken back Mon 1 Jun 2026 12:00"


def test_the_page_shows_the_newest_first_and_what_u_would_take_back(tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))
    history = history_in(tmp_path, clock=clock)
    run, _ = add_run(history)
    history.amend(run.id, "step-1", "+", MINUTE)
    clock.advance(MINUTE)
    past = history.leave_out(run.id, "a fire drill")
    page = run_page(past.run, Comparisons.of("abc", [], {}), None, past, history.chain(run.id))
    assert [line.time for line in page.corrections] == ["12:01", "12:00"]
    assert (page.left_out, page.is_corrected, page.deleted, page.stamp) == ("a fire drill", True, False, past.stamp)
    assert (page.to_undo, page.to_redo) == ("Taken back: statistics: counted again.", "")
    past, _ = history.undo_correction(run.id)
    page = run_page(past.run, Comparisons.of("abc", [], {}), None, past, history.chain(run.id))
    assert (page.left_out, page.to_redo) == (None, "Again: statistics: left out (a fire drill).")
    assert page.to_undo.startswith("Taken back: time of Do step-1:")


def written(before: dict[str, Any], moment: int, **more: Any) -> dict[str, Any]:
    """A document of the table `corrections`."""
    at = datetime(2026, 6, 1, tzinfo=UTC).isoformat()
    return {"run": "1", "at": at, "before": before, "stamp": [moment, "desk"], **more}


def chain(*documents: dict[str, Any]) -> Chain:
    return chain_of(map(correction_of, documents), (documents[-1]["stamp"][0], "desk"))


def test_what_was_written_before_the_version_it_was_made_from_was_told_is_understood(tmp_path: Path) -> None:
    run, _ = add_run(history_in(tmp_path))
    step = {"id": "step-1", "state": "done", "active_seconds": 60}
    known = chain(
        written({"outcome": None}, 1),
        written({"note": None}, 2),
        written({"steps": [step], "amended": None, "active_seconds": 60, "corrected_seconds": 0}, 3),
    )
    assert [one.act for one in known.corrections] == ["outcome", "noted", "amended"]
    assert known.to_undo == known.corrections[-1]
    assert [line.sentence for line in correction_lines(known.corrections, run)] == [
        "output: was not said",
        "note: was none",
        "time of Do step-1: was 1:00",
    ]


def test_an_end_that_was_undone_is_told(tmp_path: Path) -> None:
    run, _ = add_run(history_in(tmp_path))
    known = chain(written({"reopened": None}, 1) | {"after": {"reopened": True}})
    assert [line.sentence for line in correction_lines(known.corrections, run)] == ["run: ended → taken up again"]


def test_nothing_that_came_before_the_end_was_undone_or_a_version_from_elsewhere_is_taken_back() -> None:
    for before in ({"reopened": None}, {"outcome": None, "note": "x"}):
        assert chain(written({"outcome": None}, 1), written(before, 2)).to_undo is None
        assert chain(written(before, 1), written({"outcome": None}, 2)).to_undo is not None


def test_a_taking_back_that_does_not_fit_leaves_nothing_to_be_taken_back() -> None:
    known = chain(written({"outcome": None}, 1), written({"outcome": "met"}, 2, act="undone", of=[9, "desk"]))
    assert (known.to_undo, known.to_redo) == (None, None)
