"""In what order the steps of a run were really done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.run.states import RunState


def order_in_words(run: RunState) -> str:
    """Give `done in the order 1, 3 to 5, 2`; empty where that is the order of the list."""
    done = [place + 1 for place in run.order_done if run.steps[place].state == "done"]
    if done == sorted(done):
        return ""
    return f"done in the order {', '.join(_stretches(done))}"


def _stretches(numbers: Iterable[int]) -> Iterable[str]:
    """Put three and more numbers that follow one another together."""
    stretch: list[int] = []
    for number in numbers:
        if stretch and number != stretch[-1] + 1:
            yield from _written(stretch)
            stretch = []
        stretch.append(number)
    yield from _written(stretch)


def _written(stretch: list[int]) -> Iterable[str]:
    return [f"{stretch[0]} to {stretch[-1]}"] if len(stretch) > 2 else map(str, stretch)
