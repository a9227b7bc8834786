"""Where the tests' own processes come from: each is forked from one that has imported all they need.

It does not say what they run. A test run has one such server, and whoever asks first decides what it imports;
so all ask here.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import ForkServerContext

PRELOADED = [
    "crawler.cli.run",
    "crawler.cycle.alerts",
    "crawler.cycle.letters",
    "crawler.cycle.rounds",
    "crawler.digest.html",
    "encodings.idna",
    "lxml.etree",
    "pytest",
    "tests.faults.rounds",
]


def forkserver() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context
