"""`what-if`: what changes to a routine would bring, tried on a copy of its checklist."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.clock import zone_of
from procroutine.errors import BadInput
from procroutine.improvement.basis_reading import read_basis
from procroutine.improvement.change_text import FORMS, FewestAlready, order_with_fewest_switches, read_change
from procroutine.improvement.draft import Draft
from procroutine.improvement.keeping import keep
from procroutine.improvement.outcome_answer import outcome_json
from procroutine.improvement.outcome_of_change import OutcomeOfChange, outcomes_of_changes
from procroutine.improvement.prediction import predict
from procroutine.improvement.what_if import what_if_answer
from procroutine.improvement.what_if_view import what_if_view
from procroutine.text import as_typed, shown

if TYPE_CHECKING:
    from procroutine.cli.main import Context
    from procroutine.improvement.basis import Basis
    from procroutine.improvement.prediction import Prediction
    from procroutine.routine.model import Routine

_FEWEST = "fewest switches"
"""Stands for the order that is looked for."""


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
    parser.add_argument("--fewest-switches", dest="changes", action=_Change, const=_FEWEST, nargs=0, help=help_text)
    help_text = "with --fewest-switches: let the work go from person to person as it does now"
    parser.add_argument("--keep-hand-offs", action="store_true", help=help_text)
    parser.add_argument("--keep", action="store_true", help="write them into the routine's file: a new revision")
    help_text = "what was predicted of changes that were kept, against what came of them"
    parser.add_argument("--kept", action="store_true", help=help_text)
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Predict what the changes would bring."""
    from procroutine.insight.viewer import Viewer

    home = context.whole_home
    past, routine_id = Viewer(home).past, home.routine_id_known(options.routine)
    if options.kept:
        if options.changes or options.keep or options.keep_hand_offs:
            raise BadInput("--kept tries nothing", "leave the changes and what goes with them out")
        found = outcomes_of_changes(home, [past.routine(routine_id)], past.heads_of(routine_id))
        return _kept(found.get(routine_id, ()), routine_id, options, context)
    if options.keep_hand_offs and (_FEWEST, "") not in (options.changes or ()):
        raise BadInput("--keep-hand-offs says how to look for an order", "write --fewest-switches beside it")
    routine, basis = past.routine_with_steps(routine_id), read_basis(home, past, routine_id)
    draft = _draft_with(routine, options, basis)
    prediction = predict(draft, basis)
    kept = keep(home, draft, prediction) if options.keep else None
    if options.json:
        answer = what_if_answer(draft, prediction)
        context.console.answer(answer if kept is None else answer | {"revision": kept.revision, "file": kept.path})
        return OK
    for line in _lines(draft, basis, prediction):
        context.console.say(line)
    if kept is not None:
        context.console.say(
            f"Kept as v{kept.revision} in {shown(kept.path)}; what comes of it: what-if {as_typed(routine_id)} --kept"
        )
    return OK


def _kept(found: Sequence[OutcomeOfChange], routine_id: str, options: argparse.Namespace, context: Context) -> int:
    if options.json:
        answer = {"format": 1, "routine": routine_id, "kept": [outcome_json(one) for one in found]}
        context.console.answer(answer)
        return OK
    if not found:
        context.console.remark(
            f"No change was kept yet; try one: procroutine what-if {as_typed(routine_id)} --drop ID --keep"
        )
    zone = zone_of(context.clock.read())
    for one in found:
        day = one.prediction.made_at.astimezone(zone).date()
        context.console.say(f"v{one.revision}  {day.isoformat()}  {'; '.join(one.prediction.changes)}")
        for sentence in one.sentences():
            context.console.say(f"  {sentence}")
    return OK


def _draft_with(routine: Routine, options: argparse.Namespace, basis: Basis) -> Draft:
    """Make a draft with changes as they were typed, one after the other; errors as those of `Draft.changed`."""
    draft, keep_hand_offs = Draft.of(routine, with_ids=True), options.keep_hand_offs
    for kind, text in options.changes or ():
        draft = (
            _in_order(draft, keep_hand_offs, basis)
            if kind == _FEWEST
            else draft.changed(read_change(draft, kind, text))
        )
    return draft


def _in_order(draft: Draft, keep_hand_offs: bool, basis: Basis) -> Draft:
    """Put the steps in the order with the fewest switches; that they stand in it already is an answer, no error."""
    try:
        return draft.changed(order_with_fewest_switches(draft, keep_hand_offs=keep_hand_offs, used=basis.used))
    except FewestAlready as already:
        return replace(draft, remarks=(*draft.remarks, already.problem))


def _lines(draft: Draft, basis: Basis, prediction: Prediction) -> Iterator[str]:
    view = what_if_view(draft, basis, prediction)
    changes = f"what if: {'; '.join(view.changes)}" if view.changes else ""
    yield f"{view.name}   {changes or 'as it is'}"
    rows = [("", "now", "then", ""), *((one.label, one.now, one.then, one.change) for one in view.figures)]
    yield from aligned([row if view.changes else row[:2] for row in rows], right=frozenset({1, 2, 3}))
    if prediction.then.order != prediction.now.order:
        yield f"order: {', '.join(prediction.then.order)}"
    yield from view.remarks
