from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest

from procroutine.errors import BadInput, DoesNotFit, NotFound, UserError
from procroutine.improvement import change
from procroutine.improvement.change import Change
from procroutine.improvement.change_text import FewestAlready, order_with_fewest_switches, read_change
from procroutine.improvement.draft import Draft
from procroutine.improvement.draft_remarks import remarks_on
from procroutine.improvement.stepping import merged_with_next, moved_by
from procroutine.insight.flow import switches
from procroutine.routine.model import Routine, Step, System

MINUTE = timedelta(minutes=1)


def step(name: str, *systems: str, planned: int = 5, after: tuple[str, ...] = (), **more: object) -> Step:
    fields: dict[str, object] = {"title": name.title(), "person": "Ana", **more}
    return Step(id=name, systems=systems, planned=planned * MINUTE, after=after, **fields)  # type: ignore[arg-type]  # whatever a test names


ROUTINE = Routine(
    id="posts",
    name="Posts",
    steps=(
        step("gather", "web"),
        step("write", "docs", after=("gather",), instructions="Write.", checklist=("seven",)),
        step("approve", "mail", after=("write",), person="Bo", wait=timedelta(hours=3)),
        step("post", "feed", after=("approve",)),
        step("check", "feed", after=("post",), instructions="Look."),
    ),
    systems={name: System(id=name, name=name.upper()) for name in ("web", "docs", "mail", "feed")},
    goal=20 * MINUTE,
)


def with_changes(*changes: Change) -> Draft:
    return Draft.of(ROUTINE, changes)


def ids(draft: Draft) -> list[str]:
    return [one.step.id for one in draft.steps]


def the(draft: Draft, name: str) -> Step:
    return draft.steps[draft.place(name)].step


def test_a_draft_without_changes_is_the_routine() -> None:
    assert with_changes().as_routine() == ROUTINE


def test_a_dropped_step_leaves_its_place_in_the_order_to_what_it_came_after() -> None:
    draft = with_changes(change.drop("approve"))
    assert ids(draft) == ["gather", "write", "post", "check"]
    assert the(draft, "post").after == ("write",)
    assert list(remarks_on(draft)) == ["'Post' came after 'Approve': is there still what is needed?"]


def test_nothing_is_asked_about_a_step_that_is_dropped_as_well() -> None:
    for order in (("approve", "post"), ("post", "approve")):
        draft = with_changes(*map(change.drop, order))
        assert [one.partition(":")[0] for one in remarks_on(draft)] == ["'Check' came after 'Post'"]
    merged = with_changes(change.drop("approve"), change.merge("post", "check"))
    assert list(remarks_on(merged)) == ["'Post, Check' came after 'Approve': is there still what is needed?"]


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ([change.drop("b/x")], True),
        ([change.merge("a", "b/x")], True),
        ([change.with_person("b/y", "Bo")], True),
        ([change.move("a", "b/x")], True),
        ([change.move("b/x", "b/y")], True),
        ([change.move("a", "b/y")], False),
        ([change.drop("a")], False),
        ([change.drop("b/x"), change.drop("b/y")], False),
    ],
)
def test_it_is_told_when_steps_of_a_used_routine_are_changed(changes: list[Change], is_told: bool) -> None:
    used = ROUTINE.replaced(steps=(step("a"), step("b/x"), step("b/y"), step("c")))
    said = ["'B/X' stands in the file of a routine that is used here: its changes can be tried, not kept"]
    assert list(remarks_on(Draft.of(used, changes))) == said * is_told


def test_steps_are_moved_behind_others_and_to_the_front() -> None:
    free = ROUTINE.replaced(steps=tuple(one.replaced(after=()) for one in ROUTINE.steps))
    assert ids(Draft.of(free, [change.move("gather", "post")])) == ["write", "approve", "post", "gather", "check"]
    assert ids(Draft.of(free, [change.move("check", None)])) == ["check", "gather", "write", "approve", "post"]


def test_merged_steps_take_what_both_had() -> None:
    draft = with_changes(change.merge("check", "post"))
    made = the(draft, "post")
    assert ids(draft)[-1] == "post"
    assert (made.title, made.planned, made.systems) == ("Post, Check", 10 * MINUTE, ("feed",))
    assert (made.after, made.instructions) == (("approve",), "Look.")
    assert draft.steps[-1].made_of == ("post", "check")


def test_what_came_after_a_merged_step_comes_after_the_one_made_of_it() -> None:
    draft = with_changes(change.merge("gather", "write"))
    assert the(draft, "approve").after == ("gather",)
    assert the(draft, "gather").after == ()


def test_merging_the_work_of_two_persons_is_remarked() -> None:
    assert "Ana would do 'Approve' as well" in with_changes(change.merge("write", "approve")).remarks[0]


def test_a_split_step_becomes_equal_parts_one_after_the_other() -> None:
    draft = with_changes(change.split("write", "Draft it", "Polish it"))
    assert ids(draft) == ["gather", "draft-it", "polish-it", "approve", "post", "check"]
    assert [one.share for one in draft.steps[1:3]] == [Fraction(1, 2)] * 2
    assert the(draft, "polish-it").after == ("draft-it",)
    assert the(draft, "approve").after == ("polish-it",)
    assert (the(draft, "draft-it").planned, the(draft, "draft-it").checklist) == (2.5 * MINUTE, ("seven",))


def test_steps_get_other_systems_persons_and_planned_times() -> None:
    draft = with_changes(
        change.with_systems("approve", "docs", "pager"),
        change.with_person("approve", "Ana"),
        change.plan("post", MINUTE),
    )
    assert (the(draft, "approve").systems, the(draft, "approve").person) == (("docs", "pager"), "Ana")
    assert draft.as_routine().systems["pager"] == System(id="pager", name="pager")
    assert the(draft, "post").planned == MINUTE
    assert draft.steps[3].is_planned


def test_taking_the_last_change_back_gives_the_draft_before_it() -> None:
    one = with_changes(change.drop("check"))
    assert one.changed(change.prepare("gather")).without_last() == one
    assert with_changes().without_last() == with_changes()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([change.drop("aprove")], "there is no step 'aprove': did you mean 'approve'?"),
        ([change.move("post", None)], "'Post' must come after 'Approve': leave 'Approve' before it"),
        ([change.move("write", "write")], "'Write' cannot come behind itself"),
        ([change.move("write", "gather")], "'Write' stands behind 'Gather' already"),
        ([change.move("gather", None)], "'Gather' stands at the front already"),
        ([change.merge("write", "post")], "'Write' and 'Post' are not neighbours: move 'Post' behind 'Write' first"),
        ([change.merge("write", "write")], "'Write' cannot be merged with itself"),
        ([change.prepare("gather"), change.merge("gather", "write")], "only 'Gather' is done before the run"),
        ([change.prepare("write")], "'Write' must come after 'Gather': prepare 'Gather' first"),
        ([change.prepare("gather"), change.prepare("gather")], "'Gather' is done before the run already"),
        ([change.split("write", "All of it")], "a step is split into at least two parts"),
        ([change.split("write", "One", " ")], "a step is split into at least two parts"),
        ([change.split("write", "One", "x" * 201)], "a title has more than 200 characters"),
        ([change.with_systems("write", "DOCS")], "'Write' is done with that already"),
        ([change.with_person("write", "Ana")], "Ana does 'Write' already"),
        ([change.with_person("write", " ")], "the person has no name"),
        ([change.with_person("write", "\udcff")], "the text has broken characters"),
        ([change.with_systems("write", "\udcff")], "the text has broken characters"),
        ([change.split("write", "One", "\udcff")], "the text has broken characters"),
        ([change.drop("check"), change.drop("check")], "'Check' is no step of its own any more"),
        ([change.reorder("gather", "write")], "the order does not name every step once"),
        ([*map(change.drop, ("check", "post", "approve", "write", "gather"))], "no step would be left"),
    ],
)
def test_a_change_that_cannot_be_made_is_refused_with_what_to_do(changes: list[Change], said: str) -> None:
    with pytest.raises(UserError) as refused:
        with_changes(*changes)
    assert str(refused.value).startswith(said)
    assert refused.value.remedy


def test_steps_are_named_by_what_tells_them_apart() -> None:
    steps = (step("one").replaced(title="Count"), step("two").replaced(title="Count"), step("three"))
    seen, typed = (Draft.of(ROUTINE.replaced(steps=steps), with_ids=with_ids) for with_ids in (False, True))
    assert [seen.called(one.id) for one in steps] == ["'Count' (step 1)", "'Count' (step 2)", "'Three'"]
    assert [typed.called(one.id) for one in steps] == ["'Count' (one)", "'Count' (two)", "'Three'"]
    assert typed.changed(change.drop("one")).without_last() == typed


def test_a_step_that_takes_turns_may_stay_with_the_system_it_names() -> None:
    turns = ROUTINE.steps[3].replaced(alternatives=("feed", "mail"))
    routine = ROUTINE.replaced(steps=(*ROUTINE.steps[:3], turns, *ROUTINE.steps[4:]))
    draft = Draft.of(routine, [change.with_systems("post", "feed")])
    assert (the(draft, "post").systems, the(draft, "post").alternatives) == (("feed",), ())
    with pytest.raises(DoesNotFit, match="is done with that already"):
        draft.changed(change.with_systems("post", "feed"))


def test_an_order_that_is_broken_already_stands_in_nobodys_way() -> None:
    broken = ROUTINE.replaced(steps=(ROUTINE.steps[1], ROUTINE.steps[0], *ROUTINE.steps[2:]))
    assert ids(Draft.of(broken, [change.drop("check")])) == ["write", "gather", "approve", "post"]


@pytest.mark.parametrize(
    ("kind", "text", "made"),
    [
        ("drop", "Approve", change.drop("approve")),
        ("drop", "3", change.drop("approve")),
        ("move", "check:approve", change.move("check", "approve")),
        ("move", "gather:", change.move("gather", None)),
        ("merge", "post,check", change.merge("post", "check")),
        ("split", "write=Draft it,Polish it", change.split("write", "Draft it", "Polish it")),
        ("prepare", "gather", change.prepare("gather")),
        ("set", "write=5m", change.plan("write", 5 * MINUTE)),
        ("system", "write=docs,feed", change.with_systems("write", "docs", "feed")),
        ("system", "write=", change.with_systems("write")),
        ("person", "write=Bo", change.with_person("write", "Bo")),
        ("order", "1,check,Post", change.reorder("gather", "check", "post")),
        ("drop", " approve ", change.drop("approve")),
        ("move", " check : approve ", change.move("check", "approve")),
        ("merge", "post, check", change.merge("post", "check")),
        ("order", "1, check , Post", change.reorder("gather", "check", "post")),
        ("split", "write = Draft it , Polish it", change.split("write", "Draft it", "Polish it")),
        ("set", " write = 5m ", change.plan("write", 5 * MINUTE)),
        ("system", "write = DOCS, feed", change.with_systems("write", "docs", "feed")),
        ("system", "write= ", change.with_systems("write")),
        ("system", "write=pager", change.with_systems("write", "pager")),
        ("system", "write=+doc, mail", change.with_systems("write", "doc", "mail")),
        ("person", "write = Bo", change.with_person("write", "Bo")),
    ],
)
def test_changes_are_read_as_they_are_typed(kind: str, text: str, made: Change) -> None:
    assert read_change(Draft.of(ROUTINE), kind, text) == made


@pytest.mark.parametrize(
    ("kind", "text", "error"),
    [
        ("move", "write", BadInput),
        ("merge", "write", BadInput),
        ("set", "write", BadInput),
        ("set", "write=5", BadInput),
        ("drop", "aprove", NotFound),
        ("merge", "gather,write,post", BadInput),
        ("system", "write=doc", NotFound),
        ("system", "write=docs,,feed", BadInput),
        ("drop", "6", NotFound),
    ],
)
def test_what_cannot_be_read_is_refused(kind: str, text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        read_change(Draft.of(ROUTINE), kind, text)


def test_an_id_may_have_the_mark_in_it() -> None:
    odd = Draft.of(ROUTINE.replaced(steps=(step("a:b"), step("c"), step("d"))))
    assert read_change(odd, "move", "a:b:d") == change.move("a:b", "d")
    equal = Draft.of(ROUTINE.replaced(steps=(step("a=b"), step("c"))))
    assert read_change(equal, "person", "a=b=Bo") == change.with_person("a=b", "Bo")


def test_a_name_may_have_a_comma_in_it() -> None:
    kettle = {"k": System(id="k", name="Kettle, electric"), "p": System(id="p", name="Pot")}
    steps = (step("a").replaced(title="Cups, plates"), step("b"), step("c"))
    draft = Draft.of(ROUTINE.replaced(steps=steps, systems=kettle))
    assert read_change(draft, "system", "b=Kettle, electric, Pot").texts == ("k", "p")
    assert read_change(draft, "system", "b=Pot,kettle, electric").texts == ("p", "k")
    assert read_change(draft, "order", "c, cups, plates,b").steps == ("c", "a", "b")
    assert read_change(draft, "merge", "Cups, plates, b").steps == ("a", "b")


def test_a_new_system_that_is_near_a_known_one_is_asked_for_with_a_plus() -> None:
    with pytest.raises(NotFound, match=r"there is no system 'doc': did you mean 'docs'\? write \+doc for a new one"):
        read_change(Draft.of(ROUTINE), "system", "write=doc")


def test_systems_are_called_by_their_names() -> None:
    draft = with_changes(change.with_systems("approve", "docs", "pager"))
    assert list(draft.in_words()) == ["do 'Approve' with DOCS and pager"]


def test_a_change_is_told_with_the_title_that_its_step_had_by_then() -> None:
    draft = with_changes(change.merge("gather", "write"), change.plan("gather", 4 * MINUTE), change.drop("gather"))
    told = ["merge 'Gather' and 'Write'", "suppose 4:00 for 'Gather, Write'", "drop 'Gather, Write'"]
    assert list(draft.in_words()) == told


def test_a_step_of_a_used_routine_is_named_by_the_end_of_its_id_where_no_other_has_it() -> None:
    draft = Draft.of(ROUTINE.replaced(steps=(step("send/find"), step("send/tell"), step("ask/tell"), step("remind"))))
    assert read_change(draft, "drop", "find").steps == ("send/find",)
    with pytest.raises(NotFound):
        read_change(draft, "drop", "tell")


def test_the_order_with_the_fewest_switches_is_one_change() -> None:
    toggling = ROUTINE.replaced(
        steps=tuple(step(f"{name}{day}", name) for day in range(2) for name in ("docs", "feed"))
    )
    draft = Draft.of(toggling)
    order = order_with_fewest_switches(draft)
    assert ids(draft.changed(order)) == ["docs0", "docs1", "feed0", "feed1"]
    with pytest.raises(DoesNotFit, match="no order of these steps that their after allows has fewer switches"):
        draft.changed(order).changed(order_with_fewest_switches(draft.changed(order)))


def test_the_order_with_the_fewest_switches_knows_what_a_merged_step_is_done_with_one_behind_the_other() -> None:
    """Mail, mail with docs, feed, docs: what is merged ends with docs, and begins with mail."""
    steps = (
        step("boss", "feed"),
        step("read", "mail"),
        step("price", "docs"),
        step("ask", "mail"),
        step("log", "docs"),
    )
    draft = Draft.of(ROUTINE.replaced(steps=steps), [change.merge("read", "price")])
    made = draft.changed(order_with_fewest_switches(draft))
    assert switches(part for one in made.steps for part in one.done_as) == 2
    with pytest.raises(FewestAlready):
        order_with_fewest_switches(made)


def test_keys_move_a_step_place_by_place_as_one_change() -> None:
    free = Draft.of(ROUTINE.replaced(steps=tuple(one.replaced(after=()) for one in ROUTINE.steps)))
    twice = moved_by(moved_by(free, "gather", 1), "gather", 1)
    assert ids(twice) == ["write", "approve", "gather", "post", "check"]
    assert twice.changes == (change.move("gather", "approve"),)
    assert moved_by(moved_by(twice, "gather", -1), "gather", -1) == free
    assert moved_by(free, "write", -1).changes == (change.move("write", None),)
    assert len(moved_by(twice, "check", -1).changes) == 2


@pytest.mark.parametrize(
    ("step", "by", "said"),
    [
        ("gather", -1, "'Gather' stands at the front already"),
        ("check", 1, "'Check' stands at the end already"),
        ("write", -1, "'Write' must come after 'Gather'"),
    ],
)
def test_keys_move_no_step_beyond_what_it_must_come_after(step: str, by: int, said: str) -> None:
    with pytest.raises(DoesNotFit, match=said):
        moved_by(Draft.of(ROUTINE), step, by)


def test_a_key_merges_a_step_with_the_next() -> None:
    assert merged_with_next(Draft.of(ROUTINE), "post").changes == (change.merge("post", "check"),)
    with pytest.raises(DoesNotFit, match="no step stands behind 'Check'"):
        merged_with_next(Draft.of(ROUTINE), "check")


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (change.drop("a"), "drop A"),
        (change.move("a", "b"), "move A behind B"),
        (change.move("a", None), "move A to the front"),
        (change.merge("a", "b"), "merge A and B"),
        (change.split("a", "One", "Two"), "split A into 'One' and 'Two'"),
        (change.prepare("a"), "prepare A before the run"),
        (change.plan("a", 90 * MINUTE / 60), "suppose 1:30 for A"),
        (change.with_systems("a", "docs", "feed"), "do A with docs and feed"),
        (change.with_systems("a"), "do A with no system"),
        (change.with_person("a", "Bo"), "let Bo do A"),
        (change.reorder(*"abcdefgh"), "put the steps in the order A, B, C, D, E, F, …"),
        (
            change.reorder("a", "b", why="with the fewest switches"),
            "put the steps in the order with the fewest switches",
        ),
    ],
)
def test_each_change_is_said_in_words(made: Change, words: str) -> None:
    assert made.in_words(str.upper) == words
