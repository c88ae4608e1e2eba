"""In what order the steps of a run were really done, in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from procroutine.insight.run_page import order_in_words
from procroutine.run.states import RunState, StepState


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ((0, 1, 2, 3, 4, 5), ""),
        ((), ""),
        ((0, 2, 1, 3), "done in the order 1, 3, 2, 4"),
        ((3, 4, 5, 0, 1), "done in the order 4 to 6, 1, 2"),
        ((1, 0, 2), "done in the order 2, 1, 3"),
    ],
)
def test_only_another_order_than_that_of_the_list_is_told(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], order: tuple[int, ...], said: str
) -> None:
    run = make_run(*(make_step(letter, "done", 60) for letter in "ABCDEF"), order_done=order)
    assert order_in_words(run) == said


def test_what_was_skipped_in_between_does_not_count(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    run = make_run(
        make_step("A", "done", 1), make_step("B", "skipped"), make_step("C", "done", 2), order_done=(1, 0, 2)
    )
    assert order_in_words(run) == ""
