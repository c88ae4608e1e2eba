"""Files written for other programs: tables as CSV, the screen as a picture."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.errors import CannotWrite
from procroutine.text import shown
from procroutine.tui.widgets.cells import QUIET

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp
    from procroutine.tui.screens.choose import Choice

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_MOST = 1000


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Give a table as CSV: texts harmless, and with `'` before one that a spreadsheet would take for a formula."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = shown(value, lines=True)
    return f"'{text}" if text.lstrip().startswith(_FORMULA_SIGNS) else text


def present_folder() -> str:
    """Give the folder the program was started in; CannotWrite where it is gone."""
    try:
        return os.getcwd()
    except OSError:
        raise CannotWrite("the present folder is gone", "start in another folder") from None


def ask_for_form(
    app: ProcroutineApp, question: str, forms: tuple[Choice, ...], then: Callable[[str | None], None]
) -> None:
    """Ask for the kind of file, and say where it will be; not where the present folder is gone."""
    from procroutine.tui.screens.choose import ChooseScreen

    folder = app.look(present_folder)
    if folder is not None:
        app.push_screen(ChooseScreen(question, Content.styled(f"Into {shown(folder)}", QUIET), forms), then)


def export(app: ProcroutineApp, stem: str, ending: str, text: Callable[[], str], what: str = "Written") -> None:
    """Write a text to a new file in the present folder, and say where; or say why it cannot be."""
    path = app.tried(lambda: write_new_file(present_folder(), stem, ending, text()))
    if path is not None:
        app.say(f"{what} to {path}")


def _for_its_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write(path: str, text: str) -> None:
    with open(path, "x", encoding="utf-8", newline="", opener=_for_its_owner) as file:
        try:
            file.write(text)
            file.flush()
        except OSError:
            os.unlink(path)  # a part of an export looks like one
            raise


def write_new_file(folder: str, stem: str, ending: str, text: str) -> str:
    """Write a file under a name nothing has yet, and give that path.

    CannotWrite where the folder takes none.
    """
    for number in range(1, _MOST):
        path = os.path.join(folder, f"{stem}{'' if number == 1 else f'-{number}'}.{ending}")
        try:
            _write(path, text)
        except FileExistsError:
            continue
        except OSError as error:
            reason = error.strerror or "it failed"
            raise CannotWrite(f"{path} cannot be written ({reason.lower()})", "start in another folder") from error
        return path
    raise CannotWrite(f"{folder} has {_MOST} exports of that name", "move some away")
