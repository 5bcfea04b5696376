"""What is seen from outside: /metrics, /healthz, the alerts and the dashboard, and the lines of the log."""

from __future__ import annotations

import json
import logging
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from bot.config import Settings
from bot.domain.host import Heartbeat, Queue, Shard
from bot.errors import HostError
from bot.operations.logs import JsonLines, refer, refer_in_words
from bot.operations.metrics import Metrics, serving_metrics
from bot.store.look import BackupFailure, BackupNote, write_note
from tests.library import Library
from tests.postgresql import on_postgresql
from tests.seen import shown
from tests.standin.driver import owner, readers
from tests.standin.process import bot
from tests.standin.server import StandIn
from tests.standin.world import Description

ROOT = Path(__file__).parents[2]
HOSTING, DEPLOY = ROOT / "docs" / "hosting", ROOT / "deploy"
BEAT = Heartbeat("host", 41, "1.2.3", 1_000, 2_000_000_000, (Shard(0, 0.04, None),), 12, (Queue("updates", 3, None),))

here = pytest.mark.skipif(on_postgresql(), reason="backups are of a SQLite file")


@pytest.fixture
def metrics(library: Library, tmp_path: Path) -> Metrics:
    return Metrics(library.bot, Settings(database=tmp_path / "oneshot.db"))


def measures(text: str) -> dict[str, float]:
    """Each measure with its labels, as `/metrics` writes it."""
    return {
        f"{sample.name}{{{','.join(sample.labels.values())}}}": sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def measured(metrics: Metrics) -> dict[str, float]:
    return measures(generate_latest(metrics.registry).decode())


async def test_a_command_and_a_press_are_counted_by_kind_and_name_and_timed(library: Library, metrics: Metrics) -> None:
    page = shown(await library.ann.slash(library.channel, "read", story="Lighthouse"))
    await library.ann.click(page, label="Next")
    found = measured(metrics)
    assert found["oneshot_interactions_total{command,read}"] == 1
    [pressed] = [value for name, value in found.items() if name.startswith("oneshot_interactions_total{press,")]
    assert pressed == 1
    for kind in ("command", "press"):
        assert found[f"oneshot_answer_seconds_count{{{kind}}}"] == 1
    assert found["oneshot_database_seconds_count{read}"] > 0 and found["oneshot_database_seconds_count{write}"] > 0


async def test_an_unexpected_error_is_counted(
    library: Library, metrics: Metrics, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(sys.modules["cogs.help"], "send", broken)
    caplog.handler.addFilter(refer)
    answered = await library.ann.slash(library.channel, "help")
    assert measured(metrics)["oneshot_errors_total{}"] == 1
    [line] = [record for record in caplog.records if "Unexpected error in help" in record.getMessage()]
    assert line.__dict__["reference"] in ((answered.response and answered.response.content) or "")
    library.env.errors.clear()


@here
async def test_a_heartbeat_brings_what_the_bot_and_its_database_know(library: Library, metrics: Metrics) -> None:
    database = metrics._settings.database  # pyright: ignore[reportPrivateUsage]
    assert metrics.troubles() == ["The bot is starting."]
    await metrics.on_beat(replace(BEAT, queues=(Queue("updates", 3, BEAT.beat_at - 600), Queue("reviews", 0, None))))
    found = measured(metrics)
    assert found["oneshot_shard_up{0}"] == 1 and found["oneshot_shard_latency_seconds{0}"] == 0.04
    assert (found["oneshot_servers{}"], found["oneshot_info{1.2.3}"]) == (12, 1)
    assert found["oneshot_stories{}"] == await library.store.stories.count() > 0
    assert (found["oneshot_queue_length{updates}"], found["oneshot_queue_oldest_seconds{updates}"]) == (3, 600)
    assert found["oneshot_queue_oldest_seconds{reviews}"] == 0
    assert 0 < found["oneshot_disk_free_ratio{sqlite}"] < 1
    assert found["oneshot_backup_timestamp_seconds{sqlite}"] == 0  # which sets off the alert
    write_note(database, BackupNote(2_000, "/copies/one.db", 5))
    write_note(database, BackupFailure(3_000, "There is no room"))
    await metrics.on_beat(replace(BEAT, shards=(Shard(0, None, 1_900),)))
    found = measured(metrics)
    assert found["oneshot_shard_up{0}"] == 0
    assert (found["oneshot_backup_timestamp_seconds{sqlite}"], found["oneshot_backup_failed{sqlite}"]) == (2_000, 1)
    assert any("Shard 0 has been down" in sentence for sentence in metrics.troubles())


def served_names() -> set[str]:
    """What the alerts and the dashboard ask for."""
    asked = (DEPLOY / "alerts.yml").read_text("utf-8").partition("groups:")[2]
    dashboard = json.loads((DEPLOY / "dashboard.json").read_text("utf-8"))
    asked += "\n".join(target["expr"] for panel in dashboard["panels"] for target in panel["targets"])
    return set(re.findall(r"\b(?:oneshot|process)_\w+", asked))


@here
async def test_the_alerts_and_the_dashboard_ask_for_what_there_is(library: Library, metrics: Metrics) -> None:
    await library.ann.slash(library.channel, "help")
    await metrics.on_beat(BEAT)
    there = {name.partition("{")[0] for name in measured(metrics)}
    assert len(served_names()) > 10 and served_names() <= there
    listed = (HOSTING / "metrics.md").read_text("utf-8")
    own = {re.sub(r"_(?:bucket|count|sum|created)$", "", name) for name in there if name.startswith("oneshot_")}
    assert not {name for name in own if name not in listed}


def test_every_alert_is_set_off_once() -> None:
    rules = (DEPLOY / "alerts.yml").read_text("utf-8")
    tests = Path(__file__).with_name("alerts_test.yml")
    alerts, page = re.findall(r"- alert: (\w+)", rules), (HOSTING / "wrong.md").read_text("utf-8")
    assert len(alerts) == 7
    for alert in alerts:
        assert f"alertname: {alert}\n        exp_alerts:" in tests.read_text("utf-8")
        assert f"wrong.md#{alert.lower()}\n" in rules and f"### {alert}\n" in page
    if (promtool := shutil.which("promtool")) is None:
        pytest.skip("promtool is not there: on Debian, apt install prometheus")
    done = subprocess.run([promtool, "test", "rules", tests], capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
async def discord() -> AsyncIterator[StandIn]:
    async with StandIn(Description(readers=2)) as standin:
        yield standin


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.skipif(on_postgresql() or sys.platform == "win32", reason="it runs on a SQLite file, with signals")
async def test_a_running_bot_serves_what_is_measured_and_logs_an_act_by_its_reference(
    discord: StandIn, tmp_path: Path, loaded: Path
) -> None:
    folder, port = shutil.copytree(loaded, tmp_path / "bot"), free_port()
    author, ben = owner(discord), readers(discord)[0]
    async with bot(discord, folder, METRICS=f"127.0.0.1:{port}") as process, aiohttp.ClientSession() as session:
        await ben.command("read", story="Ferry")
        sent = await author.command("author submit", file=("kettle.txt", b"Title: The Kettle\n\nIt will rain.\n"))
        preview = await discord.shows(sent, "Publish")
        await author.press(preview, "Publish")
        await discord.until(lambda: "Publish" not in preview.labels)
        async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert (answer.status, await answer.text()) == (200, "ok\n")
        async with session.get(f"http://127.0.0.1:{port}/metrics") as answer:
            found = measures(await answer.text())
            assert answer.headers["Content-Type"].startswith("text/plain")
        process.signal(signal.SIGTERM)
        assert await process.status() == 0
    assert found["oneshot_interactions_total{command,read}"] == 1 and found["oneshot_shard_up{0}"] == 1
    assert found["process_resident_memory_bytes{}"] > 0 or sys.platform != "linux"
    assert re.search(r"\[[0-9a-f]{6}\] Server \d+: publish story \d+\n", process.log)
    assert "Kettle" not in process.log and str(author.user.id) not in process.log


async def test_an_address_that_is_taken_ends_the_start_with_a_sentence(metrics: Metrics) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(HostError, match=f"METRICS 127.0.0.1:{port} cannot be served"):
            async with serving_metrics(metrics, "127.0.0.1", port):
                pass


@pytest.mark.parametrize("as_json", [True, False])
async def test_the_lines_of_one_interaction_bear_one_reference(library: Library, *, as_json: bool) -> None:
    lines: list[str] = []

    class Lines(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Lines()
    handler.addFilter(refer if as_json else refer_in_words)
    handler.setFormatter(JsonLines() if as_json else None)

    async def posted(*_: object, **__: object) -> None:
        logging.getLogger("bot").warning("%s", "first")
        await library.store.settings.change_server(1, lambda chosen: replace(chosen, approval=True), 77_777)

    logger = logging.getLogger("bot")
    logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys.modules["cogs.quotes"], "post", posted)
            await library.ann.slash(library.channel, "quote")
        logger.warning("of nobody")
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
    first, act, other = lines
    assert "Server 1: set" in act and "77777" not in act
    if as_json:
        reference = json.loads(first)["reference"]
        assert json.loads(act)["reference"] == reference and "reference" not in json.loads(other)
    else:
        assert first[:8] == act[:8] and re.fullmatch(r"\[[0-9a-f]{6}\]", first[:8]) and other == "of nobody"
