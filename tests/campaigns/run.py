"""Run campaigns: `python tests/campaigns/run.py NAME… --size stated`, or `all`; `--list` shows them.

Each prints a line with its counts, then `held`, or a line with FAILED for everything found and the
command that repeats it. Leaves with 1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
import traceback
from datetime import timedelta
from pathlib import Path

sys.path[0] = str(Path(__file__).parents[2])  # the repository, so that no campaign hides a module by its name

from tests.campaigns.campaign import Campaign, Report, about, campaigns  # noqa: E402  # after the line above


def main(words: list[str]) -> int:
    """Run what the words say; gives the exit code."""
    known = campaigns()
    asked = _parser(list(known)).parse_args(words)
    if asked.list:
        for campaign in known.values():
            print(f"{campaign.NAME:12} small {campaign.SMALL:>7,}  stated {campaign.STATED:>9,}  {about(campaign)}")
        return 0
    if not asked.names or not {*asked.names} <= {*known, "all"}:
        _parser(list(known)).error(f"name campaigns, or all: {', '.join(known)}")
    names = list(known) if "all" in asked.names else asked.names
    limit = None if asked.minutes is None else timedelta(minutes=asked.minutes)
    results = [_run(known[name], asked.size, asked.seed, limit) for name in names]
    return 0 if all(results) else 1


def _parser(names: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python tests/campaigns/run.py", description="Run campaigns.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join([*names, "all"]))
    parser.add_argument("--size", default="small", type=_size, help="small, stated, or a number")
    parser.add_argument("--seed", default=1, type=int, help="begins all random choices")
    parser.add_argument("--minutes", type=float, help="stop each campaign then, and print what was reached")
    parser.add_argument("--list", action="store_true", help="show the campaigns and their sizes")
    return parser


def _size(word: str) -> str:
    if word not in ("small", "stated"):
        int(word)
    return word


def _run(campaign: Campaign, size: str, seed: int, limit: timedelta | None) -> bool:
    number = {"small": campaign.SMALL, "stated": campaign.STATED}.get(size)
    number = int(size) if number is None else number
    report = Report(campaign.NAME, limit)
    try:
        campaign.run(number, seed, report)
    except KeyboardInterrupt:
        report.fail("stopped by hand")
    except (Exception, SystemExit):  # a campaign that cannot go on has failed, and the others are run all the same
        report.fail(traceback.format_exc())
    print(report.line(), flush=True)
    for failure in report.failures:
        print(f"  FAILED: {failure}")
    if not report.held:
        print(f"  repeat: python tests/campaigns/run.py {campaign.NAME} --size {number} --seed {seed}", flush=True)
    else:
        print("  held", flush=True)
    return report.held


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
