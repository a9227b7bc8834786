"""What each finding weighs, as a value: the defaults, and what a configuration puts in their place.

It weighs nothing: that is `compare`'s.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each finding weighs alone; docs/EVENTS.md explains them, [weights] in config.toml changes them.

    Facts (figures, what was said, what was taken out) are high, wording is medium, form is low.
    """

    removed: int = 88
    figure_far: int = 84
    withdrawn: int = 78
    figure: int = 76
    quote: int = 72
    headline: int = 72
    restored: int = 72
    figure_near: int = 71
    date: int = 70
    blocked: int = 70
    unlisted: int = 70
    rewritten: int = 66
    negation: int = 64
    document_replaced: int = 62
    name: int = 60
    figure_gone: int = 60
    replaced: int = 58
    new: int = 55
    added: int = 52
    figure_come: int = 50
    number: int = 50
    correction: int = 50
    redated: int = 48
    subtitle: int = 46
    document: int = 45
    reverted: int = 45
    wording: int = 40
    boilerplate: int = 40
    translation: int = 35
    redesigned: int = 30
    recovered: int = 30
    headline_form: int = 25
    moved: int = 25
    reordered: int = 20
    contact: int = 20
    link: int = 15
    corrected: int = 15
    new_figures: int = 10
    marks: int = 10


DEFAULT = Weights()
