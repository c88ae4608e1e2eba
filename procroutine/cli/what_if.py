"""`what-if`: what changes to a routine would bring, tried on a copy of its checklist."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import signed, total_time
from procroutine.improvement.change import ORDER
from procroutine.improvement.change_text import FORMS, order_with_fewest_switches, read_change
from procroutine.improvement.draft import Draft
from procroutine.improvement.prediction import predict
from procroutine.improvement.what_if import read_basis, what_if_answer
from procroutine.insight.outlook import percent

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.cli.main import Context
    from procroutine.improvement.prediction import Figures, Prediction
    from procroutine.routine.model import Routine


class _Change(argparse.Action):
    """Keeps the changes in the order in which they were typed."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, text: Any, _: Any = None
    ) -> None:
        """Keep one more."""
        namespace.changes = [*(namespace.changes or ()), (self.const, text or "")]


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `what-if`."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    for kind, (form, help_text) in FORMS.items():
        parser.add_argument(
            f"--{kind}", dest="changes", action=_Change, const=kind, metavar=form, help=f"{help_text}; may repeat"
        )
    help_text = "put the steps in the order with the fewest switches that their after allows"
    parser.add_argument("--fewest-switches", dest="changes", action=_Change, const=ORDER, nargs=0, help=help_text)
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Predict what the changes would bring."""
    from procroutine.insight.viewer import Viewer

    home = context.whole_home
    past, routine_id = Viewer(home).past, home.routine_id_known(options.routine)
    draft = draft_with(past.routine(routine_id), options.changes or ())
    prediction = predict(draft, read_basis(home, past, routine_id))
    if options.json:
        context.console.answer(what_if_answer(draft, prediction))
        return OK
    for line in _lines(draft, prediction):
        context.console.say(line)
    return OK


def draft_with(routine: Routine, typed: list[tuple[str, str]] | tuple[()]) -> Draft:
    """Make a draft with changes as they were typed, one after the other; errors as those of `Draft.changed`."""
    draft = Draft.of(routine)
    for kind, text in typed:
        change = order_with_fewest_switches(draft) if kind == ORDER else read_change(draft, kind, text)
        draft = draft.changed(change)
    return draft


def _lines(draft: Draft, prediction: Prediction) -> Iterator[str]:
    changes = "; ".join(change.in_words() for change in draft.changes)
    yield f"{draft.routine.name}   {f'what if: {changes}' if changes else 'as it is'}"
    now, then = prediction.now, prediction.then
    goal = f" of {total_time(draft.routine.goal)}" if draft.routine.goal else ""
    rows = [
        ("total", _length(now.total), _length(then.total), _longer(now.total, then.total)),
        (f"odds{goal}", _odds(now), _odds(then), ""),
        ("switches", str(now.switches), str(then.switches), _more(then.switches - now.switches)),
        ("hand-offs", str(now.hand_offs), str(then.hand_offs), _more(then.hand_offs - now.hand_offs)),
        ("lead time", _length(now.lead), _length(then.lead), _longer(now.lead, then.lead)),
    ]
    if not draft.changes:
        rows = [(name, before, "", "") for name, before, _, _ in rows]
    heading = ("", "now", "then" if draft.changes else "", "")
    yield from aligned([heading, *rows], right=frozenset({1, 2, 3}))
    if then.order != now.order:
        yield f"order: {', '.join(then.order)}"
    yield from dict.fromkeys(filter(None, (now.no_odds, then.no_odds)))
    yield from (
        f"{remark[0].upper()}{remark[1:]}{'' if remark.endswith('?') else '.'}" for remark in prediction.remarks
    )


def _odds(figures: Figures) -> str:
    return "–" if figures.chance is None else percent(figures.chance)


def _length(length: timedelta | None) -> str:
    return "–" if length is None else total_time(length)


def _longer(before: timedelta | None, after: timedelta | None) -> str:
    if before is None or after is None or before == after:
        return ""
    return signed(after - before)


def _more(count: int) -> str:
    return "" if not count else f"{'+' if count > 0 else '−'}{abs(count)}"
