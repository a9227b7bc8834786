"""A loopback site of many plain pages with ETags and a sitemap, in a process of its own: not counted.

Prints its base URL, then serves until it is killed: python -m benchmarks.serve PAGES BYTES
At each SIGHUP every hundredth page is edited.
"""

from __future__ import annotations

import random
import signal
import sys

from crawler.demo import Answer, Server, simple_site

EACH = 100  # one page in so many is edited
WORDS = [
    *(
        "migration",
        "families",
        "return",
        "support",
        "border",
        "office",
        "teams",
        "shelter",
        "water",
        "health",
    ),
    *(
        "route",
        "season",
        "community",
        "district",
        "report",
        "partners",
        "journey",
        "school",
        "clinic",
        "rain",
    ),
]


def page(number: int, size: int, edition: int = 0) -> str:
    """An article of some 4 kB in a page of `size` bytes, the rest being menu and script."""
    draw = random.Random(number)
    counted = f"<p>By the end of the week {400 + edition} families had been reached.</p>"
    paragraphs = counted + "".join(
        f"<p>{' '.join(draw.choice(WORDS) for _ in range(90)).capitalize()}.</p>" for _ in range(7)
    )
    menu = "".join(
        f'<li class="menu-item item--{item}"><a href="/section-{item}">{WORDS[item % 20]} {item}</a></li>'
        for item in range(80)
    )
    head = f"<!doctype html><html lang=en><head><title>Release {number} | Agency</title></head><body>"
    title = f"Release {number}: {' '.join(draw.sample(WORDS, 6))}"
    article = f"<main><article><h1>{title}</h1>{paragraphs}</article></main>"
    shell = f"{head}<nav><ul>{menu}</ul></nav>{article}<footer><p>Agency, all rights reserved</p></footer>"
    padding = "x" * max(0, size - len(shell) - 60)
    return f"{shell}<script>var settings = '{padding}';</script></body></html>"


def main() -> None:
    count, size = int(sys.argv[1]), int(sys.argv[2])
    pages: dict[str, str | Answer] = {f"/news/{number}": page(number, size) for number in range(count)}
    entries = "".join(f"<url><loc>{{base_url}}/news/{number}</loc></url>" for number in range(count))
    sitemap = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    with Server(simple_site({**pages, "/robots.txt": Answer(status=404)}, etags=True)) as server:
        server.site.pages["/sitemap.xml"] = Answer(  # type: ignore[attr-defined]  # `Pages`, made by simple_site
            headers={"content-type": "application/xml", "etag": '"sitemap"'},
            body=sitemap.replace("{base_url}", server.base_url).encode(),
        )
        print(server.base_url, flush=True)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
        for edition in range(1, 1_000_000):
            signal.sigwait([signal.SIGHUP])
            for number in range(0, count, EACH):
                server.site.pages[f"/news/{number}"] = page(number, size, edition)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
