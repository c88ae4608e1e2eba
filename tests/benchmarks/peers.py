"""Other programs beside ours: timewarrior (Debian) and watson (PyPI: td-watson), each with the same ten years.

They know time but not work, so that only what they share with us is asked: what runs now, and how long everything
took. Beside the first frame stands that of posting (PyPI), a Textual app for another purpose, as it is when empty.
Those that are not installed, or do not start here, are left out.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.benchmarks.installed import Installed, call, plain_environment
from tests.benchmarks.sizes import FIRST_ROUTINE, ROUTINE, home_of
from tests.benchmarks.terminal import Terminal

Command = tuple[str, list[str], dict[str, str]]

_SAMPLE = "%Y%m%dT%H%M%SZ"
NAMES = (
    "first frame of procroutine",
    "first frame of posting",
    "procroutine status",
    "procroutine trends",
    "procroutine trends of all five",
    "timew summary of all",
    "timew",
    "watson report of all",
    "watson log of all",
    "watson status",
)


def peers(installed: Installed) -> dict[str, float]:
    """Milliseconds of each command over the same ten years of 26,000 step times, and of Python's own start."""
    own = home_of(installed, "10 years")
    folder = Path(own.home).parent / "peers"
    if not folder.exists():
        _write_peers(folder, own)
    figures = {"python beside peers": _milliseconds(("python", [installed.python, "-c", "pass"], {}))}
    figures |= {command[0]: _milliseconds(command) for command in _commands(own, folder)}
    figures["procroutine trends of all five"] = sum(
        _milliseconds(("", own.words("trends", f"routine-{number:03}"), {})) for number in range(5)
    )
    return {**figures, **dict(_first_frames(own, folder))}


def _first_frames(own: Installed, folder: Path) -> Iterator[tuple[str, float]]:
    yield "first frame of procroutine", _first_frame(own.words(), folder, "This week", FIRST_ROUTINE)
    if posting := shutil.which("posting"):
        try:
            yield "first frame of posting", _first_frame([posting], folder, "Posting 2", "Collection")
        except TimeoutError as problem:
            print(f"posting is left out, since it does not start here: {problem}", flush=True)


def _first_frame(words: list[str], folder: Path, *texts: str) -> float:
    with Terminal(words, {**plain_environment(), "HOME": str(folder)}) as terminal:
        return terminal.wait_for(*texts) * 1000


def _commands(own: Installed, folder: Path) -> Iterator[Command]:
    yield "procroutine status", own.words("status"), {}
    yield "procroutine trends", own.words("trends", ROUTINE), {}
    if timew := shutil.which("timew"):
        environment = {"TIMEWARRIORDB": str(folder / "timewarrior")}
        yield "timew", [timew], environment
        yield "timew summary of all", [timew, "summary", ":all"], environment
    if watson := shutil.which("watson"):
        environment = {"WATSON_DIR": str(folder / "watson")}
        yield "watson status", [watson, "status"], environment
        yield "watson report of all", [watson, "report", "--all", "--no-pager"], environment
        yield "watson log of all", [watson, "log", "--all", "--no-pager"], environment


def _milliseconds(command: Command) -> float:
    _, words, environment = command
    began = perf_counter()
    subprocess.run(words, env={**plain_environment(), **environment}, capture_output=True, check=False)
    return (perf_counter() - began) * 1000


def _write_peers(folder: Path, own: Installed) -> None:
    """Write the steps of all runs as intervals, in the form that each of them keeps."""
    steps = list(_steps(own))
    data = folder / "timewarrior" / "data"
    data.mkdir(parents=True)
    (folder / "timewarrior" / "timewarrior.cfg").touch()
    (data / "tags.data").write_text("{}", encoding="utf-8")
    months: dict[str, list[str]] = defaultdict(list)
    for begin, end, routine, step in steps:
        months[f"{begin:%Y-%m}"].append(f"inc {begin:{_SAMPLE}} - {end:{_SAMPLE}} # {routine} {step}")
    for month, lines in months.items():
        (data / f"{month}.data").write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")
    frames = [
        [int(begin.timestamp()), int(end.timestamp()), routine, f"{number:032x}", [step], int(end.timestamp())]
        for number, (begin, end, routine, step) in enumerate(steps)
    ]
    (folder / "watson").mkdir()
    (folder / "watson" / "frames").write_text(json.dumps(frames), encoding="utf-8")


def _steps(own: Installed) -> Iterator[tuple[datetime, datetime, str, str]]:
    runs: list[dict[str, Any]] = json.loads(call(own.words("history", "--json")))["runs"]
    for run in runs:
        for step in run["steps"]:
            if step["state"] == "done" and step["started_at"] and step["ended_at"]:
                begin, end = (datetime.fromisoformat(step[key]).astimezone(UTC) for key in ("started_at", "ended_at"))
                yield begin, end, run["routine"], step["id"]
