"""Releases to compare: a small English one, and a Hypothesis strategy for any article at all."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from crawler.values import Article, Contact, Dated, Dateline, Link, Passage, PassageKind

OPENING = (
    "Ngala, 3 May 2024 – Some 12,400 displaced people reached the town of Ngala this week, the"
    " International Organization for Migration said."
)
QUOTE = (
    "“We will not leave anybody behind in this emergency,” said Amina Bello, who runs the office there."
    " Families need water, food and shelter before the rains begin in June."
)
CENTRE = "The centre opened in 2019. It receives people from three districts. It will close in December."
APPEAL = "The organization asks for USD 8.5 million to go on with its work until the end of the year."
BODY = (OPENING, QUOTE, CENTRE, APPEAL)


def passages(*texts: str) -> tuple[Passage, ...]:
    return tuple(Passage(kind=PassageKind.PARAGRAPH, text=text) for text in texts)


def release(*texts: str, title: str = "Displaced families reach Ngala", **fields: object) -> Article:
    """An English article with these paragraphs, or with `BODY`."""
    given: dict[str, object] = {"language": "en", **fields}
    return Article(title=title, body=passages(*(texts or BODY)), **given)  # type: ignore[arg-type] # any field


def edited(old: str, new: str) -> Article:
    """The release with one wording replaced where it stands."""
    assert sum(text.count(old) for text in BODY) == 1
    return release(*(text.replace(old, new) for text in BODY))


# Words that make texts resemble each other, and signs that make them awkward.
_WORDS = """
    the people of Ngala were 12,400 12 400 8.5 million USD % - – -- … ... “ ” « » ' ’ . , ; ! three trois 3
    May mai 2016 ١٢٬٤٠٠ شخص 人 道 ไทย e\u0301 é ﬁ | : + ( ) not ne \u00ad \u200b
"""
_words = st.sampled_from([*_WORDS.split(), "\u00a0", "\u202f"])
lively = st.lists(_words, max_size=25).map(" ".join)
odd = st.text(max_size=40)
texts = st.one_of(lively, odd)
kinds = st.sampled_from(PassageKind)
bodies = st.lists(st.builds(Passage, kind=kinds, text=texts, level=st.integers(0, 6)), max_size=8).map(tuple)
days = st.dates(date(1990, 1, 1), date(2035, 1, 1))
moments = st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis wants naive bounds
dated = st.builds(Dated, day=days, source=st.sampled_from(["JSON-LD", "meta", "dateline"]), at=moments)
datelines = st.builds(Dateline, text=texts, places=st.tuples(odd), date=st.none() | days)
links = st.lists(
    st.builds(Link, url=st.one_of(odd, st.sampled_from(["https://[", "mailto:a@b", "//x?itok=1"])), text=odd),
    max_size=3,
).map(tuple)
articles = st.builds(
    Article,
    title=texts,
    subtitle=st.none() | texts,
    dateline=st.none() | datelines,
    published=st.none() | dated,
    language=st.sampled_from([None, "en", "fr", "es", "pt", "ar", "th", "xx"]),
    body=bodies,
    contact_text=st.lists(texts, max_size=2).map(tuple),
    contacts=st.just((Contact(name="x"),)),
    links=links,
    attachments=links,
)


# one release in two languages
EN = (
    "Flooding along the lower Shire has displaced 12,400 people since Tuesday, according to the district.",
    "“We heard the water before we saw it,” said Esnart Banda, a farmer who is staying in a classroom.",
    "Shelter kits for 1,500 households left the regional warehouse in Blantyre on Friday morning.",
    "Of the wells that were tested, 64% hold water that nobody should drink, and repairs have begun.",
)
FR = (
    "Les crues du bas Shire ont déplacé 12 400 personnes depuis mardi, selon les autorités du district.",
    "« Nous avons entendu l’eau avant de la voir », raconte Esnart Banda, qui loge dans une salle de classe.",
    "Des abris pour 1 500 ménages ont quitté vendredi matin l’entrepôt régional situé à Blantyre.",
    "Parmi les puits contrôlés, 64 % donnent une eau que personne ne devrait boire ; on les répare.",
)
