"""Every command, the module that carries it out, and its line in the help."""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("app", "open the app on a routine's run: begun now, or resumed if one is open"),
    "routines": ("definitions", "the routines: due, goal, last, streak, weeks put off"),
    "check": ("definitions", "every problem of every routine file"),
    "new": ("definitions", "write a commented routine file to fill in"),
    "edit": ("definitions", "open a routine file in your editor and check it"),
    "manual": ("definitions", "print a routine as a training manual"),
    "start": ("verbs", "begin a run"),
    "done": ("verbs", "the step is done; on to the next"),
    "skip": ("verbs", "skip the step"),
    "undo": ("verbs", "take back the last thing done, a finish too"),
    "redo": ("verbs", "bring back what was taken back"),
    "pause": ("verbs", "stop the clock, or wait for something"),
    "resume": ("verbs", "let the clock go on"),
    "note": ("verbs", "write a note on the step"),
    "goto": ("verbs", "go to another step"),
    "add": ("verbs", "add a step to this run only"),
    "finish": ("verbs", "end the run; open steps count as skipped"),
    "abandon": ("verbs", "end the run and keep it out of the figures"),
    "status": ("status", "the open runs, for status bars"),
    "history": ("past", "finished and abandoned runs, newest first"),
    "show": ("past", "one run with its steps"),
    "amend": ("corrections", "correct a step's time"),
    "set-outcome": ("corrections", "say whether the output was met, partly or missed"),
    "leave-out": ("corrections", "keep a run out of the statistics"),
    "delete": ("corrections", "delete a run; restore brings it back"),
    "restore": ("corrections", "bring a deleted run back"),
    "off": ("corrections", "declare a week off"),
    "trends": ("figures", "week over week against the goal"),
    "targets": ("figures", "what each step may take"),
    "export": ("exchange", "write runs out as JSON"),
    "import": ("exchange", "bring runs in"),
    "doctor": ("doctor", "is every file sound; --repair puts right what is not"),
    "demo": ("demo", "try it on a throw-away home with made-up history"),
    "help": ("manual_pages", "this list, or `help format`: how a routine file is written"),
    "completion": ("manual_pages", "completion for your shell"),
    "reset-terminal": ("manual_pages", "put a broken terminal right"),
}

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Do", ("run", "start", "done", "skip", "undo", "redo", "pause", "resume", "note", "goto", "add")),
    ("", ("finish", "abandon", "status")),
    ("Define", ("routines", "new", "edit", "check", "manual")),
    ("Look back", ("history", "show", "trends", "targets")),
    ("Correct", ("amend", "set-outcome", "leave-out", "delete", "restore", "off")),
    ("Move and try", ("export", "import", "doctor", "demo", "completion", "reset-terminal", "help")),
)
"""The commands as the help lists them: heading and names."""
