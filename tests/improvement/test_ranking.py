"""Which lever comes first, and which speaks of minutes that another has already."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.ranking import ranked


def lever(kind: str, saves: float = 0, *steps: str, **given: Any) -> Lever:
    length = timedelta(minutes=saves)
    fields: dict[str, Any] = {"routine": "posts", "sentence": "", "how": "", "saves": length, "steps": steps} | given
    if saves:
        fields |= {"low": length / 2, "high": length * 2}
    return Lever(kind=kind, **fields)


def kinds(*levers: Lever) -> list[str]:
    return [one.kind for one in ranked(levers)]


def test_most_minutes_a_week_come_first() -> None:
    assert kinds(lever("planned", 3, "a"), lever("system", 9, "b"), lever("eliminate", 5, "c")) == [
        *("system", "eliminate", "planned")
    ]


def test_what_is_about_as_much_follows_in_the_order_in_which_a_routine_is_gone_through() -> None:
    found = [lever(kind, at_stake=timedelta(hours=1)) for kind in ("practice", "waiting", "combine", "eliminate")]
    assert kinds(*found, lever("system", 1, "a")) == ["system", "eliminate", "combine", "waiting", "practice"]


def test_of_what_is_not_shown_the_likely_comes_first_then_what_is_about_most_work_then_most_waiting() -> None:
    small, large = (lever(kind, 0, at_stake=timedelta(minutes=n)) for kind, n in (("eliminate", 1), ("practice", 9)))
    waits = [lever("waiting", 0, name, lead=timedelta(hours=n)) for name, n in (("a", 1), ("b", 2))]
    likely = lever("steady", 0, "c", is_likely=True)
    assert ranked([lever("rearrange"), *waits, small, likely, large]) == (
        *(likely, large, small),
        *(waits[1], waits[0], lever("rearrange")),
    )
    small, large = (lever("eliminate", 0, name, at_stake=timedelta(minutes=n)) for name, n in (("a", 1), ("b", 9)))
    assert ranked([large, small.replaced(is_likely=True)])[0].steps == ("a",)


def test_what_can_go_need_not_be_made_quicker() -> None:
    assert kinds(lever("eliminate", 4, "a"), lever("planned", 9, "a"), lever("steady", 8, "a")) == ["eliminate"]
    assert kinds(lever("eliminate", 4, "a"), lever("planned", 9, "b")) == ["planned", "eliminate"]


def test_why_a_step_is_slow_says_more_than_that_it_is() -> None:
    assert kinds(lever("planned", 9, "a"), lever("system", 4, "a", "b")) == ["system"]


def test_of_all_steps_of_a_person_and_one_of_them_the_one_that_saves_more_stays() -> None:
    found = ranked([lever("eliminate", 4, "a"), lever("person", 7, "a", "b")])
    assert [one.steps for one in found] == [("a", "b")]


def test_steps_that_may_go_are_not_told_again_by_who_does_them() -> None:
    assert kinds(lever("person", 0, "a"), lever("eliminate", 0, "a"), lever("waiting", 0, "a")) == [
        *("eliminate", "waiting")
    ]
    assert kinds(lever("person", 0, "a", "b"), lever("eliminate", 0, "a")) == ["eliminate", "person"]


def test_steps_of_other_routines_are_other_steps() -> None:
    assert len(ranked([lever("eliminate", 4, "a"), lever("planned", 9, "a", routine="books")])) == 2
