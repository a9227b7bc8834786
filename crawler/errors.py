"""The exceptions that reach a person. Trouble on the network or in a page is a value, not one of these.

IomwatchError                what a person can mend; printed as one line, never as a traceback
├── ConfigError              exit 2   the configuration is wrong; carries every mistake at once
├── UsageError               exit 2   an argument is wrong
├── storage.errors.StoreError  exit 2   the store is foreign, newer, damaged (storage has its own tree)
└── BusyError                exit 75  another run holds the lock, the disk is full: try later
"""

from __future__ import annotations


class IomwatchError(Exception):
    """Says what happened, to which page or key, and what to do."""

    exit_status = 2


class UsageError(IomwatchError):
    pass


class ConfigError(IomwatchError):
    """All that is wrong with a configuration; one mistake a line."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = tuple(mistakes)


class BusyError(IomwatchError):
    exit_status = 75
