"""The pages that stand where a release should: not found, outage, challenge, maintenance; and the files.

None of them is an article. They say nothing of when they are served: `site` decides that.
"""

from __future__ import annotations

from crawler.demo.answer import Answer, html_answer
from crawler.demo.chrome import Shell, framed, words
from crawler.demo.noise import Noise
from crawler.demo.tongues import Tongue

ROBOTS = """\
User-agent: *
# Directories
Disallow: /core/
Disallow: /profiles/
# Paths (clean URLs)
Disallow: /admin/
Disallow: /node/add/
Disallow: /user/login
Allow: /core/*.css$

Sitemap: {base_url}/sitemap.xml
"""

STYLE = b"""\
:root{--iom:#0033a0}*{box-sizing:border-box}body{margin:0;font:17px/1.55 sans-serif;color:#222}
.visually-hidden,.hidden,.mega-heading.mobile{position:absolute;clip-path:inset(50%)}
.layout-container,.layout-content{max-width:1100px;margin:0 auto;padding:0 1rem}
.site-header{border-bottom:4px solid var(--iom);padding:.6rem 0}.site-header form{float:right}
.menu--main{display:flex;flex-wrap:wrap;gap:1.4rem;list-style:none;padding:0;margin:.6rem 0}
.mega-panel{display:none}.links{display:flex;gap:1rem;list-style:none;padding:0;margin:0;font-size:.85rem}
.breadcrumb ol{display:flex;gap:.6rem;list-style:none;padding:0;max-width:1068px;margin:1rem auto}
a{color:var(--iom)}h1{font-size:2.1rem;line-height:1.2;margin:.4rem 0}
.tags{display:flex;gap:.5rem;list-style:none;padding:0}
.tag{background:var(--iom);color:#fff;padding:.1rem .6rem;display:inline-block;font-size:.8rem}
figure{margin:1rem 0}figure img{width:100%;height:auto}figcaption{font-size:.85rem;color:#555}
.narrow-content{max-width:760px;margin:0 auto}
blockquote{border-inline-start:4px solid var(--iom);margin:1rem 0;padding:0 1rem}
table{border-collapse:collapse}td,th{padding:.3rem .6rem;text-align:start}
.text-align-center{text-align:center}
.view-content{display:grid;grid-template-columns:repeat(auto-fill,minmax(230px,1fr));gap:1rem}
.view-content img{width:100%}.share-buttons a,.node-pager a,.pager a{margin-inline-end:.8rem}
.pager__items{display:flex;gap:.4rem;list-style:none;padding:0}
.block-newsletter{background:#eef2fa;padding:1rem;margin-top:2rem}
.site-footer{background:#0a1d4d;color:#fff;padding:1rem;font-size:.85rem}.site-footer a{color:#cfe0ff}
.site-footer ul{display:flex;gap:1rem;list-style:none;padding:0}
.eu-cookie-compliance-banner{position:fixed;inset:auto 0 0;background:#222;color:#fff;padding:.6rem 1rem}
"""

_PICTURE = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 675" width="1200" height="675">
<rect width="1200" height="675" fill="#b9cbe8"/><circle cx="930" cy="170" r="80" fill="#f6e3a1"/>
<path d="M0 520 300 300 520 470 760 260 1200 540V675H0z" fill="#5d7aa8"/></svg>
"""

_LOGO = b"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 48" width="220" height="48">
<circle cx="24" cy="24" r="20" fill="#0033a0"/><text x="54" y="31" font-family="sans-serif" font-size="20"
fill="#0033a0">IOM (simulated)</text></svg>
"""

_PDF = b"""\
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""


def file_answer(path: str) -> Answer | None:
    """A file that the web server gives without asking Drupal; None where `path` is none."""
    if not path.startswith(("/sites/", "/themes/")):
        return None
    kinds = {
        ".css": ("text/css", STYLE),
        ".js": ("application/javascript", b"// nothing to do here\n"),
        ".pdf": ("application/pdf", _PDF),
        ".jpg": ("image/svg+xml", _PICTURE),
        "logo.svg": ("image/svg+xml", _LOGO),
        ".ico": ("image/svg+xml", _LOGO),
    }
    for ending, (kind, body) in kinds.items():
        if path.endswith(ending):
            return Answer(headers={"content-type": kind, "cache-control": "max-age=1209600"}, body=body)
    return None


def error_page(tongue: Tongue, *, path: str, base_url: str, noise: Noise) -> str:
    """404 and 410, in the site's chrome."""
    heading, text = tongue.missing
    shell = Shell(
        base_url=base_url, tongue=tongue, noise=noise, path=path, title=heading, body_class="path-error"
    )
    content = (
        f'<h1 class="page-title">{words(heading)}</h1>\n<div class="error-page"><p>{words(text)}</p></div>\n'
    )
    return framed(shell, content)


def outage() -> Answer:
    """What stands before the site answers for it."""
    return html_answer(
        "<html><head><title>503 Service Temporarily Unavailable</title></head>\n<body>\n"
        "<center><h1>503 Service Temporarily Unavailable</h1></center>\n<hr><center>nginx</center>\n</body>"
        "</html>\n",
        status=503,
        cache_control="no-store",
    )


def challenge(noise: Noise, *, said: bool) -> Answer:
    """A page that only a browser passes, with status 200. `said`: a header admits it."""
    page = (
        '<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>'
        '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">'
        '<meta name="robots" content="noindex,nofollow">'
        '<meta http-equiv="refresh" content="390"></head><body class="no-js">'
        '<div class="main-wrapper" role="main">'
        "<h1>Checking your browser</h1><noscript><p>Enable JavaScript and cookies to continue</p></noscript>"
        f"<p>This takes a few seconds. Ray ID: {noise.number(10**15, 10**16 - 1):x}</p></div>"
        f'<script>window._chl_opt={{cType:"managed",cRay:"{noise.token(16)}",cH:"{noise.token(64)}"}};'
        "</script>"
        f'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1?ray={noise.token(16)}">'
        "</script></body></html>"
    )
    answer = html_answer(page, cache_control="private, max-age=0, no-store")
    if not said:
        return answer
    admitted = {"server": "cloudflare", "cf-mitigated": "challenge", "cf-ray": f"{noise.token(16)}-GVA"}
    return Answer(headers={**answer.headers, **admitted}, body=answer.body)


def maintenance(tongue: Tongue) -> Answer:
    return html_answer(
        '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8" />'
        f"<title>Site under maintenance | {words(tongue.site)}</title>"
        '<meta name="Generator" content="Drupal 10 (https://www.drupal.org)" /></head>\n'
        '<body class="maintenance-page in-maintenance"><main role="main"><h1>Site under maintenance</h1>\n'
        f"<p>{words(tongue.site)} is currently under maintenance. We should be back "
        "shortly. Thank you for your "
        "patience.</p></main></body></html>\n",
        cache_control="must-revalidate, no-cache, private",
    )
