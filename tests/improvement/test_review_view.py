"""The pages of the review, drawn from what was worked out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from procroutine.errors import NotFound
from procroutine.improvement.book import book_of
from procroutine.improvement.gains import Gain
from procroutine.improvement.ground import Unread
from procroutine.improvement.levers.lever import ZERO, Missing
from procroutine.improvement.load import RESTS_ON
from procroutine.improvement.losses import Loss
from procroutine.improvement.review_view import review_view, routines_of
from procroutine.settings import settings_of
from tests.improvement.histories import minutes
from tests.tui.review_samples import many, nothing, one_run


def test_all_routines_have_a_page_and_each_has_its_own() -> None:
    view = review_view(many())
    assert (view.name, view.facts) == ("All routines", "3 routines · 2 with runs enough")
    assert view.best.startswith("Largest effect, 6m a week: drop Let the owner approve all posts, Weekly")
    assert [row.routine_id for row in view.levers] == ["posts", "posts", "books"]
    own = review_view(many(), "posts")
    assert own.levers == view.levers[:2]
    assert own.facts == "40 runs · 1 a week"
    assert len(routines_of(many())) == 3


def test_an_interval_stands_within_the_largest_and_what_is_not_known_has_none() -> None:
    first, second, third = review_view(many()).levers
    assert first.span is not None
    assert second.span is not None
    assert first.span.high == 1.0
    assert 0 < second.span.low < second.span.middle < second.span.high < 1
    assert (third.span, third.saves, third.between) == (None, "of 22m", "")
    assert (first.saves, first.between) == ("6m", "5m30s and 7m15s")


def test_where_nothing_is_sure_the_likeliest_leads_the_page() -> None:
    (lever,) = (one for one in many().review.levers if one.kind == "eliminate")
    likely = lever.replaced(saves=minutes(0), low=None, high=None, is_likely=True)
    view = review_view(many().replaced(review=many().review.replaced(levers=(likely,))), "posts")
    assert view.best == "Nothing is sure yet; most likely: drop Let the owner approve all posts."
    assert [one.is_likely for one in view.levers] == [True]


def test_to_go_on_practising_is_no_change_with_the_largest_effect() -> None:
    (drop,) = (one for one in many().review.levers if one.kind == "eliminate")
    practice = drop.replaced(kind="practice", steps=(), saves=minutes(9), low=minutes(8), high=minutes(10))
    both = many().replaced(review=many().review.replaced(levers=(practice, drop)))
    assert both.review.best == drop
    assert review_view(both).best.startswith("Largest effect, 6m a week: drop")
    alone = both.replaced(review=both.review.replaced(levers=(practice,)))
    assert alone.review.best is None
    assert review_view(alone).best == "Practice goes on to save 9m a week; no change is shown to save time."


def test_corners_count_each_routine_once() -> None:
    corners = review_view(many()).corners
    assert (len(corners.right_slow), len(corners.right_quick), len(corners.unknown)) == (1, 1, 1)
    assert corners.sentence.startswith("Right but slow, so work on the systems: Bookkeeping")
    assert review_view(many(), "posts").corners.is_of_one


def test_what_has_helped_and_what_is_missing_is_told() -> None:
    gain = Gain(
        routine="posts",
        revision=2,
        since=date(2026, 1, 5),
        saves=minutes(4),
        low=minutes(3),
        high=minutes(5),
        sentence="Shorter by 4:00 since revision 2.",
        how="By ranks.",
    )
    book = many().replaced(review=many().review.replaced(gains=(gain,)))
    titles = [section.title for section in review_view(book).sections]
    assert titles[:4] == ["The week", "What takes the week", "Phases", "Systems in several routines"]
    assert [row.text for row in review_view(book).sections[3].rows] == [
        "Bookkeeping of the week with everything that belongs to it · Weekly social posts"
    ]
    assert titles[4:] == ["Two systems for one step", "What has helped already", "What is missing"]
    assert "What has helped already" in [section.title for section in review_view(book, "posts").sections]
    assert "What has helped already" not in [section.title for section in review_view(book, "books").sections]


def test_what_has_made_the_runs_longer_stands_beside_the_week_and_leads_where_nothing_is_sure_to_save() -> None:
    loss = Loss(
        routine="posts",
        revision=None,
        since=date(2026, 1, 5),
        costs=minutes(4),
        low=minutes(3),
        high=minutes(5),
        sentence="Longer by 4:00.",
        how="By ranks.",
    )
    book = many().replaced(review=many().review.replaced(losses=(loss,)))
    assert [section.title for section in review_view(book).sections][:2] == ["The week", "What has made it longer"]
    assert review_view(book).best.startswith("Largest effect")
    unsure = book.replaced(review=book.review.replaced(levers=()))
    said = "takes 4m a week more since 2026-01-05; no change is shown to save time."
    assert review_view(unsure).best == f"Weekly social posts {said}"
    assert review_view(unsure, "posts").best == f"It {said}"
    assert "takes" not in review_view(unsure, "books").best


def test_where_not_every_week_is_alike_its_days_are_said_to_be_means() -> None:
    book = many()
    first = book.load.routines[0]
    days = (first.week, *[ZERO] * 6)

    def lead(a_week: float) -> str:
        load = book.load.replaced(routines=(first.replaced(a_week=a_week, by_day=days),))
        return next(one.lead for one in review_view(book.replaced(load=load)).sections if one.title == "The week")

    assert lead(0.5).endswith(" Each day is a mean over a year.")
    assert "mean" not in lead(2)


def test_what_is_said_of_several_routines_is_said_once_with_their_names() -> None:
    book = many()
    routines = [one.routine.id for one in book.ground.routines]
    missing = tuple(Missing(routine=one, kind="eliminate", sentence="No step was left out.") for one in routines)
    view = review_view(book.replaced(review=book.review.replaced(missing=missing)))
    (rows,) = (section.rows for section in view.sections if section.title == "What is missing")
    assert [row.text for row in rows] == ["No step was left out."]
    assert rows[0].name.count(", ") == min(5, len(routines)) - 1


def test_the_page_of_a_routine_says_where_it_is_on_its_path() -> None:
    assert review_view(many(), "posts").path == "Phase Testing: Note after each run what to change."
    assert review_view(many()).path == ""
    assert review_view(many(), "posts").sections[-1].lead == "Testing: Note after each run what to change."
    assert review_view(many().replaced(paths=None), "posts").path == ""


def test_the_page_of_all_names_the_routine_farthest_over_its_goal_with_what_to_change_first() -> None:
    book = many()
    far = review_view(book).farthest
    assert far is not None
    assert (far.against, far.first) == ("52m of 30m", "")  # practice alone, which is all there is, will not do
    tried = book.review.replaced(levers=tuple(one.replaced(kind="waiting") for one in book.review.levers))
    assert "waiting all steps" in str(review_view(book.replaced(review=tried)).farthest)
    assert far.name == "Bookkeeping of the week with everything that belongs to it"
    assert review_view(nothing()).farthest is None
    assert review_view(many(), "books").farthest is None


def test_the_page_of_all_says_how_far_each_has_come_those_to_be_moved_first() -> None:
    (phases,) = (one for one in review_view(many()).sections if one.title == "Phases")
    assert [(row.name, row.text) for row in phases.rows] == [
        ("Bookkeeping of the week with everything that belongs to it", "Implemented: Move back to Testing."),
        ("Calls", "Analysis: Write down the goal."),
        ("Weekly social posts", "Testing: Note after each run what to change."),
    ]
    (unread,) = (one for one in review_view(many().replaced(paths=None)).sections if one.title == "Phases")
    assert (unread.lead, unread.rows) == ("How far each routine has come is still being read.", ())


def test_the_load_names_the_key_that_takes_the_hours_where_there_are_none() -> None:
    assert review_view(many()).sections[0].lead.endswith("of the 2h00 you have a week, 26m left.")
    load = many().load.replaced(hours=None)
    assert (
        review_view(many().replaced(load=load)).sections[0].lead
        == "1h34 a week. Press H to say how many hours a week you have."
    )
    (fault,) = settings_of("/home/ana/config.toml", 'hours_a_week = "ten"')[1]
    assert review_view(many().replaced(load=load, faults=(fault,))).sections[0].lead == (
        f"1h34 a week. {fault.in_brief}. Press H to say how many hours a week you have."
    )


def test_what_takes_the_week_says_which_runs_it_rests_on() -> None:
    assert review_view(many()).sections[1].lead == f"{RESTS_ON}."


def test_without_runs_it_says_what_is_needed() -> None:
    assert review_view(nothing()).best == "No routine yet: n on This week (1) begins one."
    assert review_view(one_run()).best == "Nothing can be said before a routine has 6 finished runs."
    assert review_view(one_run(), "calls").best == "Nothing can be said before it has 6 finished runs."


def test_a_routine_that_is_gone_has_no_page() -> None:
    with pytest.raises(NotFound):
        review_view(many(), "gone")


def test_a_wait_of_days_is_told_in_days_and_not_added_to_work() -> None:
    (*_, lever) = many().review.levers
    days = minutes(3 * 24 * 60)

    def said(at_stake: timedelta) -> str:
        levers = (lever.replaced(lead=days, at_stake=at_stake),)
        return review_view(many().replaced(review=many().review.replaced(levers=levers))).levers[0].saves

    assert (said(timedelta()), said(minutes(22))) == ("wait 3d", "of 22m")


def test_runs_without_a_file_are_told_among_what_is_missing() -> None:
    unread = (Unread(routine="ghost", runs=1, has_file=False),)
    book = book_of(many().ground.replaced(unread=unread))
    row = review_view(book).sections[-1].rows[-1]
    assert (row.name, row.text[:44]) == ("ghost", "It has 1 run, but no file in the routines fo")
    assert "ghost" not in [row.name for row in review_view(book, "posts").sections[-1].rows]
