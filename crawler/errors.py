"""The exceptions that reach a person. Trouble on the network or in a page is a value, not one of these.

IomwatchError                what a person can mend; printed as one line, never as a traceback
├── ConfigError              exit 2   the configuration is wrong; carries every mistake at once
├── UsageError               exit 2   an argument is wrong
├── UnreadableError          exit 1   `extract` was given a page without an article
└── CrashError               exit 70  a process of `extract --jobs` died

The store has a tree of its own, storage/errors.py: 2 for one that is foreign, damaged or forbidden, 75 for
one that is busy or full.
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


class UnreadableError(IomwatchError):
    """A page has no article, or did not come."""

    exit_status = 1


class CrashError(IomwatchError):
    """A process that worked for this one died."""

    exit_status = 70
