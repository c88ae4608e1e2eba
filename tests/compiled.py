"""What Python compiles of the tests and of the program, once for all workers: each would compile all of it otherwise.

Tests are compiled by pytest, which lets their assertions tell what stood in them, and the rest by Python itself. Both
keep what they compiled in `__pycache__` beside the source, and compile anew what has changed since.
"""

from __future__ import annotations

import compileall
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from _pytest.assertion import rewrite  # has no public way to compile a test without running it

ROOT = Path(__file__).parents[1]
_given: list[pytest.Config] = []
"""The settings of the tests, in a process that compiles."""


def keep_what_is_compiled() -> None:
    """Let this process and all that are begun by it keep that, whatever the environment says: there are hundreds."""
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def compile_all(config: pytest.Config, processes: int) -> None:
    """Compile what has changed since it was compiled last, in so many processes side by side."""
    files = [path for folder in ("procroutine", "tests") for path in (ROOT / folder).rglob("*.py")]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _given.append, (config,)) as pool:
        list(pool.map(_compile, files, chunksize=10))


def _compile(path: Path) -> None:
    """Compile one file as it will be loaded; what is wrong in it is told by who loads it."""
    if not path.name.startswith("test_") and path.name != "conftest.py":
        compileall.compile_file(path, quiet=2)
        return
    (config,) = _given
    kept = rewrite.get_cache_dir(path) / f"{path.stem}{rewrite.PYC_TAIL}"
    if rewrite._read_pyc(path, kept) is None and rewrite.try_makedirs(kept.parent):
        with suppress(SyntaxError):
            found, code = rewrite._rewrite_test(path, config)
            rewrite._write_pyc(config.stash[rewrite.assertstate_key], code, found, kept)
