"""Writes down every few seconds how this process is, for `status` and `/bot`, and tells systemd that it lives."""

import asyncio
import logging
import math
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot import __version__
from bot.domain.heartbeats import BEAT_SECONDS, Heartbeat, Shard
from bot.interactions.client import Oneshot
from bot.operations.systemd import Systemd

log = logging.getLogger(__name__)


class Heart:
    """The heartbeats of a bot that runs."""

    def __init__(self, bot: Oneshot, systemd: Systemd) -> None:
        self._bot = bot
        self._systemd = systemd
        self._host, self._process = socket.gethostname(), os.getpid()
        self._started_at = int(bot.clock())
        self._down_since: int | None = self._started_at
        self._writing = asyncio.Lock()
        self._has_ended = False
        for name, is_up in (("on_ready", True), ("on_resumed", True), ("on_disconnect", False)):
            bot.add_listener(self._up if is_up else self._down, name)

    async def _up(self) -> None:
        self._down_since = None
        await self.beat()
        self._systemd.tell("READY=1")

    async def _down(self) -> None:
        if self._down_since is None:
            self._down_since = int(self._bot.clock())
            await self.beat()

    async def beat(self) -> None:
        """Write down how the process is by now, and tell whoever listens for ``beat``."""
        async with self._writing:
            if self._has_ended:  # the connection that the stop closes says so a moment later
                return
            beat = await self._look()
            await self._bot.store.heartbeats.beat(beat)
        self._bot.dispatch("beat", beat)

    async def _look(self) -> Heartbeat:
        latency = self._bot.latency
        shard = Shard(0, latency if math.isfinite(latency) else None, self._down_since)
        return Heartbeat(
            self._host,
            self._process,
            __version__,
            self._started_at,
            max(int(self._bot.clock()), self._started_at),
            (shard,),
            len(self._bot.guilds),
            await self._bot.store.heartbeats.queues(),
            self._bot.faults.last(),
        )

    async def run(self) -> None:
        """Beat until it is cancelled."""
        while True:
            try:
                await self.beat()
                self._systemd.tell("WATCHDOG=1")
            except Exception:  # a database that is busy, say; who watches sees that the heartbeat is old
                log.exception("The heartbeat could not be written")
            await asyncio.sleep(BEAT_SECONDS)

    async def end(self) -> None:
        """Forget this process: it has stopped as it should."""
        async with self._writing:
            self._has_ended = True
            await self._bot.store.heartbeats.end(self._host, self._process)


@asynccontextmanager
async def beating(bot: Oneshot, systemd: Systemd) -> AsyncGenerator[None]:
    """Have *bot* write down how it is, until this is left."""
    heart = Heart(bot, systemd)
    task = asyncio.create_task(heart.run())
    try:
        yield
    finally:
        systemd.tell("STOPPING=1")
        task.cancel()
        await asyncio.wait({task})
        await heart.end()
