"""What names the releases of the simulated site: home, listing, sitemap index, feed.

Each is made from the same releases, so that they agree; none decides a status.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from crawler.demo.answer import http_date
from crawler.demo.article import teaser
from crawler.demo.chrome import Shell, cards, framed, sections, words
from crawler.demo.noise import Noise
from crawler.demo.release import Release
from crawler.demo.tongues import TONGUES, Tongue

PER_PAGE = 12
PER_SITEMAP = 15
IN_FEED = 10
_TYPES = {
    "news": "press_release",
    "statement": "statement",
    "speech": "speech",
    "story": "featured_stories",
    "blog": "blog_list",
}


def home_page(releases: Sequence[Release], *, tongue: Tongue, base_url: str, noise: Noise) -> str:
    shell = Shell(
        base_url=base_url,
        tongue=tongue,
        noise=noise,
        path=tongue.prefix or "/",
        title=tongue.home,
        head='<link rel="alternate" type="application/rss+xml" title="News" href="/rss.xml" />\n',
        body_class="path-frontpage",
    )
    own = [release for release in releases if release.language == tongue.code][:6]
    rows = [teaser(release, noise) for release in own]
    return framed(shell, f"<h1>{words(tongue.site)}</h1>\n" + cards(noise, tongue.latest, rows, name="front"))


def listing_page(
    releases: Sequence[Release], query: str, *, tongue: Tongue, base_url: str, noise: Noise
) -> str:
    """A page of the search. `query` chooses types (`type[N]`) and the page, from 0."""
    asked = parse_qsl(query, keep_blank_values=True)
    types = {value for name, value in asked if name.startswith("type[")}
    chosen = [release for release in releases if not types or _TYPES[release.type] in types]
    if tongue.code != "en":
        chosen = [release for release in chosen if release.language == tongue.code]
    number = next((_number(value) for name, value in asked if name == "page"), 0)
    shown = chosen[number * PER_PAGE : (number + 1) * PER_PAGE]
    rows = "".join(f'<div class="views-row">{_card(release, noise)}</div>\n' for release in shown)
    count = tongue.displaying.format(
        first=number * PER_PAGE + 1, last=number * PER_PAGE + len(shown), total=len(chosen)
    )
    summary = (
        f'<header class="view-header">{count}</header>'
        if shown
        else f'<div class="view-empty">{tongue.nothing}</div>'
    )
    kept = [(name, value) for name, value in asked if name != "page"]
    shell = Shell(
        base_url=base_url,
        tongue=tongue,
        noise=noise,
        path=f"{tongue.prefix}/search",
        title=tongue.search,
        body_class="path-search",
    )
    return framed(
        shell,
        f'<h1 class="page-title">{words(tongue.search)}</h1>\n{_filters(tongue, noise)}'
        f'<div class="view view-search js-view-dom-id-{noise.dom_id()}">\n{summary}\n'
        f'<div class="view-content">\n{rows}</div>\n{_pager(kept, number, len(chosen), tongue)}</div>\n',
    )


def _card(release: Release, noise: Noise) -> str:
    tongue = TONGUES[release.language]
    return (
        f'<div class="search-card"><a href="{release.path}" class="card-image">'
        '<img loading="lazy" alt="" src='
        f'"{html.escape(noise.image("thumb.jpg", "card"))}" /></a><div class="article-detail">'
        f'<div class="tag">{words(tongue.types[release.type])}</div>'
        f'<h5 class="title"><a href="{release.path}">{words(release.headline)}</a></h5>'
        f'<div class="date">{tongue.day(release.published)}</div></div></div>'
    )


def _filters(tongue: Tongue, noise: Noise) -> str:
    boxes = "".join(
        f'<label><input type="checkbox" name="type[{at}]" value="{value}" id="edit-type-{noise.token(9)}" />'
        f"{words(tongue.types[kind])}</label>"
        for at, (kind, value) in enumerate(_TYPES.items())
    )
    return (
        f'<form class="views-exposed-form bef-exposed-form" action="{tongue.prefix}/search" method="get" '
        f'id="views-exposed-form-{noise.token(8)}">{boxes}'
        f'<input type="hidden" name="form_build_id" value="form-{noise.token(43)}" />'
        f'<input type="submit" value="{tongue.search}" /></form>\n'
    )


def _pager(kept: Sequence[tuple[str, str]], number: int, total: int, tongue: Tongue) -> str:
    pages = -(-total // PER_PAGE)
    if pages < 2 or number >= pages:
        return ""

    def href(page: int) -> str:
        return html.escape("?" + urlencode([*kept, ("page", page)]))

    items = "".join(
        f'<li class="pager__item{" is-active" if page == number else ""}"><a href="{href(page)}">{page + 1}'
        "</a></li>"
        for page in range(pages)
    )
    before = f'<li><a href="{href(number - 1)}" rel="prev">{tongue.previous}</a></li>' if number else ""
    after = (
        f'<li><a href="{href(number + 1)}" rel="next">{tongue.following}</a></li>'
        if number + 1 < pages
        else ""
    )
    return (
        f'<nav class="pager" role="navigation"><ul class="pager__items">{before}{items}{after}</ul></nav>\n'
    )


def sitemap(releases: Sequence[Release], page: str | None, *, base_url: str, changed: datetime) -> str | None:
    """The index (`page` None) or one of its pages, from 1; None for a page that is not there."""
    places = [(path, None) for path in ("/", *sections(TONGUES["en"]))]
    entries: list[tuple[str, Release | None]] = [*places, *((release.path, release) for release in releases)]
    pages = -(-len(entries) // PER_SITEMAP)
    if page is None:
        inside = "".join(
            f"<sitemap><loc>{base_url}/sitemap.xml?page={number}</loc><lastmod>{_iso(changed)}</lastmod>"
            "</sitemap>\n"
            for number in range(1, pages + 1)
        )
        return _xml("sitemapindex", inside)
    number = _number(page)
    if not 1 <= number <= pages:
        return None
    shown = entries[(number - 1) * PER_SITEMAP : number * PER_SITEMAP]
    families: dict[int, list[Release]] = {}
    for release in releases:
        families.setdefault(release.node, []).append(release)
    return _xml("urlset", "".join(_location(path, release, base_url, families) for path, release in shown))


def _location(
    path: str, release: Release | None, base_url: str, families: Mapping[int, Sequence[Release]]
) -> str:
    if release is None:
        return f"<url><loc>{base_url}{path}</loc><changefreq>weekly</changefreq></url>\n"
    family = families[release.node]
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{edition.language}" href="{base_url}{edition.path}"/>'
        for edition in (family if len(family) > 1 else ())
    )
    return f"<url><loc>{base_url}{path}</loc>{links}<lastmod>{_iso(release.lastmod)}</lastmod></url>\n"


def _xml(root: str, inside: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        f'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{inside}</{root}>\n'
    )


def feed(releases: Sequence[Release], *, base_url: str, changed: datetime) -> str:
    """RSS 2.0, the newest releases first."""
    items = "".join(
        f"<item><title>{html.escape(release.headline)}</title><link>{base_url}{release.path}</link>"
        f"<description>{html.escape(f'<p>{words(release.body[0])}</p>')}</description>"
        f"<pubDate>{http_date(release.published)}</pubDate><dc:language>{release.language}</dc:language>"
        f'<guid isPermaLink="false">{release.node}-{release.language} at {base_url}</guid></item>\n'
        for release in releases[:IN_FEED]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom">\n'
        f"<channel><title>{TONGUES['en'].site}</title><link>{base_url}/</link><description>News</description>"
        f"<language>en</language><lastBuildDate>{http_date(changed)}</lastBuildDate>"
        f'<atom:link href="{base_url}/rss.xml" '
        f'rel="self" type="application/rss+xml"/>\n{items}</channel></rss>\n'
    )


def _number(text: str) -> int:
    """The number of a page; 0 for what is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
