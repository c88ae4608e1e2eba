"""What an installation takes on the disk: sizes come out the same on every machine."""

from __future__ import annotations

import io
import re
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
MEGABYTE = 1_000_000


def test_the_wheel_is_smaller_than_a_megabyte() -> None:
    packed = io.BytesIO()
    files = [path for folder in ("procroutine", "routines") for path in (ROOT / folder).rglob("*") if path.is_file()]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path in files:
            if path.suffix != ".pyc":
                wheel.write(path, path.relative_to(ROOT))
    assert packed.tell() < MEGABYTE


def test_all_that_it_needs_is_smaller_than_twenty_megabytes_without_byte_code() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting, sizes = list(project["dependencies"]), dict[str, int]()
    for asked in waiting:  # which grows meanwhile
        name = re.match(r"[\w.-]+", asked)
        assert name is not None
        key = name[0].lower().replace("_", "-")
        if key in sizes or "extra ==" in asked:
            continue
        try:
            found = distribution(key)
        except PackageNotFoundError:
            continue  # not on this system
        files = [Path(str(found.locate_file(file))) for file in found.files or ()]
        sizes[key] = sum(path.stat().st_size for path in files if path.suffix != ".pyc" and path.is_file())
        waiting += found.requires or ()
    assert {"textual", "tinydb", "rich"} <= sizes.keys()
    assert sum(sizes.values()) < 20 * MEGABYTE, sizes
