"""Heartbeats: save the state of this process every few seconds, for `status` and `/bot`, and notify systemd."""

import asyncio
import logging
import math
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from bot import __version__
from bot.domain.host import BEAT_SECONDS, Heartbeat, Shard
from bot.errors import ReaderError
from bot.interactions.client import Oneshot

log = logging.getLogger(__name__)


class Systemd:
    """Client of systemd's notification socket, for a service of ``Type=notify``. Does nothing if *address* is None."""

    def __init__(self, address: str | None) -> None:
        self._address = address

    def tell(self, state: str) -> None:
        """Send *state*, such as ``READY=1``. Ignores errors of the socket."""
        if not self._address or not hasattr(socket, "AF_UNIX"):
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as channel:
                channel.setblocking(False)
                channel.sendto(state.encode(), self._address.replace("@", "\0", 1))
        except OSError:
            return


class Heart:
    """The heartbeats of a running bot."""

    def __init__(self, bot: Oneshot, systemd: Systemd) -> None:
        self._bot = bot
        self._systemd = systemd
        self._host, self._process = socket.gethostname(), os.getpid()
        self._started_at = int(bot.clock())
        self._writing = asyncio.Lock()
        self._has_ended = False
        self._down = dict[int, int]()
        """Time at which each disconnected shard went down, in epoch seconds, by shard id."""
        bot.add_listener(self._ready, "on_ready")
        bot.add_listener(self._up, "on_shard_ready")
        bot.add_listener(self._up, "on_shard_resumed")
        bot.add_listener(self._fallen, "on_shard_disconnect")

    async def _ready(self) -> None:
        self._down.clear()
        await self._beat_now()
        self._systemd.tell("READY=1")

    async def _up(self, shard: int) -> None:
        if self._down.pop(shard, None) is not None:
            await self._beat_now()

    async def _fallen(self, shard: int) -> None:
        if shard not in self._down:
            self._down[shard] = int(self._bot.clock())
            await self._beat_now()

    async def _beat_now(self) -> None:
        with suppress(ReaderError):  # the database is away; the next beat saves the state
            await self.beat()

    def _shards(self) -> tuple[Shard, ...]:
        """Return the state of each shard. A shard that never connected counts as down since the start."""
        latencies = dict(self._bot.latencies)
        ids = self._bot.shard_ids or range(self._bot.shard_count or 1)
        started = self._bot.is_ready()
        return tuple(
            Shard(
                each,
                latencies[each] if math.isfinite(latencies.get(each, math.inf)) else None,
                self._down.get(each, None if started or each in latencies else self._started_at),
            )
            for each in ids
        )

    async def beat(self) -> None:
        """Save the state of the process, and dispatch the event ``beat`` with this state."""
        async with self._writing:
            if self._has_ended:  # the shutdown disconnects the shards, which would write another beat
                return
            beat = await self._look()
            await self._bot.store.heartbeats.beat(beat)
        self._bot.dispatch("beat", beat)

    async def _look(self) -> Heartbeat:
        return Heartbeat(
            self._host,
            self._process,
            __version__,
            self._started_at,
            max(int(self._bot.clock()), self._started_at),
            self._shards(),
            len(self._bot.guilds),
            await self._bot.store.heartbeats.queues(),
            tuple(self._bot.faults),
            self._bot.background.invalid.count(),
        )

    async def run(self) -> None:
        """Beat until cancelled."""
        while True:
            try:
                with suppress(ReaderError):  # the database is away, which the log says; this process is still alive
                    await self.beat()
                self._systemd.tell("WATCHDOG=1")
            except Exception:  # for example a busy database; `status` reports old heartbeats
                log.exception("The heartbeat could not be written")
            await asyncio.sleep(BEAT_SECONDS)

    async def end(self) -> None:
        """Delete this process's heartbeat after a clean stop."""
        async with self._writing:
            self._has_ended = True
            with suppress(ReaderError):  # the database is away; `status` reports the old heartbeat
                await self._bot.store.heartbeats.end(self._host, self._process)


@asynccontextmanager
async def beating(bot: Oneshot, systemd: Systemd) -> AsyncGenerator[None]:
    """Write heartbeats of *bot* until the context ends."""
    heart = Heart(bot, systemd)
    task = asyncio.create_task(heart.run())
    try:
        yield
    finally:
        systemd.tell("STOPPING=1")
        task.cancel()
        await asyncio.wait({task})
        await heart.end()
