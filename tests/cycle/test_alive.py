"""What is told outside after a round: the metrics' file, the heartbeat, the daemon's endpoint."""

from __future__ import annotations

import socket
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from crawler.config import Config, parse
from crawler.cycle.alive import told_outside
from crawler.cycle.idle import idle_round
from crawler.cycle.metrics import endpoint
from crawler.cycle.outcome import Round
from crawler.demo import Answer
from crawler.errors import ConfigError
from tests.cycle.watch import HOUR, T0, Watch, three, watching

DIGEST = '[[digest]]\nname = "daily"\nto = ["file:digests/"]\n'


def metrics(watch: Watch, **values: str) -> Config:
    """The watch's configuration with these keys in [metrics]."""
    keys = "".join(f'{key} = "{value}"\n' for key, value in values.items())
    text = (watch.folder / "config.toml").read_text(encoding="utf-8")
    allowed = '[webhook]\nallow_private = ["127.0.0.1"]\n'
    return parse(f"{text}\n{allowed}[metrics]\n{keys}", root=watch.folder, environment={})


def told(watch: Watch, config: Config, done: Round) -> tuple[tuple[str, ...], list[str]]:
    """What failed, and what the heartbeat's server was asked."""
    watch.asked()
    failures = told_outside(config, done)
    return failures, [exchange.path for exchange in watch.asked()]


def test_the_file_holds_what_the_round_left(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        config = metrics(watch, textfile="watch.prom")
        assert told_outside(config, watch.run(T0, tell=True)) == ()
        families = text_string_to_metric_families((tmp_path / "watch.prom").read_text("utf-8"))
        samples = {sample.name: sample.value for family in families for sample in family.samples}
        assert samples["iomwatch_round_ended_timestamp_seconds"] == T0.timestamp()
        assert samples["iomwatch_covered_ratio"] == 1
        assert [path.name for path in tmp_path.glob("*.prom*")] == ["watch.prom"]


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        (said,) = told_outside(metrics(watch, textfile="no/such/folder.prom"), watch.run(T0, tell=True))
        assert "folder.prom cannot be written" in said


def test_the_heartbeat_is_asked_after_a_good_round_alone(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        config = metrics(watch, heartbeat=f"{watch.server.base_url}/ping/SECRET")
        watch.put("/ping/SECRET", "OK")
        assert told(watch, config, watch.run(T0, tell=True)) == ((), ["/ping/SECRET"])
        for path in three():
            watch.put(path, Answer(status=403))
        troubled = watch.run(T0 + HOUR, tell=True)
        assert troubled.needs_a_person
        assert told(watch, config, troubled) == ((), [])
        stopped = watch.run(T0 + 2 * HOUR)  # as after a signal: nothing was told
        assert told(watch, config, stopped) == ((), [])


@pytest.mark.parametrize(
    ("answer", "why"), [(Answer(status=500), "answers 500"), (Answer(status=302), "answers 302")]
)
def test_a_heartbeat_that_fails_is_said_without_its_address(tmp_path: Path, answer: Answer, why: str) -> None:
    with watching(tmp_path, three()) as watch:
        config = metrics(watch, heartbeat=f"{watch.server.base_url}/ping/SECRET")
        watch.put("/ping/SECRET", answer)
        failures, _ = told(watch, config, watch.run(T0, tell=True))
        assert failures == (f"metrics.heartbeat: {why}",)
        assert "SECRET" not in repr(config.metrics)


def test_the_heartbeat_passes_the_same_guard_as_all_else(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        config = metrics(watch, heartbeat="http://10.0.0.1/ping")
        (said,) = told_outside(config, watch.run(T0, tell=True))
        assert said.startswith("metrics.heartbeat: 10.0.0.1 ")
        assert "private" in said


def test_who_wants_to_be_told_of_each_round_gets_whole_ones(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        watch.run(T0, tell=True)
        for key, value in (("textfile", "watch.prom"), ("heartbeat", "http://127.0.0.1:1/")):
            assert idle_round(metrics(watch, **{key: value}), watch.config.site, T0 + HOUR / 20) is None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_endpoint_answers_with_the_configuration_that_holds(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch:
        port = free_port()
        held = [metrics(watch, listen=f"127.0.0.1:{port}")]
        with endpoint(lambda: held[0]):
            watch.run(T0)
            answer = httpx.get(f"http://127.0.0.1:{port}/metrics").text
            assert 'iomwatch_pages{site="test",state="read"} 3.0' in answer
            with pytest.raises(ConfigError, match=r"metrics\.listen"), endpoint(lambda: held[0]):
                pass
            (tmp_path / "iomwatch.db").write_bytes(b"no database at all" * 100)
            assert "iomwatch_store_up 0.0" in httpx.get(f"http://127.0.0.1:{port}/metrics").text
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"http://127.0.0.1:{port}/metrics")


def test_without_an_address_nothing_listens(tmp_path: Path) -> None:
    with watching(tmp_path, three()) as watch, endpoint(lambda: watch.config):
        pass


@pytest.mark.parametrize("value", ["9464", "localhost:9464", "127.0.0.1:0", "127.0.0.1:x", "127.0.0.1"])
def test_an_address_to_listen_at_is_one_of_this_machine(tmp_path: Path, value: str) -> None:
    with pytest.raises(ConfigError, match=r"metrics\.listen"):
        parse(f'[metrics]\nlisten = "{value}"\n', root=tmp_path, environment={})
