import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.routine.draft import Draft
from procroutine.routine.model import Bell, GoalPer, Phase, Problem, System
from procroutine.routine.parse import parse_bytes, parse_routine

CONTRACT = '''\
format = 1
name = "Weekly social posts"
purpose = "Keep the feeds alive, with pictures"
goal = "1h"                      # duration to stay at or under
goal_per = "week"
phase = "design"
schedule = "weekly on Monday at 09:00"
input = "This week's article and its pictures"
output = "Seven scheduled posts with pictures"
owner = "Ana"
tags = ["marketing"]
review_every = "90d"
analysis = """Markdown: what is known, what gets in the way."""
previous_ids = ["old"]

[systems.scheduler]
name = "Scheduler"
url = "https://example.org/schedule"
notes = "Refuses duplicates"

[[steps]]
id = "gather"
title = "Gather"

[[steps]]
id = "write"
title = "Write the week's posts"
planned = "20m"
systems = ["docs"]
person = "Ben"
instructions = """Markdown, as in a training manual."""
checklist = ["one picture each", "link shortened"]
after = ["gather"]
optional = false
prepare = true
wait = "1d"
section = "Content"
bell = "over"
alternatives = ["scheduler", "queue"]

[[steps]]
use = "shorten-links"
'''
LEAST = 'name = "x"\n[[steps]]\ntitle = "a"\n'


def read(text: str) -> Draft:
    draft, problems = parse_routine(text, "x.toml", "x")
    assert problems == ()
    assert draft is not None
    return draft


def problems_of(text: str) -> tuple[Problem, ...]:
    return parse_routine(text, "x.toml", "x")[1]


def only_problem(text: str) -> Problem:
    (problem,) = problems_of(text)
    return problem


def test_every_key_of_the_contract_is_read_and_kept() -> None:
    draft = read(CONTRACT)
    routine = draft.routine
    assert (routine.id, routine.name, routine.owner, routine.tags) == (
        "x",
        "Weekly social posts",
        "Ana",
        ("marketing",),
    )
    assert (routine.goal, routine.goal_per, routine.phase) == (timedelta(hours=1), GoalPer.WEEK, Phase.DESIGN)
    assert routine.schedule is not None
    assert routine.schedule.text == "weekly on Monday at 09:00"
    assert (routine.review_every, routine.previous_ids) == (timedelta(days=90), ("old",))
    assert routine.analysis == "Markdown: what is known, what gets in the way."
    assert (routine.input, routine.output) == (
        "This week's article and its pictures",
        "Seven scheduled posts with pictures",
    )
    assert routine.systems == {
        "scheduler": System(
            id="scheduler", name="Scheduler", url="https://example.org/schedule", notes="Refuses duplicates"
        )
    }
    step = draft.steps[1].step
    assert (step.id, step.title, step.planned) == ("write", "Write the week's posts", timedelta(minutes=20))
    assert (step.systems, step.alternatives, step.after) == (("docs",), ("scheduler", "queue"), ("gather",))
    assert (step.person, step.section, step.bell, step.wait) == ("Ben", "Content", Bell.OVER, timedelta(days=1))
    assert (step.optional, step.prepare, step.checklist) == (False, True, ("one picture each", "link shortened"))
    assert draft.uses == ("shorten-links",)


def test_a_name_and_one_title_are_enough() -> None:
    draft = read(LEAST)
    assert draft.routine.goal is None
    assert draft.routine.phase is Phase.TESTING
    assert draft.steps[0].step.id == "a"


def test_all_problems_come_together_from_the_top_down() -> None:
    problems = problems_of(
        'nmae = "x"\ngoal = 60\nphase = "testin"\ntags = "a"\n[[steps]]\ntitel = "a"\nplanned = "1k"\nafter = ["z"]\n'
    )
    assert [(problem.line, problem.key) for problem in problems] == [
        (1, "name"),
        (1, "nmae"),
        (2, "goal"),
        (3, "phase"),
        (4, "tags"),
        (5, "title"),
        (6, "titel"),
        (7, "planned"),
        (8, "after"),
    ]
    assert {problem.file for problem in problems} == {"x.toml"}
    assert all(problem.problem and problem.remedy for problem in problems)


@pytest.mark.parametrize(
    ("text", "line", "key", "remedy"),
    [
        ('nmae = "y"\n' + LEAST, 1, "nmae", "write name"),
        (LEAST + 'planed = "1m"', 4, "planed", "write planned"),
        (LEAST + '[systems.a]\nurll = "x"', 5, "urll", "write url"),
        (LEAST + 'owner = "Ana"', 4, "owner", "above the first line"),
        (LEAST + '\n[sytems.x]\nname = "X"', 5, "sytems", "write systems"),
        (LEAST + '\n\n[[step]]\ntitle = "b"', 6, "step", "write steps"),
        ('name = "x"\nsteps = [\n {title = "a"},\n {title = "b", plannd = "1m"},\n]', 4, "plannd", "write planned"),
        ('name = "x"\nsteps = [\n {title = "a"},\n {planned = "1m"},\n]', 4, "title", "write title"),
        ("goal = 60\n" + LEAST, 1, "goal", 'goal = "60m"'),
        ("goal = 00:20:00\n" + LEAST, 1, "goal", '"0:20:00"'),
        ('goal = "60"\n' + LEAST, 1, "goal", "60m or 60s"),
        ('goal_per = "weak"\n' + LEAST, 1, "goal_per", '"week"'),
        ('phase = "?"\n' + LEAST, 1, "phase", "analysis, brainstorm, design, testing, implemented"),
        ('schedule = "whenever"\n' + LEAST, 1, "schedule", ""),
        ("format = 2\n" + LEAST, 1, "format", "newer procroutine"),
        ("format = 0\n" + LEAST, 1, "format", "format = 1"),
        ("format = true\n" + LEAST, 1, "format", "format = 1"),
        ("purpose = 1\n" + LEAST, 1, "purpose", "in quotes"),
        ("tags = 'a'\n" + LEAST, 1, "tags", 'tags = ["a"]'),
        ("tags = [1]\n" + LEAST, 1, "tags", "tags = ["),
        ("tags = ['']\n" + LEAST, 1, "tags", "take it out"),
        ("systems = ['a']\n" + LEAST, 1, "systems", "[systems.mail]"),
        (LEAST + "[systems]\na = 1", 5, "a", "[systems.a]"),
        (LEAST + "[systems.'a/b']", 4, None, "[systems.mail]"),
        (LEAST + 'optional = "yes"', 4, "optional", "optional = true"),
        (LEAST + 'bell = "ovr"', 4, "bell", '"over"'),
        (LEAST + 'wait = "11000d"', 4, "wait", "ten years"),
        (LEAST + 'planned = "1d"', 4, "planned", "20m"),
        (LEAST + 'id = "a/b"', 4, "id", 'id = "a-b"'),
        (LEAST + 'id = ""', 4, "id", "take the line out"),
        (LEAST + f'id = "{"i" * 201}"', 4, "id", "shorter"),
        (LEAST + 'after = ["b"]\n[[steps]]\ntitle = "bb"', 4, "after", '"bb"'),
        (LEAST + 'after = ["a"]', 4, "after", "take one"),
        (LEAST + 'use = "b"', 4, "use", "keep one"),
        ('name = "x"\n[[steps]]\nplanned = "1m"', 2, "title", "use ="),
        ('name = "x"\n[[steps]]\ntitle = " "', 3, "title", "use ="),
        ('name = "x"\n[[steps]]\nuse = "b"\nplanned = "1m"', 4, "planned", "b.toml"),
        ('name = "x"\n[steps]\ntitle = "a"', 2, "steps", "two brackets"),
        ('name = "x"\nsteps = []', 2, "steps", "[[steps]]"),
        ('name = "x"\nsteps = [1]', 2, "steps", "two brackets"),
        ('name = "x"\n', 1, "steps", "[[steps]]"),
        ("name = 1\n[[steps]]\ntitle = 'a'", 1, "name", "in quotes"),
        ("[[steps]]\ntitle = 'a'", 1, "name", "name ="),
        ('previous_ids = ["x"]\n' + LEAST, 1, "previous_ids", "take"),
        (f"purpose = '{'p' * 65_537}'\n" + LEAST, 1, "purpose", "shorter"),
        (f"tags = ['{'p' * 65_537}']\n" + LEAST, 1, "tags", "shorter"),
        ('name = "x"\n' + "[[steps]]\ntitle = 'a'\n" * 501, 1002, "steps", "500"),
        (LEAST + "[[steps]]\nid = 'q'\ntitle = 'b'\n[[steps]]\nid = 'q'\ntitle = 'c'", 8, "id", "own id"),
    ],
    ids=lambda value: str(value)[-30:],
)
def test_each_mistake_is_told_with_line_key_and_remedy(text: str, line: int, key: str | None, remedy: str) -> None:
    problem = only_problem(text)
    assert (problem.line, problem.key) == (line, key)
    assert remedy in problem.remedy


def test_steps_that_wait_for_each_other_are_named_once_with_the_way_round() -> None:
    text = 'name = "x"\n' + "".join(
        f'[[steps]]\ntitle = "{name}"\nafter = ["{after}"]\n' for name, after in ("ab", "bc", "ca", "da")
    )
    problem = only_problem(text)
    assert problem.line == 4
    assert "a → b → c → a" in problem.problem


def test_ids_are_made_from_titles_and_step_aside_for_written_ones() -> None:
    draft = read(
        'name = "x"\n'
        + "".join(f"[[steps]]\n{line}\n" for line in ('title = "Write!"', 'title = "write"', 'use = "links"'))
        + '[[steps]]\ntitle = "other"\nid = "write-2"\n[[steps]]\ntitle = "Größe & Maß"\n[[steps]]\ntitle = "???"\n'
        + '[[steps]]\nuse = "links"\n'
    )
    assert [step.step.id for step in draft.steps] == [
        "write",
        "write-3",
        "links",
        "write-2",
        "größe-maß",
        "step",
        "links-2",
    ]


def test_the_name_of_a_broken_file_is_still_known() -> None:
    draft, problems = parse_routine('name = "Posts"\ngoal = 1\n', "x.toml", "x")
    assert problems
    assert draft is not None
    assert draft.routine.name == "Posts"


def test_control_characters_and_strange_addresses_are_kept_as_they_are() -> None:
    draft = read('name = "\\u001b[31mred"\n[systems.a]\nurl = "javascript:alert(1)"\n' + LEAST.partition("\n")[2])
    assert draft.routine.name == "\x1b[31mred"
    assert draft.routine.systems["a"].url == "javascript:alert(1)"


def test_markdown_full_of_dots_and_brackets_passes() -> None:
    noise = "1.2.3.4.5.6.7.8.9 [[[[a]]]] {{{{{{{{{{{{{{{{{{{{{{ " + "." * 500 + "[" * 500 + "1" * 200
    read(LEAST + f'instructions = """\n{noise}\n# no remark\n[steps]\n"""\nchecklist = ["{noise}"]  # {noise}\n')


def test_a_file_of_thousands_of_mistakes_tells_the_first_fifty_quickly() -> None:
    text = "".join(f"key{number} = 1\n" for number in range(15_000))
    before = time.process_time()
    problems = problems_of(text)
    assert time.process_time() - before < 1
    assert len(problems) == 51
    assert "more than 50" in problems[-1].problem


GOOD = CONTRACT.encode()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=12))
def test_a_good_file_with_bytes_changed_gives_a_routine_or_problems(at: int, cut: int, put: bytes) -> None:
    draft, problems = parse_bytes(GOOD[:at] + put + GOOD[at + cut :], "x.toml", "x")
    assert draft is not None or problems
    for problem in problems:
        assert problem.problem
        assert problem.remedy
        assert problem.line is None or 1 <= problem.line <= GOOD.count(b"\n") + 20


WORDS = st.sampled_from(["name", "goal", "steps", "systems", "title", "use", "after", "id", "tags", "format", "wat"])


def toml_of(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml_of(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml_of(item) for item in value) + "]"
    if isinstance(value, bool) or value is None:
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else '"' + "".join(f"\\U{ord(sign):08x}" for sign in str(value)) + '"'


VALUES = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(WORDS, VALUES, max_size=6))
def test_any_value_in_any_place_gives_a_routine_or_problems(table: dict[str, object]) -> None:
    text = "".join(f"{key} = {toml_of(value)}\n" for key, value in table.items())
    draft, problems = parse_routine(text, "x.toml", "x")
    assert draft is not None
    assert problems or draft.steps
