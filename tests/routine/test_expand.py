import time

import pytest

from procroutine.routine.expand import expand_all
from procroutine.routine.model import Bell, Problem, Routine, System
from procroutine.routine.parse import parse_routine


def expand(**texts: str) -> tuple[dict[str, Routine], dict[str, tuple[Problem, ...]]]:
    """Expand routines by id; each text stands below a line that names the routine."""
    drafts, sound = {}, set()
    for routine_id, text in texts.items():
        draft, problems = parse_routine(f'name = "{routine_id}"\n{text}', f"{routine_id}.toml", routine_id)
        assert draft is not None
        drafts[routine_id] = draft
        if not problems:
            sound.add(routine_id)
    return expand_all(drafts, frozenset(sound))


def expanded(**texts: str) -> Routine:
    routines, problems = expand(**texts)
    assert problems == {}
    return routines["main"]


def step(title: str, *lines: str) -> str:
    return "\n".join(["[[steps]]", f'title = "{title}"', *lines, ""])


def use(routine_id: str, *lines: str) -> str:
    return "\n".join(["[[steps]]", f'use = "{routine_id}"', *lines, ""])


LINKS = step("Open") + step("Copy", 'after = ["open"]')


def test_steps_of_the_used_routine_stand_where_it_is_used() -> None:
    routine = expanded(main=step("First") + use("links") + step("Last"), links=LINKS)
    assert [made.id for made in routine.steps] == ["first", "links/open", "links/copy", "last"]
    assert [made.title for made in routine.steps] == ["First", "Open", "Copy", "Last"]
    assert routine.sources == ("main.toml", "links.toml")


def test_a_routine_used_twice_is_told_apart_by_the_ids_of_the_using_steps() -> None:
    routine = expanded(main=use("links", 'id = "one"') + use("links") + use("links"), links=step("Open"))
    assert [made.id for made in routine.steps] == ["one/open", "links/open", "links-2/open"]


def test_uses_within_uses_put_one_name_before_the_other() -> None:
    routine = expanded(main=use("outer"), outer=use("links") + step("End"), links=LINKS)
    assert [made.id for made in routine.steps] == ["outer/links/open", "outer/links/copy", "outer/end"]
    assert routine.steps[1].after == ("outer/links/open",)
    assert routine.sources == ("main.toml", "outer.toml", "links.toml")


def test_after_a_using_step_is_after_the_last_of_its_steps() -> None:
    routine = expanded(main=use("links") + step("End", 'after = ["links"]'), links=LINKS)
    assert routine.steps[-1].after == ("links/copy",)


def test_the_after_of_a_using_step_holds_for_those_of_its_steps_that_begin() -> None:
    routine = expanded(main=step("First") + use("links", 'after = ["first"]'), links=LINKS)
    assert [made.after for made in routine.steps] == [(), ("first",), ("links/open",)]


def test_after_may_name_a_step_inside_a_used_routine() -> None:
    routine = expanded(main=use("links") + step("End", 'after = ["links/open"]'), links=LINKS)
    assert routine.steps[-1].after == ("links/open",)
    _, problems = expand(main=use("links") + step("End", 'after = ["links/opne"]'), links=LINKS)
    (problem,) = problems["main"]
    assert (problem.line, problem.key) == (6, "after")
    assert '"links/open"' in problem.remedy


def test_what_the_using_step_asks_for_holds_where_the_used_one_says_nothing() -> None:
    asked = ('section = "Links"', "optional = true", "prepare = true", 'bell = "half"', 'wait = "1d"', 'person = "Cy"')
    child = step("Open", 'section = "Own"', 'bell = "never"', 'person = "Di"', 'wait = "2d"') + step("Copy")
    opened, copied = expanded(main=use("links", *asked), links=child).steps
    assert (opened.section, opened.bell, opened.person, opened.optional) == ("Own", Bell.NEVER, "Di", True)
    assert (copied.section, copied.bell, copied.person, copied.prepare) == ("Links", Bell.HALF, "Cy", True)
    assert opened.wait is not None
    assert copied.wait is not None
    assert opened.wait == 2 * copied.wait


def test_a_step_belongs_to_the_owner_of_the_nearest_routine_that_has_one() -> None:
    main = 'owner = "Main"\n' + step("Own") + use("owned") + use("free")
    owned = 'owner = "Child"\n' + step("A") + step("B", 'person = "Di"')
    routine = expanded(main=main, owned=owned, free=step("C"))
    assert [made.person for made in routine.steps] == ["Main", "Child", "Di", "Main"]


def test_systems_are_made_of_every_id_and_shared_where_they_agree() -> None:
    main = '[systems.docs]\nname = "Docs"\n' + step("Own", 'systems = ["mail"]') + use("links")
    links = '[systems.mail]\nurl = "https://m.example"\n' + step("A", 'systems = ["docs", "mail"]')
    routine = expanded(main=main, links=links)
    assert routine.systems == {
        "docs": System(id="docs", name="Docs"),
        "mail": System(id="mail", name="mail", url="https://m.example"),
    }
    assert routine.steps[1].systems == ("docs", "mail")


def test_systems_that_differ_are_kept_apart() -> None:
    main = '[systems.mail]\nname = "Ours"\n' + step("Own", 'systems = ["mail"]') + use("links")
    links = '[systems.mail]\nname = "Theirs"\n' + step("A", 'systems = ["mail"]', 'alternatives = ["mail", "x"]')
    routine = expanded(main=main, links=links)
    assert routine.steps[0].systems == ("mail",)
    assert routine.steps[1].systems == ("links/mail",)
    assert routine.steps[1].alternatives == ("links/mail", "x")
    assert routine.systems["links/mail"] == System(id="links/mail", name="Theirs")


def test_every_system_and_every_step_that_is_named_exists() -> None:
    routine = expanded(
        main=use("b") + use("c", 'after = ["b"]'), b=use("d") + step("E", 'systems = ["k"]'), c=use("d"), d=LINKS
    )
    ids = [made.id for made in routine.steps]
    assert len(set(ids)) == len(ids)
    assert all(name in ids for made in routine.steps for name in made.after)
    assert all(name in routine.systems for made in routine.steps for name in made.systems)


def test_an_unknown_target_is_told_with_the_nearest() -> None:
    _, problems = expand(main=step("A") + use("lnks"), links=LINKS)
    assert problems == {
        "main": (
            Problem(
                file="main.toml",
                line=5,
                key="use",
                problem="there is no routine 'lnks' to use",
                remedy='write use = "links"',
            ),
        )
    }


def test_a_circle_is_told_of_every_routine_on_it_and_of_no_other() -> None:
    routines, problems = expand(
        a=use("b"), b=step("B") + use("c"), c=use("a"), self=use("self"), free=step("F"), above=use("a")
    )
    assert {name: [problem.problem for problem in found] for name, found in problems.items()} == {
        "a": ["use goes round in a circle: a → b → c → a"],
        "b": ["use goes round in a circle: b → c → a → b"],
        "c": ["use goes round in a circle: c → a → b → c"],
        "self": ["use goes round in a circle: self → self"],
        "above": ["the routine 'a' has problems of its own"],
    }
    assert problems["b"][0].line == 5
    assert list(routines) == ["free"]


def test_a_circle_is_told_also_of_routines_with_other_problems() -> None:
    _, problems = expand(a="goal = 1\n" + use("b"), b=use("a"))
    assert set(problems) == {"a", "b"}


def test_a_broken_routine_breaks_those_that_use_it() -> None:
    routines, problems = expand(main=use("links"), links="goal = 1\n" + LINKS)
    assert routines == {}
    assert problems["main"][0].remedy == "put links.toml right first"


def chain(length: int) -> dict[str, str]:
    """Give routines r0 to r`length`, each using the next."""
    return {f"r{n}": use(f"r{n + 1}") for n in range(length)} | {f"r{length}": step("End")}


def test_eight_levels_of_use_are_allowed_and_nine_are_not() -> None:
    routines, problems = expand(**chain(8))
    assert problems == {}
    assert len(routines["r0"].steps) == 1
    _, problems = expand(**chain(9))
    assert list(problems) == ["r0"]
    assert "8 levels" in problems["r0"][0].problem


def test_64_files_are_allowed_and_65_are_not() -> None:
    parts = {f"p{n}": step("S") for n in range(64)}
    _, problems = expand(main="".join(use(f"p{n}") for n in range(63)), **parts)
    assert problems == {}
    _, problems = expand(main="".join(use(f"p{n}") for n in range(64)), **parts)
    assert "64 files" in problems["main"][0].problem


@pytest.mark.parametrize(("extra", "fits"), [(0, True), (1, False)])
def test_500_steps_are_allowed_with_those_of_used_routines(extra: int, fits: bool) -> None:
    hundred = "".join(step(f"s{n}") for n in range(100))
    _, problems = expand(main=use("h") * 5 + step("End") * extra, h=hundred)
    assert (problems == {}) == fits
    assert fits or "500 steps" in problems["main"][0].problem


def test_uses_that_multiply_are_stopped_at_once() -> None:
    texts = {f"r{n}": use(f"r{n + 1}") * 30 for n in range(30)} | {"r30": step("End")}
    before = time.process_time()
    _, problems = expand(**texts)
    assert time.process_time() - before < 1
    assert "500 steps" in problems["r28"][0].problem
    assert "r29" not in problems
