import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from procroutine.exchange.manual import manual_markdown
from procroutine.routine.model import GoalPer, Routine, Step, System
from procroutine.routine.schedule import parse_schedule

ROUTINE = Routine(
    id="posts",
    name="Weekly posts",
    purpose="Keep the feeds alive",
    goal=timedelta(hours=1),
    goal_per=GoalPer.WEEK,
    schedule=parse_schedule("daily"),
    input="The article",
    output="Seven posts",
    owner="Ana",
    systems={
        "docs": System(id="docs", name="Docs", url="https://example.org", notes="Ask Ben"),
        "queue": System(id="queue", name="queue"),
    },
    steps=(
        Step(
            id="gather",
            title="Gather",
            planned=timedelta(minutes=5),
            systems=("docs",),
            person="Ana",
            instructions="Open it.\n\n```\ncode",
            section="First",
        ),
        Step(id="look", title="Look", section="First", optional=True, prepare=True),
        Step(
            id="write",
            title="Write",
            checklist=("pictures", "links"),
            after=("gather", "look"),
            alternatives=("docs", "queue"),
            wait=timedelta(days=1),
            section="Then",
        ),
    ),
)


def test_the_manual_says_all_that_one_needs_to_do_it() -> None:
    assert (
        manual_markdown(ROUTINE)
        == """\
# Weekly posts

Keep the feeds alive

- Goal: at most 1h in a week
- Steps: 3, planned for 5m
- When: daily
- By: Ana
- Needs: The article
- Gives: Seven posts

## What you need

- **Docs**: <https://example.org>. Ask Ben
- **queue**

## Steps

### First

#### 1. Gather

*5m · Ana · Docs*

Open it.

```
code
```

#### 2. Look

*may be left out · may be done beforehand*

### Then

#### 3. Write

Only after: 1 Gather, 2 Look.

Choose one: Docs, queue.

- [ ] pictures
- [ ] links

Then wait: usually 1d.
"""
    )


def test_the_least_routine_has_a_manual() -> None:
    assert manual_markdown(Routine(id="x", name="X", steps=(Step(id="a", title="A"),))) == (
        "# X\n\n- Steps: 1\n\n## Steps\n\n#### 1. A\n"
    )


@pytest.mark.parametrize(
    ("written", "added"),
    [
        ("```\ncode", "```"),
        ("~~~ python\ncode\n```", "~~~"),
        ("````\n```\ncode", "````"),
        ("- so:\n    ```\n    code", "```"),
        ("~~~\n```\n~~~", ""),
        ("```\ncode\n`````", ""),
        ("```\n``` not the end\n```", ""),
        ("```so``` in a line", ""),
    ],
)
def test_a_code_block_without_an_end_is_closed(written: str, added: str) -> None:
    manual = manual_markdown(Routine(id="x", name="X", steps=(Step(id="a", title="A", instructions=written),)))
    assert manual.endswith(f"{written}\n{added}\n" if added else f"{written}\n")


@given(st.text(st.characters()), st.text(st.characters()))
def test_no_text_of_the_author_steers_a_terminal_or_breaks_a_heading(line: str, text: str) -> None:
    step = Step(id="a", title=line, person=line, instructions=text, checklist=(line,), section=line)
    manual = manual_markdown(
        Routine(
            id="x",
            name=line,
            steps=(step,),
            systems={"s": System(id="s", name=line, url=line, notes=text)},
            purpose=text,
            input=text,
        )
    )
    assert all(sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp") for sign in manual)
    assert manual.startswith("# ")
    assert manual.count("\n#### 1. ") >= 1


def test_a_plan_of_seconds_is_told_to_the_second() -> None:
    steps = tuple(Step(id=one, title=one, planned=timedelta(seconds=length)) for one, length in (("a", 90), ("b", 100)))
    manual = manual_markdown(Routine(id="x", name="X", steps=steps))
    assert "planned for 3m10s" in manual
    assert "*1m30s*" in manual


@pytest.mark.parametrize(
    "text",
    [
        *("Send <name> the file", "**now** or *never*", "_so_ a_b_c __d__", "[a](javascript:alert(1))", "`code` ```"),
        *(
            "&lt; &amp; & Co",
            "5 * 3 < 2 ~ 4",
            "a \\* b \\ C:\\Users",
            "~~gone~~",
            "<https://x.example>",
            "![a](b)",
            "a_ _b",
        ),
    ],
)
def test_what_is_no_markdown_is_read_as_it_was_written(text: str) -> None:
    step = Step(id="a", title=text, person=text, checklist=(text,), section=text, systems=("s",))
    systems = {"s": System(id="s", name=text, url=f"x:{text}", notes=text)}
    manual = manual_markdown(Routine(id="x", name=text, steps=(step,), systems=systems, owner=text, input=text))
    page = MarkdownIt("commonmark").enable("strikethrough").parse(manual)
    read = [
        "".join(part.content for part in one.children if part.type.startswith("text")) for one in page if one.children
    ]
    assert read == [
        text,
        "Steps: 1",
        f"By: {text}",
        f"Needs: {text}",
        "What you need",
        f"{text}: x:{text}. {text}",
        "Steps",
        text,
        f"1. {text}",
        f"{text} · {text}",
        f"[ ] {text}",
    ]
