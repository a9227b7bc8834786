"""What Prometheus is told: read back by its own parser, and as the document lists it."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.demo import html_answer
from tests.cli.command import ROOT, iomwatch
from tests.cycle.watch import HOUR, T0, three, watching

DOCUMENTED = set(
    re.findall(r"^\| `(iomwatch_\w+)` \|", (ROOT / "docs" / "METRICS.md").read_text(), re.MULTILINE)
)


def test_it_tells_what_is_documented_and_how_the_watch_stands(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        assert iomwatch("metrics", folder=tmp_path).status == 0  # a store without a round
        watch.run(T0)
        watch.put("/news/bridge", html_answer("<h1>Access denied</h1>", status=403))
        watch.run(T0 + HOUR)
        done = iomwatch("metrics", folder=tmp_path)
        assert done.status == 0
        base = watch.server.base_url
    families = {family.name: family for family in text_string_to_metric_families(done.out)}
    assert set(families) == DOCUMENTED
    samples = {
        (sample.name.removeprefix("iomwatch_"), *sample.labels.values()): sample.value
        for family in families.values()
        for sample in family.samples
    }
    assert samples["pages", "test", "read"] == 2
    assert samples["pages", "test", "blocked"] == 1
    assert samples["blocked_since_timestamp_seconds", "test"] == (T0 + HOUR).timestamp()
    assert samples["source_up", "test", f"{base}/sitemap.xml"] == 1
    assert samples["round_ended_timestamp_seconds",] == (T0 + HOUR).timestamp()
    assert samples["round_asked_pages",] == 3
    assert samples["undelivered_letters", "failed"] == 0


def test_a_file_that_cannot_be_written_and_a_store_that_is_not_there_are_said(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0)
        done = iomwatch("metrics", "--out", "nowhere/at/all.prom", folder=tmp_path)
        assert done.status == 2
        assert "cannot be written" in done.err
    (tmp_path / "iomwatch.db").unlink()
    done = iomwatch("metrics", folder=tmp_path)
    assert done.status != 0
    assert "no store yet" in done.err


def test_a_device_is_written_to_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.prom").symlink_to("target.prom")
    os.mkfifo(tmp_path / "pipe")
    with watching(tmp_path, three()) as watch:
        watch.run(T0)
        assert iomwatch("metrics", "--out", "link.prom", folder=tmp_path).status == 0
        assert (tmp_path / "link.prom").is_symlink()
        written = (tmp_path / "target.prom").read_bytes()
        reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
        try:
            assert iomwatch("metrics", "--out", "pipe", folder=tmp_path).status == 0
            assert os.read(reader, 65_536) == written
        finally:
            os.close(reader)
        assert (tmp_path / "pipe").is_fifo()


def test_a_full_disk_is_tried_later(tmp_path: Path) -> None:
    try:  # a device of the test's own: whoever replaces it replaces not the machine's
        os.mknod(tmp_path / "full", stat.S_IFCHR | 0o666, os.makedev(1, 7))
        (tmp_path / "full").open("wb").close()
    except OSError:
        pytest.skip("no device can be made here")
    with watching(tmp_path, three()) as watch:
        watch.run(T0)
        done = iomwatch("metrics", "--out", "full", folder=tmp_path)
    assert done.status == 75
    assert "free the disk" in done.err


def test_alive_is_a_matter_of_when_a_round_ended(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        assert iomwatch("status", "--alive", "1h", folder=tmp_path).status == 1
        watch.run(T0)  # long ago
        assert iomwatch("status", "--alive", "1h", folder=tmp_path).status == 1
        assert iomwatch("run", "--quiet", folder=tmp_path).status == 0
        done = iomwatch("status", "--alive", "1h", folder=tmp_path)
        assert (done.status, done.out) == (0, "")


def test_why_a_page_is_due(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0)
        url = watch.server.base_url + "/news/bridge"
        done = iomwatch("status", "--why", url, folder=tmp_path)
        assert done.status == 0
        assert url in done.out
        assert "edits a day expected now" in done.out
        assert "the price is 0.02" in done.out
        assert iomwatch("status", "--why", "https://example.org/x", folder=tmp_path).status == 2
        assert iomwatch("status", "--why", url + "-not", folder=tmp_path).status == 2
