"""Says which words of a body went, came and stayed: paragraphs are aligned, then words inside each pair.

It does not judge what a difference means; figures and weight read the same rows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from rapidfuzz.distance import Indel

from crawler.compare.alignment import Run, runs, stretches
from crawler.compare.lexicon import bare
from crawler.compare.words import Folded, Words
from crawler.text import fold
from crawler.values import Op, Passage, PassageKind, Segment

ENDS = frozenset(".!?。！？؟…") | {"..."}
_ALIKE = 0.4  # share of words two paragraphs keep in order to be one paragraph, edited
_TWIN = 0.7  # and to be it beyond doubt
_RARE = 3  # a word in at most so many of the loose paragraphs says which of them belong together
_CANDIDATES = 3
_SHARED = 20  # one rare word in so many: with fewer, a longer paragraph is not the same one
_SCRAP = 2
_PARAGRAPH = 30  # tokens: in a shorter text each word that stayed is worth showing
_LEFT = 0.6
_STRETCH = 8
_LOOK = 400  # words of a paragraph that are looked at to find its partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One aligned paragraph: kept (`same`), edited (both sides and `runs`), added or taken out (one side)."""

    before: str | None
    after: str | None
    kind: PassageKind = PassageKind.PARAGRAPH
    same: bool = False
    words_before: Words | None = None
    words_after: Words | None = None
    runs: tuple[Run, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The rows in the order of the text after; what was taken out stands where it stood before."""

    rows: tuple[Row, ...]
    reordered: bool  # paragraphs that both texts hold stand in another order


def edited(before: str, after: str) -> Row:
    """The row of two texts that are one paragraph, whatever they share."""
    if fold(before) == fold(after):
        return Row(before=before, after=after, same=True)
    return _edited(Words(before), Words(after), before, after, PassageKind.PARAGRAPH, 1.0)


def _edited(b: Words, a: Words, before: str, after: str, kind: PassageKind, share: float) -> Row:
    """`share` of the words are known to be kept in order, as `_alikeness` has it."""
    size_b, size_a = len(b.keys), len(a.keys)
    few = max(size_b, size_a) <= _LOOK and share * (size_b + size_a) / 2 < _LEFT * max(size_b, size_a)
    if few and _shredded(stretches(b.keys, a.keys), size_b, size_a):
        found = [Run(False, 0, size_b, 0, size_a)]
    else:
        found = _readable(_numbers_whole(runs(b.keys, a.keys, ENDS), b, a))
    return Row(before=before, after=after, kind=kind, words_before=b, words_after=a, runs=tuple(found))


def _numbers_whole(found: list[Run], b: Words, a: Words) -> list[Run]:
    """The runs, no edit cutting a number whose groups of three stand apart: 12 400, not 12 [400]."""

    def cut(at_b: int, at_a: int) -> bool:
        return _grouped(b, at_b) or _grouped(a, at_a)

    if not _may_cut(found, b.keys, a.keys):  # nearly always
        return found
    whole: list[Run] = []
    ahead = behind = 0  # kept tokens that the last edit takes, and that the next one does
    for run, following in zip(found, [*found[1:], None], strict=True):
        if run.same:
            size, behind = run.b1 - run.b0 - ahead, 0
            while following and behind < size and cut(following.b0 - behind, following.a0 - behind):
                behind += 1
            if behind < size:
                whole.append(Run(True, run.b0 + ahead, run.b1 - behind, run.a0 + ahead, run.a1 - behind))
            ahead = 0
            continue
        while following and ahead < following.b1 - following.b0 and cut(run.b1 + ahead, run.a1 + ahead):
            ahead += 1
        start = whole.pop() if whole and not whole[-1].same else run
        back = behind if start is run else 0
        whole.append(Run(False, start.b0 - back, run.b1 + ahead, start.a0 - back, run.a1 + ahead))
        behind = 0
    return whole


def _may_cut(found: list[Run], b: list[str], a: list[str]) -> bool:
    """Whether a token of digits stands at an edge of an edit."""
    for same, b0, b1, a0, a1 in found:
        if same and (b[b0].isdecimal() or a[a0].isdecimal()):
            return True
        if not same and ((b0 < b1 and b[b0].isdecimal()) or (a0 < a1 and a[a0].isdecimal())):
            return True
    return False


def _grouped(words: Words, at: int) -> bool:
    """Whether a token is a group of three digits that goes on the number before it."""
    if not 0 < at < len(words.keys) or not words.keys[at].isdecimal():
        return False
    before = words.keys[at - 1]
    return len(words.keys[at]) == 3 and words.spaced[at] and len(before) <= 3 and before.isdecimal()


def _readable(found: list[Run]) -> list[Run]:
    """Kept scraps of one or two tokens between longer changes on both sides go into the change: a
    rewritten sentence is read whole, and so is a rewritten paragraph. A changed single word never
    swallows its neighbours."""
    done: list[Run] = []
    last = len(found) - 1
    for at, run in enumerate(found):
        size = run.b1 - run.b0
        if run.same and (
            size > _SCRAP or at in (0, last) or size >= min(_size(done[-1]), _size(found[at + 1]))
        ):
            done.append(run)
        elif done and not done[-1].same:
            done[-1] = Run(False, done[-1].b0, run.b1, done[-1].a0, run.a1)
        else:
            done.append(run)
    if done and _shredded([run.b1 - run.b0 for run in done if run.same], done[-1].b1, done[-1].a1):
        return [Run(False, 0, done[-1].b1, 0, done[-1].a1)]
    return done


def _shredded(kept: list[int], before: int, after: int) -> bool:
    """Whether the stretches kept of a longer paragraph are less than `_LEFT` of it, and none more than a
    few words: those stayed by chance, and are no help to a reader."""
    longer = max(before, after)
    return longer >= _PARAGRAPH and sum(kept) < _LEFT * longer and max(kept, default=0) <= _STRETCH


def _size(run: Run) -> int:
    return max(run.b1 - run.b0, run.a1 - run.a0)


# ── paragraphs ──────────────────────────────────────────────────────────────────────────────────


def align(
    before: Sequence[Passage], after: Sequence[Passage], folded: Callable[[str], str] = fold
) -> Alignment:
    """Partners for the paragraphs of two bodies: those that read the same first, wherever they stand;
    then those where only the breaks between paragraphs moved; then those that keep most words."""
    keys_before = [folded(passage.text) for passage in before]
    keys_after = [folded(passage.text) for passage in after]
    partners: dict[int, int] = {}  # after → before
    resplit: set[int] = set()  # after: the same words, broken into other paragraphs
    gone = set(range(len(before)))
    gaps = []
    for run in runs(keys_before, keys_after):
        if run.same:
            partners.update(zip(range(run.a0, run.a1), range(run.b0, run.b1), strict=True))
        elif run.b1 - run.b0 != run.a1 - run.a0 and _unbroken(keys_before[run.b0 : run.b1]) == _unbroken(
            keys_after[run.a0 : run.a1]
        ):
            resplit.update(range(run.a0, run.a1))
            gone.difference_update(range(run.b0, run.b1))
        else:
            gaps.append(run)
    gone.difference_update(partners.values())
    _moved(partners, gone, keys_before, keys_after, resplit)
    same = set(partners) | resplit
    words = Folded()
    loose_before = {index: Words(before[index].text, words) for index in sorted(gone)}
    loose_after = {
        index: Words(passage.text, words) for index, passage in enumerate(after) if index not in same
    }
    shares: dict[int, float] = {}  # after → share of words kept
    for a, b, share in _alike(loose_before, loose_after, gaps):
        partners[a], shares[a] = b, share
        gone.discard(b)
    left = _left({b for b in gone if keys_before[b]}, partners)
    rows = [_out(before[b], loose_before[b]) for b in left[-1]]
    for a, passage in enumerate(after):
        partner = partners.get(a)
        was = None if partner is None else before[partner].text
        if a in same or not keys_after[a]:
            rows.append(Row(before=was, after=passage.text, kind=passage.kind, same=True))
        elif partner is None or was is None:
            come = loose_after[a]
            rows.append(Row(before=None, after=passage.text, kind=passage.kind, words_after=come))
        else:
            sides = loose_before[partner], loose_after[a]
            rows.append(_edited(*sides, was, passage.text, passage.kind, shares[a]))
        rows.extend(_out(before[b], loose_before[b]) for b in left[a])
    order = [partners[a] for a in sorted(partners)]
    return Alignment(rows=tuple(rows), reordered=any(first > second for first, second in pairwise(order)))


def _out(passage: Passage, words: Words) -> Row:
    return Row(before=passage.text, after=None, kind=passage.kind, words_before=words)


def _unbroken(keys: list[str]) -> str:
    return "".join(keys).replace(" ", "")


def _moved(
    partners: dict[int, int], gone: set[int], keys_before: list[str], keys_after: list[str], resplit: set[int]
) -> None:
    """Adds the paragraphs that stand elsewhere but read the same."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for b in sorted(gone, reverse=True):
        places[keys_before[b]].append(b)
    for a, key in enumerate(keys_after):
        if a not in partners and a not in resplit and places[key]:
            partners[a] = places[key].pop()
            gone.discard(partners[a])


def _alike(
    before: dict[int, Words], after: dict[int, Words], gaps: list[Run]
) -> Iterator[tuple[int, int, float]]:
    """(after, before, share) of loose paragraphs that keep most words, the most alike first.

    A paragraph is compared with the one in its place, and where that is no twin with those that share
    its rare words: the cost grows with the text and not with its square.
    """
    keys_before = {b: words.keys[:_LOOK] for b, words in before.items()}
    keys_after = {a: words.keys[:_LOOK] for a, words in after.items()}
    alike = {
        (a, b): _alikeness(keys_before[b], keys_after[a]) or _respelt(keys_before[b], keys_after[a])
        for a, b in _in_place(before, after, gaps)
    }
    twins = [pair for pair, share in alike.items() if share >= _TWIN]
    settled_after, settled_before = {a for a, _ in twins}, {b for _, b in twins}
    left_before = keys_before.keys() - settled_before
    left_after = {a: set(keys_after[a]) for a in keys_after.keys() - settled_after}
    held = Counter(chain.from_iterable(left_after.values()))
    sought = held.keys() & set(chain.from_iterable(map(keys_before.__getitem__, left_before)))
    holders: dict[str, list[int]] = {key: [] for key in sought if held[key] <= _RARE}
    for a, keys in left_after.items():
        for key in holders.keys() & keys:
            holders[key].append(a)
    for b in left_before:
        shared = Counter(chain.from_iterable(map(holders.__getitem__, holders.keys() & keys_before[b])))
        least = len(keys_before[b]) // _SHARED
        likely = sorted([(-count, a) for a, count in shared.items() if count >= least])
        for _, a in likely[:_CANDIDATES]:
            if (a, b) not in alike:
                alike[a, b] = _alikeness(keys_before[b], keys_after[a])
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    for a, b in sorted(alike, key=lambda pair: (-alike[pair], abs(pair[0] - pair[1]), pair)):
        if alike[a, b] and a not in taken_after and b not in taken_before:
            taken_after.add(a)
            taken_before.add(b)
            yield a, b, alike[a, b]


def _respelt(before: list[str], after: list[str]) -> float:
    """1 where two paragraphs differ in case and accents alone (capitals, Arabic vowel signs), else 0."""
    return float(len(before) == len(after) and bare(" ".join(before)) == bare(" ".join(after)))


def _in_place(
    before: dict[int, Words], after: dict[int, Words], gaps: list[Run]
) -> Iterator[tuple[int, int]]:
    """Loose paragraphs of one gap, one by one, where both sides have as many."""
    for gap in gaps:
        bs = [b for b in range(gap.b0, gap.b1) if b in before]
        as_ = [a for a in range(gap.a0, gap.a1) if a in after]
        if len(bs) == len(as_):
            yield from zip(as_, bs, strict=True)


def _alikeness(before: list[str], after: list[str]) -> float:
    """The share of words kept in order; 0 where it is too small to be the same paragraph."""
    return float(Indel.normalized_similarity(before, after, score_cutoff=_ALIKE))


def _left(gone: set[int], partners: dict[int, int]) -> defaultdict[int, list[int]]:
    """Paragraphs taken out, by the paragraph after which they stood (-1: at the beginning)."""
    places = {b: a for a, b in partners.items()}
    left: defaultdict[int, list[int]] = defaultdict(list)
    anchor = -1
    for b in range(max(gone, default=-1) + 1):
        if b in gone:
            left[anchor].append(b)
        else:
            anchor = places.get(b, anchor)
    return left


# ── segments ────────────────────────────────────────────────────────────────────────────────────


def redline(before: Sequence[Passage], after: Sequence[Passage]) -> tuple[Segment, ...]:
    """What went, came and stayed. For each paragraph KEEP and INSERT joined are the text after, exactly;
    KEEP and DELETE the text before, up to what a reader cannot see. Paragraphs that moved are kept."""
    return segments(align(before, after).rows)


def segments(rows: Sequence[Row]) -> tuple[Segment, ...]:
    return tuple(
        Segment(op=op, text=text, paragraph=index) for index, row in enumerate(rows) for op, text in _ops(row)
    )


def _ops(row: Row) -> list[tuple[Op, str]]:
    if row.same:
        return [(Op.KEEP, row.after)] if row.after else []
    b, a = row.words_before, row.words_after
    if b is None or a is None:
        return _whole(row)
    found: list[tuple[Op, str]] = []
    kept = ""
    for run in row.runs:
        same, b0, b1, a0, a1 = run
        if same and b.spaced[b0:b1] == a.spaced[a0:a1]:
            kept += a.written(a0, a1)
            continue
        if not same and b0 < b1 and a0 < a1 and b.spaced[b0] and a.spaced[a0]:  # most edits
            kept += a.lead(a0)
            found += ((Op.KEEP, kept), (Op.DELETE, b.inner(b0, b1)), (Op.INSERT, a.inner(a0, a1)))
            kept = ""
            continue
        for op, text in _kept(b, a, run) if same else _changed(b, a, run):
            if op is Op.KEEP:
                kept += text
            elif text:
                if kept:
                    found.append((Op.KEEP, kept))
                    kept = ""
                if found and found[-1][0] is op:
                    text = found.pop()[1] + text
                found.append((op, text))
    if kept := kept + a.tail():
        found.append((Op.KEEP, kept))
    # Marks that are one sign in one spelling and two in another (« x», “x”) may not add up: then whole.
    was = "".join([text for op, text in found if op is not Op.INSERT])
    return found if was == row.before or fold(was) == fold(row.before or "") else _whole(row)


def _whole(row: Row) -> list[tuple[Op, str]]:
    return [(op, text) for op, text in ((Op.DELETE, row.before), (Op.INSERT, row.after)) if text]


def _changed(b: Words, a: Words, run: Run) -> tuple[tuple[Op, str], ...]:
    return (Op.DELETE, b.written(run.b0, run.b1)), (Op.INSERT, a.written(run.a0, run.a1))


def _kept(b: Words, a: Words, run: Run) -> Iterator[tuple[Op, str]]:
    """A kept run in the writing of the text after; white space that only one side has is an edit."""
    start = run.a0
    for at in range(run.a0, run.a1):
        was = run.b0 + at - run.a0
        if b.spaced[was] == a.spaced[at]:
            continue
        yield Op.KEEP, a.written(start, at)
        if b.spaced[was]:
            yield Op.DELETE, " "
            start = at
        else:
            yield Op.INSERT, a.lead(at)
            yield Op.KEEP, a.texts[at]
            start = at + 1
    yield Op.KEEP, a.written(start, run.a1)
