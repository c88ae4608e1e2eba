"""The plain mode: a run asked line by line, for screen readers and terminals that can only print.

It goes through the same verbs as the app, and says what the Run screen would show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.cli import plain_words as words
from procroutine.cli.main import OK
from procroutine.cli.plain_commands import command_named
from procroutine.errors import NotFound, UserError
from procroutine.history.redlines import KEPT, NEXT_TIME
from procroutine.run.late import Seen
from procroutine.settings import Settings
from procroutine.text import as_typed

if TYPE_CHECKING:
    from procroutine.cli.main import Context
    from procroutine.clock import Reading
    from procroutine.history.home import Answer, Home
    from procroutine.insight.viewer import Viewer
    from procroutine.insight.views.run import RunView
    from procroutine.run.states import RunState

OUTCOMES = {"y": "met", "p": "partly", "n": "missed"}
_PAUSES = {"w": "work", "t": "waiting"}


def run_plainly(
    context: Context, viewer: Viewer, run_id: str, read_line: Callable[[], str], settings: Settings, paused: timedelta
) -> int:
    """Walk a person through an open run, a line at a time, until it ends or is left; gives the exit code.

    `paused` is how long the pause was that has just ended.
    """
    return PlainRun(context, viewer, read_line, settings).walk(run_id, paused)


class PlainRun:
    """One run, asked and answered in lines."""

    view: RunView
    """The run as it was told last."""
    run_id = ""

    def __init__(
        self, context: Context, viewer: Viewer, read_line: Callable[[], str], settings: Settings | None = None
    ) -> None:
        """Take answers from `read_line`, which gives an empty text at the end of input."""
        self.home: Home = context.home
        self.viewer = viewer
        self._console = context.console
        self._read_line = read_line
        self._long_pause = (settings or Settings()).long_pause
        self._left = False

    def walk(self, run_id: str, paused: timedelta = timedelta()) -> int:
        """Ask step after step; the end of input and an interrupt leave the run paused, as does `q`."""
        self.run_id = run_id
        told: object = None
        try:
            while (view := self._look()) is not None and not self._left:
                self.view = view
                if told is None:
                    self.say(words.welcome(view))
                    self._ask_about_pause(paused)
                    self.view = self._look() or view
                if (standing := _standing(self.view)) != told:
                    self.tell_step()
                    told = standing
                line = self.ask("> ")
                if line is None:
                    self.leave()
                else:
                    self._obey(line)
        except KeyboardInterrupt:
            if told is not None:
                self.leave()
            raise
        if not self._left:
            self._finish()
        return OK

    def _look(self) -> RunView | None:
        try:
            return self.viewer.run(self.run_id)
        except NotFound:
            return None

    def _obey(self, line: str) -> None:
        name, _, text = line.strip().partition(" ")
        command = command_named(name)
        if command is None:
            self._console.remark(f"There is no command {name}: ? lists them.")
            return
        try:
            command(self, text.strip())
        except UserError as error:
            self._console.refuse(error)

    @property
    def now(self) -> Reading:
        """The clocks as they are."""
        return self.home.clock.read()

    def state(self) -> RunState:
        """Give the run as it stands; NotFound where it is not open any more."""
        return self.home.open_run(self.run_id)

    def act(self, verb: str, **details: Any) -> Answer:
        """Carry out a verb of the run as it was told, and say what happened."""
        seen = Seen(step=self.view.steps[self.view.current].id, acts=self.view.acts)
        answer = self.home.act(verb, run=self.run_id, seen=seen, **details)
        for sentence in answer.said:
            self._console.say(sentence)
        if not answer.ended:
            self._console.say(words.happened(answer))
        return answer

    def go_on(self, verb: str) -> None:
        """Carry out a verb that ends a pause; where that was a long one, ask what it was."""
        was_paused = self.view.paused_since is not None and self.view.waiting_for is None
        answer = self.act(verb)
        if was_paused and not answer.ended:
            self.view = self._look() or self.view
            self._ask_about_pause(answer.run.last_pause)

    def _ask_about_pause(self, length: timedelta) -> None:
        if length <= self._long_pause:
            return
        answer = self.ask(words.was_it_a_pause(length))
        what = _PAUSES.get((answer or "").strip().casefold()[:1])
        if what is not None:
            self.act("recount", what=what)

    def tell_step(self) -> None:
        """Say the step that the clock is on, and where the run leads."""
        self.say(words.step(self.view))
        self.tell_outlook()

    def tell_outlook(self) -> None:
        """Say where the run leads, with the odds, which are worked out for that."""
        if self.view.odds_due:
            for _ in self.viewer.odds_work(self.run_id):
                pass
            self.view = self._look() or self.view
        self.say(words.outlook(self.view))

    def leave(self) -> None:
        """Pause and leave, which is what the app does by default."""
        self._left = True
        if self.view.paused_since is None:
            self.act("pause")
        self._console.say(f"Go on with: procroutine run {as_typed(self.view.routine_id)} --plain")

    def keep_running(self) -> None:
        """Leave, and let the clock go on."""
        self._left = True
        self._console.say("The clock goes on. procroutine done, pause and finish work from any terminal.")

    def _finish(self) -> None:
        """Tell how it went, and ask what the app asks."""
        view = self.viewer.finish(self.run_id)
        self.say(words.finish(view))
        if (answer := self.ask("Did it produce its output? y yes, p partly, n no, Enter passes: ")) is None:
            return
        if (outcome := OUTCOMES.get(answer.strip().casefold()[:1])) is not None:
            self.home.history().set_outcome(self.run_id, outcome)
        redline = self.ask(f"{NEXT_TIME} Enter passes: ")
        if redline is not None and redline.strip():
            self.home.history().add_redline(view.routine_id, redline.strip(), run=self.run_id)
            self._console.say(KEPT)

    def say(self, lines: Iterable[str]) -> None:
        """Print lines."""
        for line in lines:
            self._console.say(line)

    def ask(self, question: str) -> str | None:
        """Ask for a line; None at the end of input."""
        self._console.ask(question)
        line = self._read_line()
        return line.rstrip("\n") if line else None


def _standing(view: RunView) -> object:
    """Give what makes the step worth telling anew."""
    return view.panel.id, view.paused_since is not None, view.preparing
