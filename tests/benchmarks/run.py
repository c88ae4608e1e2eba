"""Measures how quick and how small the program is, each figure against a base taken right beside it; prints a table.

    python tests/benchmarks/run.py [--rounds N] [--only NAME,…]

It reports and never fails: times depend on the machine, and on a busy one they jump. The ratio is the
median over the rounds of figure / base within one round; the spread is its quartiles.
P is `python -c pass`, H a bare Textual app, F an append of 200 bytes flushed to the disk.
"""

from __future__ import annotations

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from tests.benchmarks.report import main

    main(__doc__ or "")
