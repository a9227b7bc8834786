"""What Drupal makes anew at each rendering, so that no two copies of a page are equal in bytes.

Touches no word of an article. The generator is given: the same one draws the same noise.
"""

from __future__ import annotations

import string
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

_TOKEN = string.ascii_letters + string.digits + "-_"


class Noise:
    """The random parts of one rendering."""

    def __init__(self, random: Random, *, folder: str) -> None:
        self._random = random
        self.folder = folder  # of the site's files; it changes with a deployment

    def token(self, length: int) -> str:
        return "".join(self._random.choices(_TOKEN, k=length))

    def dom_id(self) -> str:
        """A view's id: `js-view-dom-id-…` (64 hexadecimal digits)."""
        return f"{self._random.getrandbits(256):064x}"

    def image(self, name: str, style: str = "large") -> str:
        """Address of an image in one of the site's styles."""
        return (
            f"/sites/g/files/{self.folder}/files/styles/{style}/public/{name}"
            f"?h={self._random.getrandbits(32):08x}&itok={self.token(8)}"
        )

    def file(self, name: str) -> str:
        return f"/sites/g/files/{self.folder}/files/documents/{name}"

    def countries(self, over: str) -> str:
        """How many countries the menu says IOM is in; `over` is how the page's language says "over"."""
        return self._random.choice(("171", "172", "174", f"{over} 100"))

    def number(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """`count` of `items`, or all where there are fewer, in any order."""
        return self._random.sample(items, min(count, len(items)))
