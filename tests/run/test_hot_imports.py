"""Everything under `procroutine.run` is on the path of `status`: what it loads is counted."""

from __future__ import annotations

import pkgutil
import subprocess
import sys
from pathlib import Path

import procroutine.run

FORBIDDEN = {"dataclasses", "typing", "inspect", "pathlib", "tempfile", "hashlib", "contextlib", "tomllib", "zoneinfo"}
FORBIDDEN |= {"textual", "rich", "tinydb", "pendulum", "dateutil", "difflib", "ast", "threading", "subprocess"}
PROGRAM = """
import sys, json
before = set(sys.modules)
import {modules}
print(*sorted(set(sys.modules) - before))
"""


def test_the_run_package_loads_little_more_than_json() -> None:
    modules = [module.name for module in pkgutil.iter_modules(procroutine.run.__path__, "procroutine.run.")]
    assert len(modules) > 8
    program = PROGRAM.format(modules=", ".join(modules))
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    loaded = done.stdout.split()
    assert not FORBIDDEN.intersection(loaded)
    foreign = [name for name in loaded if not name.startswith("procroutine")]
    assert set(foreign) <= {"__future__", "_datetime", "datetime", "math", "fcntl", "errno", "zlib", "stat", "time"}
