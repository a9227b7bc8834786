"""A realistic digest, written for these tests, and short ways to build events."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crawler.values import Baseline, Digest, Edit, EditKind, Event, Figure, Kind, Op, Segment, SiteCoverage

UNTIL = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
SINCE = datetime(2026, 3, 3, 6, 0, tzinfo=UTC)
SEEN = datetime(2026, 3, 4, 5, 30, tzinfo=UTC)
BEFORE = datetime(2026, 3, 3, 18, 0, tzinfo=UTC)
SITE = "https://www.iom.int"


def event(kind: Kind = Kind.NEW, **given: Any) -> Event:
    """An event of `kind`; what is not given is plain."""
    path = given.pop("path", "/news/shelter-reaches-coastal-families")
    values: dict[str, Any] = {
        "id": f"{kind.value}{path}",
        "kind": kind,
        "facts": (kind,),
        "site": "iom",
        "url": SITE + path,
        "canonical_url": SITE + path,
        "language": "en",
        "direction": "ltr",
        "title": "Shelter Reaches Coastal Families Before the Rains",
        "title_before": None,
        "published": "2026-03-03",
        "published_before": None,
        "dateline": "Beira, 3 March 2026",
        "summary": "",
        "seen_at": SEEN,
        "between": (None if kind is Kind.NEW else BEFORE, SEEN),
        "figures": (),
        "redline": (),
        "weight": 50,
        "reasons": (),
        "before": None,
        "after": None,
    }
    return Event(**{**values, **given})


def redline(*runs: tuple[str, str], paragraph: int = 0) -> tuple[Segment, ...]:
    """Segments of one paragraph: ("keep", "some "), ("delete", "old"), …."""
    return tuple(Segment(op=Op(op), text=text, paragraph=paragraph) for op, text in runs)


def figure(what: str, before: float, after: float, unit: str = "") -> Figure:
    texts = {"before_text": f"{before:,.0f}", "after_text": f"{after:,.0f}"}
    return Figure(what=what, before=before, after=after, unit=unit, **texts)


def covered(**given: Any) -> SiteCoverage:
    values: dict[str, Any] = {
        "site": "iom", "known": 25, "read": 24, "waiting": 0, "blocked": 0, "missing": 0,
        "blocked_since": None, "troubles": (), "disagreements": (),
    }  # fmt: skip
    return SiteCoverage(**{**values, **given})


def digest(*events: Event, **given: Any) -> Digest:
    values: dict[str, Any] = {
        "name": "daily", "since": SINCE, "until": UNTIL, "events": events, "coverage": (covered(),),
    }  # fmt: skip
    return Digest(**{**values, **given})


FIGURES = event(
    Kind.CHANGED,
    path="/news/floods-displace-thousands-sofala",
    title="Floods Displace Thousands in Sofala as Rivers Keep Rising",
    facts=(Kind.CHANGED,),
    weight=88,
    reasons=("a figure changed: displaced people 12,400 → 21,400", "a quotation was reworded"),
    figures=(
        figure("displaced people", 12400, 21400),
        figure("people in collective sites", 3.1e3, 5150),
    ),
    redline=(
        *redline(
            ("keep", "The International Organization for Migration (IOM) is scaling up its response after "
                     "a third week of rain. Assessments completed on Monday count "),
            ("delete", "12,400"), ("insert", "21,400"),
            ("keep", " displaced people in four districts, of whom "),
            ("delete", "3,100"), ("insert", "5,150"),
            ("keep", " shelter in schools and other collective sites. Roads to Búzi remain cut, and the only "
                     "way in is by boat."),
        ),
        *redline(("keep", "Nothing was touched in this paragraph, and no letter shows it."), paragraph=1),
        *redline(
            ("keep", "“Families tell us they left with what they could carry,” said the head of the Beira "
                     "office. “They need "),
            ("delete", "shelter and clean water"),
            ("insert", "clean water today and a roof before the next storm"),
            ("keep", ".”"),
            paragraph=2,
        ),
    ),
)  # fmt: skip
REMOVED = event(
    Kind.REMOVED,
    path="/news/statement-returns-border-crossing",
    title="Statement on Returns Through the Northern Border Crossing",
    dateline="Geneva",
    published="2026-02-19",
    weight=84,
    summary="IOM is deeply concerned by reports that people in need of protection were turned back without "
    "any review of their case. The Organization stands ready to support the authorities.",
)
FRENCH = event(
    Kind.NEW,
    path="/fr/news/argentine-les-villes-daccueil-se-concertent",
    title="Argentine : les villes d’accueil se concertent sur l’intégration des familles migrantes",
    language="fr",
    dateline="Argentine",
    weight=62,
    summary="Réunis à Córdoba pendant deux jours, les maires de quinze villes ont adopté une feuille de "
    "route commune pour l’accueil des familles venues des pays voisins. Le texte prévoit un guichet "
    "unique dans chaque commune et des cours de langue gratuits dès la rentrée. "
    "L’OIM en assurera le suivi avec les provinces.",
)
RETITLED = event(
    Kind.RETITLED,
    path="/news/new-centre-opens-agadez",
    title="New Transit Centre in Agadez Opens Its Doors to Stranded Migrants",
    title_before="New Centre Opens in Agadez",
    dateline="Agadez, 2 March 2026",
    published="2026-03-02",
    weight=45,
    reasons=("headline changed",),
)
MOVED = event(
    Kind.MOVED,
    path="/news/health-teams-cross-lake",
    canonical_url=SITE + "/news/health-teams-cross-lake-reach-islands",
    title="Health Teams Cross the Lake to Reach the Islands",
    dateline="Entebbe",
    weight=20,
)
ARABIC = event(
    Kind.TRANSLATION,
    path="/ar/news/alfiadanat-tuhajir-alaf",
    title="الفيضانات تُهجّر الآلاف في سوفالا مع استمرار ارتفاع منسوب الأنهار",
    language="ar",
    direction="rtl",
    dateline="بيرا، 3 آذار/مارس 2026",
    weight=35,
    summary="توسّع المنظمة الدولية للهجرة استجابتها بعد أسبوع ثالث من الأمطار الغزيرة. وتحتاج آلاف الأسر إلى "
    "مأوى عاجل ومياه نظيفة قبل وصول العاصفة المقبلة.",
)
EDITED = event(
    Kind.WITHDRAWN,
    facts=(Kind.WITHDRAWN, Kind.CHANGED),
    path="/news/border-talks",
    weight=86,
    reasons=("a passage was taken out", "a quote changed", "a name changed: Maiduguri → Dikwa"),
    edits=(
        Edit(kind=EditKind.QUOTE, before="We will open the gate", after="We hope to open the gate <soon>"),
        Edit(kind=EditKind.NAME, before="Maiduguri", after="Dikwa"),
        Edit(kind=EditKind.LINK, before="https://a.example/x", after="https://a.example/y", detail="here"),
        Edit(kind=EditKind.DOCUMENT, before=None, after="https://a.example/r.pdf", detail="Report"),
        Edit(kind=EditKind.CONTACT, before="+41 22 717 91 11", after=None, detail="telephone"),
    ),
    correction="Correction: an earlier version of this release named another town.",
    silent=True,
)
REALISTIC = digest(
    FIGURES, REMOVED, FRENCH, RETITLED, ARABIC, MOVED,
    coverage=(
        covered(
            blocked=1,
            blocked_since=datetime(2026, 3, 1, 9, 0, tzinfo=UTC),
            disagreements=("the sitemap does not name 3 releases that the listing does",),
        ),
    ),
)  # fmt: skip
BEGINNING = digest(baselines=(Baseline(site="iom", since=UNTIL, found=24, read=24),), since=None)
