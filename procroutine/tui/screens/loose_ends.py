"""Loose ends on This week: their lines, the one that is selected, and what is done with one; loaded once needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.history.beginning import begin_routine, name_from, take_back
from procroutine.history.loose_ends import DONE, DROPPED, put_off_words
from procroutine.insight.views.loose_ends import LooseEndRow
from procroutine.insight.views.week import RowState
from procroutine.text import shown
from procroutine.tui.widgets.cells import GLYPHS, QUIET, SOFT, Part, column, joined
from procroutine.widths import cut_to

if TYPE_CHECKING:
    from procroutine.history.loose_ends import LooseEnd
    from procroutine.tui.screens.routine_list import Widths
    from procroutine.tui.screens.week_keys import WeekKeys

_NOTE = 17
"""Cells for the weeks put off."""
_MOST_LINES = 6
_CUT = 40
"""Cells of a text in a sentence."""


def loose_end_line(row: LooseEndRow, widths: Widths, selected: bool) -> Content:
    """Draw one as wide as the lines of the routines are; the weeks put off stand where those end."""
    sign, sign_style = GLYPHS[RowState.DONE if row.is_done else RowState.LATER]
    bar: Part = ("▌", "$primary") if selected else " "
    room = widths.name + 1 + widths.due + widths.last + widths.goal + widths.bars + widths.streak
    note = column("done" if row.is_done else put_off_words(row.put_off), _NOTE, _style(row), right=True)
    text = column(row.text, room - _NOTE - 1, SOFT if row.is_done else "")
    return joined(bar, column(sign, 2, sign_style), text, " ", note)


def _style(row: LooseEndRow) -> str:
    return "$text-warning" if row.wants_routine else QUIET


def loose_end_lines(row: LooseEndRow, width: int, height: int) -> list[Content]:
    """Draw the one that is selected: all about it, or where there are two lines what counts."""
    if height <= 2:  # as much as the brief of a routine has
        note = put_off_words(row.put_off) or row.since
        return [_named(row, note, width), column(_keys(row, width), width)]
    lines = Content.styled(row.text, "bold").wrap(max(width, 10))[:_MOST_LINES]
    lines.append(column(row.since, width, QUIET))
    if row.put_off:
        lines.append(column(put_off_words(row.put_off), width, _style(row)))
    if row.wants_routine:
        offer = "What stands here for three weeks wants a routine of its own."
        lines += [Content(""), *Content.styled(offer, SOFT).wrap(max(width, 10))]
    return [*lines, Content(""), *(column(joined(*_key(sign, word)), width) for sign, word in _acts(row))]


def _named(row: LooseEndRow, note: str, width: int) -> Content:
    room = width - len(note) - 3
    if room < 12:
        return column(row.text, width, "bold")
    return joined((cut_to(row.text, room), "bold"), "   ", (note, _style(row)))


def _acts(row: LooseEndRow) -> tuple[tuple[str, str], ...]:
    done = () if row.is_done else (("↵", "done this week"),)
    return (*done, ("b", "begin a routine from it"), ("x", "drop it"))


def _keys(row: LooseEndRow, width: int) -> Content:
    """Give what can be done on one line; where it is narrow in one word each."""
    short = {"done this week": "done", "begin a routine from it": "routine", "drop it": "drop"}
    whole = joined(*(part for sign, word in _acts(row) for part in (*_key(sign, word), "   ")))
    if whole.cell_length <= width:
        return whole
    return joined(*(part for sign, word in _acts(row) for part in (*_key(sign, short[word]), "   ")))


def _key(sign: str, word: str) -> tuple[Part, Part]:
    return (f"{sign} ", "bold $text-primary"), (word, QUIET)


def write_down(screen: WeekKeys) -> None:
    """Ask for a small thing that comes up again and again, and write it down."""
    app = screen.procroutine

    def write(text: str) -> None:
        made = app.attempt(lambda: app.home.history().add_loose_end(text))
        if made is not None:
            screen.can_undo(lambda: _taken_back(screen))
            app.say(f"{_brief(made)}: offered each week. u takes it back.")

    app.ask("What comes up again and again?", write, "A loose end: it has no routine, and is offered each week.")


def act_on(screen: WeekKeys, row: LooseEndRow, what: str) -> None:
    """Say that one is done this week or dropped, or begin a routine from it."""
    if what == "routine":
        _begin(screen, row)
        return
    app = screen.procroutine
    kind, said = (DONE, "done for this week") if what == "done" else (DROPPED, "dropped")
    made = app.attempt(lambda: app.home.history().act_on_loose_end(row.id, kind))
    if made is not None:
        screen.can_undo(lambda: _taken_back(screen))
        app.say(f"{_brief(made)}: {said}. u takes it back.")


def _begin(screen: WeekKeys, row: LooseEndRow) -> None:
    """Ask for the name of a routine, write its file with the loose end as its purpose, and open that."""
    from procroutine.tui.screens.ask import AskScreen, put

    app = screen.procroutine
    overview = app.look(lambda: app.home.overview(0))
    if overview is None:
        return
    loose_end = next((one for one in overview.loose_ends if one.id == row.id), None)
    if loose_end is None:
        app.say("It is not there any more: another window or device settled it.")
        return
    name = name_from(loose_end.text)

    def begin(answer: str) -> None:
        path = app.attempt(lambda: begin_routine(app.home, loose_end, answer or name))
        if path is not None:
            screen.can_undo(lambda: _taken_back(screen))
            screen.edit_file(path)

    explanation = f"Enter alone calls it {shown(name)}. Its file opens in your editor."
    put(app, AskScreen("What is the routine called?", explanation, shown(name), needed=False), begin)


def _taken_back(screen: WeekKeys) -> str:
    undone, sentence = take_back(screen.procroutine.home)
    return f"{_brief(undone)}: {sentence}"


def _brief(one: LooseEnd) -> str:
    return cut_to(shown(one.text), _CUT)
