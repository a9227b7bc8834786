"""Documents under watch: replaced ones are told once, with both sizes; noise and trouble are silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

from crawler.demo import Answer
from tests.cycle.watch import HOUR, T0, Watch, release, started, three, watching

DAY = timedelta(days=1)
PATH = "/sites/files/report.pdf"
TEXT = "The full report is available for download, and the annexes will be published with it in April."


def pdf(words: str, **headers: str) -> Answer:
    kind = {"content-type": "application/pdf"}
    return Answer(headers=kind | headers, body=b"%PDF-1.4\n" + words.encode() + b"\n%%EOF\n")


def with_report(published: str = "2026-03-01T09:00:00Z") -> str:
    link = f'<a href="{PATH}">The report (PDF)</a>'
    return release("Bridge Report Published", f"{TEXT} {link}.", TEXT * 3, published=published)


def watched(watch: Watch) -> None:
    watch.put("/news/bridge", with_report())
    watch.put(PATH, pdf("first edition", etag='"one"'))
    started(watch)
    watch.asked()


def asked_for_report(watch: Watch) -> list[int | None]:
    return [exchange.status for exchange in watch.asked() if exchange.path == PATH]


def test_a_document_replaced_under_its_address_is_told_once(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watched(watch)
        watch.put(PATH, pdf("second edition, corrected", etag='"two"'))
        watch.run(T0 + 2 * DAY)
        watch.run(T0 + 4 * DAY)
        assert watch.kinds() == [("changed", "/news/bridge")]
        event = watch.events()[0]
        (edit,) = event["edits"]
        assert (edit["kind"], edit["before"], edit["after"]) == (
            "document",
            "report.pdf (29 bytes)",
            "report.pdf (41 bytes)",
        )
        assert PATH in edit["detail"]
        assert event["redline"] == []
        sides = event["evidence"]
        assert sides["before"]["hash"] != sides["after"]["hash"]
        assert sides["before"]["time"] == event["between"][0]


def test_a_document_is_asked_conditionally_and_seldom(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watched(watch)
        watch.run(T0 + HOUR)
        assert asked_for_report(watch) == []
        watch.run(T0 + 2 * DAY)
        assert asked_for_report(watch) == [304]
        assert watch.events() == []


def test_a_file_drawn_anew_at_each_request_proves_nothing(tmp_path: Path) -> None:
    numbers: Iterator[int] = count()
    with watching(tmp_path, three()) as watch:
        watched(watch)
        watch.put(PATH, lambda _path, _headers: pdf(f"printed {next(numbers)}"))
        for days in range(1, 6):
            watch.run(T0 + days * DAY)
        assert watch.events() == []
        watch.asked()
        watch.run(T0 + 9 * DAY)
        assert asked_for_report(watch) == []


def test_errors_and_pages_in_its_place_are_no_replacement(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watched(watch)
        challenge = Answer(headers={"content-type": "text/html"}, body=b"<h1>Just a moment</h1>")
        for days, answer in enumerate([challenge, Answer(status=503), None, pdf("first edition")], 1):
            watch.put(PATH, answer)
            watch.run(T0 + days * DAY)
        assert watch.events() == []


def test_another_validator_of_the_same_file_is_silence(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watched(watch)
        watch.put(PATH, pdf("first edition", etag='"another server"'))
        watch.run(T0 + 2 * DAY)
        assert watch.events() == []


def test_documents_may_be_left_alone(tmp_path: Path) -> None:
    with watching(tmp_path, three(), site="attachments = false") as watch:
        watched(watch)
        watch.run(T0 + 2 * DAY)
        assert asked_for_report(watch) == []


def test_documents_of_other_sites_are_left_alone(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        page = with_report().replace(PATH, "https://elsewhere.invalid/report.pdf")
        watch.put("/news/bridge", page)
        started(watch)
        with watch.store.read() as session:
            assert session.attachments.due(1, T0 + DAY, most=9) == []
