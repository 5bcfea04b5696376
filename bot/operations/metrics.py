"""Prometheus metrics of a running bot, and the HTTP server that exports them.

No metric identifies a person or a story. Metrics from the database are read with each heartbeat, so that a scrape never
waits for the database.
"""

import asyncio
import shutil
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from prometheus_client.gc_collector import GCCollector
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.config import Settings
from bot.domain.host import Heartbeat
from bot.errors import HostError
from bot.interactions.client import Oneshot
from bot.operations.status import troubles
from bot.store.database import Access
from bot.store.look import BackupFailure, BackupNote, look_at, read_notes

ANSWER_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30)
DATABASE_SECONDS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10)

KINDS = {
    "application_command": "command",
    "autocomplete": "autocomplete",
    "component": "press",
    "modal_submit": "form",
}
"""Names of interaction types in the metrics, by discord.py's names."""


class Metrics:
    """All metrics of *bot*."""

    def __init__(self, bot: Oneshot, settings: Settings) -> None:
        self._bot = bot
        self._settings = settings
        self._beat: Heartbeat | None = None
        self.registry = registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=registry)

        def gauge(name: str, what: str, *labels: str) -> Gauge:
            return Gauge(f"oneshot_{name}", what, labels, registry=registry)

        self._interactions = Counter(
            "oneshot_interactions", "Interactions that were answered.", ("kind", "name"), registry=registry
        )
        self._answers = Histogram(
            "oneshot_answer_seconds",
            "Seconds from an interaction's arrival to the end of its answer.",
            ("kind",),
            buckets=ANSWER_SECONDS,
            registry=registry,
        )
        self._errors = Counter("oneshot_errors", "Unexpected errors that readers met.", registry=registry)
        self._database = Histogram(
            "oneshot_database_seconds",
            "Seconds that the database took to answer.",
            ("kind",),
            buckets=DATABASE_SECONDS,
            registry=registry,
        )
        self._version = gauge("info", "1, with the version.", "version")
        self._shard_up = gauge("shard_up", "Whether a connection to Discord is up.", "shard")
        self._latency = gauge("shard_latency_seconds", "Seconds that Discord takes to answer.", "shard")
        self._servers = gauge("servers", "Servers that the bot is in.")
        self._refused = gauge("refused_requests", "Requests of the last ten minutes that Discord refused.")
        self._stories = gauge("stories", "Stories in the library.")
        self._length = gauge("queue_length", "How many jobs are due.", "queue")
        self._age = gauge("queue_oldest_seconds", "Seconds for which the oldest of them has been due.", "queue")
        self._free = gauge("disk_free_ratio", "Free part of the disk with the file, 0 to 1.", "engine")
        self._backup_at = gauge("backup_timestamp_seconds", "When the last backup was made; 0 for never.", "engine")
        self._backup_bytes = gauge("backup_bytes", "Bytes of the last backup.", "engine")
        self._backup_failed = gauge("backup_failed", "Whether a backup failed since then.", "engine")

        for kind in KINDS.values():
            self._answers.labels(kind)
        bot.store.tell_times(self.answered_by_database)
        bot.add_listener(self.on_timed)
        bot.add_listener(self.on_fault)
        bot.add_listener(self.on_beat)

    def answered_by_database(self, access: Access, seconds: float) -> None:
        self._database.labels(access).observe(seconds)

    async def on_timed(self, kind: str, name: str, seconds: float) -> None:
        kind = KINDS.get(kind, kind)
        self._interactions.labels(kind, name).inc()
        self._answers.labels(kind).observe(seconds)

    async def on_fault(self, _reference: str, _name: str) -> None:
        self._errors.inc()  # no label for the command: Prometheus shows no increase for the first error of a new label

    async def on_beat(self, beat: Heartbeat) -> None:
        """Update the metrics from a heartbeat and from the database."""
        self._version.labels(beat.version).set(1)
        self._servers.set(beat.servers)
        self._refused.set(beat.refused)
        self._shard_up.clear()
        self._latency.clear()
        for shard in beat.shards:
            self._shard_up.labels(shard.id).set(shard.down_since is None)
            self._latency.labels(shard.id).set(shard.latency if shard.latency is not None else float("nan"))
        for queue in beat.queues:
            self._length.labels(queue.name).set(queue.length)
            self._age.labels(queue.name).set(0 if queue.oldest is None else max(beat.beat_at - queue.oldest, 0))
        self._stories.set(await self._bot.store.stories.count())
        if self._settings.server is None:  # PostgreSQL servers have their own monitoring
            self._free.labels("sqlite").set(await asyncio.to_thread(self._free_ratio))
        self._take_backups(*await asyncio.to_thread(self._backups))
        self._beat = beat

    def _free_ratio(self) -> float:
        usage = shutil.disk_usage(self._settings.database.absolute().parent)
        return usage.free / usage.total

    def _backups(self) -> tuple[BackupNote | None, BackupFailure | None]:
        with look_at(self._settings.store) as look:
            return read_notes(look)

    def _take_backups(self, made: BackupNote | None, failed: BackupFailure | None) -> None:
        if made is None and self._settings.backups is None:  # no backups are wanted
            return
        engine = "sqlite" if self._settings.server is None else "postgresql"
        self._backup_at.labels(engine).set(made.at if made is not None else 0)
        self._backup_bytes.labels(engine).set(made.bytes if made is not None else 0)
        self._backup_failed.labels(engine).set(failed is not None)

    def troubles(self) -> list[str]:
        """Return the problems of this process, a sentence each; empty if all is well."""
        if self._beat is None:
            return ["The bot is starting."]
        return list(troubles([self._beat], self._beat.host, int(time.time())))


@asynccontextmanager
async def serving_metrics(metrics: Metrics, host: str, port: int) -> AsyncGenerator[None]:
    """Serve *metrics* at *host* and *port* until the context ends. Raises `HostError` if the address is unavailable."""

    async def measures(request: web.Request) -> web.Response:
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return web.Response(body=encode(metrics.registry), headers={"Content-Type": kind})

    async def health(_: web.Request) -> web.Response:
        wrong = metrics.troubles()
        return web.Response(text="\n".join(wrong or ["ok"]) + "\n", status=503 if wrong else 200)

    app = web.Application()
    app.add_routes([web.get("/metrics", measures), web.get("/healthz", health)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        raise HostError(f"METRICS {host}:{port} cannot be served: {error.strerror}. Name another address.") from error
    try:
        yield
    finally:
        await runner.cleanup()
