"""The plain mode: a run asked line by line, for screen readers and terminals that can only print.

It goes through the same verbs as the app, and says what the Run screen would show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from procroutine.cli import plain_words as words
from procroutine.cli.main import OK
from procroutine.errors import DoesNotFit, NotFound, UserError
from procroutine.run.late import Seen

if TYPE_CHECKING:
    from procroutine.cli.console import Console
    from procroutine.cli.main import Context
    from procroutine.history.home import Home
    from procroutine.insight.viewer import Viewer
    from procroutine.insight.views.run import RunView

OUTCOMES = {"y": "met", "p": "partly", "n": "missed"}


def run_plainly(context: Context, viewer: Viewer, run_id: str, read_line: Callable[[], str]) -> int:
    """Walk a person through an open run, a line at a time, until it ends or is left; gives the exit code."""
    return PlainRun(context.home, viewer, context.console, read_line).walk(run_id)


class PlainRun:
    """One run, asked and answered in lines."""

    def __init__(self, home: Home, viewer: Viewer, console: Console, read_line: Callable[[], str]) -> None:
        """Take answers from `read_line`, which gives an empty text at the end of input."""
        self._home = home
        self._viewer = viewer
        self._console = console
        self._read_line = read_line
        self._run_id = ""
        self._view: RunView
        self._left = False

    def walk(self, run_id: str) -> int:
        """Ask step after step; the end of input and an interrupt leave the run paused, as does `q`."""
        self._run_id = run_id
        told: tuple[str, bool] | None = None
        try:
            while (view := self._look()) is not None and not self._left:
                self._view = view
                standing = view.panel.id, view.paused_since is not None
                if told is None:
                    self._say(words.welcome(view))
                if standing != told:
                    self._say(words.step(view))
                    told = standing
                line = self._ask("> ")
                if line is None:
                    self._leave("")
                else:
                    self._obey(line)
        except KeyboardInterrupt:
            self._leave("")
            raise
        if not self._left:
            self._finish()
        return OK

    def _look(self) -> RunView | None:
        try:
            return self._viewer.run(self._run_id)
        except NotFound:
            return None

    def _obey(self, line: str) -> None:
        name, _, text = line.strip().partition(" ")
        command = _COMMANDS.get(name) or _COMMANDS.get(_BY_WORD.get(name.casefold(), name))
        if command is None:
            self._console.remark(f"There is no command {name}: ? lists them.")
            return
        try:
            command[1](self, text.strip())
        except UserError as error:
            self._console.refuse(error)

    def _act(self, verb: str, **details: Any) -> None:
        view = self._view
        seen = Seen(step=view.steps[view.current].id, acts=view.acts)
        answer = self._home.act(verb, run=self._run_id, seen=seen, **details)
        for sentence in answer.said:
            self._console.say(sentence)
        if not answer.ended:
            self._console.say(words.happened(answer))

    def _waiting(self, text: str) -> None:
        if not text:
            raise DoesNotFit("waiting needs a cause", "write it behind the w")
        self._act("waiting", text=text)

    def _tick(self, text: str) -> None:
        items = self._view.panel.checklist
        if not text.isdecimal() or not 1 <= int(text) <= len(items):
            raise DoesNotFit(
                f"{text or 'nothing'} is no item of the checklist", f"write t and a number, 1 to {len(items)}"
            )
        place = int(text) - 1
        self._act("tick", step=self._view.panel.id, item=place, on=not items[place][1])

    def _leave(self, _text: str) -> None:
        """Pause and leave, which is what the app does by default."""
        self._left = True
        if self._view.paused_since is None:
            self._act("pause")
        self._console.say(f"Paused. Go on with: procroutine run {self._view.routine_id} --plain")

    def _keep_running(self, _text: str) -> None:
        self._left = True
        self._console.say("The clock goes on. procroutine done, pause and finish work from any terminal.")

    def _finish(self) -> None:
        """Tell how it went, and ask what the app asks."""
        view = self._viewer.finish(self._run_id)
        self._say(words.finish(view))
        if (answer := self._ask("Did it produce its output? y yes, p partly, n no, Enter passes: ")) is None:
            return
        if (outcome := OUTCOMES.get(answer.strip().casefold()[:1])) is not None:
            self._home.history().set_outcome(self._run_id, outcome)
        redline = self._ask("What will you change or eliminate next time? Enter passes: ")
        if redline is not None and redline.strip():
            self._home.history().add_redline(view.routine_id, redline.strip(), run=self._run_id)
            self._console.say("Kept. It stands on the routine until it is settled.")

    def _say(self, lines: Iterator[str]) -> None:
        for line in lines:
            self._console.say(line)

    def _ask(self, question: str) -> str | None:
        """Ask for a line; None at the end of input."""
        self._console.ask(question)
        line = self._read_line()
        return line.rstrip("\n") if line else None


_COMMANDS: dict[str, tuple[str, Callable[[PlainRun, str], None]]] = {
    "": ("Enter  the step is done", lambda run, _: run._act("done")),
    "p": ("p  pause", lambda run, _: run._act("pause")),
    "r": ("r  resume", lambda run, _: run._act("resume")),
    "w": ("w CAUSE  wait for something", PlainRun._waiting),
    "n": ("n TEXT  note on this step", lambda run, text: run._act("note", text=text)),
    "s": ("s REASON  skip this step", lambda run, text: run._act("skip", reason=text or None)),
    "u": ("u  undo", lambda run, _: run._act("undo")),
    "U": ("U  redo", lambda run, _: run._act("redo")),
    "g": ("g STEP  go to a step, by number or title", lambda run, text: run._act("goto", step=text)),
    "a": ("a TITLE  add a step to this run", lambda run, text: run._act("add", title=text)),
    "t": ("t NUMBER  tick an item of the checklist, or take the tick away", PlainRun._tick),
    "i": ("i  this step again, with its instructions", lambda run, _: run._say(words.step(run._view))),
    "c": ("c  the clock: this step, the total, the finish", lambda run, _: run._say(words.clock(run._view))),
    "l": ("l  list all steps", lambda run, _: run._say(words.checklist(run._view))),
    "f": ("f  finish the run now; open steps count as skipped", lambda run, _: run._act("finish")),
    "k": ("k  leave, the clock goes on", PlainRun._keep_running),
    "q": ("q  pause and leave", PlainRun._leave),
    "?": ("?  this list", lambda run, _: run._say(iter(HELP))),
}
"""By letter: the line in the help, and what it does with the text behind the letter."""
_BY_WORD = dict(
    (
        *(("done", ""), ("pause", "p"), ("resume", "r"), ("wait", "w"), ("waiting", "w"), ("note", "n"), ("skip", "s")),
        *(("undo", "u"), ("redo", "U"), ("goto", "g"), ("add", "a"), ("tick", "t"), ("list", "l"), ("finish", "f")),
        *(("quit", "q"), ("help", "?")),
    )
)
"""The words that the letters stand for work as well."""
HELP: tuple[str, ...] = tuple(line for line, _ in _COMMANDS.values())
