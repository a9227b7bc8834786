"""One page, one address: resolving, canonical form, sites, patterns, language prefixes."""

from __future__ import annotations

import json
import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import urls

BASE = "https://www.iom.int"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/news/x", "https://www.iom.int/news/x"),
        ("  ?page=2\n", "https://www.iom.int/search?page=2"),
        ("../a/./b#part", "https://www.iom.int/a/b"),
        ("HTTPS://IOM.int:443", "https://iom.int/"),
        ("//dtm.iom.int/x y", "https://dtm.iom.int/x%20y"),
        ("?type[0]=press_release&page=1", "https://www.iom.int/search?type[0]=press_release&page=1"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
    ],
)
def test_an_address_is_resolved_against_its_document(href: str, address: str) -> None:
    assert urls.absolute(href, f"{BASE}/search") == address


@pytest.mark.parametrize(
    "href",
    [
        "mailto:press@iom.int",
        "javascript:void(0)",
        "file:///etc/passwd",
        " FILE:///etc/passwd",
        "ftp://iom.int/x",
        "data:text/html,x",
        "https://user@iom.int/",
        "https://user:secret@iom.int/",
        "http://169.254.169.254\\@iom.int/",
        "/news\\x",
        "/a\tb",
        "/a\nb",
        "https://iom.int\0.example/",
        "https://",
        "https://exa mple.org/",
        "https://iom.int:99999/",
        "https://xn--a/",
        "/\ud800",
        "/" + "a" * urls.LONGEST,
        "/" + "é" * (urls.LONGEST // 2),
    ],
)
def test_what_is_no_plain_web_address_is_refused(href: str) -> None:
    assert urls.absolute(href, BASE) is None


def test_web_platform_cases() -> None:
    shared = os.environ.get("IOMWATCH_SHARED")
    if not shared:
        pytest.skip("IOMWATCH_SHARED is not set: it names the folder of third-party test data")
    cases = json.loads((Path(shared) / "data/urls/urltestdata.json").read_text(encoding="utf-8"))
    cases = [case for case in cases if isinstance(case, dict)]
    equal = 0
    for case in cases:
        address = urls.absolute(case["input"], case.get("base") or "about:blank")
        if address is not None:
            assert not case.get("failure"), case["input"]
            assert address == case["href"].partition("#")[0]
            equal += 1
    assert len(cases) > 800
    assert equal > 150


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://iom.int/news/x", f"{BASE}/news/x"),
        ("https://www.iom.int/news/x#top", f"{BASE}/news/x"),
        ("https://www.iom.int/news/x?", f"{BASE}/news/x"),
        ("https://www.iom.int/news/x?s=08%C2%A0", f"{BASE}/news/x"),
        ("https://www.iom.int/x?utm_source=a&page=2&fbclid=b&close=true", f"{BASE}/x?page=2"),
        ("https://www.iom.int/a.jpg?itok=Ab_9&h=12cd", f"{BASE}/a.jpg"),
        ("https://www.iom.int/x?b=2&a=1&&c", f"{BASE}/x?b=2&a=1&&c"),
        ("https://www.iom.int/caf%c3%a9/%7Eiom%2d1", f"{BASE}/caf%C3%A9/~iom-1"),
        ("https://www.iom.int/a%2Fb%20c", f"{BASE}/a%2Fb%20c"),
        ("http://egypt.iom.int/x", "http://egypt.iom.int/x"),
        ("https://www.iom.int:8443/x", "https://www.iom.int:8443/x"),
        ("/fr/news/x", f"{BASE}/fr/news/x"),
        ("mailto:x@iom.int", "mailto:x@iom.int"),
    ],
)
def test_one_page_has_one_address(url: str, address: str) -> None:
    assert urls.canonical(url, BASE) == address


PATHS = st.text(alphabet="abAB%23479eEfF~-._/&=?+;,é ", max_size=40)


@given(PATHS)
def test_canonical_is_idempotent(path: str) -> None:
    once = urls.canonical(f"http://iom.int/{path}", BASE)
    assert urls.canonical(once, BASE) == once


@given(PATHS)
def test_canonical_names_the_same_resource(path: str) -> None:
    url = urls.absolute(f"{BASE}/{path}", BASE)
    assert url is not None
    before, after = urls.target(url), urls.target(urls.canonical(url, BASE))
    if not before.partition("?")[2]:
        assert unquote_to_bytes(after) == unquote_to_bytes(before.rstrip("?"))
    else:
        kept = after.partition("?")[2].split("&")
        assert after.partition("?")[0] == urls.target(urls.canonical(url.partition("?")[0], BASE))
        decoded = [unquote_to_bytes(part) for part in before.partition("?")[2].split("&")]
        assert after.count("?") == 0 or all(unquote_to_bytes(part) in decoded for part in kept)


@given(st.text(), st.text())
def test_nothing_raises(url: str, base: str) -> None:
    urls.absolute(url, base)
    urls.canonical(url, base)
    urls.same_site(url, base)
    urls.path_matches(url, base)
    urls.language_prefix(url)
    urls.origin(url)


@pytest.mark.parametrize(
    ("url", "base", "same"),
    [
        ("http://iom.int/x", BASE, True),
        ("https://www.iom.int/x", "https://iom.int", True),
        ("https://www.iom.int:443/x", BASE, True),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("https://dtm.iom.int/", BASE, False),
        ("https://iom.int.example/", BASE, False),
        ("https://wwwiom.int/", BASE, False),
        ("nonsense", "nonsense", False),
    ],
)
def test_a_site_is_its_host_with_or_without_www(url: str, base: str, same: bool) -> None:
    assert urls.same_site(url, base) is same


def test_host_and_origin() -> None:
    assert urls.host("https://WWW.iom.int:443/x") == "www.iom.int"
    assert urls.host("http://127.0.0.1:8080/x") == "127.0.0.1:8080"
    assert urls.host("http://[::1]:80/") == "[::1]"
    assert urls.host("mailto:x") == ""
    assert urls.origin("http://iom.int:8080/x?y") == "http://iom.int:8080"


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/news/**", "/news/x", True),
        ("/news/**", "/news/a/b", True),
        ("/news/**", "/news/x?page=2", True),
        ("/news/**", "/news", False),
        ("/news/**", "/news/", False),
        ("/news/**", "/fr/news/x", False),
        ("/*/news/**", "/pt-br/news/x", True),
        ("/*/news/**", "//news/x", False),
        ("/news/*", "/news/a/b", False),
        ("/news/*.html", "/news/.html", True),
        ("/**/news/*", "/a/b/news/c", True),
        ("/a.b", "/axb", False),
        ("news/x", "/news/x", True),
        ("/actualités/**", "/actualit%C3%A9s/x", True),
        ("/actualit%c3%a9s/**", "/actualités/x", True),
        ("/node/*", "/node/110461", True),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    assert urls.path_matches(pattern, BASE + path) is matches


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/fr/news/x", "fr"),
        ("/fr", "fr"),
        ("/PT-BR/news/x", "pt-br"),
        ("/zh-hans/x", "zh-hans"),
        ("/news/x", None),
        ("/xx/news", None),
        ("/french/x", None),
        ("/", None),
    ],
)
def test_language_prefix(path: str, language: str | None) -> None:
    assert urls.language_prefix(BASE + path) == language
