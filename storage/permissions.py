"""What the system lets this user do with an SQLite store's files. It asks, and opens nothing."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from storage.errors import StoreBusyError, StoreDeniedError

_LOGS = ("-wal", "-shm", "-journal")


def check_writable(path: Path) -> None:
    """Raises StoreDeniedError where a run may not make or change the store: for a person to mend.

    A disk that is mounted read-only, or fails, is none of that; it shows when it is written to.
    """
    check_reachable(path)
    if _on_a_read_only_disk(path.parent):
        return
    if not os.access(path.parent, os.W_OK):
        raise denied(path, path.parent)
    for each in (path, *(Path(f"{path}{end}") for end in (*_LOGS, ".lock"))):
        if os.access(each, os.F_OK) and not os.access(each, os.R_OK | os.W_OK):
            raise denied(path, each)


def check_reachable(path: Path) -> None:
    """Raises StoreDeniedError for a folder above the store that may not be entered."""
    for folder in reversed(path.absolute().parents):
        if os.access(folder, os.F_OK) and not os.access(folder, os.X_OK):
            raise denied(path, folder)


def denied(path: Path, lacking: Path) -> StoreDeniedError:
    """The failure, in words: what is lacking, and whom."""
    what = "enter and write to" if lacking.is_dir() else "read and write"
    return StoreDeniedError(
        f"{path}: the user {_user()} may not {what} {lacking}; give it that right (chown, chmod), or run as "
        "the user the store belongs to"
    )


def is_still(path: Path) -> bool:
    """Whether nothing that opens the store here can write beside it, and no log holds what is not in it: then
    alone may it be read as a file that does not change."""
    logged = any(os.access(f"{path}{end}", os.F_OK) for end in _LOGS)
    return not logged and os.access(path, os.R_OK) and not os.access(path.parent, os.W_OK)


def still(path: Path) -> Callable[[], None]:
    """A check that such a file, now opened, was not written to since; it raises StoreBusyError.

    Another user may write where this one cannot, and what is read of a file in change is worth nothing.
    """
    before = _mark(path)

    def check() -> None:
        if _mark(path) != before:
            raise StoreBusyError(f"{path}: was written to while it was read; try again")

    return check


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _on_a_read_only_disk(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def _user() -> str:
    import pwd

    number = os.geteuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # in a container a number need have no name
        return str(number)
