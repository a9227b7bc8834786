"""What surrounds the content of every page of the simulated site: head, menus, banners, footer.

Decides nothing about a page's content, which is given as HTML.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from crawler.demo.noise import Noise
from crawler.demo.places import PLACES
from crawler.demo.tongues import TONGUES, Entry, Tongue

_ASSETS = ("base", "theme", "system", "views", "paragraphs", "better_exposed_filters", "eu_cookie_compliance")
_ICONS = ("search", "globe", "arrow", "close", "share", "mail", "print", "play", "download", "flag")
_NOT_SLUG = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What the frame of one page needs to know."""

    base_url: str
    tongue: Tongue
    noise: Noise
    path: str  # canonical
    title: str
    description: str = ""
    image: str = ""  # address of the page's picture
    alternates: Mapping[str, str] = field(default_factory=dict)  # language → path, this page included
    head: str = ""  # more of the head: dates, JSON-LD, the feed
    body_class: str = "path-node"
    node: int | None = None  # Drupal's number of what the page shows; None where it is no release


def words(text: str) -> str:
    """Text as HTML, with a no-break space as the entity that the site's editor writes."""
    return html.escape(text, quote=False).replace("\u00a0", "&nbsp;")


def slug(label: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", label.lower()) if not unicodedata.combining(c))
    return _NOT_SLUG.sub("-", bare).strip("-")


def sections(tongue: Tongue) -> dict[str, tuple[str, str]]:
    """Path → (label, description) of the pages that the menu and the footer lead to."""
    found = {}
    for label, description, columns in tongue.menu:
        found[f"{tongue.prefix}/{slug(label)}"] = (label, description)
        for _, links in columns:
            found |= {f"{tongue.prefix}/{slug(link)}": (link, description) for link in links}
    return found | {f"{tongue.prefix}/{slug(label)}": (label, tongue.simulated) for label in tongue.footer}


def countries(tongue: Tongue) -> dict[str, tuple[str, str]]:
    """Path → (label, description) of the pages behind the list of countries."""
    _, description, _ = tongue.menu[2]
    return {f"{tongue.prefix}/{slug(name)}": (name, description) for _, name in PLACES}


def framed(shell: Shell, content: str) -> str:
    """A whole page."""
    tongue, noise = shell.tongue, shell.noise
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue.code}" dir="{tongue.direction}" '
        'prefix="og: https://ogp.me/ns# article: https://ogp.me/ns/article#">\n'
        f"{_head(shell)}"
        f'<body class="{shell.body_class} dir-{tongue.direction}">\n'
        f'<a href="#main-content" class="visually-hidden focusable skip-link">{tongue.skip}</a>\n'
        f"{_sprite(noise)}"
        '<div class="dialog-off-canvas-main-canvas" data-off-canvas-main-canvas>\n'
        '<div class="layout-container">\n'
        f"{_header(shell)}"
        f'<main role="main">\n<a id="main-content" tabindex="-1"></a>\n{_breadcrumb(shell)}'
        f'<div class="layout-content"><div class="region region-content">\n'
        f'<div data-drupal-messages-fallback class="hidden"></div>\n{content}</div></div>\n</main>\n'
        f"{_newsletter(shell)}{_footer(shell)}</div>\n</div>\n"
        f"{_cookies(shell)}{_scripts(shell)}</body>\n</html>\n"
    )


def _head(shell: Shell) -> str:
    url, noise = shell.base_url + shell.path, shell.noise
    title = html.escape(shell.title)
    lines = [
        '<meta charset="utf-8" />',
        f'<link rel="canonical" href="{url}" />',
        f'<meta property="og:site_name" content="{html.escape(TONGUES["en"].site)}" />',
        f'<meta property="og:url" content="{url}" />',
        f'<meta property="og:title" content="{title}" />',
        '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" />',
        '<meta name="MobileOptimized" content="width" />',
        '<meta name="HandheldFriendly" content="true" />',
        '<meta name="viewport" content="width=device-width, initial-scale=1.0" />',
        '<link rel="icon" href="/themes/custom/iom/favicon.ico" type="image/vnd.microsoft.icon" />',
    ]
    if shell.description:
        description = html.escape(shell.description[:200])
        lines.append(f'<meta name="description" content="{description}" />')
        lines.append(f'<meta property="og:description" content="{description}" />')
    if shell.image:
        lines.append(f'<meta property="og:image" content="{shell.base_url}{html.escape(shell.image)}" />')
    lines += [
        f'<link rel="alternate" hreflang="{code}" href="{shell.base_url}{path}" />'
        for code, path in shell.alternates.items()
    ]
    lines.append(f"<title>{title} | {TONGUES['en'].site}</title>")
    lines += [
        '<link rel="stylesheet" '
        f'media="all" href="/sites/g/files/{noise.folder}/files/css/css_{noise.token(43)}.css'
        f'?delta={number}&amp;language={shell.tongue.code}&amp;theme=iom&amp;include={noise.token(160)}" />'
        for number in range(len(_ASSETS))
    ]
    return "<head>\n" + "\n".join(lines) + f"\n{shell.head}</head>\n"


def _sprite(noise: Noise) -> str:
    """Drawings that the theme puts in every page."""
    symbols = "".join(
        f'<symbol id="icon-{name}" viewBox="0 0 24 24">'
        f'<path d="M{" ".join(_curve(noise.number(3, 20), at))}Z"/></symbol>'
        for at, name in enumerate(_ICONS)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" style="display:none" aria-hidden="true">{symbols}</svg>\n'
    )


def _curve(start: int, at: int) -> list[str]:
    return [
        f"{(start + 7 * n) % 24}.{at} {(5 * n + at) % 24} c{n % 5} {at} {n % 7} 3 1 {n % 3}"
        for n in range(24)
    ]


def _header(shell: Shell) -> str:
    tongue, noise = shell.tongue, shell.noise
    languages = "".join(
        f'<li hreflang="{code}" class="{code}"><a href="{path}" class="language-link" hreflang="{code}">'
        f"{TONGUES[code].name}</a></li>"
        for code, path in (shell.alternates or {code: t.prefix or "/" for code, t in TONGUES.items()}).items()
    )
    entries = "".join(_entry(tongue, noise, entry, at) for at, entry in enumerate(tongue.menu))
    return (
        '<header role="banner" class="site-header"><div class="region region-header">\n'
        f'<div class="site-branding"><a href="{tongue.prefix or "/"}" rel="home">'
        '<img src="/themes/custom/iom/logo.svg" '
        f'alt="{tongue.home}" /></a></div>\n'
        '<div class="language-switcher-language-url block" role="navigation">'
        f'<ul class="links">{languages}</ul></div>\n'
        f'<form action="{tongue.prefix}/search" method="get" id="search-api-page-{noise.token(6)}" '
        'accept-charset="UTF-8">'
        f'<input data-drupal-selector="edit-s" type="search" name="keys" placeholder="{tongue.search}" />'
        f'<input autocomplete="off" type="hidden" name="form_build_id" value="form-{noise.token(43)}" />'
        '<input type="hidden" name="form_id" value="iom_search" /></form>\n'
        f'<nav role="navigation" class="mega-menu"><ul class="menu menu--main">\n{entries}</ul></nav>\n'
        "</div></header>\n"
    )


def _entry(tongue: Tongue, noise: Noise, entry: Entry, at: int) -> str:
    """A menu entry: its label, then the label again glued to its description, then doubled headings."""
    label, description, columns = entry
    label, description = words(label), words(description.format(countries=noise.countries(tongue.over)))
    here = f"{tongue.prefix}/{slug(entry[0])}"
    listed = []
    # The third column is there on some days and not on others.
    for heading, links in columns if noise.chance(0.7) else columns[:2]:
        items = "".join(
            '<li class="menu-item">'
            f'<a href="{tongue.prefix}/{slug(link)}" data-drupal-link-system-path="node/'
            f'{noise.number(1000, 99999)}">{words(link)}</a></li>'
            for link in links
        )
        listed.append(
            f'<div class="mega-column"><div class="mega-heading">{words(heading)}</div>'
            f'<div class="mega-heading mobile">{words(heading)}</div><ul class="menu">{items}</ul></div>'
        )
    if at == 2:
        options = "".join(
            f'<li class="country" data-iso="{code}">'
            f'<a href="{tongue.prefix}/{slug(name)}" class="country-link">{name}</a></li>'
            for code, name in PLACES
        )
        listed.append(f'<div class="mega-column countries"><ul class="menu">{options}</ul></div>')
    return (
        f'<li class="menu-item menu-item--expanded"><a href="{here}">{label}</a>'
        f'<div class="mega-panel"><div class="mega-intro"><span class="mega-title">{label}</span>'
        f'<span class="mega-text">{description}</span></div>{"".join(listed)}</div></li>\n'
    )


def _breadcrumb(shell: Shell) -> str:
    tongue = shell.tongue
    return (
        '<nav class="breadcrumb" role="navigation" aria-labelledby="system-breadcrumb"><ol>'
        f'<li><a href="{tongue.prefix or "/"}">{tongue.home}</a></li>'
        f'<li><a href="{tongue.prefix}/search">{tongue.types["news"]}</a></li></ol></nav>\n'
    )


def _newsletter(shell: Shell) -> str:
    heading, text, button = shell.tongue.newsletter
    build_id = shell.noise.token(43)
    return (
        f'<section class="block block-newsletter"><h2>{words(heading)}</h2><p>{words(text)}</p>'
        f'<form action="{shell.path}" '
        f'method="post" class="mailchimp-signup" id="newsletter-{shell.noise.token(8).lower()}">'
        '<input type="email" name="mail" required />'
        f'<input autocomplete="off" type="hidden" name="form_build_id" value="form-{build_id}" />'
        f'<button type="submit">{words(button)}</button></form></section>\n'
    )


def _footer(shell: Shell) -> str:
    tongue = shell.tongue
    links = "".join(
        f'<li><a href="{tongue.prefix}/{slug(label)}">{words(label)}</a></li>' for label in tongue.footer
    )
    return (
        '<footer role="contentinfo" class="site-footer"><div class="region region-footer">'
        f'<ul class="menu menu--footer">{links}</ul>'
        '<ul class="social"><li><a href="https://example.org/f">Facebook</a></li>'
        '<li><a href="https://example.org/x">X</a></li><li><a href="https://example.org/i">Instagram</a>'
        "</li></ul>"
        f"<p>© {words(tongue.site)} 2026</p><p>{words(tongue.simulated)}</p></div></footer>\n"
    )


def _cookies(shell: Shell) -> str:
    text, accept, decline = shell.tongue.cookies
    return (
        f'<div id="sliding-popup-{shell.noise.token(5)}" '
        'class="eu-cookie-compliance-banner" role="alertdialog">'
        f'<p>{words(text)}</p><button type="button" class="agree-button">{words(accept)}</button>'
        f'<button type="button" class="decline-button">{words(decline)}</button></div>\n'
    )


def _scripts(shell: Shell) -> str:
    noise = shell.noise
    settings = {
        "path": {
            "baseUrl": "/",
            "currentPath": f"node/{shell.node}" if shell.node else shell.path.strip("/") or "node",
            "currentLanguage": shell.tongue.code,
        },
        "pluralDelimiter": "\x03",
        "suppressDeprecationErrors": True,
        "ajaxPageState": {"libraries": noise.token(5000), "theme": "iom", "theme_token": None},
        "ajaxTrustedUrl": {"form_action_p_pvdeGsVG5zNF_XLGPTvYSKCf43t8qZYSwcfZl2uzM": True},
        "views": {
            "ajaxViews": {
                f"views_dom_id:{noise.dom_id()}": {
                    "view_name": name,
                    "view_dom_id": noise.dom_id(),
                    "pager_element": 0,
                }
                for name in ("related_news", "latest", "events", "featured", "vacancies")
            }
        },
        "user": {"uid": 0, "permissionsHash": noise.dom_id()},
    }
    tags = "".join(
        f'<script src="/sites/g/files/{noise.folder}/files/js/js_{noise.token(43)}.js?scope=footer'
        f'&amp;delta={number}&amp;language={shell.tongue.code}&amp;include={noise.token(220)}"></script>\n'
        for number, _ in enumerate(_ASSETS)
    )
    packed = json.dumps(settings, ensure_ascii=True).replace("<", "\\u003C")
    return (
        f'<script type="application/json" data-drupal-selector="drupal-settings-json">{packed}'
        f"</script>\n{tags}"
    )


def cards(noise: Noise, heading: str, rows: Sequence[str], *, name: str) -> str:
    """A view (a box of teasers) under its heading; nothing where it has no rows."""
    if not rows:
        return ""
    inside = "".join(f'<div class="views-row">{row}</div>\n' for row in rows)
    return (
        f'<div class="views-element-container block block-{name}"><h2>{words(heading)}</h2>'
        f'<div class="view view-{name} js-view-dom-id-{noise.dom_id()}"><div class="view-content">\n{inside}'
        "</div></div></div>\n"
    )
