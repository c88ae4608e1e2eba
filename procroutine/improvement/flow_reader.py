"""Reading flow maps beside the app, which goes on answering keys while the runs of ten years are read."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from procroutine.history.home import Home
from procroutine.improvement.flow_reading import flow_of_routine, flow_of_run
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer

if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.improvement.flow_map import By, FlowMap
    from procroutine.places import Places


class FlowReader:
    """Reads from a home of its own, for one thread at a time, and keeps what it read while the files stay."""

    def __init__(self, places: Places, clock: Clock) -> None:
        """Read nothing yet."""
        self._home = Home(places, clock)
        self._past = PastViewer(self._home, Kept(self._home))
        self._turn = Lock()

    def read(self, routine_id: str, run_id: str | None, by: By) -> FlowMap:
        """Draw the flow of a run; without one, of the routine as it is defined.

        NotFound where nobody knows it, CannotRead where a file cannot be read.
        """
        with self._turn:
            if run_id is None:
                return flow_of_routine(self._home, self._past, routine_id, by)
            return flow_of_run(self._home, self._past, run_id, by)
