"""Telling: each event in one letter of a digest, each letter once to each recipient."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.smtp import Envelope

from crawler.config import parse
from tests.cycle.watch import HOUR, T0, Watch, release, watching
from tests.deliver.servers import Mailbox, free_port, server

FRENCH = release(
    "Le pont rouvre",
    "Le pont de la vallée a rouvert lundi matin, après trois semaines de travaux menés par les habitants.",
    "Les familles peuvent de nouveau rejoindre le marché et le dispensaire sans passer par la route du nord.",
    language="fr",
)


def digests(port: int) -> str:
    return f"""
[[digest]]
name = "all"
to = ["mailto:a@desk.example", "mailto:b@desk.example", "file:digests/"]
[[digest]]
name = "french"
to = ["file:french/"]
languages = ["fr"]
[smtp]
host = "127.0.0.1"
port = {port}
from = "iomwatch@desk.example"
"""


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    pages = {"/news/bridge": release("Bridge Reopens"), "/news/school": release("School Opens Its Doors")}
    with watching(tmp_path, pages, extra=digests(free_port())) as watch:
        watch.run(T0)
        yield watch


def use_port(watch: Watch, port: int) -> None:
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    before, _, rest = text.partition("port = ")
    watch.config = parse(
        f"{before}port = {port}\n" + rest.partition("\n")[2], root=watch.folder, environment={}
    )


def publish(watch: Watch) -> None:
    watch.put("/fr/news/pont", FRENCH)
    watch.put("/news/bridge", watch.pages["/news/bridge"].replace("12,400", "21,400"))
    watch.name("/news/bridge", "/news/school", "/fr/news/pont")


def parsed(envelope: Envelope) -> EmailMessage:
    assert isinstance(envelope.content, bytes)
    return email.message_from_bytes(envelope.content, EmailMessage, policy=email.policy.default)


def letters(folder: Path, name: str) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted((folder / name).glob("*.txt"))]


def test_mail_that_fails_is_tried_again_with_the_same_letter(watch: Watch) -> None:
    publish(watch)
    down = watch.run(T0 + HOUR, tell=True)
    assert down.needs_a_person
    assert down.told is not None
    assert len(down.told.troubles) == 2
    assert len(letters(watch.folder, "digests")) == 1  # one dead channel holds up no other
    mailbox = Mailbox()
    with server(mailbox) as port:
        use_port(watch, port)
        too_soon = watch.run(T0 + HOUR, tell=True)
        assert mailbox.envelopes == []
        assert too_soon.needs_a_person
        done = watch.run(T0 + 2 * HOUR, tell=True)
        watch.run(T0 + 30 * HOUR, tell=True)
    assert not done.needs_a_person
    assert sorted(envelope.rcpt_tos[0] for envelope in mailbox.envelopes) == [
        "a@desk.example",
        "b@desk.example",
    ]
    mails = [parsed(envelope) for envelope in mailbox.envelopes]
    assert len({mail["Message-ID"] for mail in mails}) == 1
    assert mails[0].get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mails[0].iter_parts()] == ["text/plain", "text/html"]
    assert "1 figure changed" in mails[0]["Subject"]
    assert "1 new" in mails[0]["Subject"]
    text = mails[0].get_body(("plain",))
    assert text is not None
    assert "21,400" in text.get_content()
    assert "Read 3 of 3 known pages of test" in text.get_content()


def test_each_event_is_in_one_letter_of_a_digest(watch: Watch) -> None:
    watch.run(T0, tell=True)
    publish(watch)
    for hours in (1, 2, 3):
        watch.run(T0 + hours * HOUR, tell=True)
    watch.put("/news/school", watch.pages["/news/school"].replace("12,400", "13,500"))
    for hours in (4, 5):
        watch.run(T0 + hours * HOUR, tell=True)
    everything = letters(watch.folder, "digests")
    assert len(everything) == 3  # the baseline, the first events, the last one
    assert sum(letter.count("* Bridge Reopens") for letter in everything) == 1
    assert sum(letter.count("* School Opens") for letter in everything) == 1
    assert sum(letter.count("* Le pont rouvre") for letter in everything) == 1
    assert sum(letter.count("were already there") for letter in everything) == 1


def test_a_digest_selects_by_language(watch: Watch) -> None:
    publish(watch)
    watch.run(T0 + HOUR, tell=True)
    french = letters(watch.folder, "french")
    assert len(french) == 1
    assert "Le pont rouvre" in french[0]
    assert "Bridge" not in french[0]


def test_a_digest_added_later_begins_there(watch: Watch) -> None:
    publish(watch)
    watch.run(T0 + HOUR, tell=True)
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    text += '[[digest]]\nname = "late"\nto = ["file:late/"]\n'
    watch.config = parse(text, root=watch.folder, environment={})
    watch.run(T0 + 2 * HOUR, tell=True)
    assert letters(watch.folder, "late") == []
    watch.put("/news/school", watch.pages["/news/school"].replace("12,400", "13,500"))
    watch.run(T0 + 3 * HOUR, tell=True)
    late = letters(watch.folder, "late")
    assert len(late) == 1
    assert "School" in late[0]
    assert "Bridge" not in late[0]


def test_what_is_refused_for_good_waits_for_a_person(watch: Watch) -> None:
    publish(watch)
    mailbox = Mailbox(rcpt="550 5.1.1 no such desk")
    with server(mailbox) as port:
        use_port(watch, port)
        assert watch.run(T0 + HOUR, tell=True).needs_a_person
        again = watch.run(T0 + 48 * HOUR, tell=True)
    assert again.told is not None
    assert all("failed, tried 1 time:" in trouble for trouble in again.told.troubles)
    assert all(trouble.startswith('letter "IOM: ') for trouble in again.told.troubles)  # not as Python has it
    assert mailbox.envelopes == []


def test_a_cut_inside_data_is_tried_again_under_the_same_message_id(watch: Watch) -> None:
    publish(watch)
    mailbox = Mailbox(data="cut")
    with server(mailbox) as port:
        use_port(watch, port)
        watch.run(T0 + HOUR, tell=True)
        mailbox.data = "250 OK"
        watch.run(T0 + 2 * HOUR, tell=True)
    ids = {str(parsed(envelope)["Message-ID"]) for envelope in mailbox.envelopes}
    assert len(mailbox.envelopes) == 4
    assert len(ids) == 1


def test_a_letter_is_not_given_up_because_the_machine_was_off(watch: Watch) -> None:
    publish(watch)
    watch.run(T0 + HOUR, tell=True)
    mailbox = Mailbox(rcpt="450 4.2.0 greylisted")
    with server(mailbox) as port:
        use_port(watch, port)
        watch.run(T0 + 24 * 8 * HOUR, tell=True)
        mailbox.rcpt = "250 OK"
        done = watch.run(T0 + 24 * 10 * HOUR, tell=True)
    assert len(mailbox.envelopes) == 2
    assert not done.needs_a_person


def replaced(watch: Watch, *pairs: tuple[str, str]) -> None:
    """Write the configuration anew."""
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    (watch.folder / "config.toml").write_text(text, encoding="utf-8")
    watch.config = parse(text, root=watch.folder, environment={})


def test_letters_for_a_recipient_that_left_the_configuration_wait_for_a_person(watch: Watch) -> None:
    publish(watch)
    assert watch.run(T0 + HOUR, tell=True).needs_a_person
    watch.put("/news/school", watch.pages["/news/school"].replace("12,400", "13,500"))
    assert watch.run(T0 + 2 * HOUR, tell=True).needs_a_person
    replaced(watch, ('"mailto:a@desk.example"', '"mailto:c@desk.example"'))
    mailbox = Mailbox()
    with server(mailbox) as port:
        use_port(watch, port)
        for hours in (24, 25):
            done = watch.run(T0 + hours * HOUR, tell=True)
            assert done.needs_a_person
            assert done.told is not None
            (said,) = done.told.troubles
            assert said.startswith("2 letters of all to mailto:a@desk.example, which is no longer in")
            assert "`iomwatch outbox retry 1 5 --to RECIPIENT` hands them on" in said
    assert {to for envelope in mailbox.envelopes for to in envelope.rcpt_tos} == {"b@desk.example"}


def test_letters_of_a_digest_with_another_name_reach_the_same_recipient(watch: Watch) -> None:
    publish(watch)
    assert watch.run(T0 + HOUR, tell=True).needs_a_person
    replaced(watch, ('name = "all"', 'name = "every"'))
    mailbox = Mailbox()
    with server(mailbox) as port:
        use_port(watch, port)
        assert not watch.run(T0 + 24 * HOUR, tell=True).needs_a_person
    assert len({envelope.rcpt_tos[0] for envelope in mailbox.envelopes}) == 2
    ids = [str(parsed(envelope)["Message-ID"]) for envelope in mailbox.envelopes]
    assert sorted(ids.count(one) for one in set(ids)) == [2] * len(set(ids))


def test_a_store_made_anew_reuses_no_message_id(tmp_path: Path) -> None:
    ids = set()
    for name, hours in (("one", 0), ("two", 1)):
        folder = tmp_path / name
        folder.mkdir()
        with watching(folder, {"/news/bridge": release("Bridge Reopens")}) as fresh:
            fresh.run(T0 + hours * HOUR, tell=True)
        ids |= {path.stem.rpartition("-")[2] for path in (folder / "digests").glob("2*.txt")}
    assert len(ids) == 2
