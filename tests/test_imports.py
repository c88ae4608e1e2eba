"""What is loaded when: the house's rules, and the start of `status` and the verbs."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import procroutine

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(procroutine.__path__, "procroutine.")
    if not module.name.endswith("__main__") and ".shipped_routines" not in module.name
)
SLOW = ("textual", "rich", "pendulum", "tinydb", "dateutil", "tomlkit", "dataclasses", "inspect", "pathlib", "tomllib")


def loaded_by(statement: str) -> set[str]:
    """Run a statement in a fresh interpreter and list what it loaded."""
    program = f"import sys; before = set(sys.modules)\n{statement}\nprint(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_every_module_can_be_imported_on_its_own_and_only_the_app_loads_textual() -> None:
    """One interpreter a module would take a minute: each is imported here after forgetting the others."""
    program = f"""
import gc, importlib, sys
gc.disable()  # what is forgotten is little, and looking for it a third of the work
start = set(sys.modules)
for name in {MODULES!r}:
    for other in set(sys.modules) - start:
        if other.startswith("procroutine"):
            del sys.modules[other]
    importlib.import_module(name)
    if not name.startswith("procroutine.tui") and "textual" in sys.modules:
        raise SystemExit(f"{{name}} loads textual")
"""
    order = sorted(MODULES, key=lambda name: name.startswith("procroutine.tui"))
    done = subprocess.run(
        [sys.executable, "-c", program.replace(repr(MODULES), repr(order))], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("module", ["status", "verbs"])
def test_status_and_the_verbs_load_nothing_slow(module: str) -> None:
    loaded = loaded_by(f"import procroutine.cli.main, procroutine.cli.{module}, procroutine.history.home")
    assert not loaded.intersection(SLOW), sorted(loaded.intersection(SLOW))


def test_before_the_first_frame_neither_markdown_nor_pendulum_is_loaded() -> None:
    loaded = loaded_by("import procroutine.tui.start, procroutine.tui.app, procroutine.tui.screens.week")
    forbidden = {"pendulum", "dateutil", "tomlkit", "markdown_it", "textual.widgets._markdown", "tinydb"}
    assert not loaded.intersection(forbidden), sorted(loaded.intersection(forbidden))
