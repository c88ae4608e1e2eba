"""`show`: one run of the past, or an open one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import signed, step_time, total_time
from procroutine.history.past_stretches import stretches_told_of
from procroutine.insight.correction_words import correction_lines, summary_of
from procroutine.insight.run_context import own_goal, with_goal_of_week
from procroutine.insight.run_page import order_in_words
from procroutine.run.live import LiveRun
from procroutine.run.record import run_json
from procroutine.run.remarks import remarks_on
from procroutine.run.step_verbs import alternatives_of
from procroutine.text import as_typed

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import timedelta

    from procroutine.cli.main import Context
    from procroutine.history.past import PastRun
    from procroutine.run.live import RunState, StepState


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `show`."""
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("run", metavar="RUN", help="a run, by a unique beginning of its id")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Show a run."""
    run = context.whole_home.find_run(options.run)
    # One that has ended stays in its journal while the history cannot be written.
    past = None if run.is_open else context.home.history().run(run.id)
    if options.json:
        told = {"left_out": None} if past is None else {**stretches_told_of(past), "left_out": past.left_out}
        context.console.answer({"format": 1, **run_json(run), **told})
        return OK
    home = context.home
    goal = own_goal(run, lambda: with_goal_of_week(home.library().entries.values()))
    first, *rest = _page(run, None if run.state == "abandoned" else goal)
    for line in (first, *_standing(past), *_corrected(past, context), *rest, *_about_its_time(run, past)):
        context.console.say(line)
    return OK


def _standing(past: PastRun | None) -> Iterator[str]:
    """Say why a run does not count, where it does not."""
    if past is None:
        return
    if past.deleted:
        yield f"deleted; bring it back with: procroutine restore {as_typed(past.run.id)}"
    if past.left_out is not None:
        yield f"left out of the statistics: {past.left_out}"


def _corrected(past: PastRun | None, context: Context) -> Iterator[str]:
    """Say how often a run was corrected and when last, and what another device's correction overtook."""
    if past is None:
        return
    lines = correction_lines(context.home.history().corrections(past.run.id), past.run)
    all_of_it = f"procroutine corrections {as_typed(past.run.id)}"
    if summary := summary_of(lines):
        yield f"{summary}; see: {all_of_it}"
    for line in lines:
        if line.state == "overtaken":
            yield f"overtaken by another device: {line.sentence}"


def _about_its_time(run: RunState, past: PastRun | None) -> Iterator[str]:
    """Say what there is to say of a run's clocks, and of an open run's sleep and age."""
    if run.is_open:
        yield from (remark.sentence for remark in remarks_on(run))
        return
    events = () if past is None else past.events
    if events and LiveRun.from_events(events).state(events[-1].reading).rebooted:
        yield "The machine was restarted in this run: the time across that is by the clock on the wall."


def _page(run: RunState, goal: timedelta | None) -> list[str]:
    """Give a run as lines, held against a goal if there is one."""
    end = f" · {run.state}"
    if run.ended_at is not None:
        same_day = run.ended_at.date() == run.started_at.date()
        end = run.ended_at.strftime(" to %H:%M" if same_day else " to %a %d %b %H:%M")
        end += " · abandoned" if run.state == "abandoned" else ""
    revision = f" · v{run.revision}" if run.revision else ""
    against = f", {signed(run.active - goal)} against the goal of {total_time(goal)}" if goal else ""
    lines = [
        f"{run.routine_name}{revision} · {run.week} · {run.started_at.strftime('%a %d %b %H:%M')}{end}",
        f"{step_time(run.active)} active{against}",
    ]
    apart = [
        f"{step_time(length)} {name}"
        for name, length in (("paused", run.paused), ("waiting", run.waiting), ("asleep", run.asleep))
        if length
    ]
    lines += [", ".join(apart)] if apart else []
    lines += [f"clock corrected by {signed(run.corrected)}"] if run.corrected else []
    lines += [f"outcome: {run.outcome}"] if run.outcome else []
    lines += [f"note: {run.note}"] if run.note else []
    lines += [order] if (order := order_in_words(run)) else []
    signs = {"done": "✓", "skipped": "–", "current": "▶", "pending": "○"}
    rows = [(signs[step.state], step.title, _time(step), " · ".join(_remarks(step, run))) for step in run.steps]
    return lines + aligned(rows, right=frozenset({2}))


def _time(step: StepState) -> str:
    return "" if step.taken is None else step_time(step.taken)


def _remarks(step: StepState, run: RunState) -> Iterator[str]:
    """Say what of a step is not as the routine has it, what it was done with where it had a choice, and its notes."""
    if step.state == "skipped":
        yield "off" if step.off else "skipped"
    if step.prepared is not None:
        yield "before the run" if step.active is None else f"{step_time(step.prepared)} more before the run"
    if step.added:
        yield "in this run only"
    if step.alternative is not None:
        names = alternatives_of(step.definition, run.definition.get("systems", {}))
        yield f"with {names.get(step.alternative, step.alternative)}"
    yield from step.notes
