"""Several programs on one run at once: every verb lands once, and of those that mean the same step only one."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from pathlib import Path

from procroutine.clock import ManualClock, SystemClock
from procroutine.errors import DoesNotFit
from procroutine.history.home import Home
from procroutine.run.late import Seen
from tests.history.homes import NOW, home_in, places_of

STEPS = 40
WINDOWS = 4


def press_space(folder: Path, told: multiprocessing.Queue[str]) -> None:
    """Press Space for every step as soon as it is shown, as a person in each window at once would."""
    home = Home(places_of(folder), SystemClock())
    while runs := home.open_runs():
        run = runs[0]
        assert run.current is not None
        step = run.steps[run.current].id
        try:
            home.act("done", run=run.id, seen=Seen(step=step, acts=run.acts))
        except DoesNotFit as refused:
            told.put(f"refused {'elsewhere' in refused.problem}")
        else:
            told.put(f"done {step}")
    told.put("over")


def test_a_step_finished_in_four_windows_at_once_is_finished_once(tmp_path: Path) -> None:
    home = home_in(tmp_path, ManualClock(NOW))
    steps = "".join(f'[[steps]]\ntitle = "Step {number}"\n' for number in range(STEPS))
    (tmp_path / "routines" / "long.toml").write_text(f'name = "Long"\n{steps}')
    run_id = Home(home.places, SystemClock()).start("long").run.id
    context = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[str] = context.Queue()
    windows = [context.Process(target=press_space, args=(tmp_path, told)) for _ in range(WINDOWS)]
    for window in windows:
        window.start()
    heard: Counter[str] = Counter()
    while heard["over"] < WINDOWS:
        heard[told.get(timeout=60)] += 1
    for window in windows:
        window.join(60)
        assert window.exitcode == 0
    assert heard["refused False"] == 0, "whoever is late is told what happened"
    past = home.history().past(run_id)
    assert [event.kind for event in past.events] == ["started", *["done"] * STEPS]
    assert Counter({f"done {event.details['step']}": 1 for event in past.events[1:]}) == Counter(
        {word: count for word, count in heard.items() if word.startswith("done")}
    )
