"""The configuration: what is read, and how mistakes are told."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import DEFAULT_USER_AGENT, Config, load, parse
from crawler.cycle.rounds import fetch_settings
from crawler.errors import ConfigError
from crawler.presets import PRESETS
from crawler.recipients import mistake, shown
from crawler.values import Kind
from crawler.weights import Weights

ROOT = Path(__file__).parents[2]

GOOD = """
[[site]]
name = "iom"
base_url = "https://www.iom.int"
sources = ["/rss.xml", "https://www.iom.int/sitemap.xml"]
include = ["/news/**"]
exclude = ["/news/draft-*"]
removal_after = "90m"

[[digest]]
name = "daily"
to = ["file:digests/", "mailto:desk@example.org"]
sites = ["iom"]
"""


def mistakes(text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        parse(text, environment=environment or {})
    return list(caught.value.mistakes)


def read(text: str) -> Config | tuple[str, ...]:
    """The configuration, or its mistakes."""
    try:
        return parse(text, environment={})
    except ConfigError as error:
        return error.mistakes


def test_what_is_written_is_what_is_read() -> None:
    config = parse(GOOD)
    site = config.site[0]
    assert site.removal_after == timedelta(minutes=90)
    assert site.absolute(site.sources[0]) == "https://www.iom.int/rss.xml"
    assert site.rule("https://iom.int/news/a/b") == "/news/**"
    assert site.rule("https://www.iom.int/news/draft-1") is None
    assert site.rule("https://example.org/news/a") is None
    assert config.fetch.min_delay == 2.0
    assert config.fetch.timeout == 30


def test_weights_are_tuned_by_their_names() -> None:
    assert parse(GOOD).weighed() == Weights()
    assert parse(GOOD + "[weights]\nquote = 95\n").weighed() == Weights(quote=95)
    assert mistakes(GOOD + "[weights]\nqoute = 95\nname = 101\n") == [
        "config.toml:15: weights.qoute: unknown; the table of weights in docs/EVENTS.md has the names",
        "config.toml:16: weights.name: input should be less than or equal to 100",
    ]


def test_the_shipped_configuration_is_valid_and_the_one_init_writes() -> None:
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    assert text == (ROOT / "crawler" / "default_config.toml").read_text(encoding="utf-8")
    config = parse(text, environment={})
    assert [site.name for site in config.site] == ["iom"]
    assert config.fetch.user_agent == DEFAULT_USER_AGENT
    assert config.fetch.contact is None
    assert config.site[0].includes("https://www.iom.int/fr/news/une-nouvelle")


@pytest.mark.parametrize(
    ("agent", "contact"),
    [
        ("iomwatch/0.1 (+desk@example.org)", "desk@example.org"),
        ("iomwatch/0.1 (+https://example.org/bot)", "https://example.org/bot"),
        ("iomwatch/0.1", None),
    ],
)
def test_the_contact_is_read_from_the_user_agent(agent: str, contact: str | None) -> None:
    assert parse(f'[fetch]\nuser_agent = "{agent}"').fetch.contact == contact


def test_every_mistake_is_told_at_once_with_its_line_and_key() -> None:
    found = mistakes(
        "\n".join(
            [
                "[fetch]",
                'min_delay = "fast"',
                "colour = 1",
                "[[site]]",
                'name = "a b"',
                'base_url = "ftp://example.org"',
                'sources = ["/rss.xml"]',
                "include = [",
                '  "/news/**",',
                '  "news/**",',
                "]",
                "[[digest]]",
                'name = "d"',
                'to = ["fax:1"]',
                'sites = ["nowhere"]',
            ]
        )
    )
    starts = [line.split(": ")[0] + " " + line.split(": ")[1] for line in found]
    assert starts == [
        "config.toml:2 fetch.min_delay",
        "config.toml:3 fetch.colour",
        "config.toml:5 site[0].name",
        "config.toml:6 site[0].base_url",
        "config.toml:10 site[0].include[1]",
        "config.toml:14 digest[0].to[0]",
        "config.toml:15 digest[0].sites[0]",
    ]


WHOLE = [  # what only the whole shows: lines, which of them is named, and how
    ('[[site]]\nname = "iom"\nbase_url = "https://e.org"\nwatch = ["/"]', 2, "site[1].name: "),
    ('[[site]]\nname = "b"\nbase_url = "https://e.org"', 1, "site[1]: names no sources"),
    ('[[site]]\nname = "b"\nbase_url = "https://e.org"\nsources = ["/"]', 4, "site[1].sources: "),
    ('[[digest]]\nname = "d"\nto = []\nsites = ["b"]', 4, "digest[1].sites[0]: no [[site]]"),
    ('[[digest]]\nname = "daily"\nto = []', 2, "digest[1].name: "),
    ('[[digest]]\nname = "d"\nto = []\nempty = "send"', 4, "digest[1].empty: "),
    ('[[digest]]\nto = []\nname = "alerts"', 3, "digest[1].name: "),
    ('[[digest]]\nname = "d"\nto = [\n"webhook+https://x.org/",\n]', 4, "digest[1].to[0]: a webhook needs"),
    ('[alerts]\nto = ["webhook+https://x.org/"]', 2, "alerts.to[0]: a webhook needs webhook.secret"),
    ('[alerts]\nto = ["webhook+https://x.org/"]\n[webhook]\ntimeout = 9.0', 3, "webhook.secret: "),
    ('[[credentials]]\norigin = "https://x.org"', 1, "credentials[0]: "),
    ('[[credentials]]\norigin = "https://x.org"\ntoken = "t"\n' * 2, 5, "credentials[1].origin: "),
    ('[[ignore]]\nreason = "r"', 1, "ignore[0]: names no kind"),
    ('[[ignore]]\nreason = "r"\nkind = "new"\nsite = "b"', 4, "ignore[0].site: no [[site]]"),
    ('[store]\nurl = "mysql://x"', 2, "store.url: "),
    ('[smtp]\nfrom = "nobody"', 2, "smtp.from: is no mail address"),
]


@pytest.mark.parametrize(("lines", "at", "words"), WHOLE)
def test_what_the_whole_shows_is_told_beside_a_wrong_field(lines: str, at: int, words: str) -> None:
    first = GOOD.count("\n")
    alone = mistakes(GOOD + lines)
    assert [line.startswith(f"config.toml:{first + at}: {words}") for line in alone] == [True]
    assert mistakes(f"{GOOD}{lines}\n[fetch]\nmin_dealy = 1") == [
        *alone,
        f"config.toml:{first + lines.count(chr(10)) + 3}: fetch.min_dealy: unknown key",
    ]


def test_four_mistakes_of_four_kinds_are_told_at_once() -> None:
    assert [
        line.partition(": ")[0] + ": " + line.split(": ")[1]
        for line in mistakes(
            """[fetch]
min_dealy = 1
[[site]]
name = "a"
base_url = "https://a.example"
watch = ["/"]
[[digest]]
name = "d"
to = ["webhook+https://x.example/"]
sites = ["b"]
[[ignore]]
reason = "r"
"""
        )
    ] == [
        "config.toml:2: fetch.min_dealy",
        "config.toml:9: digest[0].to[0]",
        "config.toml:10: digest[0].sites[0]",
        "config.toml:11: ignore[0]",
    ]


def test_what_follows_from_a_mistake_is_not_told_beside_it() -> None:
    reader = '[[digest]]\nname = "d"\nto = []\nsites = ["egypt"]\n'
    for site in ('preset = "iom/egpyt"\n', 'base_url = "https://e.org"\nwatch = ["/"]\n'):
        (found,) = mistakes(f"[[site]]\n{site}{reader}")
        assert ": site[0]" in found
    (found,) = mistakes('[smtp]\nfrom = "${SENDER}"')
    assert "no variable SENDER" in found
    assert parse('[smtp]\nfrom = "${SENDER}"', environment={"SENDER": "a@b.org"}).smtp.from_ == "a@b.org"


@pytest.mark.parametrize("written", ["iomwatch@localhost", "IOM watch <watch@example.org>", "w@münchen.de"])
def test_a_sender_is_an_address_with_a_name_or_without(written: str) -> None:
    assert parse(f'[smtp]\nfrom = "{written}"').smtp.from_ == written


@pytest.mark.parametrize(
    "written", ["nobody", "", "a@b@c", "a b@example.org", "W <w@example.org", "w@x..org"]
)
def test_what_is_no_sender_is_named_by_its_key(written: str) -> None:
    assert mistakes(f'[smtp]\nfrom = "{written}"') == [
        "config.toml:2: smtp.from: is no mail address such as desk@example.org"
    ]


def test_what_only_the_whole_shows_is_told_too() -> None:
    found = mistakes(GOOD + '[[site]]\nname = "iom"\nbase_url = "https://example.org"\n')
    assert any("taken by an earlier" in line for line in found)
    assert any("nothing could be found" in line for line in found)
    assert mistakes(GOOD.replace('sites = ["iom"]', 'sites = ["oim"]')) == [
        'config.toml:13: digest[0].sites[0]: no [[site]] is named "oim"'
    ]
    assert mistakes('[store]\nurl = "mysql://x"')[0].startswith("config.toml:2: store.url: ")


def test_a_rule_for_what_is_not_told_is_checked() -> None:
    config = parse(GOOD + '[[ignore]]\nreason = "r"\nkind = "redated"\nsite = "iom"\nuntil = 2026-12-31\n')
    assert (config.ignore[0].kind, config.ignore[0].until) == (Kind.REDATED, date(2026, 12, 31))
    for keys, words in (
        ('text = "("', "is no regular expression"),
        ('selector = "p >"', "is no CSS selector"),
        ('kind = "odd"', "ignore[0].kind"),
        ('kind = "new"\nsite = "oim"', 'no [[site]] is named "oim"'),
        ('site = "iom"', "it would hide everything"),
        ('kind = "new"\nuntil = 2026-12-31T10:00:00', "ignore[0].until"),
    ):
        found = mistakes(GOOD + f'[[ignore]]\nreason = "r"\n{keys}\n')
        assert [words in line for line in found] == [True]
    assert "ignore[0].reason: missing" in mistakes(GOOD + '[[ignore]]\nkind = "new"\n')[0]


SECRETS = {"DOOR": "open sesame", "KEY": "mF_9.B5f-4.1JqM"}


def test_credentials_belong_to_one_origin_and_are_not_shown() -> None:
    text = (
        GOOD
        + """
[[credentials]]
origin = "https://intranet.example.org"
user = "iomwatch"
password = "${DOOR}"
[[credentials]]
origin = "https://intranet.example.org:8443/"
token = "${KEY}"
"""
    )
    config = parse(text, environment=SECRETS)
    known = fetch_settings(config).credentials
    assert [each.origin for each in known] == [
        "https://intranet.example.org",
        "https://intranet.example.org:8443",
    ]
    assert [each.authorization() for each in known] == [
        b"Basic aW9td2F0Y2g6b3BlbiBzZXNhbWU=",
        b"Bearer mF_9.B5f-4.1JqM",
    ]
    assert not any(secret in shown for secret in SECRETS.values() for shown in (repr(config), repr(known)))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('origin = "http://x.example.org"\ntoken = "t"', "secrets need https"),
        ('origin = "https://x.example.org/path"\ntoken = "t"', "scheme and host alone"),
        ('origin = "https://u:p@x.example.org"\ntoken = "t"', "scheme and host alone"),
        ('origin = "https://x.example.org"', "user and password, or a token"),
        ('origin = "https://x.example.org"\nuser = "u"\ntoken = "t"', "user and password, or a token"),
        ('origin = "https://x.example.org"\ntoken = "a b"', "credentials[0].token"),
        ('origin = "https://x.example.org"\ntoken = "a\\r\\nX-Other: b"', "credentials[0].token"),
        ('origin = "https://x.example.org"\nuser = "a:b"\npassword = "p"', "credentials[0].user"),
        ('origin = "https://x.example.org"\ntoken = "${NOWHERE}"', "has no variable NOWHERE"),
    ],
)
def test_credentials_that_cannot_be_used_are_named(keys: str, words: str) -> None:
    (found,) = mistakes(GOOD + f"[[credentials]]\n{keys}\n")
    assert words in found
    assert '"t"' not in found


def test_two_credentials_for_one_origin_are_a_mistake() -> None:
    one = '[[credentials]]\norigin = "https://x.example.org"\ntoken = "t"\n'
    assert "in an earlier table" in mistakes(GOOD + one + one)[0]


DIGEST = """
[[digest]]
name = "cairo"
to = ["stdout:"]
languages = ["ar"]
countries = ["Egypt", "sd"]
types = ["News"]
kinds = ["new", "figure"]
keywords = ["cholera", "-football"]
min_weight = 40
schedule = "weekdays 07:30"
timezone = "Africa/Cairo"
quiet_hours = "22:00-07:00"
empty = "send"
language = "ar"
max_items = 20
"""


def test_a_digest_says_who_is_told_what_and_when() -> None:
    digest = parse(DIGEST).digest[0]
    assert digest.countries == ("EG", "SD")
    assert digest.choice.types == ("news",)
    assert digest.choice.keywords.match("Cholera!")
    assert digest.plan.zone == ZoneInfo("Africa/Cairo")
    assert digest.plan.schedule.times == (time(7, 30),)
    assert digest.plan.quiet is not None
    plain = parse(GOOD).digest[0]
    assert plain.plan.schedule.at_once
    assert plain.plan.quiet is None


@pytest.mark.parametrize(
    ("key", "wrong", "told"),
    [
        ("countries", '["Atlantis"]', "countries[0]: write a country by its ISO 3166 code or its name"),
        ("types", '[""]', "types[0]: "),
        ("kinds", '["newish"]', "kinds[0]: write one of new, translation, "),
        ("keywords", '["-"]', "keywords[0]: write a word or a phrase"),
        ("min_weight", "101", "min_weight: "),
        ("schedule", '"weekdays at noon"', 'schedule: write a schedule as "weekdays 07:30"'),
        ("timezone", '"Africa/Kairo"', "timezone: write a time zone by its IANA name"),
        ("timezone", '"../../etc/passwd"', "timezone: write a time zone by its IANA name"),
        ("timezone", '"Africa"', "timezone: write a time zone by its IANA name"),
        ("quiet_hours", '"22-7"', 'quiet_hours: write quiet hours as "22:00-07:00"'),
        ("empty", '"maybe"', "empty: "),
        ("language", '"de"', "language: "),
        ("max_items", "0", "max_items: "),
        ("schedule", '"at once"', "empty: goes with a schedule"),
    ],
)
def test_a_digests_mistakes_are_told_by_key_and_line(key: str, wrong: str, told: str) -> None:
    lines = [f"{key} = {wrong}" if line.startswith(f"{key} =") else line for line in DIGEST.splitlines()]
    where = told.partition(":")[0].partition("[")[0]
    number = next(n for n, line in enumerate(lines, start=1) if line.startswith(f"{where} ="))
    assert [
        line.startswith(f"config.toml:{number}: digest[0].{told}") for line in mistakes("\n".join(lines))
    ] == [True]


def test_secrets_come_from_the_environment_and_are_never_printed() -> None:
    text = '[smtp]\npassword = "${SECRET}"\nport = 99999\n'
    config = parse(text.replace("99999", "25"), environment={"SECRET": "hunter2"})
    assert config.smtp.password == "hunter2"
    assert "hunter2" not in repr(config)
    assert "hunter2" not in "".join(mistakes(text, {"SECRET": "hunter2"}))
    assert mistakes(text.replace("99999", "25")) == [
        "config.toml:2: smtp.password: the environment has no variable SECRET"
    ]


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    path = tmp_path / "sub" / "config.toml"
    path.write_text('[store]\nurl = "sqlite:///data.db"\n', encoding="utf-8")
    assert load(path).store_url() == f"sqlite:///{tmp_path}/sub/data.db"


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="iomwatch init"):
        load(tmp_path / "none.toml")
    assert "line 1" in mistakes("= 3")[0]


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_preset_is_a_valid_site(name: str) -> None:
    config = parse(f'[[site]]\npreset = "{name}"\nremoval_after = "6h"\n', environment={})
    site = config.site[0]
    assert site.removal_after == timedelta(hours=6)
    assert site.base_url.startswith("https://")
    assert site.sources
    assert site.include
    assert PRESETS[name].guess


def test_an_unknown_preset_names_the_known_ones() -> None:
    assert "iom/egypt" in mistakes('[[site]]\npreset = "iom/atlantis"\n')[0]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(read(text), Config) or read(text)


@given(
    st.sampled_from(["site", "digest", "ignore", "fetch", "smtp", "store"]),
    st.dictionaries(
        st.sampled_from(
            ["name", "to", "sources", "url", "port", "timeout", "from", "preset", "kind", "until", "x"]
        ),
        st.one_of(st.integers(), st.booleans(), st.just('"a"'), st.just("[1]"), st.just("{}")),
    ),
    st.booleans(),
)
def test_wrong_types_are_told_and_never_crash(table: str, keys: dict[str, object], many: bool) -> None:
    header = f"[[{table}]]" if many else f"[{table}]"
    lines = [header] + [f"{key} = {str(value).lower()}" for key, value in keys.items()]
    found = read("\n".join(lines))
    assert isinstance(found, Config) or all(line.startswith("config.toml:") for line in found)


def test_a_byte_order_mark_is_no_mistake_and_a_date_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert load(path).site[0].name == "iom"
    assert mistakes("[fetch]\nuser_agent = 2026-01-01")[0].startswith("config.toml:2: fetch.user_agent: ")


def test_recipients_keep_their_secrets_out_of_what_is_stored_and_shown() -> None:
    written = "apprise:tgram://${BOT}/${CHAT}/"
    text = GOOD.replace('"file:digests/"', f'"{written}"')
    config = parse(text, environment={"BOT": "T0KEN", "CHAT": "7", "OTHER": "x"})
    assert config.digest[0].to[0] == written
    assert config.filled(written) == "apprise:tgram://T0KEN/7/"
    assert "T0KEN" not in repr(config)
    assert mistakes(text, {"BOT": "T0KEN"}) == [
        "config.toml:12: digest[0].to[0]: the environment has no variable CHAT"
    ]
    assert mistakes(GOOD.replace('"file:digests/"', '"mailto:${BOT}"'), {"BOT": "T0KEN"}) == [
        'config.toml:12: digest[0].to[0]: write one address, as "mailto:desk@example.org"'
    ]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("file:digests/", "file:digests/"),
        ("apprise:tgram://${BOT}/${CHAT}/", "apprise:tgram://${BOT}/${CHAT}/"),
        ("apprise:tgram://T0KEN/1/", "apprise:tgram://***~"),
        ("apprise:tgram://T0KEN/${CHAT}/", "apprise:tgram://***~"),
        ("apprise:T0KEN", "apprise:***~"),
        ("webhook+https://h.example", "webhook+https://h.example"),
        ("webhook+https://h.example/T0KEN", "webhook+https://h.example/***~"),
        ("webhook+https://h.example?T0KEN", "webhook+https:***~"),
        ("webhook+https://u:T0KEN@h.example/", "webhook+https:***~"),
        ("webhook+https://h.example/${TOKEN}", "webhook+https://h.example/${TOKEN}"),
        ("webhook+https:T0KEN", "webhook+https:***~"),
    ],
)
def test_what_may_be_shown_of_a_recipient(written: str, said: str) -> None:
    found = shown(written)
    assert found.startswith(said)
    assert "T0KEN" not in found
    assert len(found) <= len(said) + 4


@given(st.text(max_size=60))
def test_a_recipient_is_masked_or_refused_whatever_is_written(text: str) -> None:
    for scheme in ("apprise:", "webhook+https:", "webhook+http://", ""):
        assert isinstance(shown(scheme + text), str)
        assert mistake(scheme + text) is None or "write" in str(mistake(scheme + text))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[alerts]\nto = ["fax:1"]', ": alerts.to[0]: write one of mailto:…"),
        ('[webhook]\nsecret = "short"', ": webhook.secret: write base64 of 24 bytes"),
        ('[smtp]\nunsubscribe = "http://x.y/"', ': smtp.unsubscribe: write "mailto:…"'),
        ('[[digest]]\nname = "alerts"\nto = []', '"alerts" is the operator\'s own'),
        ('[alerts]\nto = ["webhook+https://x.example/"]', "alerts.to[0]: a webhook needs webhook.secret"),
        ('[alerts]\nto = ["webhook+https://u:p@x.example/"]', "alerts.to[0]: write an address without user"),
        ('[alerts]\nto = ["apprise:ntfy"]', "alerts.to[0]: write a service as Apprise does"),
    ],
)
def test_mistakes_about_channels(more: str, says: str) -> None:
    assert any(says in line for line in mistakes(GOOD + more))
