"""Changing a routine file for the person, with their remarks, layout and spelling kept.

The text is cut and put together; what comes out is read again and must say exactly what was asked
for, else nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from procroutine.errors import CannotWrite, DoesNotFit
from procroutine.routine.blocks import blocks_of, ended
from procroutine.routine.keys import ROUTINE_KEYS, STEP_KEYS
from procroutine.routine.library import routine_id_of
from procroutine.routine.parse import parse_routine
from procroutine.text import shown
from procroutine.toml_lines import Statement, remarks_in, statements, value_end
from procroutine.toml_text import NotToml, read_small_file, toml_table, toml_text

_STEP = ("steps", 0)
"""Where the step stands that is the only one of a text."""


@dataclass(frozen=True, slots=True)
class StepEdit:
    """A step as it is to stand in the file."""

    place: int | None
    """Its number in the file as it is, from 0; None for a new one."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """Keys to set, by name: text, true or false, a list of texts; None takes a key out."""
    with_remarks_of: Sequence[int] = ()
    """Numbers of steps that are gone as such, and whose remarks go on with this one."""


def with_keys(text: str, values: Mapping[str, Any], order: Sequence[str] = ROUTINE_KEYS) -> str:
    """Give the text of a file with keys above all tables set, or (None) taken out; by default keys of a routine.

    New ones stand in the usual `order`. DoesNotFit where that cannot be done to this text, NotToml where it is none.
    """
    wanted = _changed(toml_table(text), values)
    return _checked(_in_one_style(_with_values(text, values, (), order), text), wanted)


def with_steps(text: str, steps: Sequence[StepEdit]) -> str:
    """Give the text of a routine file with these steps in this order; those that are not named are gone.

    Errors as those of `with_keys`; DoesNotFit also where no step is left.
    """
    table = toml_table(text)
    written, blocks = table.get("steps", []), blocks_of(text)
    if not steps:
        raise DoesNotFit("no step would be left", "keep at least one")
    if len(blocks.steps) != len(written):
        raise DoesNotFit("the steps stand in one list", "write [[steps]] above each of them, or edit the file yourself")
    wanted = [_changed(written[one.place] if one.place is not None else {}, one.values) for one in steps]
    texts = [(one.place, _block(one, blocks.steps)) for one in steps]
    return _checked(_in_one_style(blocks.with_steps(texts), text), {**table, "steps": wanted})


def _block(edit: StepEdit, blocks: Sequence[str]) -> str:
    """Give the text of a step as it is to stand, the remarks of others that are now in it below its own."""
    text = "[[steps]]\n" if edit.place is None else blocks[edit.place]
    text = _with_values(text, edit.values, _STEP, STEP_KEYS)
    return "".join((ended(text), *(remarks_in(blocks[place]) for place in edit.with_remarks_of)))


class Problem(Protocol):
    """Something wrong in a file."""

    @property
    def problem(self) -> str:
        """What is wrong."""

    @property
    def remedy(self) -> str:
        """What to do."""


def problems_of_routine(path: str, text: str) -> Sequence[Problem]:
    """Give what is wrong in the text of a routine file."""
    return parse_routine(text, path, routine_id_of(path))[1]


def rewrite(
    path: str,
    change: Callable[[str], str],
    problems_of: Callable[[str, str], Sequence[Problem]] = problems_of_routine,
) -> str:
    """Change a file through a function of its text, whole or not at all; gives the text it had before.

    `problems_of` says of its path and a text what is wrong in it. DoesNotFit where the change would
    make a sound file unsound, or somebody else changed the file meanwhile; CannotRead, NotToml, CannotWrite.
    """
    target = os.path.realpath(path)  # a link stays a link
    data, about = read_small_file(target)
    before = toml_text(data)
    after = change(before)
    problems = problems_of(path, after)
    if problems and not problems_of(path, before):
        raise DoesNotFit(f"the file would be wrong then: {problems[0].problem}", problems[0].remedy)
    if after != before:
        _replace(target, after.encode(), about)
    return before


def _changed(table: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**table, **values}
    return {key: value for key, value in merged.items() if value is not None}


def _checked(text: str, wanted: Mapping[str, Any]) -> str:
    try:
        if toml_table(text) == wanted:
            return text
    except NotToml:
        pass  # as below: it does not say what it should
    raise DoesNotFit("this file is written in a way that cannot be changed from here", "edit it yourself")


def _with_values(text: str, values: Mapping[str, Any], table: tuple[str | int, ...], order: Sequence[str]) -> str:
    """Set keys of one table, one after the other."""
    for key, value in values.items():
        pairs = [one for one in statements(text) if one.table == table and one.value is not None]
        found = next((one for one in pairs if one.keys == (key,)), None)
        if found is None:
            text = text if value is None else _inserted(text, _place_for(text, key, pairs, order), key, value)
        elif value is None:
            text = text[: found.start] + remarks_in(text[found.start : found.end]) + text[found.end :]
        else:
            text = _replaced(text, found, value)
    return text


def _replaced(text: str, pair: Statement, value: Any) -> str:
    """Put another value in the place of one, with the white space and the remark around it as they are.

    Remarks inside the value come above it.
    """
    behind = text[pair.value : pair.end]
    start, end = (pair.value or 0) + len(behind) - len(behind.lstrip(" \t")), value_end(text, pair)
    above = text[: pair.start] + remarks_in(text[start:end])
    return above + text[pair.start : start] + _written(value) + text[end:]


def _inserted(text: str, place: int, key: str, value: Any) -> str:
    above = text[:place] if text[:place].endswith("\n") or not place else text[:place] + "\n"
    return f"{above}{key} = {_written(value)}\n{text[place:]}"


def _place_for(text: str, key: str, pairs: Sequence[Statement], order: Sequence[str]) -> int:
    """Give where a new key goes: behind the last of those that usually stand before it, else above all."""
    usual = order[: order.index(key)] if key in order else order
    before = [one for one in pairs if one.keys[0] in usual]
    if before:
        return before[-1].end
    if pairs:
        return pairs[0].start
    return next((one.end for one in statements(text) if one.is_header), 0) if order is STEP_KEYS else 0


def _written(value: Any) -> str:
    """Write a value as TOML does; a text of several lines as such."""
    import tomlkit  # takes as long to load as the rest of a command

    if isinstance(value, str) and "\n" in value and "\r" not in value:
        lines = '"""\n' + tomlkit.string(value, multiline=True).as_string().removeprefix('"""').removeprefix("\n")
        if toml_table(f"x = {lines}") == {"x": value}:
            return lines
    return str(tomlkit.item(value).as_string())


def _in_one_style(text: str, model: str) -> str:
    """End all lines in CR LF where a model does."""
    if "\n" not in model or model.count("\n") > model.count("\r\n"):
        return text
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def _replace(path: str, data: bytes, about: os.stat_result) -> None:
    """Put other bytes into the place of a file, unless it has changed since `about` was asked."""
    folder, name = os.path.split(path)
    draft = os.path.join(folder, f".{name}.{os.getpid()}")
    try:
        _write_draft(draft, data, about.st_mode & 0o777)
        _refuse_changed(path, about)
        os.replace(draft, path)
        _sync(folder)
    except OSError as error:
        raise CannotWrite(
            f"{shown(path)} cannot be written ({error.strerror})", "put that right, then try again"
        ) from None
    finally:
        with suppress(OSError):  # it has taken the file's place, or was never made
            os.unlink(draft)


def _write_draft(draft: str, data: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(draft, flags, mode)
    with open(descriptor, "wb") as file:
        os.fchmod(descriptor, mode)  # the mode given to open passes through the umask
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _refuse_changed(path: str, about: os.stat_result) -> None:
    now = os.stat(path)
    if (now.st_mtime_ns, now.st_size, now.st_ino) != (about.st_mtime_ns, about.st_size, about.st_ino):
        raise DoesNotFit(f"{shown(path)} was changed meanwhile", "look at it and try again")


def _sync(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
