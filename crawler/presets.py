"""IOM's sites by name, so that `preset = "iom/egypt"` is enough in config.toml.

Data only. `seen` says what public material showed of a site; everything else is how the platform's
sites usually are, and `iomwatch check` tells what really answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_TYPES = ("news", "statements", "speeches", "stories")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A site's address, where its releases are found, and which addresses they have."""

    name: str
    host: str
    seen: str  # what is known for certain
    guess: str  # what is assumed
    languages: tuple[str, ...] = ("",)  # address prefixes; "" for none
    sources: tuple[str, ...] = ("/countries/search?created=All&news_type=All", "/rss.xml", "/sitemap.xml")
    include: tuple[str, ...] = ()

    def keys(self) -> dict[str, Any]:
        """The keys of a [[site]] table."""
        prefixes = [f"/{language}" if language else "" for language in self.languages]
        include = self.include or tuple(f"{prefix}/{kind}/**" for prefix in prefixes for kind in _TYPES)
        return {
            "name": self.name,
            "base_url": f"https://{self.host}",
            "sources": list(self.sources),
            "include": list(include),
        }


def _country(name: str, *languages: str) -> Preset:
    return Preset(
        name=name,
        host=f"{name}.iom.int",
        languages=("", "en", *languages),
        seen="the host; releases under /news/ and /<language>/news/",
        guess="the listing, the feed, the sitemap; which languages it publishes in",
    )


_SEARCH = (
    "/search?type[0]=blog_list&type[1]=featured_stories&type[2]=press_release"
    "&created=All&sort_bef_combine=created_DESC"
)

_ALL = (
    Preset(
        name="iom",
        host="www.iom.int",
        languages=("", "fr", "es"),
        seen="the listing's address, the addresses of releases, English, French and Spanish",
        guess="the feed and the sitemap: named by others, never seen to answer",
        sources=(_SEARCH, f"/fr{_SEARCH}", f"/es{_SEARCH}", "/rss.xml", "/sitemap.xml"),
    ),
    # regional sites
    _country("roasiapacific"),
    _country("mena", "ar"),
    _country("rodakar", "fr"),
    _country("lac", "es"),
    _country("americas", "es"),
    _country("nortedecentroamerica", "es"),
    _country("eea"),
    # country sites
    _country("egypt", "ar"),
    _country("sudan", "ar"),
    _country("ethiopia"),
    _country("niger", "fr"),
    _country("peru", "es"),
    _country("mexico", "es"),
    _country("costarica", "es"),
    _country("brazil", "pt-br"),
    _country("germany", "de"),
    _country("italy", "it"),
    _country("thailand"),
    _country("turkey"),
    _country("romania"),
    _country("finland"),
    _country("tunisia", "fr", "ar"),
    _country("haiti", "fr"),
    _country("kazakhstan", "ru"),
    # specials
    Preset(
        name="dtm",
        host="dtm.iom.int",
        seen="/reports/ and /datasets/, and a sitemap that is an index with ?page=",
        guess="that the sitemap names every report",
        sources=("/sitemap.xml",),
        include=("/reports/**", "/datasets/**"),
    ),
    Preset(
        name="missingmigrants",
        host="missingmigrants.iom.int",
        seen="the host",
        guess="everything else",
        include=("/news/**", "/story/**", "/publication/**"),
        sources=("/sitemap.xml", "/rss.xml"),
    ),
    Preset(
        name="weblog",
        host="weblog.iom.int",
        seen="the host; posts stand right under the root",
        guess="the feed and the sitemap",
        include=("/*",),
        sources=("/rss.xml", "/sitemap.xml"),
    ),
    Preset(
        name="environmentalmigration",
        host="environmentalmigration.iom.int",
        languages=("", "fr", "es"),
        seen="the host",
        guess="everything else",
        include=("/news/**", "/blogs/**", "/fr/news/**", "/es/news/**"),
        sources=("/sitemap.xml", "/rss.xml"),
    ),
    Preset(
        name="crisisresponse",
        host="crisisresponse.iom.int",
        seen="the host",
        guess="everything else",
        include=("/response/**",),
        sources=("/sitemap.xml",),
    ),
)

PRESETS: dict[str, Preset] = {f"iom/{preset.name}": preset for preset in _ALL} | {"iom/www": _ALL[0]}
