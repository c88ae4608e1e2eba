"""`status`: one line for status bars, JSON for scripts."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell, refused

RUN_KEYS = (
    *("id", "routine", "routine_name", "revision", "goal_seconds", "state", "started_at", "ended_at", "week"),
    *("active_seconds", "paused_seconds", "waiting_seconds", "asleep_seconds", "corrected_seconds", "waiting_for"),
    *("steps", "note", "outcome", "device", "deleted"),
)
STEP_KEYS = (
    *("id", "title", "section", "state", "started_at", "ended_at", "active_seconds", "paused_seconds"),
    *("prepared_seconds", "planned_seconds", "systems", "person", "note", "combined"),
)


def test_nothing_and_zero_when_no_run_is_open(shell: Shell) -> None:
    said = shell("status --format '{routine}'")
    assert (said.code, said.out, said.err) == (0, "", "")
    assert shell("status --json").json == {"format": 1, "runs": []}


def test_the_fields_of_a_format(shell: Shell) -> None:
    shell("start posts")
    shell.wait(2)
    line = shell("status --format '{routine}: {step} {step_left} {total_left}'").out
    assert line == "Weekly posts: Gather 3:00 28:00\n"
    shell.wait(4)
    assert shell("status --format '{sign}{number}/{steps} {step_left} {{x}}'").out == "▶1/2 +1:00 {x}\n"


def test_the_line_stays_one_line_whatever_the_names_hold(shell: Shell) -> None:
    shell.write("odd.toml", 'name = "A\\nB\\u001b]0;title\\u0007"\n[[steps]]\ntitle = "x\\ny"\n')
    shell("start odd")
    said = shell("status --format '{routine}: {step}'").out
    assert said.count("\n") == 1
    assert "\x1b" not in said
    assert "\x07" not in said


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("#{pane_title} #[fg=red] #(id) #S", "# {pane_title} # [fg=red] # (id) # S"),
        ("##{x}", "# # {x}"),
        ("C# and #5 #", "C# and #5 #"),
    ],
)
def test_tmux_finds_nothing_to_expand_in_a_name_and_all_of_the_format(shell: Shell, name: str, line: str) -> None:
    shell.write("odd.toml", f'name = "{name}"\n[[steps]]\ntitle = "x#"\n')
    shell("start odd")
    assert shell("status --format '#[bold]{routine}'").out == f"#[bold]{line}\n"
    assert shell("status --format '{step}[b]{step}{number}'").out == "x# [b]x#1\n"


def test_an_unknown_field_names_the_nearest(shell: Shell) -> None:
    assert "{step_left}" in refused(shell("status --format '{stepleft}'"))
    assert "brace" in refused(shell("status --format '{step'"))


def test_the_json_of_a_run_has_the_keys_of_the_contract(shell: Shell) -> None:
    shell("start posts")
    run = shell("status --json").json["runs"][0]
    assert tuple(run) == RUN_KEYS
    assert tuple(run["steps"][0]) == STEP_KEYS
    assert run["week"] == "2026-W47"
    assert run["steps"][1]["active_seconds"] is None


@pytest.mark.parametrize("verb", ["pause", "pause --waiting photos"])
def test_a_paused_run_shows_its_sign(shell: Shell, verb: str) -> None:
    shell("start posts")
    shell(verb)
    assert shell("status").out.startswith("◐ Weekly posts")
