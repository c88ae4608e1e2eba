"""The commands of the plain mode: a letter or a word, and what it does with the text behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from procroutine.cli import plain_words as words
from procroutine.durations import parse_change
from procroutine.errors import DoesNotFit, quoted
from procroutine.insight.outlook import what_came_next
from procroutine.moments import cause_and_end, parse_until
from procroutine.run.finding import find_step
from procroutine.text import number_typed

if TYPE_CHECKING:
    from procroutine.cli.plain import PlainRun

    Command = Callable[[PlainRun, str], object]


def _resume(run: PlainRun, _text: str) -> None:
    run.go_on("resume")


def _wait(run: PlainRun, text: str) -> None:
    if not text:
        raise DoesNotFit("waiting needs a cause", "write it behind the w")
    cause, until = cause_and_end(text, run.now)
    run.act("waiting", text=cause, until=until)


def _tick(run: PlainRun, text: str) -> None:
    items = run.view.panel.checklist
    number = number_typed(text, len(items))
    if not items:
        raise DoesNotFit("this step has no checklist", "i tells the step again")
    if number is None:
        raise DoesNotFit(f"{quoted(text)} is no item of the checklist", f"write t and a number, 1 to {len(items)}")
    run.act("tick", step=run.view.panel.id, item=number - 1, on=not items[number - 1][1])


def _switch(run: PlainRun, text: str) -> None:
    step = find_step(run.state(), text)
    run.act("switch_on" if step.off else "switch_off", step=step.id)


def _move(run: PlainRun, text: str) -> None:
    step, found, after = text.partition(" after ")
    if not found:
        raise DoesNotFit("a step is moved behind another one", "write m 5 after 2")
    run.act("move", step=step.strip(), after=after.strip())


def _correct(run: PlainRun, text: str) -> None:
    step, _, change = text.rpartition(" ")
    sign, length = parse_change(change)
    run.act("amend", step=step.strip() or run.view.panel.id, sign=sign, length=length)


def _deadline(run: PlainRun, text: str) -> None:
    run.act("deadline", until=parse_until(text, run.now) if text else None)
    _clock(run, "")


def _compare(run: PlainRun, _text: str) -> None:
    before = run.view.compared_with
    found = run.viewer.compare_next(run.run_id)
    run.say([what_came_next(found, before)])
    if found.chosen != before:
        _clock(run, "")


def _clock(run: PlainRun, _text: str) -> None:
    run.view = run.viewer.run(run.run_id)
    run.say(words.clock(run.view))
    run.tell_outlook()


_COMMANDS: dict[str, tuple[str, Command]] = {
    "": ("Enter  the step is done", lambda run, _: run.go_on("done")),
    "p": ("p  pause", lambda run, _: run.act("pause")),
    "r": ("r  resume, or begin what is prepared", _resume),
    "w": ("w CAUSE  wait for something; w CAUSE until 15:30 where you know its end", _wait),
    "n": ("n TEXT  note on this step", lambda run, text: run.act("note", text=text)),
    "s": ("s REASON  skip this step", lambda run, text: run.act("skip", reason=text or None)),
    "u": ("u  undo", lambda run, _: run.act("undo")),
    "U": ("U  redo", lambda run, _: run.act("redo")),
    "g": ("g STEP  go to a step, by number or title", lambda run, text: run.act("goto", step=text)),
    "a": ("a TITLE  add a step to this run", lambda run, text: run.act("add", title=text)),
    "-": ("- STEP  switch a step off for this run, or on again", _switch),
    "m": ("m STEP after STEP  move a step to come behind another, in this run", _move),
    "o": ("o SYSTEM  do this step with another of its systems", lambda run, text: run.act("choose", system=text)),
    "e": ("e CHANGE  correct this step's time: +2m, -90s, 15m; e STEP CHANGE another's", _correct),
    "t": ("t NUMBER  tick an item of the checklist, or take the tick away", _tick),
    "i": ("i  this step again, with its instructions", lambda run, _: run.tell_step()),
    "c": ("c  the clock: this step, the total, the finish, the odds", _clock),
    "v": ("v  hold it against the next: usual, best run, last and so on", _compare),
    "y": ("y TIME  by when it has to be through; y alone takes that back", _deadline),
    "l": ("l  list all steps", lambda run, _: run.say(words.checklist(run.view))),
    "z": ("z  count the sleep that was left out", lambda run, _: run.act("count_sleep")),
    "f": ("f  finish the run now; open steps count as skipped", lambda run, _: run.act("finish")),
    "k": ("k  leave, the clock goes on", lambda run, _: run.keep_running()),
    "q": ("q  pause and leave", lambda run, _: run.leave()),
    "?": ("?  this list", lambda run, _: run.say(HELP)),
}
"""By letter: the line in the help, and what it does with the text behind the letter."""
_BY_WORD = dict(
    (
        *(
            ("done", ""),
            ("pause", "p"),
            ("resume", "r"),
            ("begin", "r"),
            ("wait", "w"),
            ("waiting", "w"),
            ("note", "n"),
        ),
        *(("skip", "s"), ("undo", "u"), ("redo", "U"), ("goto", "g"), ("add", "a"), ("off", "-"), ("on", "-")),
        *(
            ("move", "m"),
            ("choose", "o"),
            ("amend", "e"),
            ("correct", "e"),
            ("tick", "t"),
            ("clock", "c"),
            ("versus", "v"),
        ),
        *(("deadline", "y"), ("list", "l"), ("count", "z"), ("finish", "f"), ("quit", "q"), ("help", "?")),
    )
)
"""The words that the letters stand for work as well."""
HELP: tuple[str, ...] = tuple(line for line, _ in _COMMANDS.values())


def command_named(name: str) -> Command | None:
    """Find a command by its letter, or the word that stands for it; None where there is none."""
    found = _COMMANDS.get(name) or _COMMANDS.get(_BY_WORD.get(name.casefold(), name))
    return None if found is None else found[1]
