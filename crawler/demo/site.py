"""The simulated site: what it answers to a path at a moment.

Opens no connection (that is `server`) and reads no clock: the moment is an argument.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from urllib.parse import parse_qsl, unquote

from crawler.demo.answer import Answer, conditional, encoded, html_answer, http_date
from crawler.demo.article import release_page
from crawler.demo.chrome import Shell, countries, framed, sections, words
from crawler.demo.lists import feed, home_page, listing_page, sitemap
from crawler.demo.noise import Noise
from crawler.demo.release import Release
from crawler.demo.timeline import START, Trouble, troubles
from crawler.demo.tongues import TONGUES, Tongue
from crawler.demo.trouble import ROBOTS, challenge, error_page, file_answer, maintenance, outage
from crawler.demo.world import DEPLOYED, World, rendered_at, world

SOURCES = (
    "/search?type[0]=blog_list&type[1]=featured_stories&type[2]=press_release&type[3]=statement&type[4]=speech"
    "&created=All&sort_bef_combine=created_DESC",
    "/rss.xml",
    "/sitemap.xml",
)
INCLUDE = tuple(
    f"{tongue.prefix}/{kind}/**"
    for tongue in TONGUES.values()
    for kind in ("news", "statements", "speeches", "stories", "blogs")
)
LIFETIME = timedelta(hours=6)  # of a rendered copy in the site's cache
_NONE: Mapping[str, str] = MappingProxyType({})


class Site:
    """The bundled site. One seed, one sequence of requests: one sequence of answers, byte for byte."""

    def __init__(self, *, seed: int = 1, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")
        self._seed = seed
        self._renderings = 0  # of pages that no cache holds

    def releases(self, now: datetime) -> Mapping[str, Release]:
        """The truth: what stands at `now`, by path, newest first."""
        return world(now).releases

    def answer(self, path_and_query: str, *, now: datetime, headers: Mapping[str, str] = _NONE) -> Answer:
        """What the site answers at `now` (aware UTC; ValueError otherwise) to a GET.

        `headers`: the request's, names in lower case. An answer to any path whatever; never raises for one.
        """
        path, _, query = path_and_query.partition("?")
        path = "/" + unquote(path, errors="replace").strip("/")
        answer = self._in_trouble(path, now) or self._standing(path, query, now)
        if "date" not in answer.headers:
            answer = Answer(
                status=answer.status, headers={"date": http_date(now), **answer.headers}, body=answer.body
            )
        return encoded(conditional(answer, headers), headers)

    def _in_trouble(self, path: str, now: datetime) -> Answer | None:
        """What stands in the way of the site at `now`, worst first."""
        for line in sorted(
            troubles(now), key=lambda line: list(Trouble).index(line.trouble or Trouble.OUTAGE)
        ):
            if line.trouble is Trouble.OUTAGE:
                return outage()
            if line.trouble is Trouble.MAINTENANCE and path != "/robots.txt" and file_answer(path) is None:
                return maintenance(TONGUES["en"])
            if line.path == path and line.trouble in (Trouble.CHALLENGE, Trouble.CHALLENGE_UNSAID):
                return challenge(self._afresh(now), said=line.trouble is Trouble.CHALLENGE)
        return None

    def _standing(self, path: str, query: str, now: datetime) -> Answer:
        standing = world(now)
        release = standing.releases.get(path) or _by_node(path, standing)
        if release is not None:
            return self._release(release, query, standing, now)
        if path in standing.moved:
            target = f"{self.base_url}{standing.moved[path]}"
            return html_answer(f'<a href="{target}">Moved</a>', status=301, location=target)
        tongue = _tongue(path)
        if path in standing.gone:
            return self._missing(tongue, standing.gone[path], now)
        return (
            self._list(path, query, tongue, standing, now)
            or self._section(path, tongue, now)
            or file_answer(path)
            or self._missing(tongue, 404, now)
        )

    def _release(self, release: Release, query: str, standing: World, now: datetime) -> Answer:
        fresh = standing.fresh(release)
        noise, validators = (
            self._copy(release.path, query, fresh, now) if release.cached else (self._afresh(now), {})
        )
        others = [other for other in standing.releases.values() if other.node != release.node]
        page = release_page(
            release,
            family=standing.family(release),
            others=[other for other in others if other.language == release.language] or others,
            base_url=self.base_url,
            noise=noise,
        )
        return self._drupal(page, validators, release.language)

    def _list(self, path: str, query: str, tongue: Tongue, standing: World, now: datetime) -> Answer | None:
        """Home, listing, sitemap, feed or robots.txt; None where `path` is none of them."""
        releases = tuple(standing.releases.values())
        noise, validators = self._copy(path, query, standing.changed, now)
        if path == (tongue.prefix or "/"):
            page = home_page(releases, tongue=tongue, base_url=self.base_url, noise=noise)
            return self._drupal(page, validators, tongue.code)
        if path == f"{tongue.prefix}/search":
            page = listing_page(
                releases, query, tongue=tongue, base_url=self.base_url, noise=self._afresh(now)
            )
            return self._drupal(page, {}, tongue.code)
        if path == "/sitemap.xml":
            number = dict(parse_qsl(query)).get("page")
            xml = sitemap(releases, number, base_url=self.base_url, changed=standing.changed)
            return _text(xml, "application/xml; charset=utf-8", validators) if xml is not None else None
        if path == "/rss.xml":
            xml = feed(releases, base_url=self.base_url, changed=standing.changed)
            return _text(xml, "application/rss+xml; charset=utf-8", validators)
        if path == "/robots.txt":
            return _text(ROBOTS.format(base_url=self.base_url), "text/plain", {"etag": '"65e0a1b2-1f3"'})
        return None

    def _section(self, path: str, tongue: Tongue, now: datetime) -> Answer | None:
        """A page that the menu leads to."""
        found = sections(tongue).get(path) or countries(tongue).get(path)
        if found is None:
            return None
        label, description = found
        noise, validators = self._copy(path, "", START - timedelta(days=30), now)
        shell = Shell(base_url=self.base_url, tongue=tongue, noise=noise, path=path, title=label)
        text = description.format(countries="171")
        page = framed(shell, f'<h1 class="page-title">{words(label)}</h1>\n<p>{words(text)}</p>\n')
        return self._drupal(page, validators, tongue.code)

    def _missing(self, tongue: Tongue, status: int, now: datetime) -> Answer:
        page = error_page(tongue, path="/system/404", base_url=self.base_url, noise=self._afresh(now))
        return html_answer(page, status=status, cache_control="must-revalidate, no-cache, private")

    def _copy(self, path: str, query: str, fresh: datetime, now: datetime) -> tuple[Noise, dict[str, str]]:
        """The noise of the copy that the cache holds, and its validators: both tell when it was rendered."""
        digest = hashlib.sha256(f"{self._seed} {path}?{query}".encode()).digest()
        rendered = rendered_at(
            now,
            offset=int.from_bytes(digest[:4]) % int(LIFETIME.total_seconds()),
            fresh=fresh,
            lifetime=LIFETIME,
        )
        seconds = int(rendered.timestamp())
        validators = {"etag": f'"{seconds}"', "last-modified": http_date(rendered)}
        return self._noise(f"{digest.hex()} {seconds}", rendered), validators

    def _afresh(self, now: datetime) -> Noise:
        self._renderings += 1
        return self._noise(f"{self._seed} {self._renderings}", now)

    def _noise(self, key: str, at: datetime) -> Noise:
        folder = "tmzbdl2617" if at >= DEPLOYED else "tmzbdl2616"
        return Noise(random.Random(key), folder=folder)  # noqa: S311 - noise for a simulation, no secret

    def _drupal(self, page: str, validators: Mapping[str, str], language: str) -> Answer:
        """A page with the headers that Drupal gives it; without validators where no cache may hold it."""
        answer = html_answer(
            page,
            content_language=language,
            cache_control="max-age=21600, public" if validators else "must-revalidate, no-cache, private",
            expires="Sun, 19 Nov 1978 05:00:00 GMT",
            vary="Cookie,Accept-Encoding",
            x_content_type_options="nosniff",
            x_frame_options="SAMEORIGIN",
            x_generator="Drupal 10 (https://www.drupal.org)",
            x_drupal_dynamic_cache="HIT" if validators else "UNCACHEABLE",
        )
        return Answer(headers={**answer.headers, **validators}, body=answer.body)


def _text(text: str, kind: str, validators: Mapping[str, str]) -> Answer:
    return Answer(headers={"content-type": kind, **validators}, body=text.encode())


def _tongue(path: str) -> Tongue:
    first = path.split("/")[1]
    return TONGUES[first if first in TONGUES else "en"]


def _by_node(path: str, standing: World) -> Release | None:
    """The edition behind `/node/N` or `/fr/node/N`: that language's, else the family's first."""
    tongue = _tongue(path)
    head, _, number = path.removeprefix(f"/{tongue.code}").rpartition("/")
    if head != "/node" or not number.isdecimal():
        return None
    family = [release for release in standing.releases.values() if str(release.node) == number]
    own = [release for release in family if release.language == tongue.code]
    return min(own or family, key=lambda release: release.published, default=None)
