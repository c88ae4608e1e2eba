"""That the campaign holds at a small size, and finds a parser that raises, loops, or takes too much memory."""

from __future__ import annotations

import time
from random import Random

import pytest

from procroutine.errors import BadInput
from tests.campaigns import fuzzing
from tests.campaigns.campaign import Report, run_small
from tests.fuzzing.guided import guided
from tests.fuzzing.inputs import changed_value
from tests.fuzzing.targets import TARGETS, Target


def faults(target: Target) -> str:
    return " ".join(fuzzing.try_chunk((1, 50), (target,))[1])


def target(take: object) -> Target:
    return Target("planted", 1, lambda chance: chance.randrange(10), take)  # type: ignore[arg-type]  # any of a number


def test_every_parser_answers_a_few_hundred_inputs_with_a_result_or_a_sentence() -> None:
    report = run_small(fuzzing)
    assert all(report.counts[target.name] for target in TARGETS)


def test_a_parser_that_raises_is_found() -> None:
    assert "KeyError" in faults(target(lambda given: {1: 1}[given]))


def test_a_parser_that_never_ends_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "_PATIENCE", 0.05)

    def loop(given: int) -> None:
        while given == 7:
            pass

    assert "did not end" in faults(target(loop))


def test_a_parser_that_is_slow_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "LONGEST", 0.02)

    def work(given: int) -> None:
        end = time.process_time() + 0.03
        while given == 7 and time.process_time() < end:
            pass

    assert "took too long" in faults(target(work))


def test_a_parser_that_takes_too_much_memory_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzzing, "MOST_GROWTH", 8 << 20)
    monkeypatch.setattr(fuzzing, "LONGEST", 60)  # on a busy machine it takes long as well
    assert "memory" in faults(target(lambda given: len(b"x" * (512 << 20 if given == 7 else 1))))


def test_an_error_that_says_what_is_wrong_and_what_to_do_is_no_fault() -> None:
    def refuse(given: int) -> None:
        raise BadInput("this will not do", "write something else")

    assert faults(target(refuse)) == ""


def test_the_same_seed_gives_the_same_inputs() -> None:
    for one in TARGETS:
        if one.name not in ("year files", "synced files", "journals", "imports"):
            assert one.make(Random(3)) == one.make(Random(3))
    assert changed_value({"a": [1, 2]}, Random(1)) == changed_value({"a": [1, 2]}, Random(1))


def test_without_atheris_the_campaign_says_so_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    report = Report("fuzzing")
    fuzzing._with_atheris(10_000, 1, report)
    assert report.counts == {"tried by atheris (not installed)": 0}
    assert report.failures == []


def test_atheris_tries_what_it_is_given() -> None:
    pytest.importorskip("atheris")
    assert guided(2000, 1) == []
