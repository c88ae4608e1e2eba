import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

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

- **Docs**: https://example.org. Ask Ben
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
