"""A bot in many servers: seconds until three processes are ready, and the memory of each, beside one in no server.

The stand-in of Discord tells of the servers as fast as it can write them, from one process for all three, so the
seconds are as much its own.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

import psutil
import psycopg

from tests import samples
from tests.postgresql import NoPostgresql, cluster
from tests.standin.gateway import Limits
from tests.standin.process import BOT, Process, program
from tests.standin.server import StandIn
from tests.standin.world import Description

SERVERS, CHANNELS, ROLES, EMOJI = 3000, 50, 20, 50
SHARDS = 3
"""Each in a process of its own."""

LOOK_SECONDS = 0.2
PATIENCE_SECONDS = 300.0


async def _ready(address: str, processes: list[Process], servers: int) -> list[float]:
    """Wait until each process tells of its part of all *servers*; return after how many seconds each did."""
    began, ready = time.monotonic(), dict[int, float]()
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(ready) < len(processes):
            await asyncio.sleep(LOOK_SECONDS)
            for pid in await asyncio.to_thread(_who_is_ready, address, servers // SHARDS):
                ready.setdefault(pid, time.monotonic() - began)
    return sorted(ready.values())


def _who_is_ready(address: str, servers: int) -> list[int]:
    with psycopg.connect(address) as db:
        if db.execute("SELECT to_regclass('heartbeats')").fetchone() == (None,):
            return []
        rows = db.execute("SELECT process, facts FROM heartbeats").fetchall()
    told = [(process, json.loads(facts)) for process, facts in rows]
    return [
        process
        for process, facts in told
        if facts["servers"] == servers and all(shard["latency"] is not None for shard in facts["shards"])
    ]


async def _measure(world: Description) -> list[float]:
    """Print what a bot in such a world takes; return the megabytes of each process."""
    async with AsyncExitStack() as stack:
        address = stack.enter_context(cluster(durable=True))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "stories").mkdir()
        for name, text in samples.FILES.items():
            (folder / "stories" / name).write_text(text, "utf-8")
        discord = await stack.enter_async_context(StandIn(world, Limits(shards=SHARDS, concurrency=SHARDS)))
        discord.api.requests = None
        processes = list[Process]()
        for shard in range(SHARDS):
            own = folder / f"process{shard}"
            own.mkdir()
            settings = {"DISCORD_TOKEN": discord.world.token, "DATABASE": address, "BACKUPS": "no"}
            settings |= {"STORIES_DIR": str(folder / "stories"), "SHARD_COUNT": str(SHARDS), "SHARDS": str(shard)}
            processes.append(await stack.enter_async_context(program(discord.url, own, BOT, settings)))
        seconds = await _ready(address, processes, world.servers)
        megabytes = [psutil.Process(each.pid).memory_info().rss / 1e6 for each in processes]
    print(f"  {world.servers} servers: ready after {', '.join(f'{each:.1f}' for each in seconds)} s;", end=" ")
    print(f"memory of each process {', '.join(f'{each:.0f}' for each in megabytes)} MB", flush=True)
    return megabytes


async def measure() -> None:
    """Print the figures of no server, and of many."""
    try:
        none = await _measure(Description(servers=0))
        many = await _measure(Description(SERVERS, CHANNELS, ROLES, EMOJI))
    except NoPostgresql as error:
        print(f"  {error}")
        return
    each = 1000 * (sum(many) - sum(none)) / SERVERS
    print(f"  {CHANNELS} channels, {ROLES} roles, {EMOJI} emoji: {each:.0f} kB a server")
