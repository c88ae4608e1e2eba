"""No test waits for a fixed time: it waits for what it asks about, however long a busy machine takes for that."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def fixed_waits(program: str) -> Iterator[int]:
    """Give the lines that pause an app, or sleep, for a number of seconds that stands there."""
    for node in ast.walk(ast.parse(program)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        of = node.func.value.id if isinstance(node.func.value, ast.Name) else ""
        waits = node.func.attr == "pause" or (node.func.attr == "sleep" and of in ("asyncio", "time"))
        numbers = [given.value for given in node.args if isinstance(given, ast.Constant)]
        if waits and any(isinstance(number, int | float) and number > 0 for number in numbers):
            yield node.lineno


@pytest.mark.parametrize(
    ("line", "waits"),
    [
        ("await pilot.pause(0.1)", True),
        ("await asyncio.sleep(1)", True),
        ("time.sleep(0.5)", True),
        ("await pilot.pause()", False),
        ("await asyncio.sleep(0)", False),
        ("clock.sleep(5)", False),
    ],
)
def test_a_fixed_wait_is_found(line: str, waits: bool) -> None:
    assert bool([*fixed_waits(f"async def test() -> None:\n    {line}\n")]) is waits


def test_no_test_waits_for_a_fixed_time() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line}"
        for path in TESTS.rglob("*.py")
        if "benchmarks" not in path.parts
        for line in fixed_waits(path.read_text(encoding="utf-8"))
    ]
    assert found == [], "wait for what is asked with tests/app_idle.py or tests/terminal/conftest.py"
