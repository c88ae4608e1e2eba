from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from tests.campaigns import hostile
from tests.campaigns.campaign import run_small


def test_a_little_of_everything_is_harmless_on_every_screen_and_in_every_command() -> None:
    """Also that every widget of the app was on one of the screens; what is planted is found in tests/hostile."""
    report = run_small(hostile)
    assert report.counts["looks at screens"] > 80
    assert report.counts["command lines"] > 100


def test_a_string_that_takes_too_long_is_found() -> None:
    def never_ends(_text: str, _counts: Any) -> list[str]:
        while True:
            pass

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hostile, "MOST_SECONDS", 0.05)
        assert "took more than" in hostile._guarded(never_ends, "text", Counter())[0]


def test_what_ends_the_program_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def leave(_text: str, _counts: Any) -> list[str]:
        sys.exit(0)

    monkeypatch.setattr(hostile, "_commands", leave)
    monkeypatch.setattr(hostile, "_walk", lambda *_: [])
    _, faults = hostile.take_through((0, ["text"]))
    assert len(faults) == 1
    assert "SystemExit" in faults[0]


def test_a_fault_among_several_strings_is_told_of_the_one_that_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def walk(texts: list[str], _size: Any, counts: Counter[str]) -> list[str]:
        counts["walks"] += 1
        return [f"fault with {texts}"] if "bad" in texts else []

    monkeypatch.setattr(hostile, "_walk", walk)
    monkeypatch.setattr(hostile, "_commands", lambda _text, _counts: [])
    counts, faults = hostile.take_through((0, ["good", "bad", "fine"]))
    assert faults == ["fault with ['bad']"]
    assert counts["walks"] == 4
