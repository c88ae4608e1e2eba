"""Correcting the past from the command line: starts and notes, taking back, and what was corrected."""

from __future__ import annotations

import pytest

from tests.cli.conftest import CHOICE, Shell, refused


@pytest.fixture
def run_id(shell: Shell) -> str:
    """A finished run of posts: 5 and 22 minutes, begun at 14:05 on 19 Nov 2026."""
    shell("start posts")
    for minutes in (5, 22):
        shell.wait(minutes)
        shell("done")
    found: str = shell("history --json").json["runs"][0]["id"]
    return found


@pytest.mark.parametrize(
    ("when", "began"),
    [
        ("13:45", "2026-11-19T13:45:00.000+01:00"),
        ("9:05:10", "2026-11-19T09:05:10.000+01:00"),
        ("2026-07-01", "2026-07-01T14:05:00.000+02:00"),
        ("2025-12-31T23:50", "2025-12-31T23:50:00.000+01:00"),
        ("2026-11-18T10:00-05:00", "2026-11-18T10:00:00.000-05:00"),
        ("-1d", "2026-11-18T14:05:00.000+01:00"),
        ("-10m", "2026-11-19T13:55:00.000+01:00"),
    ],
)
def test_a_start_is_set_in_the_zone_of_the_run(shell: Shell, run_id: str, when: str, began: str) -> None:
    said = shell(f"set-start {run_id[:8]} {when}")
    assert (said.code, "Weekly posts now began" in said.out) == (0, True)
    run = shell(f"show {run_id} --json").json
    assert run["started_at"] == began
    assert (run["active_seconds"], run["corrected_seconds"]) == (1620, 0)
    assert len(shell("history --json").json["runs"]) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("set-start {} 14:06", "end in the future"),
        ("set-start {} +1m", "end in the future"),
        ("set-start {} soon", "write it like 13:45, 2026-11-19"),
        ("set-start {} 1960-01-01", "the year 1960 is out of reach"),
        ("set-start {} +10", "say which unit"),
        ("set-note {} words --step gathr", "did you mean"),
        ("set-alternative {} write docs", "had no systems to choose from"),
        ("set-note 0 words", "no run has an id that begins with"),
        ("leave-out {}", "--reason"),
        ("leave-out {} --reason ' '", "the reason is empty"),
        ("undo-correction {}", "nothing was corrected since the run ended"),
        ("redo-correction {}", "nothing was taken back last"),
        ("undo-correction", "nothing is left to take back"),
        ("corrections 0", "no run has an id that begins with"),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_what_to_do(shell: Shell, run_id: str, line: str, reason: str) -> None:
    assert reason in refused(shell(line.format(run_id)))
    assert shell(f"corrections {run_id} --json").json == {"format": 1, "run": run_id, "corrections": []}


def test_notes_of_a_run_and_of_a_step_are_written_and_taken_away(shell: Shell, run_id: str) -> None:
    assert shell(f"set-note {run_id} 'all went well'").out == "Weekly posts, 2026-W47: note written.\n"
    assert (
        shell(f"set-note {run_id} '-3 degrees' --step write").out == "Weekly posts, 2026-W47: note of Write written.\n"
    )
    run = shell(f"show {run_id} --json").json
    assert (run["note"], run["steps"][1]["note"]) == ("all went well", "-3 degrees")
    assert "taken away" in shell(f"set-note {run_id} ''").out
    assert shell(f"show {run_id} --json").json["note"] is None


def test_corrections_are_taken_back_and_brought_in_again_and_all_of_it_is_told(shell: Shell, run_id: str) -> None:
    shell.wait(60)
    shell(f"amend {run_id} gather +2m")
    shell(f"set-start {run_id} 13:00")
    shell(f"leave-out {run_id} --reason 'a fire drill'")
    assert shell("undo-correction").out == "Weekly posts, 2026-W47. Taken back: statistics: counted again.\n"
    assert shell(f"undo-correction {run_id}").out.endswith("Taken back: start: Thu 19 Nov 2026 14:05 again.\n")
    assert shell("redo-correction").out == "Weekly posts, 2026-W47. Again: start: 13:00.\n"
    assert shell(f"show {run_id}").out.splitlines()[1] == (
        f"2 corrections, the last Thu 19 Nov 2026 15:32; see: procroutine corrections {run_id}"
    )
    lines = [line.split("  ") for line in shell(f"corrections {run_id}").out.splitlines()]
    assert [[part.strip() for part in line if part.strip()][2:] for line in lines] == [
        ["what"],
        ["time of Gather: 5:00 → 7:00"],
        ["start: Thu 19 Nov 2026 14:05 → 13:00"],
        ["statistics: counted → left out (a fire drill)", "taken back"],
        ["taken back: statistics: left out (a fire drill) → counted"],
        ["taken back: start: Thu 19 Nov 2026 13:00 → 14:05"],
        ["brought in again: start: Thu 19 Nov 2026 14:05 → 13:00"],
    ]
    first = shell(f"corrections {run_id} --json").json["corrections"][0]
    assert first.pop("device")
    assert first == {
        "at": "2026-11-19T15:32:00.000+01:00",
        "kind": "amended",
        "what": "time of Gather",
        "before": "5:00",
        "after": "7:00",
        "state": "stands",
    }


def test_a_run_that_was_left_out_can_count_again_and_an_outcome_be_unsaid(shell: Shell, run_id: str) -> None:
    shell(f"leave-out {run_id} --reason 'a fire drill'")
    assert shell("history --json").json["runs"][0]["left_out"] == "a fire drill"
    assert shell(f"show {run_id} --json").json["left_out"] == "a fire drill"
    assert shell(f"leave-out {run_id} --not").out == "Weekly posts, 2026-W47 counts again.\n"
    shell(f"set-outcome {run_id} met")
    assert shell(f"set-outcome {run_id} none").out == "Weekly posts, 2026-W47: output not said.\n"
    assert shell(f"show {run_id} --json").json["outcome"] is None


def test_what_a_step_was_done_with_is_corrected_and_all_that_compares_follows(shell: Shell) -> None:
    shell.write("choice.toml", CHOICE)
    for minutes in (5, 7):
        shell("start choice")
        shell.wait(minutes)
        shell("done")
    newest, first = (run["id"] for run in shell("history choice --json").json["runs"])

    def used() -> tuple[list[int], dict[str, float]]:
        (choice,) = shell("review choice --json").json["alternatives"]
        shares = shell("trends choice --json").json["systems"]
        return [one["runs"] for one in choice["systems"]], {one["id"]: round(one["share"], 2) for one in shares}

    assert used() == ([1, 1], {"a": 0.42, "b": 0.58})
    said = shell(f"set-alternative {newest} 1 'picture scheduler'")
    assert said.out == "Choice, 2026-W47: Enter was done with Picture scheduler.\n"
    assert "with Picture scheduler" in shell(f"show {newest}").out
    assert used() == ([2, 0], {"a": 1.0})
    assert "system of Enter: Queue → Picture scheduler" in shell(f"corrections {newest}").out
    assert shell("undo-correction").out == "Choice, 2026-W47. Taken back: system of Enter: Queue again.\n"
    assert used() == ([1, 1], {"a": 0.42, "b": 0.58})
    shell(f"set-alternative {first} enter b")
    assert shell("start choice").out.endswith("with Picture scheduler.\n")
    assert "write Picture scheduler or Queue" in refused(shell(f"set-alternative {first} enter fax"))


def test_deleting_and_bringing_back_say_where_there_is_nothing_to_do(shell: Shell, run_id: str) -> None:
    assert shell(f"restore {run_id}").out == "Weekly posts, 2026-W47 was not deleted.\n"
    shell(f"delete {run_id}")
    assert shell(f"delete {run_id}").out == "Weekly posts, 2026-W47 was deleted before.\n"
    assert shell(f"restore {run_id}").out == "Weekly posts, 2026-W47 is back.\n"


def test_saying_the_outcome_first_is_no_correction_in_what_show_says(shell: Shell, run_id: str) -> None:
    shell(f"set-outcome {run_id} met")
    assert "corrected" not in shell(f"show {run_id}").out
    shell(f"set-outcome {run_id} partly")
    assert "corrected Thu 19 Nov 2026 14:32" in shell(f"show {run_id}").out
    shell("undo-correction")
    assert "corrected, and taken back Thu 19 Nov 2026 14:32" in shell(f"show {run_id}").out


def test_of_an_open_run_only_a_time_is_corrected(shell: Shell) -> None:
    shell("start posts")
    run_id = shell("status --json").json["runs"][0]["id"]
    for line in ("set-start {} 13:00", "set-note {} words", "undo-correction {}", "corrections {}", "delete {}"):
        assert "Weekly posts is still open" in refused(shell(line.format(run_id)))


def test_what_begins_with_a_minus_and_a_digit_is_kept_as_it_is_typed(shell: Shell, run_id: str) -> None:
    shell(f"set-note {run_id} -3degrees")
    assert shell(f"show {run_id} --json").json["note"] == "-3degrees"
    shell(f"set-note {run_id} −5°C")
    assert shell(f"show {run_id} --json").json["note"] == "−5°C"
    shell(f"leave-out {run_id} --reason -5min")
    assert shell(f"show {run_id} --json").json["left_out"] == "-5min"
    assert "unrecognized arguments: -x" in refused(shell(f"show {run_id} -x"))


def test_what_is_said_to_bring_a_deleted_run_back_does(shell: Shell, run_id: str) -> None:
    said = shell(f"delete {run_id}").out
    assert "is back." in shell(said.split("procroutine ")[1]).out
