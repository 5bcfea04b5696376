"""What a page waits for beside long searches of others: with one connection that reads, and with those of the bot."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bot.store import Store
from bot.store.database import Database

ROUNDS = 5
PAGES = 200
EVERY_SECONDS = 0.01

SEARCH = (
    "WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted WHERE number < :steps)"
    " SELECT count(*) FROM counted"
)
"""Stands for a search: it keeps its thread busy, and how long is chosen."""

SEARCH_SECONDS = 0.06


async def _steps(db: Database) -> int:
    """How many steps of `SEARCH` take as long as a long search, here and now."""
    began = time.perf_counter()
    await db.number(SEARCH, {"steps": 200_000})
    return int(200_000 * SEARCH_SECONDS / (time.perf_counter() - began))


async def _waits(db: Database) -> list[float]:
    """Milliseconds that each of many looks into the database takes, begun at an even rate."""

    async def look() -> float:
        began = time.perf_counter()
        await db.number("SELECT count(*) FROM bot_state")
        return 1000 * (time.perf_counter() - began)

    looking: list[asyncio.Task[float]] = []
    for _ in range(PAGES):
        looking.append(asyncio.create_task(look()))
        await asyncio.sleep(EVERY_SECONDS)
    return list(await asyncio.gather(*looking))


async def _beside_searches(db: Database, steps: int, *, is_long: bool) -> list[float]:
    async def search() -> None:
        while True:
            await db.read(lambda reading: reading.rows(SEARCH, {"steps": steps}), is_long=is_long)

    searching = asyncio.create_task(search())
    try:
        return await _waits(db)
    finally:
        searching.cancel()
        await asyncio.wait({searching})


def _p99(waits: list[float]) -> float:
    return quantiles(waits, n=100)[-1]


async def _compare(name: str, *, is_long: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            db = store._db  # pyright: ignore[reportPrivateUsage]
            steps = await _steps(db)
            rounds = [
                (_p99(await _waits(db)), _p99(await _beside_searches(db, steps, is_long=is_long)))
                for _ in range(ROUNDS)
            ]
    alone, beside = (median(side) for side in zip(*rounds, strict=True))
    more = sorted(beside - alone for alone, beside in rounds)
    print(
        f"  searches {name}: p99 {alone:.1f} ms alone, {beside:.1f} beside a loop of searches of 60 ms:"
        f" {median(more):+.1f} ms ({more[0]:+.1f} to {more[-1]:+.1f})"
    )


async def measure() -> None:
    """Print the p99 of a look into the database, alone and beside a loop of long searches, in turn."""
    await _compare("on the connection that all read with", is_long=False)
    await _compare("on connections of their own", is_long=True)
