"""The page of a release, in the four layouts that stand side by side on the IOM's sites.

Decides no status and no header. The article is the same at each rendering; what surrounds it is not.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from crawler.demo.chrome import Shell, cards, framed, words
from crawler.demo.noise import Noise
from crawler.demo.release import Piece, Release, inline
from crawler.demo.tongues import TONGUES, Tongue

_BUNDLES = {
    "news": "press-release",
    "statement": "statement",
    "speech": "speech",
    "story": "featured-stories",
    "blog": "blog-list",
}


def release_page(
    release: Release, *, family: Sequence[Release], others: Sequence[Release], base_url: str, noise: Noise
) -> str:
    """The page of `release`. `family`: its editions; `others`: what teasers may show."""
    tongue = TONGUES[release.language]
    content = {"current": _current, "seven": _seven, "story": _story, "blog": _blog}[release.layout](
        release, tongue, noise
    )
    shell = Shell(
        base_url=base_url,
        tongue=tongue,
        noise=noise,
        path=release.path,
        title=release.headline,
        description=release.body[0],
        image=noise.image(_picture(release)) if release.caption else "",
        alternates={edition.language: edition.path for edition in family} if len(family) > 1 else {},
        head=_dates(release, base_url),
        body_class=f"path-node page-node-type-{_BUNDLES[release.type]}",
        node=release.node,
    )
    before, after = _around(release, others, tongue, noise)
    return framed(shell, f"{before}{content}{after}")


def body_html(pieces: Sequence[Piece], noise: Noise) -> str:
    """The body as the site's editor writes it, contact block included."""
    return "\n".join(_grouped(pieces, noise))


def _grouped(pieces: Sequence[Piece], noise: Noise) -> Iterator[str]:
    for (kind, ordered), group in groupby(pieces, key=lambda piece: (piece.kind, piece.ordered)):
        if kind == "item":
            tag = "ol" if ordered else "ul"
            items = "".join(f"\t<li>{_marked(piece.lines[0], noise)}</li>\n" for piece in group)
            yield f"<{tag}>\n{items}</{tag}>\n"
        elif kind == "row":
            rows = "".join(_row(piece, noise) for piece in group)
            yield f'<table border="1" cellpadding="1" style="width:100%"><tbody>\n{rows}</tbody></table>\n'
        else:
            yield from (_single(piece, noise) for piece in group)


def _single(piece: Piece, noise: Noise) -> str:
    inside = "<br />\n".join(_marked(line, noise) for line in piece.lines)
    if piece.kind == "heading":
        return f"<h{piece.level}>{inside}</h{piece.level}>\n"
    if piece.kind == "quote":
        return f"<blockquote>\n<p>{inside}</p>\n</blockquote>\n"
    if piece.kind == "stars":
        return f'<p class="text-align-center">{inside}</p>\n'
    return f"<p>{inside}</p>\n"


def _row(piece: Piece, noise: Noise) -> str:
    tag = "th" if piece.head else "td"
    return "<tr>" + "".join(f"<{tag}>{_marked(cell, noise)}</{tag}>" for cell in piece.lines) + "</tr>\n"


def _marked(text: str, noise: Noise) -> str:
    parts = []
    for run, mark in inline(text):
        if mark is None:
            parts.append(words(run))
        elif mark == "strong":
            parts.append(f"<strong>{words(run)}</strong>")
        else:
            address = noise.file(mark.removeprefix("files:")) if mark.startswith("files:") else mark
            parts.append(f'<a href="{html.escape(address)}">{words(run)}</a>')
    return "".join(parts)


def _current(release: Release, tongue: Tongue, noise: Noise) -> str:
    """Drupal 9 and later: tags, headline, figure, body, documents."""
    subtitle = (
        f'<div class="field field--name-field-subtitle field--type-string"><p>{words(release.subtitle)}</p>'
        "</div>\n"
        if release.subtitle
        else ""
    )
    date = ""
    if release.type in ("speech", "statement"):
        date = (
            '<div class="date"><time '
            f'datetime="{_iso(release.published)}">{tongue.day(release.published)}</time></div>\n'
        )
    return (
        f'<article role="article" class="node node--type-{_BUNDLES[release.type]} node--view-mode-full">\n'
        '<div class="content-header"><ul class="tags">'
        f'<li class="tag">{words(tongue.types[release.type])}</li>'
        f'<li class="tag">{words(tongue.scopes[release.scope])}</li>'
        f'</ul>\n<h1 class="page-title"><span class="field field--name-title">{words(release.headline)}'
        "</span></h1>\n"
        f"{subtitle}{date}</div>\n{_figure(release, noise)}"
        '<div class="narrow-content">\n<div class="clearfix text-formatted field field--name-body '
        'field--type-text-with-summary field--label-hidden field__item">\n'
        f"{_repeated(release)}{body_html(release.pieces, noise)}</div>\n{_documents(release, tongue, noise)}"
        "</div>\n</article>\n"
    )


def _seven(release: Release, tongue: Tongue, noise: Noise) -> str:
    """Drupal 7: a sidebar before the content, a line that says when, tags that are never closed."""
    hours = tongue.hours_ago.format(hours=noise.number(2, 23))
    return (
        '<div id="sidebar-first" class="column sidebar"><div class="block"><h2>In this section</h2>'
        f'<ul class="menu"><li class="leaf">Press Room<li class="leaf">Archive ({noise.number(900, 999)})'
        "</ul></div></div>\n"
        f'<h1 class="title" id="page-title">{words(release.headline)}</h1>\n'
        '<div id="block-system-main" class="block block-system">\n<div class="content">\n'
        f'<div id="node-{release.node}" class="node node-press-release" about="{release.path}">\n'
        f'<div class="submitted">Updated: {hours}</div>\n'
        '<div class="field field-name-body field-type-text-with-summary"><div class="field-items">'
        '<div class="field-item even" property="content:encoded">\n'
        f"{_repeated(release)}{body_html(release.pieces, noise)}<p>&nbsp;</p>\n</div></div></div></div>"
        "</div></div>\n"
    )


def _story(release: Release, tongue: Tongue, noise: Noise) -> str:
    return (
        f'<div data-history-node-id="{release.node}" class="node node--type-featured-stories">\n'
        f'<div class="hero">{_figure(release, noise)}<div class="tag">{words(tongue.types[release.type])}'
        "</div>\n"
        f"<h1>{words(release.headline)}</h1>\n"
        f'<p class="lead">{words(release.subtitle or "")}</p></div>\n'
        '<div class="paragraph paragraph--type--text"><div class="field field--name-field-text">\n'
        f"{body_html(release.pieces, noise)}</div></div>\n</div>\n"
    )


def _blog(release: Release, tongue: Tongue, noise: Noise) -> str:
    return (
        '<div class="node node--type-blog-list node--view-mode-full">\n'
        f'<div class="tag">{words(tongue.types[release.type])}</div>\n'
        f'<h1 class="page-title">{words(release.headline)}</h1>\n'
        f'<div class="date">{tongue.day(release.published)}</div>\n{_figure(release, noise)}'
        '<div class="field field--name-field-contents field--type-entity-reference-revisions">\n'
        f"{body_html(release.pieces, noise)}</div>\n</div>\n"
    )


def _repeated(release: Release) -> str:
    return f"<p><strong>{words(release.headline)}</strong></p>\n" if release.title_repeated else ""


def _picture(release: Release) -> str:
    return f"{release.path.rpartition('/')[2][:40]}.jpg"


def _figure(release: Release, noise: Noise) -> str:
    if release.caption is None:
        return ""
    name = _picture(release)
    sources = "".join(
        f'<source srcset="{html.escape(noise.image(name, style))} '
        f'1x" media="(min-width: {width}px)" type="image/webp" />'
        for style, width in (("hero_desktop", 1200), ("hero_tablet", 768), ("hero_mobile", 320))
    )
    return (
        '<figure class="media media--type-image"><div class="field field--name-field-media-image"><picture>'
        f'{sources}<img loading="eager" width="1200" height="675" src="{html.escape(noise.image(name))}" '
        f'alt="" class="image-style-large" /></picture></div><figcaption>{words(release.caption)}'
        "</figcaption></figure>\n"
    )


def _documents(release: Release, tongue: Tongue, noise: Noise) -> str:
    if release.attachment is None:
        return ""
    label, name = release.attachment
    return (
        f'<div class="field field--name-field-attachments"><h3>{tongue.documents}</h3><span class="file '
        f'file--mime-application-pdf"><a href="{noise.file(name)}" type="application/pdf">{words(label)}</a>'
        "</span></div>\n"
    )


def _around(release: Release, others: Sequence[Release], tongue: Tongue, noise: Noise) -> tuple[str, str]:
    """What stands before and after the article. Each page has its own choice of boxes, ever the same."""
    chosen = random.Random(release.path)  # noqa: S311 - a stable choice per page, no secret
    latest = cards(
        noise,
        tongue.latest,
        [_latest(other, tongue, noise) for other in noise.some(others, 3)],
        name="latest",
    )
    share = (
        f'<div class="share-buttons"><span>{tongue.share}</span>'
        '<a href="https://example.org/share?to=f" class="share">Facebook</a>'
        '<a href="https://example.org/share?to=x" class="share">X</a>'
        '<a href="mailto:?body=" class="share">Email</a></div>\n'
    )
    related = cards(
        noise, tongue.related, [teaser(other, noise) for other in noise.some(others, 3)], name="related-news"
    )
    pager = (
        f'<nav class="node-pager"><a href="/node/{release.node - 1}" rel="prev">{tongue.previous}</a>'
        f'<a href="/node/{release.node + 1}" rel="next">{tongue.following}</a></nav>\n'
    )
    after = [box for box in (share, related, pager) if chosen.random() < 0.75]
    if release.layout == "seven":  # the former site shows the box first, with the page's first <time>
        return latest, "".join(after)
    return "", latest + "".join(after)


def _latest(release: Release, tongue: Tongue, noise: Noise) -> str:
    hours = tongue.hours_ago.format(hours=noise.number(2, 23))
    return (
        f'<a href="{release.path}" hreflang="{release.language}">{words(release.headline)}</a> '
        f'<time datetime="{_iso(release.published)}" class="ago">{hours}</time>'
    )


def teaser(release: Release, noise: Noise) -> str:
    """A card with the headline and the first words of a release."""
    first = release.body[0]
    return (
        f'<div class="teaser"><a href="{release.path}"><img loading="lazy" alt="" src='
        f'"{html.escape(noise.image(_picture(release), "teaser"))}" /></a><h3 class="teaser-title">'
        f'<a href="{release.path}">{words(release.headline)}</a></h3>'
        f"<p>{words(first[:140].rpartition(' ')[0])}…</p></div>"
    )


def _dates(release: Release, base_url: str) -> str:
    """Dates in the head, as far as this page says any."""
    head = '<meta property="og:type" content="article" />\n'
    if release.structured in ("meta", "both", "broken"):
        head += f'<meta property="article:published_time" content="{_iso(release.published)}" />\n'
        head += f'<meta property="article:modified_time" content="{_iso(release.lastmod)}" />\n'
    if release.structured in ("json-ld", "both", "broken"):
        data = {
            "@context": "https://schema.org",
            "@graph": [
                {
                    "@type": "NewsArticle",
                    "headline": release.headline,
                    "url": base_url + release.path,
                    "inLanguage": release.language,
                    "datePublished": _iso(release.published),
                    "dateModified": _iso(release.lastmod),
                    "publisher": {"@type": "Organization", "name": TONGUES["en"].site},
                }
            ],
        }
        text = json.dumps(data, ensure_ascii=False, indent=4).replace("<", "\\u003C")
        head += (
            f'<script type="application/ld+json">{text[:-9] if release.structured == "broken" else text}'
            "</script>\n"
        )
    return head


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
