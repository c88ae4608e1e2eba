"""Times the end of a run, from the verb until it is in the history; runs in the environment that is measured,
with a home's folder and a routine's id.

Prints the seconds of a flushed append of 200 bytes beside the history, and of a finish: the
medians of several in turn, since the time of a flush jumps.
"""

from __future__ import annotations

import os
import statistics
import sys
import time

from procroutine.clock import SystemClock
from procroutine.history.home import Home
from procroutine.places import find_places

TIMES = 5


def seconds_of_append(folder: str) -> float:
    path = os.path.join(folder, "append")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, b"x" * 200)
        os.fsync(descriptor)
        began = time.perf_counter()
        os.write(descriptor, b"x" * 200)
        os.fsync(descriptor)
        return time.perf_counter() - began
    finally:
        os.close(descriptor)
        os.unlink(path)


def seconds_of_finish(home: Home, routine: str) -> float:
    home.start(routine)
    began = time.perf_counter()
    home.act("finish")
    return time.perf_counter() - began


def main() -> None:
    folder, routine = sys.argv[1:]
    places = find_places(os.environ, folder)
    home = Home(places, SystemClock())
    seconds_of_finish(home, routine)  # what is loaded once is not what is asked
    appends, finishes = [], []
    for _ in range(TIMES):
        appends += [seconds_of_append(places.history) for _ in range(5)]
        finishes.append(seconds_of_finish(home, routine))
    print(statistics.median(appends), statistics.median(finishes))


if __name__ == "__main__":
    main()
