"""Letters on their way, by the command line: listed, shown, tried again, let go; and test letters."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.command import Done, iomwatch
from tests.cycle.watch import HOUR, T0, Watch, release, watching
from tests.deliver.servers import Mailbox, free_port, server
from tests.deliver.test_webhook import receiver

KEY = "A" * 32


def tables(port: int) -> str:
    return f"""
[[digest]]
name = "daily"
to = ["mailto:desk@example.org", "file:digests/", "webhook+http://127.0.0.1:{port}/${{TOKEN}}"]
[alerts]
to = ["file:alerts/"]
[smtp]
host = "127.0.0.1"
port = {port}
[webhook]
secret = "${{KEY}}"
allow_private = ["127.0.0.1"]
"""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def watch(tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """A watch whose first letter reached its folder and nobody else."""
    for name, value in (("TOKEN", "T0KEN"), ("KEY", KEY)):
        monkeypatch.setenv(name, value)
    pages = {"/news/bridge": release("Bridge Reopens")}
    with watching(tmp_path, pages) as watch:
        text = (watch.folder / "config.toml").read_text(encoding="utf-8").partition("[[digest]]")[0]
        (watch.folder / "config.toml").write_text(text + tables(port), encoding="utf-8")
        assert iomwatch("run", "--now", f"{T0:%Y-%m-%dT%H:%M:%SZ}", folder=watch.folder).status == 1
        yield watch


def listed(watch: Watch, *options: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(
        iomwatch("outbox", "list", "--json", *options, folder=watch.folder).out
    )
    return rows


def everything(watch: Watch) -> str:
    """All that the commands print, and all that is stored but configuration and environment."""
    runs: list[Done] = [
        iomwatch("status", folder=watch.folder),
        iomwatch("status", "--json", folder=watch.folder),
        iomwatch("outbox", "list", "--all", folder=watch.folder),
        iomwatch("check", folder=watch.folder),
        iomwatch("check", "--send-test", "daily", folder=watch.folder),
        iomwatch("run", folder=watch.folder),
    ]
    stored = b"".join(path.read_bytes() for path in watch.folder.glob("iomwatch.db*"))
    return "".join(done.out + done.err for done in runs) + stored.decode("latin-1")


def test_what_waits_is_listed_with_its_reason(watch: Watch) -> None:
    mail, hook = listed(watch)
    assert (mail["recipient"], mail["state"]) == ("mailto:desk@example.org", "waiting")
    assert "Connection refused" in mail["detail"]
    assert hook["recipient"].endswith("/${TOKEN}")
    words = iomwatch("outbox", "list", folder=watch.folder).out
    assert words.count("waiting") == 2
    assert "tried 1 time:" in words
    assert [row["state"] for row in listed(watch, "--all")] == ["waiting", "sent", "waiting"]


def test_no_secret_is_printed_or_stored(watch: Watch) -> None:
    found = everything(watch)
    assert "T0KEN" not in found
    assert KEY not in found


def test_a_letter_is_shown_again_byte_for_byte(watch: Watch) -> None:
    sent = next(row for row in listed(watch, "--all") if row["state"] == "sent")
    (text,) = (watch.folder / "digests").glob("2*.txt")
    (html,) = (watch.folder / "digests").glob("2*.html")
    assert iomwatch("outbox", "show", str(sent["id"]), folder=watch.folder).out == text.read_text("utf-8")
    again = iomwatch("outbox", "show", str(sent["id"]), "--html", folder=watch.folder)
    assert again.out == html.read_text("utf-8")
    data = json.loads(iomwatch("outbox", "show", str(sent["id"]), "--json", folder=watch.folder).out)
    assert data["text"] == text.read_text("utf-8")


def test_a_retry_is_tried_at_the_next_run(watch: Watch, port: int) -> None:
    mail, hook = (str(row["id"]) for row in listed(watch))
    assert "let go by hand" in iomwatch("outbox", "drop", hook, folder=watch.folder).out
    assert [str(row["id"]) for row in listed(watch)] == [mail]
    assert "tried 0 times" in iomwatch("outbox", "retry", mail, folder=watch.folder).out
    mailbox = Mailbox()
    from aiosmtpd.controller import Controller

    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        assert iomwatch("run", "--quiet", folder=watch.folder).status == 0
    finally:
        controller.stop()
    assert len(mailbox.envelopes) == 1
    assert listed(watch) == []
    refused = iomwatch("outbox", "retry", mail, folder=watch.folder)
    assert refused.status == 2
    assert "was sent at" in refused.err


def corrected(watch: Watch) -> None:
    """The mail's recipient has another address in the configuration."""
    path = watch.folder / "config.toml"
    text = path.read_text(encoding="utf-8")
    assert "mailto:desk@" in text
    path.write_text(text.replace("mailto:desk@", "mailto:press@"), encoding="utf-8")


def test_letters_without_a_recipient_are_said_until_they_are_handed_on(watch: Watch, port: int) -> None:
    mail, hook = (str(row["id"]) for row in listed(watch))
    iomwatch("outbox", "drop", hook, folder=watch.folder)
    corrected(watch)
    lost = "1 letter of daily to mailto:desk@example.org, which is no longer in the configuration: "
    lost += f"`iomwatch outbox retry {mail} --to RECIPIENT` hands it on to one that is"
    mailbox = Mailbox()
    with server(mailbox, port=port):
        run = iomwatch("run", folder=watch.folder)
        assert (run.status, lost in run.err) == (1, True)
        assert mailbox.envelopes == []
        assert lost in iomwatch("status", folder=watch.folder).out
        assert f"PROBLEM outbox: {lost}" in iomwatch("check", folder=watch.folder).out
        assert lost in iomwatch("outbox", "list", folder=watch.folder).err
        for options in ((mail,), (mail, "--to", "mailto:nobody@example.org")):
            refused = iomwatch("outbox", "retry", *options, folder=watch.folder)
            assert refused.status == 2
            assert "mailto:press@example.org" in refused.err
        assert "letters without a recipient" in "".join(
            path.read_text(encoding="utf-8") for path in (watch.folder / "alerts").glob("2*.txt")
        )
        message_id = listed(watch)[0]["message_id"]
        handed = iomwatch("outbox", "retry", mail, "--to", "mailto:press@example.org", folder=watch.folder)
        assert "to mailto:press@example.org, tried 0 times" in handed.out
        iomwatch("run", "--quiet", folder=watch.folder)
        assert iomwatch("run", "--quiet", folder=watch.folder).status == 0
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [["press@example.org"]]
    assert message_id.encode() in (mailbox.envelopes[0].original_content or b"")
    assert listed(watch) == []
    rows = {row["recipient"]: row for row in listed(watch, "--all") if row["message_id"] == message_id}
    assert rows["mailto:desk@example.org"]["detail"] == "handed on to mailto:press@example.org"
    again = iomwatch("outbox", "retry", mail, "--to", "mailto:press@example.org", folder=watch.folder)
    assert again.status == 2
    assert "mailto:press@example.org has this letter since" in again.err
    assert "no longer in the configuration" in iomwatch("outbox", "retry", mail, folder=watch.folder).err


def test_a_letter_is_not_handed_on_to_one_who_has_it(watch: Watch) -> None:
    mail, _ = (str(row["id"]) for row in listed(watch))
    refused = iomwatch("outbox", "retry", mail, "--to", "file:digests/", folder=watch.folder)
    assert refused.status == 2
    assert "file:digests/ has this letter since" in refused.err
    assert len(listed(watch)) == 2


def test_a_recipient_is_named_as_it_is_shown(watch: Watch) -> None:
    mail, hook = (str(row["id"]) for row in listed(watch))
    name = listed(watch)[1]["recipient"]
    handed = iomwatch("outbox", "retry", mail, "--to", name, folder=watch.folder)
    assert handed.status == 0
    assert [str(row["id"]) for row in listed(watch)] == [hook]


def test_all_of_them_or_none(watch: Watch) -> None:
    mail, _ = listed(watch)
    done = iomwatch("outbox", "drop", str(mail["id"]), "99", folder=watch.folder)
    assert done.status == 2
    assert "99: no such id" in done.err
    assert len(listed(watch)) == 2


def test_a_test_letter_reaches_each_recipient_and_leaves_no_trace(watch: Watch) -> None:
    before = listed(watch, "--all")
    mailbox = Mailbox()
    with server(mailbox) as smtp, receiver() as (to, given):
        path = watch.folder / "config.toml"
        text = path.read_text(encoding="utf-8")
        head, _, rest = text.partition("webhook+http")
        text = head + to + rest[rest.index('"') :]
        before_port, _, after = text.partition('host = "127.0.0.1"\nport = ')
        path.write_text(
            f'{before_port}host = "127.0.0.1"\nport = {smtp}\n' + after.partition("\n")[2], "utf-8"
        )
        done = iomwatch("check", "--send-test", "daily", folder=watch.folder)
        alerts = iomwatch("check", "--send-test", "alerts", folder=watch.folder)
    assert done.status == 0, done.out
    assert done.out.count("ok      test letter to") == 3
    assert alerts.status == 0
    assert b"Subject: [Test] iomwatch" in (mailbox.envelopes[0].original_content or b"")
    said = json.loads(given[0][1])
    assert said["test"] is True
    assert "[Test]" in (watch.folder / "digests" / "test.html").read_text(encoding="utf-8")
    assert (watch.folder / "alerts" / "test.txt").is_file()
    assert listed(watch, "--all") == before
    unknown = iomwatch("check", "--send-test", "nightly", folder=watch.folder)
    assert unknown.status == 2
    assert "there are: alerts, daily" in unknown.err


def test_nothing_waits(tmp_path: Path) -> None:
    with watching(tmp_path, {"/news/bridge": release("Bridge Reopens")}) as watch:
        watch.run(T0 + HOUR, tell=True)
        assert iomwatch("outbox", "list", folder=watch.folder).err == "nothing waits\n"
        assert listed(watch) == []
