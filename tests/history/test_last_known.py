from __future__ import annotations

from procroutine.history.history import History
from procroutine.history.last_known import END, LastKnown, log_path, read_last_known
from tests.history.samples import add_run


def test_the_last_line_of_a_log_is_read_however_many_files_it_names(history: History) -> None:
    add_run(history)
    log = history.copies.log
    for count in (100, 300, 900):
        known = LastKnown(
            device=history.device, files={f"{history.device}-{year}.json": year for year in range(1100, 1100 + count)}
        )
        log.begin(known)
        assert log.known() == read_last_known(history.places) == known
        with open(log_path(history.places), "rb+") as file:
            file.truncate(log.size() - 1)
        assert log.known() is read_last_known(history.places) is None
    assert log.size() > 4 * END
