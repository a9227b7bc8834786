"""The configuration: what is read, and how mistakes are told."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import DEFAULT_USER_AGENT, Config, load, parse
from crawler.errors import ConfigError
from crawler.presets import PRESETS
from crawler.values import Kind

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
