"""Correcting the past; every value before a correction is kept, and can be brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import parse_change, step_time
from procroutine.errors import DoesNotFit
from procroutine.text import as_typed

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.history.home import Home
    from procroutine.history.past import PastRun

_OUTCOMES = ("met", "partly", "missed", "none")
_TURNS = ("undo-correction", "redo-correction")


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    count, without = ("?", "; without, the one corrected last here") if name in _TURNS else (None, "")
    parser.add_argument("run", metavar="RUN", nargs=count, help=f"a run, by a unique beginning of its id{without}")
    if name == "amend":
        parser.add_argument("step", metavar="STEP", help="number, id or title of a step")
        parser.add_argument("change", metavar="DURATION", help="15m sets its time; +2m and -90s change it")
    elif name == "set-start":
        parser.add_argument("start", metavar="WHEN", help="13:45, 2026-11-19, 2026-11-19T13:45; +10m and -1d move it")
    elif name == "set-note":
        parser.add_argument("text", metavar="TEXT", help="what takes the place of the note; '' takes it away")
        parser.add_argument("--step", metavar="STEP", help="number, id or title of a step; the whole run without")
    elif name == "set-alternative":
        parser.add_argument("step", metavar="STEP", help="number, id or title of a step that has alternatives")
        parser.add_argument("system", metavar="SYSTEM", help="id or name of the one it was done with")
    elif name == "set-outcome":
        parser.add_argument("outcome", choices=_OUTCOMES, help="did it produce its output")
    elif name == "leave-out":
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("--reason", metavar="TEXT", help="why")
        either.add_argument("--not", dest="counts", action="store_true", help="let it count again")
    elif name == "corrections":
        parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one correction and say what it did."""
    home, say = context.whole_home, context.console.say
    if name == "corrections":
        _list(options, context)
    elif name in _TURNS:
        say(_turned(name, options.run, home))
    elif name == "amend":
        sign, length = parse_change(options.change)
        run, title, time = home.amend(options.run, options.step, sign, length)
        say(f"{title} now has {step_time(time)}; the run {step_time(run.active)}.")
    else:
        past = _ended(home, options.run)
        say(_CORRECT[name](home, past, options))
    return OK


def _ended(home: Home, beginning: str) -> PastRun:
    run_id = home.run_named(beginning)
    past = home.history().run(run_id)
    if past is None:
        raise DoesNotFit(f"{home.find_run(run_id).routine_name} is still open", "finish it first, then correct it")
    return past


def _named(past: PastRun) -> str:
    return f"{past.run.routine_name}, {past.run.week}"


def _set_start(home: Home, past: PastRun, options: argparse.Namespace) -> str:
    from procroutine.history.new_start import set_start

    run = set_start(home, past.run.id, options.start).run
    return f"{run.routine_name} now began {run.started_at:%a %d %b %Y %H:%M}, in {run.week}."


def _set_note(home: Home, past: PastRun, options: argparse.Namespace) -> str:
    from procroutine.run.finding import find_step

    text = options.text
    step = None if options.step is None else find_step(past.run, options.step)
    home.history().set_note(past.run.id, text, "" if step is None else step.id)
    what = "note" if step is None else f"note of {step.title}"
    return f"{_named(past)}: {what} {'taken away' if not text.strip() else 'written'}."


def _set_alternative(home: Home, past: PastRun, options: argparse.Namespace) -> str:
    from procroutine.run.finding import find_step
    from procroutine.run.step_verbs import alternatives_of

    step = find_step(past.run, options.step)
    place = past.run.steps.index(step)
    run = home.history().set_alternative(past.run.id, step.id, options.system).run
    names = alternatives_of(step.definition, run.definition.get("systems", {}))
    return f"{_named(past)}: {step.title} was done with {names[run.steps[place].alternative or '']}."


def _set_outcome(home: Home, past: PastRun, options: argparse.Namespace) -> str:
    outcome = None if options.outcome == "none" else options.outcome
    home.history().set_outcome(past.run.id, outcome)
    return f"{_named(past)}: output {outcome or 'not said'}."


def _leave_out(home: Home, past: PastRun, options: argparse.Namespace) -> str:
    reason = None if options.counts else options.reason.strip()
    if reason == "":
        raise DoesNotFit("the reason is empty", "say why in a word or more")
    home.history().leave_out(past.run.id, reason)
    return f"{_named(past)} {'counts again' if reason is None else 'stays out of the statistics'}."


def _delete(home: Home, past: PastRun, _options: argparse.Namespace) -> str:
    if past.deleted:
        return f"{_named(past)} was deleted before."
    home.history().delete(past.run.id)
    return f"Deleted {_named(past)}. Bring it back with: procroutine restore {as_typed(past.run.id)}"


def _restore(home: Home, past: PastRun, _options: argparse.Namespace) -> str:
    if not past.deleted:
        return f"{_named(past)} was not deleted."
    home.history().restore(past.run.id)
    return f"{_named(past)} is back."


_CORRECT = {
    "set-start": _set_start,
    "set-note": _set_note,
    "set-alternative": _set_alternative,
    "set-outcome": _set_outcome,
    "leave-out": _leave_out,
    "delete": _delete,
    "restore": _restore,
}


def _turned(name: str, beginning: str | None, home: Home) -> str:
    """Take a correction back, or bring it in again, and say which of what run that was."""
    from procroutine.insight.correction_words import brought_in_in_words, own_line, taken_back_in_words

    history, is_redo = home.history(), name == "redo-correction"
    run_id = history.corrected_last(taken_back=is_redo) if beginning is None else _ended(home, beginning).run.id
    past, turned = (history.redo_correction if is_redo else history.undo_correction)(run_id)
    said = brought_in_in_words if is_redo else taken_back_in_words
    return f"{_named(past)}. {said(own_line(turned, past.run))}"


def _list(options: argparse.Namespace, context: Context) -> None:
    from procroutine.insight.correction_words import correction_lines, correction_records

    past = _ended(context.home, options.run)
    lines = correction_lines(context.home.history().corrections(past.run.id), past.run)
    if options.json:
        context.console.answer({"format": 1, "run": past.run.id, "corrections": correction_records(lines)})
    elif not lines:
        context.console.remark("Nothing was corrected in this run.")
    else:
        rows = [(f"{line.day} {line.time}", line.device, line.sentence, line.remark) for line in lines]
        for row in aligned([("when", "device", "what", ""), *rows]):
            context.console.say(row)
