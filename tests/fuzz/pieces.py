"""What inputs of each kind are made of: their syntax, and what once was trouble elsewhere."""

from __future__ import annotations

PIECES = {
    "url": [
        "http://", "https://", "//", "/", "\\", "..", "%", "%2e", "%00", "@", ":", "?", "#", "[::1]",
        "xn--", "é", "\t", "\ud800", "www.iom.int", "127.1", "0x7f", "a=1", "&", ";", ":99999", "/news/",
        "//news//",
    ],
    "robots": [
        "User-agent: *\n", "User-agent: iomwatch\r", "Disallow: /", "Allow: $", "Crawl-delay: ", "nan",
        "1e999", "-1", "Sitemap: ", "http://[", "*", "$", "%", "\0", "\ufeff", "#", ":", "\u2028",
        "a" * 300,
    ],
    "sitemap": [
        "<url>", "</url>", "<loc>", "</loc>", "<lastmod>", "9999-12-31T23:59:59-14:00", "0001-01-01",
        "&#0;", "&#x110000;", "&#xD800;", "&x;", "&amp;", "<![CDATA[", "]]>", "<!--", "<?",
        "<!ENTITY x 'y'>", "<!DOCTYPE a [", "<sitemap>", "</sitemap>", "http://", "<news:news>",
        "<xhtml:link rel='alternate' ", "hreflang='", "\ud800", "\0", "<a b='c' b='d'/>",
    ],
    "feed": [
        "<title>", "</title>", "<link>", "</link>", "<link href='http://[", "<guid>", "<pubDate>",
        "</pubDate>", "Mon, 99 Foo 2024 99:99:99 +9999", "Sun, 31 Dec 9999 23:59:59 -2359",
        "Thu, 1 Jan 0001 00:00:00 +2359", "<updated>", "2024-13-45T25:61:61Z", "xml:base='http://[::'",
        "<dc:date>", "&lt;b&gt;", "&#xFFFE;", "</item>", "<item>", "<content type='xhtml'>", "<![CDATA[",
        "-0001", "99999999999999999999",
    ],
    "listing": [
        "<a href='", "'>", "</a>", "<time datetime='", "<div class=date>", "31 Feb 99999",
        "<base href='http://[", "<h3>", "<li class=next>", "?page=", "99999999999999999999", "%", "\\",
        "<table>", "<svg>", "<template>", "page=,,", "/page/1/", "\ud800", "<select>",
        "<a rel=next title='",
    ],
    "html": [
        "<p>", "</p>", "<div class='", "'>", "<h1>", "<table><tr><td>", "<a href='mailto:",
        "<a href='http://[", "<time datetime='", "<meta charset=utf-16>", "<base href='//[", "<template>",
        "<svg>", "<math>", "<select>", "<plaintext>", "<script>", "<frameset>", "+41 22 717 9111",
        "x@iom.int", "12 March 20249", "Geneva – ", "Genève, le 31 avril 0000", "\u202e", "\ud800", "\0",
        "&#xD800;", "&#0;", "USD 99999999999999999999999", "<ol start=-99999999999>", "Ã©", "<html lang='",
        "data-cfemail='", "<li>", "٣١", "一",
    ],
    "plain": [
        "\n", "\r", "\u2028", "Geneva (IOM) – ", "Contact:\n", "x@iom.int", "12 March 2024", "# ", "* ",
        "> ", "|", "\ud800", "\0", "Tel: +", "===\n", "Our Work\n",
    ],
    "json_ld": [
        "{", "}", "[", "]", '"', ":", ",", '"@type"', '"NewsArticle"', '"@graph"', '"datePublished"',
        "null", "9" * 5000, "1e999", "NaN", "-Infinity", "\\ud800", "\\u0000", '"author"', '"name"',
        "[" * 2000, '{"a":' * 2000, '"2024-02-30"', '"0000-00-00"', '"9999-12-31T23:59:60-23:59"', "//",
        "/*", "<!--", "&quot;", '"mainEntity"', '"headline"', "\ud800",
    ],
    "date": [
        "31", "02", "2024", "0000", "9999", "99999", "March", "mars", "de", "/", "-", ".", " ", "T",
        "24:00", "23:59:60", "+14:00", "-99:99", "Z", "مارس", "٣١", "1er", "st", ",", "²", "①", "-0001",
        "W53", "2024-W01-1",
    ],
    "figures": [
        "1", "0", ",", ".", " ", "\u00a0", "’", "%", "USD", "$", "€", "million", "mille", "cent", "²", "①",
        "٣", "१", "½", "-", "–", "to", "9" * 400, "March", "2024", "/", "31", "of", "d’", "three", "trois",
        "٬", "٫", "万", "İ",
    ],
    "config": [
        "[", "]", "[[", "site", "=", '"', "'", "\n", "name", "true", "1e999", "nan", "inf", "9" * 30,
        "1979-05-27", "07:32:00", "{a.b=1}", "\\ud800", "${X}", "${", "mailto:", "file:",
        "webhook+https://[", "apprise:", "[smtp]", "[[ignore]]", "text = '('", "[weights]",
        "schedule = 'mon", "999999d", "preset='iom/x'", '"""', "#", "\0",
    ],
}  # fmt: skip
