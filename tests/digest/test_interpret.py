"""Our words in the ledger: every reason that can be given is known, and said in each language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from crawler import compare
from crawler.compare import edits, homes, site_wide, weight
from crawler.compare.documents import File, replacement
from crawler.compare.redline import Row
from crawler.compare.weight import Differences, weigh, weight_of
from crawler.compare.wording import Wording
from crawler.digest import interpret, render
from crawler.digest.render import Format
from crawler.digest.tongue import LANGUAGES, speaking
from crawler.values import Article, Change, Contact, Edit, EditKind, Figure, Kind, Link
from tests.digest.samples import covered, digest, event

OTHERS = [language for language in LANGUAGES if language != "en"]
CRAWLER = Path(compare.__file__).parents[1]
PAGE = "ж"  # what a page says, in letters of none of the languages
MANY = (1, 2, 3, 11, 100)  # a plural form each in Arabic
ENGLISH = re.compile("[A-Za-z]")


def wording(**counts: int) -> Wording:
    found = Wording((), "", "", frozenset(), frozenset())
    for name, count in counts.items():
        setattr(found, name, count)
    return found


def figures() -> Iterator[Figure]:
    sides: tuple[tuple[float | None, float | None], ...] = ((1, 2), (None, 2), (1, None))
    for (before, after), unit, what in product(sides, ("", "date"), ("", PAGE)):
        texts = {"before_text": PAGE, "after_text": PAGE}
        yield Figure(what=what, before=before, after=after, unit=unit, **texts)


def differences() -> Iterator[Differences]:
    """Everything that two readings can differ in, once and several times."""
    sides: tuple[tuple[str | None, str | None], ...] = ((PAGE, PAGE), (None, PAGE), (PAGE, None))
    for n in MANY:
        counts = dict.fromkeys(("taken_out", "replaced", "added", "words", "corrected", "marks"), n)
        yield Differences(body=wording(**counts), length=1_000)
        for figure in figures():
            yield Differences(body=wording(), length=1_000, figures=(figure,) * (n + 5))
            yield Differences(body=wording(), length=1_000, figures=(figure,))
        for kind, (before, after) in product(EditKind, sides):
            edit = Edit(kind=kind, before=before, after=after)
            yield Differences(body=wording(), length=1_000, edits=(edit,) * n)
            yield Differences(body=wording(), length=1_000, edits=(edit,) * (n + 3))
    for (before, after), corrected in product(sides, (0, 1)):
        line = (Row(before=before, after=after), wording(corrected=corrected))
        yield Differences(body=wording(), length=1_000, title=line, subtitle=line)
    flags = wording(quoted=True, negated=True, number=True, moved=True, words=900)
    yield Differences(body=flags, length=1_000, contact=True, correction=PAGE, redated=True)
    yield Differences(body=wording(), length=1_000)
    yield Differences(body=wording(rewritten=True), length=1_000)


@cache
def reasons() -> frozenset[str]:
    """All that can be given as a reason, by what gives them."""
    found = {reason for each in differences() for reason in weigh(each)[1]}
    opening = Article(title="12,400 жж", language="en")
    found.update(reason for kind in Kind for reason in weight_of(kind, opening)[1])
    file = File(etag=None, last_modified=None, size=None, hash=None)
    found.update(replacement(f"https://{PAGE}/{PAGE}", file, file).reasons)
    for kind in (Kind.CHANGED, Kind.REMOVED):
        found.update(homes.told_at(Change(kind=kind, facts=(kind,)), [PAGE]).reasons)
    return frozenset(found.union(site_wide.REASONS.values()))


def literals(path: Path) -> set[str]:
    """The texts in a module, documentation left out."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    }


def test_all_that_is_said_by_what_weighs_is_among_the_reasons() -> None:
    """Where this fails: a new reason; let `differences` give it, and `interpret` know it."""
    every = "\n".join(reasons())
    names = {"before", "after"}  # of attributes
    said = {text for text in literals(Path(weight.__file__)) - names if any(map(str.isalpha, text))}
    assert {text for text in said if text not in every} == set()


def test_no_other_module_gives_reasons() -> None:
    """Where this fails: let `reasons` have what the new module gives."""
    giving = set()
    for path in CRAWLER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            made = isinstance(node, ast.keyword) and node.arg == "reasons"
            if isinstance(node, ast.Assign):
                made = any(isinstance(name, ast.Name) and name.id == "reasons" for name in node.targets)
            if made and any(isinstance(each, ast.JoinedStr) or _is_text(each) for each in ast.walk(node)):
                giving.add(path)
    assert giving == {CRAWLER / "compare" / name for name in ("documents.py", "homes.py")}


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value


@pytest.mark.parametrize("language", OTHERS)
def test_every_reason_is_said_in_each_language(language: str) -> None:
    with speaking(language):
        said = {told: interpret.reason(told) for told in reasons()}
    assert len(said) > 80
    assert [told for told, shown in said.items() if shown == told] == []
    if language == "ar":
        assert [shown for shown in said.values() if ENGLISH.search(shown.replace("https", ""))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_detail_of_a_contact_or_a_document_is_said_in_each_language(language: str) -> None:
    def page(contact: Contact, document: str) -> Article:
        link = Link(url=f"https://a.example/{document}", text=PAGE)
        return Article(title=PAGE, contacts=(contact,), attachments=(link,))

    full = Contact(name="a", role=PAGE, office=PAGE, phones=("+41227179111",), emails=("a@a.example",))
    before, after = page(Contact(name="a"), "1.pdf"), page(full, "2.pdf")
    found = [*edits.contacts(before, after, "", ""), *edits.documents(before, after)]
    found += edits.contacts(page(Contact(name="a"), ""), page(Contact(name="b"), ""), "", "")
    file = File(etag=None, last_modified=None, size=None, hash=None)
    found += replacement("https://a.example/1.pdf", file, file).edits
    assert len({edit.detail for edit in found}) == 7
    with speaking(language):
        assert [
            edit.detail for edit in found if interpret.detail(edit.kind, edit.detail) == edit.detail
        ] == []


def test_every_reason_stays_as_it_is_in_english() -> None:
    assert [told for told in reasons() if interpret.reason(told) != told] == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("1 word corrected", "صُحّحت كلمة واحدة (1)"),
        ("2 words corrected", "صُحّحت كلمتان (2)"),
        ("3 words corrected", "صُحّحت 3 كلمات"),
        ("11 further figures changed", "تغيّر 11 رقمًا آخر"),
        ("100 further figures changed", "تغيّر 100 رقم آخر"),
    ],
)
def test_arabic_has_a_form_for_each_number(told: str, said: str) -> None:
    with speaking("ar"):
        assert interpret.reason(told) == said


def test_what_a_page_says_is_not_taken_for_ours() -> None:
    with speaking("fr"):
        headline = event(Kind.CHANGED, title="iom.int is read again", summary="; and 3 more.")
        assert interpret.title(headline) == headline.title
        assert interpret.summary(headline) == headline.summary
        one = event(Kind.UNLISTED, title="2 releases of a are listed no more", pages=("https://a/1",))
        assert interpret.title(one) == one.title
        assert interpret.detail(EditKind.LINK, "mail") == "mail"
        assert interpret.reason("a reason of another day") == "a reason of another day"


@pytest.mark.parametrize("format_", [Format.TEXT, Format.HTML, Format.MARKDOWN])
def test_a_letter_says_what_our_words_mean(format_: Format) -> None:
    contact = Edit(kind=EditKind.CONTACT, before="1", after="2", detail="telephone")
    lacking = "https://a.example/sitemap.xml names 15 releases, and not 4 that other sources name"
    told = digest(
        event(Kind.CHANGED, weight=60, reasons=("1 word corrected",), edits=(contact,)),
        event(Kind.RECOVERED, path="/", title="a.example is read again",
              summary="Of what was asked for in this round, 12 pages could be read."),
        coverage=(covered(disagreements=(lacking,)),), language="fr",
    )  # fmt: skip
    shown = " ".join(render(told, format_).split())
    for said in (
        "1 mot corrigé",
        "téléphone",
        "a.example est de nouveau lu",
        "12 pages ont pu être lues",
        "cite 15 publications, mais en omet 4",
    ):
        assert said in shown.replace("\\", "")
