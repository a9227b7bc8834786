"""The simulated IOM site: three scripted days, their truth, and a server that plays them on loopback.

Watches nothing: that is the product's part. Every text on the site is invented.
"""

from __future__ import annotations

from crawler.demo.answer import Answer, html_answer
from crawler.demo.release import Release
from crawler.demo.server import Answering, Exchange, Pages, Scripted, Server, simple_site
from crawler.demo.site import INCLUDE, SOURCES, Site
from crawler.demo.timeline import DAYS, ROUNDS, START, TIMELINE, Happening, Trouble, expected, rounds

__all__ = [
    "DAYS",
    "INCLUDE",
    "ROUNDS",
    "SOURCES",
    "START",
    "TIMELINE",
    "Answer",
    "Answering",
    "Exchange",
    "Happening",
    "Pages",
    "Release",
    "Scripted",
    "Server",
    "Site",
    "Trouble",
    "expected",
    "html_answer",
    "rounds",
    "simple_site",
]
