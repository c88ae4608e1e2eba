import tomllib
from datetime import timedelta
from enum import Enum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.toml_fields import MOST_FAULTS, MOST_TEXT, Fault, Faults, Fields, kind_of
from procroutine.toml_lines import TomlLines


class Colour(Enum):
    RED = "red"
    DARK_RED = "dark red"


def fields_of(text: str) -> tuple[Fields, Faults]:
    faults = Faults()
    return Fields(tomllib.loads(text), faults, TomlLines(text)), faults


def told(faults: Faults) -> list[tuple[int | None, str | None, str]]:
    return [(fault.line, fault.key, fault.problem) for fault in faults.sorted()]


def test_what_is_as_it_must_be_is_given_and_nothing_is_told() -> None:
    fields, faults = fields_of('a = " x "\nb = ["x", "y"]\nc = true\nd = "2w"\ne = "dark red"\nf = "20m"\n')
    assert fields.text("a") == " x "
    assert fields.texts("b") == ("x", "y")
    assert fields.flag("c") is True
    assert fields.duration("d", days=True) == timedelta(weeks=2)
    assert fields.word("e", Colour) is Colour.DARK_RED
    assert fields.duration("f") == timedelta(minutes=20)
    assert ("a" in fields, "z" in fields, fields.get("z", 7)) == (True, False, 7)
    assert faults.sorted() == ()


def test_what_is_absent_or_empty_is_nothing_and_no_fault() -> None:
    fields, faults = fields_of('empty = " "\n')
    assert [fields.text("z"), fields.text("empty"), fields.duration("z"), fields.word("z", Colour)] == [None] * 4
    assert (fields.texts("z"), fields.flag("z")) == ((), False)
    assert faults.sorted() == ()


@pytest.mark.parametrize(
    ("method", "written", "problem", "remedy"),
    [
        ("text", "1", "key must be text, not a number", 'put it in quotes: key = "…"'),
        ("text", "2026-01-01", "key must be text, not a date", "put it in quotes"),
        ("text", f'"{"x" * (MOST_TEXT + 1)}"', "key has more than 64 KiB", "make it shorter"),
        ("texts", '"one"', "key must be a list, not text", 'write key = ["one"]'),
        ("texts", '"\\u001b"', "key must be a list, not text", 'write key = ["…"]'),
        ("texts", "{}", "key must be a list, not a table", 'write key = ["…"]'),
        ("texts", '["a", 1]', "key must hold texts, not a number", 'write key = ["…"]'),
        ("texts", '["a", " "]', "key holds an empty text", "take it out"),
        ("texts", f'["{"x" * (MOST_TEXT + 1)}"]', "key holds a text of more than 64 KiB", "make it shorter"),
        ("flag", '"true"', "key must be true or false, not text", "write key = true, without quotes"),
        ("duration", "20", "key must be a duration in quotes, not a number", 'key = "20m" or key = "20s"'),
        ("duration", "true", "key must be a duration in quotes, not true or false", 'write key = "20m"'),
        ("duration", "00:20:00", "key must be a duration in quotes, not a time of day", 'key = "0:20:00"'),
        ("duration", '"1d"', "", ""),
    ],
)
def test_what_is_not_as_it_must_be_is_nothing_and_told_with_its_line(
    method: str, written: str, problem: str, remedy: str
) -> None:
    fields, faults = fields_of(f"# remark\nkey = {written}\n")
    assert not getattr(fields, method)("key")
    (fault,) = faults.sorted()
    assert (fault.line, fault.key) == (2, "key")
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_a_word_that_is_none_is_told_with_the_nearest_or_all() -> None:
    fields, faults = fields_of('shade_of = "rad"\nother = "?"\n')
    assert (fields.word("shade_of", Colour), fields.word("other", Colour)) == (None, None)
    assert faults.sorted() == (
        Fault(1, "shade_of", "'rad' is no shade of", 'write "red"'),
        Fault(2, "other", "'?' is no other", "write one of red, dark red"),
    )


def test_unknown_keys_are_told_with_the_nearest_all_or_where_they_belong() -> None:
    fields, faults = fields_of('titel = "x"\nzzz = 1\nowner = "Ana"\ntitle = "y"\n')
    fields.refuse_unknown(("title", "url"), "a step", elsewhere=("owner",))
    assert faults.sorted() == (
        Fault(1, "titel", "'titel' is not a key of a step", "write title"),
        Fault(2, "zzz", "'zzz' is not a key of a step", "its keys are title, url"),
        Fault(3, "owner", "'owner' is not a key of a step", "move it above the first line that begins with ["),
    )


def test_a_fault_of_a_table_or_of_a_key_that_is_not_there_has_the_line_of_the_table() -> None:
    text = 'name = "x"\n[systems.a]\nurl = "x"\n'
    table, faults = tomllib.loads(text)["systems"]["a"], Faults()
    fields = Fields(table, faults, TomlLines(text), ("systems", "a"))
    fields.fault(None, "one", "-")
    fields.fault("name", "two", "-")
    fields.fault("url", "three", "-")
    assert told(faults) == [(2, None, "one"), (2, "name", "two"), (3, "url", "three")]


def test_a_key_without_end_is_cut() -> None:
    fields, faults = fields_of(f"{'k' * 100} = 1\n")
    fields.refuse_unknown(("title",), "a step")
    (fault,) = faults.sorted()
    assert fault.key == "k" * 59 + "…"
    assert len(fault.problem) < 100


@given(st.integers(0, MOST_FAULTS + 20))
def test_faults_come_from_the_top_down_and_end_with_the_word_that_there_are_more(count: int) -> None:
    faults = Faults()
    for line in reversed(range(1, count + 1)):
        faults.add(Fault(line, None, "wrong", "put it right"))
    found = faults.sorted()
    lines = [fault.line for fault in found if fault.line is not None]
    assert lines == sorted(lines)
    assert len(lines) == min(count, MOST_FAULTS)
    assert faults.full == (count > MOST_FAULTS)
    assert [fault.problem for fault in found[MOST_FAULTS:]] == ["there are more than 50 problems"] * faults.full


def test_unknown_keys_without_end_are_looked_at_no_longer_than_they_are_told() -> None:
    fields, faults = fields_of("".join(f"k{number} = 1\n" for number in range(5000)))
    fields.refuse_unknown(("title",), "a step")
    assert len(faults.sorted()) == MOST_FAULTS + 1


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("true", "true or false"),
        ("1", "a number"),
        ("nan", "a number"),
        ('""', "text"),
        ("[]", "a list"),
        ("{}", "a table"),
        ("2026-01-01T00:00:00Z", "a date"),
        ("2026-01-01", "a date"),
        ("09:00:00", "a time of day"),
    ],
)
def test_every_kind_of_value_has_a_plain_name(written: str, kind: str) -> None:
    value: Any = tomllib.loads(f"x = {written}")["x"]
    assert kind_of(value) == kind
