"""Inputs that atheris finds: it sees which code each reached, and goes on from there.

atheris is no dependency: `pip install atheris` beside procroutine, on Linux, is enough.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PATIENCE = 20
"""Seconds for one input, in which the code it reaches is recorded too."""
_MEGABYTES = 2048


def guided(size: int, seed: int) -> list[str]:
    """Let atheris try so many inputs in a process of its own, since it ends the one it is in; gives the faults."""
    options = [f"-runs={size}", f"-seed={seed}", f"-timeout={_PATIENCE}", f"-rss_limit_mb={_MEGABYTES}"]
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzzing.guided", *options, f"-artifact_prefix={folder}/"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        kept = [path.read_bytes()[:500] for path in sorted(Path(folder).iterdir())]
    return [] if done.returncode == 0 else [f"atheris left with {done.returncode}: {done.stderr[-1500:]} {kept}"]


def _of_text(take: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: take(data.decode("utf-8", "replace"))


def main() -> None:
    """Hand this process over to atheris."""
    atheris = importlib.import_module("atheris")  # no dependency: see above

    with atheris.instrument_imports(include=["procroutine", "tomllib"]):
        from procroutine.errors import UserError
        from tests.fuzzing.targets import TARGETS

    of_bytes: list[Callable[[bytes], object]] = []
    for target in TARGETS:
        if target.name in ("routine files", "journals", "year files"):
            of_bytes.append(target.take)
        elif target.name in ("imports", "moments", "durations", "schedules", "status formats", "texts"):
            of_bytes.append(_of_text(target.take))

    def one_input(data: bytes) -> None:
        try:
            of_bytes[(data[0] if data else 0) % len(of_bytes)](data[1:])
        except UserError:
            return

    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
