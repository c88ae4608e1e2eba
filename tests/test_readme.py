"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from procroutine.cli.main import parser_for
from procroutine.cli.table import COMMANDS, GROUPS
from procroutine.routine.checked import check_paths

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", README, re.DOTALL)


def test_the_example_file_has_no_problems(tmp_path: Path) -> None:
    (example,) = blocks("toml")
    path = tmp_path / "example.toml"
    path.write_text(example, encoding="utf-8")
    assert check_paths([str(path)]).problems == ()


def test_every_command_named_is_one() -> None:
    named = set(re.findall(r"procroutine (?:--\w+ \S+ )*([a-z][a-z-]+)", "\n".join(blocks(r"(?!toml)\w+"))))
    assert {"start", "done", "status", "history"} <= named
    assert named <= set(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(command: str) -> None:
    text = parser_for(command).format_help()
    assert COMMANDS[command][1][1:] in " ".join(text.split())


def test_the_groups_of_the_help_name_every_command_once() -> None:
    grouped = [name for _, names in GROUPS for name in names]
    assert sorted(grouped) == sorted(COMMANDS)


def test_the_check_runs_the_test_command_of_the_readme() -> None:
    (command,) = [line for line in README.splitlines() if line.startswith("python3") and "pytest" in line]
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_picture_and_file_named_is_there() -> None:
    named = re.findall(r"\]\(((?!http)[^)]+)\)", README) + re.findall(
        r"`((?:tests|cli|run|insight|\.ci)/[\w/.]+)`", README
    )
    for name in map(unquote, named):
        found = (ROOT / name).exists() or (ROOT / "procroutine" / name).exists()
        assert found, name


def test_the_number_of_shipped_routines_is_right() -> None:
    words = {12: "twelve", 13: "thirteen", 14: "fourteen"}
    count = len(list((ROOT / "routines").glob("*.toml")))
    assert f"the {words[count]} routines" in README


def test_the_keys_of_a_run_are_those_that_are_bound() -> None:
    from procroutine.tui.screens.run import RunScreen

    told = keys_told("in a run")
    assert len(told) >= 18
    assert told <= keys_bound(RunScreen)


def test_the_keys_of_a_runs_page_are_those_that_are_bound() -> None:
    from procroutine.tui.screens.run_corrections import CorrectingScreen
    from procroutine.tui.screens.run_page import StepTimes

    assert keys_told("on a run's page") == (keys_bound(CorrectingScreen) | keys_bound(StepTimes)) - {"enter"}


def keys_told(heading: str) -> set[str]:
    """Give the keys of one table, by the names that bindings have for them."""
    names = {"[": "left_square_bracket", "]": "right_square_bracket"}
    names |= {"{": "left_curly_bracket", "}": "right_curly_bracket", "-": "minus"}
    table = README.split(f"| {heading} | does |")[1].split("\n\n")[0]
    return {
        names.get(key, key)
        for row in table.splitlines()
        for key in re.findall(r"`([^`]+)`", row.split("|")[1:2][0] if "|" in row else "")
    }


def keys_bound(widget: type[Any]) -> set[str]:
    """Give the keys that a class binds itself."""
    from textual.binding import Binding

    return {key for binding in widget.BINDINGS if isinstance(binding, Binding) for key in binding.key.split(",")}


def test_every_comparison_that_the_settings_take_is_told() -> None:
    from procroutine.settings import ComparisonSetting

    told = README.split("`comparison` (")[1].split(":")[0]
    assert re.findall(r"`([^`]+)`", told) == [one.value for one in ComparisonSetting]
