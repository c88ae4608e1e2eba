"""Weeks off on the command line: holidays."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell, refused

WEEK = 7 * 24 * 60
ACROSS_NEW_YEAR = "2026-W52..2027-W01"


def _run(shell: Shell) -> None:
    for line in ("start posts", "done", "done"):
        assert shell(line).code == 0


def _posts(shell: Shell) -> dict[str, object]:
    found: dict[str, object] = next(one for one in shell("routines --json").json["routines"] if one["id"] == "posts")
    return found


def test_weeks_to_come_are_declared_off_for_one_routine_or_all_also_across_a_long_year(shell: Shell) -> None:
    assert shell("off posts --week 2026-W52 --reason holiday").out == "2026-W52 is off for posts.\n"
    assert shell("off 'Weekly posts' --week 2026-W48 --reason ' away '").code == 0
    said = shell(f"off --week {ACROSS_NEW_YEAR} --reason Christmas")
    assert said.out == "2026-W52 to 2027-W01 are off for all routines.\n"
    assert shell("off --list").out.splitlines() == [
        "2026-W48  posts         away",
        "2026-W52  all routines  Christmas",
        "2026-W52  posts         holiday",
        "2026-W53  all routines  Christmas",
        "2027-W01  all routines  Christmas",
    ]
    assert shell("off books --json").json["weeks_off"][0] == {
        "week": "2026-W52",
        "routine": None,
        "reason": "Christmas",
        "declared_on": "2026-11-19",
    }
    assert len(shell("off posts --list --week 2026-W52..2026-W53").out.splitlines()) == 3


def test_they_are_taken_back_for_whom_they_were_declared(shell: Shell) -> None:
    shell(f"off --week {ACROSS_NEW_YEAR} --reason Christmas")
    shell("off posts --week 2026-W48 --reason away")
    assert "declared for all: leave the routine's name out" in refused(shell("off posts --week 2026-W53 --not"))
    assert "name the routine that is off then" in refused(shell("off --week 2026-W48 --not"))
    assert "see procroutine off --list" in refused(shell("off --not"))
    assert shell("off posts --week 2026-W40..2026-W50 --not").out == "2026-W48 is not off any more for posts.\n"
    assert shell("off --week 2026-W52 --not").out == "2026-W52 is not off any more for all routines.\n"
    shell("off --week 2027-W03 --reason ill")
    said = shell("off --week 2026-W53..2027-W10 --not").out
    assert said == "2026-W53, 2027-W01, 2027-W03 are not off any more for all routines.\n"
    assert shell("off --list").err == "No weeks are off.\n"
    assert shell("off --list --week 2026-W40").err == "No weeks are off in 2026-W40.\n"
    assert shell("off posts --list").err == "No weeks are off for posts.\n"


def test_a_routine_that_was_renamed_keeps_its_weeks_off(shell: Shell) -> None:
    shell("off posts --week 2026-W48 --reason away")
    path = shell.folder / "routines" / "posts.toml"
    shell.write("feeds.toml", f'previous_ids = ["posts"]\n{path.read_text()}')
    path.unlink()
    assert "away" in shell("off feeds --list").out
    assert shell("off feeds --week 2026-W48 --not").out == "2026-W48 is not off any more for feeds.\n"


@pytest.mark.parametrize("routine", ["posts", ""])
def test_a_week_off_neither_breaks_nor_counts(shell: Shell, routine: str) -> None:
    for _ in range(3):
        _run(shell)
        shell.wait(WEEK)
    score = _posts(shell)["score"]
    limits = shell("trends posts --json").json["limits"]
    shell.wait(WEEK)  # nothing is done in week 50
    assert _posts(shell)["put_off_weeks"] == 2
    shell(f"off {routine} --week 2026-W50 --reason holiday")
    after = _posts(shell)
    assert (after["put_off_weeks"], after["score"]) == (1, score)
    assert shell("trends posts --json").json["limits"] == limits
    off = [week["week"] for week in shell("trends posts --json").json["weeks"] if week["off"]]
    assert off == ["2026-W50"]
    _run(shell)
    assert _posts(shell)["streak_weeks"] == 4
    shell(f"off {routine} --week 2026-W50 --not")
    assert _posts(shell)["streak_weeks"] == 1


def test_what_a_week_off_leaves_due_comes_in_the_next_that_is_not_off(shell: Shell) -> None:
    _run(shell)
    shell("off --week 2026-W48..2026-W49 --reason holiday")
    shell.wait(WEEK)
    found = _posts(shell)
    assert (found["due"], found["due_at"], found["put_off_weeks"]) == ("later", "2026-12-07T00:00:00.000+01:00", 0)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("off posts", "required"),
        ("off --list --not", "do not go together"),
        ("off --reason x --not", "do not go together"),
        ("off --reason ' '", "the reason is empty"),
        ("off --week 2026-W52..2026-W50 --reason x", "write 2026-W50..2026-W52"),
        ("off --week 2026-W01..2027-W01 --reason x", "54 weeks"),
        ("off --week 2026-W01.. --reason x", "not a week"),
        ("off --week ..2026-W01 --reason x", "not a week"),
        ("off --week 2026-W54 --reason x", "not a week"),
        ("off nothing --reason x", "no routine"),
        ("off nothing --list", "no routine"),
    ],
)
def test_what_cannot_be_declared_is_refused(shell: Shell, line: str, why: str) -> None:
    assert why in refused(shell(line))
    assert shell("off --json").json == {"format": 1, "weeks_off": []}
