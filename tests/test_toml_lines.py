import time
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.toml_lines import MOST_DOTS, MOST_NESTING, Path, TomlLines, hostile_place

TEXT = '''\
# a remark with a [header] and key = 1
name = "x"
purpose = """
[[steps]]
title = "not a step"
"""
tags = [
  "a", # ]
  "b = 1",
]
dates.of.old = 1

[systems."my tool"]
url = 'x'

[[steps]]
title = "one"
planned = "1m"

  [[ steps ]]
"title" = "two"
after = ["one",
  "zero"]
use = """\\"""" # still no end: """
[steps.inner]
key = 1
'''


def test_keys_tables_and_array_members_have_their_lines() -> None:
    tomllib.loads(TEXT)
    lines = TomlLines(TEXT)
    expected = {
        ("name",): 2,
        ("purpose",): 3,
        ("tags",): 7,
        ("dates",): 11,
        ("dates", "of", "old"): 11,
        ("systems", "my tool"): 13,
        ("systems", "my tool", "url"): 14,
        ("steps", 0): 16,
        ("steps", 0, "title"): 17,
        ("steps", 1): 20,
        ("steps", 1, "title"): 21,
        ("steps", 1, "after"): 22,
        ("steps", 1, "use"): 24,
        ("steps", 1, "inner", "key"): 26,
    }
    assert {path: lines.line_of(path) for path in expected} == expected


def test_what_has_no_line_of_its_own_has_that_of_what_it_stands_in() -> None:
    lines = TomlLines("[[steps]]\nsystems = [\n1]\n")
    assert lines.line_of(("steps", 0, "missing")) == 1
    assert lines.line_of(("steps", 0, "systems", 0)) == 2
    assert lines.line_of(("nothing",)) is None


def test_a_table_that_only_stands_in_the_headers_of_others_begins_at_the_first_of_them() -> None:
    lines = TomlLines('name = "x"\n\n[sytems.x]\n[[step]]\n[[step]]\n[a.b.c]\nd = 1\n[a.b]\n')
    expected = {("sytems",): 3, ("step",): 4, ("step", 1): 5, ("a",): 6, ("a", "b"): 8, ("a", "b", "c", "d"): 7}
    assert {path: lines.line_of(path) for path in expected} == expected


INLINE = """\
steps = [
  {title = "one, {a = 1}", planned = "1m"}, # , {
  {title = "two", after = [
    "one", [2, {x = 1}]], plannd = "1m", a.b = {c = 1}},
[{"q = r" = 1}, [
{y = 2}]],
]
next = 1
"""


def test_tables_and_keys_within_lists_have_their_own_lines() -> None:
    tomllib.loads(INLINE)
    lines = TomlLines(INLINE)
    expected: dict[Path, int] = {
        ("steps",): 1,
        ("steps", 0): 2,
        ("steps", 0, "planned"): 2,
        ("steps", 0, "id"): 2,
        ("steps", 1): 3,
        ("steps", 1, "after"): 3,
        ("steps", 1, "after", 1, 1, "x"): 4,
        ("steps", 1, "plannd"): 4,
        ("steps", 1, "a"): 4,
        ("steps", 1, "a", "b"): 4,
        ("steps", 1, "a", "b", "c"): 4,
        ("steps", 2, 0, "q = r"): 5,
        ("steps", 2, 1, 0, "y"): 6,
        ("next",): 8,
    }
    assert {path: lines.line_of(path) for path in expected} == expected


def test_lines_are_counted_the_same_with_windows_line_ends() -> None:
    assert TomlLines(TEXT.replace("\n", "\r\n")).line_of(("steps", 1, "after")) == 22


KEYS = st.text("abc-_1", min_size=1, max_size=4)
VALUES = st.sampled_from(['"x"', "'''\n[a]\n'''", "[\n1,\n2]", "{ a = 1 }", '"""\nb = 1\\""" x"""', "1.5"])


@given(st.lists(st.tuples(KEYS, VALUES), unique_by=lambda pair: pair[0]), st.booleans())
def test_the_line_of_a_key_is_the_line_that_begins_with_it(pairs: list[tuple[str, str]], table: bool) -> None:
    text = "[t]\n" if table else ""
    starts = {}
    for key, value in pairs:
        starts[key] = text.count("\n") + 1
        text += f"{key} = {value}\n"
    tomllib.loads(text)
    lines = TomlLines(text)
    for key, line in starts.items():
        assert lines.line_of(("t", key) if table else (key,)) == line


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("\na" + ".a" * 50_000 + " = 1", "a key of over 7 parts", 2),
        ("[" + "a." * 9 + "b]", "a key of over 7 parts", 1),
        ('x = "a"\n"b"' + '."c"' * 8 + " = 1", "a key of over 7 parts", 2),
        ("x = " + "[" * 1000, "over 16 brackets inside each other", 1),
        ("x = " + "{a=" * 300, "over 16 brackets inside each other", 1),
        ("x = [\n" * 20, "over 16 brackets inside each other", 17),
        ("x = " + "1" * 5000, "a number of over 100 digits", 1),
        ("x = 1" + "_1" * 5000 + "\n", "a number of over 100 digits", 1),
    ],
)
def test_what_would_stall_the_parser_is_found_with_its_line(text: str, said: str, line: int) -> None:
    found = hostile_place(text)
    assert found is not None
    assert found[:2] == (line, said)


def test_dots_brackets_and_digits_in_texts_and_remarks_are_nobodys_business() -> None:
    noise = "........ [[[[[[[[[[[[[[[[[[[[[[ {{{{{{{{{{{{{{{{{{{{{ " + "1" * 300
    for quoted in (f'"""\n{noise}\n"""', f"'''{noise}'''", f'"{noise}"', f"'{noise}'", f'"\\"{noise}"', f"1 # {noise}"):
        assert hostile_place(f"x = {quoted}\ny = 2\n") is None
    assert hostile_place("".join(f'[[steps]]\ntags = ["a.b"]\nx = {n}.5\n' for n in range(500))) is None


def test_as_much_as_is_allowed_is_let_through() -> None:
    assert hostile_place("a" + ".a" * MOST_DOTS + " = 1") is None
    assert hostile_place("x = " + "[" * MOST_NESTING + "]" * MOST_NESTING) is None


def test_nothing_after_a_text_without_an_end_is_looked_at() -> None:
    for quote in ('"', "'", '"""', "'''"):
        assert hostile_place(f"x = {quote}abc\n".replace("\n", "") + ".a" * 100) is None


@given(st.text("\"'\\\n[]{}=.#a1_", max_size=60))
def test_what_is_let_through_has_no_key_of_many_parts_and_no_deep_list(text: str) -> None:
    assert (
        hostile_place(text) is None or text.count(".") > MOST_DOTS or text.count("[") + text.count("{") > MOST_NESTING
    )


@settings(max_examples=40, deadline=None)
@given(st.text("\"'\\\n[]{}=.#a1", min_size=1, max_size=4))
def test_no_pattern_repeated_takes_long(pattern: str) -> None:
    text = pattern * (100_000 // len(pattern))
    before = time.process_time()
    hostile_place(text)
    assert time.process_time() - before < 1
