"""Which device this is: the name its history files carry, so that no two devices write one file.

The name is bound to the machine: in a home that was copied to another machine a new name is
made, and the files of the old name are read like any other device's.
"""

from __future__ import annotations

import json
import os
import sys
import zlib

from procroutine.errors import CannotRead, CannotWrite, UserError
from procroutine.history.disk import Disk, cannot_write, read_file, replace_file
from procroutine.places import Places, make_folder

_FORMAT = 1
_WITHOUT_CHECK = {"format", "device", "machine"}
"""Keys of a file that was written before there was a checksum in it."""
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""No two of them look alike."""
_MACHINE_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def local_folder(places: Places) -> str:
    """Give the folder of what belongs to this device alone and is not meant to be synced."""
    return os.path.dirname(places.open_runs)


def history_lock(places: Places) -> str:
    """Give the path of the lock that writers of the history hold."""
    return os.path.join(local_folder(places), "history.lock")


def plan_path(places: Places) -> str:
    """Give the path of the plan for changing several history files at once."""
    return os.path.join(local_folder(places), "history.plan")


def device_name(places: Places, disk: Disk, machine: str | None = None) -> str:
    """Give this device's name, made on first use; the caller does not hold the history lock.

    `machine` is the machine's own id where it is not to be asked of the system. CannotRead and
    CannotWrite as the file `device` in the local folder has it.
    """
    bound = _fingerprint(_machine_id() if machine is None else machine)
    found = _found(disk, places, bound)
    if found is not None:
        return found
    from procroutine.history.lock import locked

    with locked(history_lock(places)):
        found = _found(disk, places, bound)  # another process may have been quicker
        if found is None:
            found = f"{_host_part()}-{_random_part()}"
            for path in reversed(device_files(places)):
                _write(disk, path, found, bound)
    return found


def device_files(places: Places) -> tuple[str, str]:
    """Give the paths of the file with the name, and of its second copy."""
    return os.path.join(local_folder(places), "device"), os.path.join(places.safety, "device")


def put_device_right(places: Places, disk: Disk, device: str) -> tuple[str, ...]:
    """Write the name anew where one of its two files is not sound, under the history lock; a sentence for each."""
    said = []
    for path in device_files(places):
        wrong = wrong_with_device(disk, path, device)
        if wrong is not None:
            _write(disk, path, device, _fingerprint(_machine_id()))
            said.append(f"{wrong}; it was written anew")
    return tuple(said)


def wrong_with_device(disk: Disk, path: str, device: str) -> str | None:
    """Say what is wrong with one of the two files, if anything is."""
    try:
        if not disk.exists(path):
            return f"{path} is missing"
        found = _read(disk, path, _fingerprint(_machine_id()))
    except UserError as error:
        return str(error)
    return None if found == device else f"{path} is damaged"


def _found(disk: Disk, places: Places, bound: str) -> str | None:
    first, second = device_files(places)
    try:
        found = _read(disk, first, bound)
    except CannotRead:
        found = _read(disk, second, bound)
        if found is None:
            raise
    return found or _read(disk, second, bound)


def _write(disk: Disk, path: str, device: str, bound: str) -> None:
    try:
        make_folder(os.path.dirname(path))
    except OSError as error:
        raise cannot_write(path, error) from error
    replace_file(disk, path, [_content(device, bound)])


def _content(device: object, bound: object, form: int = _FORMAT) -> bytes:
    check = f"{zlib.crc32(f'{device} {bound}'.encode()):08x}"
    written = {"format": form, "device": device, "machine": bound, "check": check}
    return json.dumps(written).encode("ascii") + b"\n"


def _read(disk: Disk, path: str, bound: str) -> str | None:
    data = read_file(disk, path)
    if data is None:
        return None
    try:
        written = json.loads(data)
        form = written["format"]
        device, machine = written.get("device"), written.get("machine")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    if isinstance(form, int) and form > _FORMAT and data != _content(device, machine, form):
        raise CannotWrite(f"{path} was written by a newer version", "bring this procroutine up to date")
    if written.keys() != _WITHOUT_CHECK and data != _content(device, machine):
        return None
    usable = isinstance(device, str) and 0 < len(device) <= 40 and set(device) <= set(_LETTERS + "lo01-")
    return device if usable and (machine == bound or not machine or not bound) else None


def _machine_id() -> str:
    for path in _MACHINE_FILES:
        try:
            with open(path, encoding="ascii", errors="replace") as file:
                found = file.read().strip()
        except OSError:
            continue
        if found:
            return found
    if sys.platform == "linux":
        return ""  # a container: not known, so a copy cannot be told either
    import uuid

    return f"{uuid.getnode():012x}"


def _fingerprint(machine: str) -> str:
    # The id itself is not written: the system asks that it be kept to the machine.
    return f"{zlib.crc32(b'procroutine ' + machine.encode()):08x}" if machine else ""


def _host_part() -> str:
    host = os.uname().nodename if hasattr(os, "uname") else "device"
    kept = "".join(letter for letter in host.partition(".")[0].lower() if letter in _LETTERS + "lo01-")
    return kept.strip("-")[:16].rstrip("-") or "device"


def _random_part() -> str:
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in os.urandom(6))
