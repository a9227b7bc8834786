"""Refuses markup that would cost an HTML parser quadratic time, in one linear pass over the bytes.

It builds no tree and changes no byte; a page that passes may still be nonsense.

The HTML standard's tree construction walks the stack of open elements at many tags, and opens every active
formatting element again in each new block (WHATWG HTML, 13.2.6): deep nesting, crowds of unclosed <b> and of
attributes on one tag are what makes it slow. The limits lie far above what pages of prose reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

MAX_BYTES = 16_000_000
MAX_TAGS = 100_000  # start and end tags; as many comments
MAX_SIGNS = 1_000_000  # "<", in scripts and texts too: a parser keeps some 16 bytes and more for each
MAX_DEPTH = 1_000
TOO_DEEP = f"too deep: more than {MAX_DEPTH} elements inside one another"
MAX_ATTRIBUTES = 250  # on one tag
MAX_ATTRIBUTES_IN_ALL = 200_000  # a tree keeps some 80 bytes and more for each
MAX_REOPENED = 200_000
MAX_CHARACTERS = 1_000_000  # of an article's text: what is longer takes too long to compare
MOST_TEXT = 2 * MAX_CHARACTERS  # of a text as it stands, blanks and all: to part it takes ten times its size


def _compiled(pattern: bytes, flags: int = 0) -> re.Pattern[bytes]:
    """`pattern` with its blanks written out, which stand in brackets only: a class of single bytes is one
    look into a table, a class within a class several."""
    return re.compile(pattern.replace(rb"\s", rb" \t\n\r\f\v"), flags)


# A tag as the standard's tokenizer reads it: a quote opens a value only after "=". Every repetition is
# possessive, and a tag that never ends is taken to the end of the input, so the scan is linear. What begins
# otherwise ("<!x>", "<?x>", "</ x>") is a comment up to the next ">".
_ATTRIBUTE = rb"""[^\s/>][^\s/>=]*+(?:[\s]*+=[\s]*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
TAG = _compiled(
    rb"<(?:(!--)|([!?]|/[^a-zA-Z>])|(/?)([a-zA-Z][^\s/>]*+)((?:[\s/]++|" + _ATTRIBUTE + rb")*+)>?)"
)
ATTRIBUTE = _compiled(_ATTRIBUTE)
_COMMENT = re.compile(rb"<(?:[!?]|/[^a-zA-Z>])")
_COMMENT_ENDS = re.compile(rb"--!?>")
_RAW_TEXT = {
    name: _compiled(rb"</" + name + rb"(?=[\s/>])", re.IGNORECASE)
    for name in b"script style textarea title xmp iframe noembed noframes noscript".split()
}
_VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
# Their end tags are commonly left out, and the next sibling's start tag closes them.
_SELF_CLOSING = frozenset(b"p option tr td th tbody thead tfoot colgroup".split())
_ITEMS = {b"li": frozenset([b"li"]), b"dd": frozenset([b"dd", b"dt"]), b"dt": frozenset([b"dd", b"dt"])}
_REACH = 8  # elements through which the next item closes the one before
_FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
_INLINE = _FORMATTING | frozenset(
    b"a span abbr cite label q sub sup time ins del kbd mark bdi bdo data dfn samp var output".split()
)
# The standard's special elements (13.2.4.2): the end tag of any other does not reach past them.
_SPECIAL = frozenset(
    b"address applet area article aside base basefont bgsound blockquote body br button caption center"
    b" col colgroup dd details dir div dl dt embed fieldset figcaption figure footer form frame frameset"
    b" h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input keygen li link listing main marquee"
    b" menu meta nav noembed noframes noscript object ol p param plaintext pre script search section"
    b" select source style summary table tbody td template textarea tfoot th thead title tr track ul wbr"
    b" xmp".split()
)
_PASSED = _INLINE | {b"div", b"address"}
_BOUNDARY = frozenset(b"table caption object applet marquee template svg math select html".split())


_FOREIGN = re.compile(rb"<(/?)(?:svg|math)(?=[\s/>])", re.IGNORECASE)


def html_only(body: bytes) -> bytes:
    """`body` with its drawings and formulas as plain elements, where it has many tags: inside <svg> and
    <math> other rules of parsing hold (WHATWG HTML, 13.2.6.5), by which a <style> holds elements."""
    few_or_refused = not _FEW_TAGS < body.count(b"<") <= MAX_SIGNS
    return body if few_or_refused else _FOREIGN.sub(rb"<\1canvas", body)


def tags(
    body: bytes, *, raw_text: bool = True, scripting: bool = True
) -> Iterator[tuple[bool, bytes, bytes]]:
    """(is an end tag, name in lower case, attributes as written) of each tag of `body`, in order; comments
    are passed over, and with `raw_text` the contents of scripts, styles and the like too; with `scripting`
    that of <noscript> is of their sort."""
    at = 0
    while match := TAG.search(body, at):
        at = match.end()
        comment, bogus, slash, name, attributes = match.groups()
        if comment:
            if body.startswith((b">", b"->"), at):
                continue
            end = _COMMENT_ENDS.search(body, at)
            if end is None:
                return
            at = end.end()
            continue
        if bogus:
            at = body.find(b">", at)
            if at < 0:
                return
            continue
        name = name.lower()
        yield bool(slash), name, attributes
        if raw_text and not slash and name in _RAW_TEXT and (scripting or name != b"noscript"):
            end = _RAW_TEXT[name].search(body, at)
            if end is None:
                return
            at = end.start()


# Below these a parser's quadratic steps do not matter: at most a second for what was made to be slow.
_SMALL_BYTES = 128_000
_LARGE_BYTES = 1_000_000
_MOST_WORK = 10_000_000_000  # tags times bytes: what a search for crowded tags may read
_FEW_TAGS = 10_000
_FEW_REOPENED = 500_000
_CROWD = 1_000  # attributes on a tag that do no harm on a page that is not large
_STRIDE = 2_000  # bytes


def _crowd(least: int) -> re.Pattern[bytes]:
    """A tag's beginning, with so many attributes. What is read from each "<" is bounded: a longer name or
    value counts as several."""
    return _compiled(
        rb"""<[a-zA-Z][^\s/>]{0,80}+(?>[\s][^\s/>=]{1,80}+="[^"]*+"
        |[\s/]{0,80}+[^\s/>][^\s/>=]{0,80}+(?:[\s]{0,80}+=[\s]{0,80}+(?:"[^"]*+"|'[^']*+'|[^\s>]{0,250}+))?+){%d}+"""
        % least,
        re.VERBOSE,
    )


_CROWDED, _VERY_CROWDED = _crowd(MAX_ATTRIBUTES + 1), _crowd(_CROWD)
_OPENS_FORMATTING = _compiled(
    rb"<(?=[bcefinstuBCEFINSTU])(?:[biusBIUS]|(?i:"
    + b"|".join(sorted(name for name in _FORMATTING if len(name) > 1))
    + rb"))[\s/>]"
)


def _ends(body: bytes, start: int, at: int, limit: int) -> bool:
    """Whether a tag that begins at `start` or later and goes on at `at` ends before `limit`: as it does at
    any ">" that is in no quotes: in none where the last quotes of both kinds before it begin no value."""
    end = body.find(b">", at, limit)
    if end < 0:
        return False
    for quote in (b'"', b"'"):
        last = body.rfind(quote, start, end)
        if last >= 0 and body[last - 1] in b"= \t\n\r\f\v":
            return False
    return True


def _begins_crowd(body: bytes, start: int, end: int) -> bool:
    """Whether a tag that begins in body[start:end] has far too many attributes."""
    at = body.find(b"<", start, end)
    while at >= 0:
        if not _ends(body, at, at, at + _STRIDE) and _VERY_CROWDED.match(body, at):
            return True
        at = body.find(b"<", at + 1, end)
    return False


def _may_be_crowded(body: bytes) -> bool:
    """Whether a tag may have so many attributes that it matters. Not every tag is read: at each stride it is
    asked whether one that began in the stride before and goes on would end in this one."""
    return any(
        not _ends(body, at - _STRIDE, at + 1, at + _STRIDE) and _begins_crowd(body, at - _STRIDE, at)
        for at in range(_STRIDE, len(body), _STRIDE)
    )


def _harmless(body: bytes) -> bool:
    """Whether no exact count is needed: there is too little of everything for quadratic time.

    It may say no where there is no harm (a script with many words looks like a crowded tag), never yes
    where there is.
    """
    size, count = len(body), body.count(b"<")
    if count > _FEW_TAGS or count * size > _MOST_WORK:
        return False
    if count * count > 4 * _FEW_REOPENED:
        opened = len(_OPENS_FORMATTING.findall(body))
        # Each is opened again by other start tags, or by what looks like one.
        if opened * count > _FEW_REOPENED and opened * (count - opened - body.count(b"</")) > _FEW_REOPENED:
            return False
    if size > _LARGE_BYTES:
        return _CROWDED.search(body) is None
    return size <= _SMALL_BYTES or not _may_be_crowded(body)


class _OpenElements:
    """The stack of open elements, as far as its height goes; each step is O(1), amortised."""

    def __init__(self) -> None:
        self.height = 0
        self._names: list[bytes] = []
        self._places: dict[bytes, list[int]] = {}
        self._blocks: list[int] = [-1]  # places of special elements
        self._boundaries: list[int] = [-1]  # places that no end tag but their own can reach past

    def _open(self, name: bytes) -> None:
        place = len(self._names)
        self._names.append(name)
        self._places.setdefault(name, []).append(place)
        if name in _SPECIAL:
            self._blocks.append(place)
        if name in _BOUNDARY:
            self._boundaries.append(place)
        self.height = place + 1

    def start(self, name: bytes) -> None:
        """A start tag: of an element that stays open, of none, or of a list's item, which closes the one
        before where a parser would."""
        if name in _ITEMS:
            self._leave(_ITEMS[name])
        if name not in _VOID and name not in _SELF_CLOSING:
            self._open(name)

    def _leave(self, group: frozenset[bytes]) -> None:
        for place in range(self.height - 1, max(-1, self.height - 1 - _REACH), -1):
            if self._names[place] in group:
                self._cut(place)
                break
            if self._names[place] not in _PASSED:
                break

    def close(self, name: bytes) -> None:
        places = self._places.get(name)
        if not places:
            return
        wall = -1 if name in _BOUNDARY else (self._boundaries if name in _SPECIAL else self._blocks)[-1]
        if places[-1] < wall:
            return
        self._cut(places[-1])

    def _cut(self, target: int) -> None:
        while len(self._names) > target:
            gone = self._names.pop()
            self._places[gone].pop()
            if gone in _SPECIAL:
                self._blocks.pop()
            if gone in _BOUNDARY:
                self._boundaries.pop()
        self.height = target


def _amount(attributes: bytes) -> int:
    """How many attributes a tag has, as far as one too many."""
    if len(attributes) < 2:
        return 0
    if len(attributes) < 2 * MAX_ATTRIBUTES:  # too short for too many
        return len(ATTRIBUTE.findall(attributes))
    return sum(1 for _ in islice(ATTRIBUTE.finditer(attributes), MAX_ATTRIBUTES + 1))


def _too_crowded(amount: int) -> str:
    if amount > MAX_ATTRIBUTES:
        return f"a tag has more than {MAX_ATTRIBUTES} attributes"
    return f"too many attributes: more than {MAX_ATTRIBUTES_IN_ALL}"


def too_much(body: bytes, *, scripting: bool = True) -> str | None:
    """Why `body` must not be parsed, in words; None where it may. Time is linear in its length. What is asked
    for, and parsed, is `html_only`; `scripting` as the parser has it."""
    if len(body) > MAX_BYTES:
        return f"too large: {len(body)} bytes"
    if body.count(b"<") > MAX_SIGNS:
        return f'too many signs "<": more than {MAX_SIGNS}'
    return None if _harmless(body) else _counted(body, scripting=scripting)


def _counted(body: bytes, *, scripting: bool) -> str | None:
    """The first limit that `body` passes, tag by tag."""
    if next(islice(_COMMENT.finditer(body), MAX_TAGS, None), None) is not None:
        return f"too many comments: more than {MAX_TAGS}"
    stack, formatting = _OpenElements(), dict.fromkeys(_FORMATTING, 0)
    active = reopened = in_all = 0
    many = len(body) > 2 * MAX_ATTRIBUTES_IN_ALL  # bytes: an attribute takes two at the least
    for count, (is_end, name, attributes) in enumerate(tags(body, scripting=scripting)):
        if count >= MAX_TAGS:
            return f"too many tags: more than {MAX_TAGS}"
        amount = _amount(attributes) if many or len(attributes) >= 2 * MAX_ATTRIBUTES else 0
        in_all += amount
        if amount > MAX_ATTRIBUTES or in_all > MAX_ATTRIBUTES_IN_ALL:
            return _too_crowded(amount)
        if is_end:
            if formatting.get(name):
                formatting[name] -= 1
                active -= 1
            stack.close(name)
            continue
        if name in formatting:
            formatting[name] += 1
            active += 1
        elif name not in _INLINE:
            reopened += active
        stack.start(name)
        if stack.height > MAX_DEPTH:
            return TOO_DEEP
        if reopened > MAX_REOPENED:
            return "too many unclosed formatting elements"
    return None
