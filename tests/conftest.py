"""How the tests run: so many side by side, and those over random examples as slowly as the machine is."""

from __future__ import annotations

import gc
import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

from tests.compiled import compile_all, keep_what_is_compiled

MEMORY = "/dev/shm"
ROOM = 2 * 1024**3
"""Bytes: many times what all tests together need."""
_LONGEST = 200
"""Letters of a text in the name of a test."""


def keep_homes_in_memory() -> None:
    """Make temporary folders in memory where the system has room there: a disk takes a hundred times as long to flush.

    A person who names a folder for them in TMPDIR has them there.
    """
    if "TMPDIR" in os.environ or not os.path.isdir(MEMORY):
        return
    found = os.statvfs(MEMORY)
    if found.f_bavail * found.f_frsize >= ROOM and not found.f_flag & (os.ST_NOEXEC | os.ST_RDONLY):
        os.environ["TMPDIR"] = MEMORY
        tempfile.tempdir = None  # so that the next who asks looks at the variable


# A limit of milliseconds to each example would fail tests on a busy machine, and says nothing of what they state.
settings.register_profile("unhurried", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
keep_what_is_compiled()
keep_homes_in_memory()
gc.disable()  # until the tests are collected, of which nothing is garbage

if late := os.environ.get("PROCROUTINE_TESTS_LATE"):
    from tests.late import be_late

    be_late(float(late))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Give two workers for a core: tests on real terminals and of several programs wait for much of their time."""
    return 2 * cores()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Compile everything before there are workers."""
    compile_all(config, cores())


def cores() -> int:
    """Give the cores that the tests may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name a test of a long text by its beginning: names go from worker to worker, and one had two million letters."""
    return repr(val[:_LONGEST]) if isinstance(val, (str, bytes)) and len(val) > _LONGEST else None


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what was loaded for good out of collecting garbage, and collect more seldom: a sixth of a test was that."""
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(300_000, 10, 10)


def pytest_unconfigure() -> None:
    """Look once for what was left open in what nobody needs; pytest looks five times more, and then finds no more."""
    gc.collect()
    gc.freeze()
