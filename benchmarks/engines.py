"""The same acts on SQLite and on PostgreSQL, both with durable commits: one after the other, and fifty at once."""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from bot.importing.loading import load_folder
from bot.importing.worker import read_here
from bot.store import Store
from bot.stories.query import read_query
from tests.postgresql import NoPostgresql, cluster
from tests.votes import cast_vote, default_of

GUILD = 1
AT_ONCE = 50
ROUNDS = 6
Act = Callable[[int], Awaitable[object]]
"""Something that a reader does, who is told by a number."""


async def _acts(store: Store) -> dict[str, Act]:
    stories = [each.id for each in await store.stories.search("", AT_ONCE)]
    spots = [spot for story in stories for spot in await store.pages.ends(story)]
    [popular, *_] = [story for story in stories if (await default_of(store, story, GUILD)).is_open]

    async def turn(number: int) -> None:
        await store.places.turn(number % 5_000, spots[number % len(spots)], GUILD)

    async def vote(number: int) -> None:
        await cast_vote(store, stories[number % len(stories)], number, "continue", GUILD)

    async def vote_on_one(number: int) -> None:
        await cast_vote(store, popular, number, "continue", GUILD)

    return {
        "open a page": lambda number: store.pages.open(spots[number % len(spots)], number),
        "turn a page": turn,
        f"vote, over {len(stories)} stories": vote,
        "vote, all on one story": vote_on_one,
        "a quote by chance": lambda number: store.quotes.draw(f"user:{number % 20}"),
        "search for a word": lambda _: store.search.find(read_query("night"), None, 0, 10),
    }


async def _timed(act: Act, number: int) -> float:
    begun = time.perf_counter()
    await act(number)
    return 1000 * (time.perf_counter() - begun)


async def _measured(act: Act, numbers: itertools.count[int]) -> str:
    """Return the median of one alone, and of fifty at once with how many a second."""
    for _ in range(20):
        await act(next(numbers))
    alone = [await _timed(act, next(numbers)) for _ in range(100)]
    together: list[float] = []
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        together += await asyncio.gather(*(_timed(act, next(numbers)) for _ in range(AT_ONCE)))
    each_second = ROUNDS * AT_ONCE / (time.perf_counter() - begun)
    return (
        f"{statistics.median(alone):7.2f} ms alone {statistics.median(together):8.1f} ms of fifty {each_second:7,.0f}/s"
    )


async def measure() -> None:
    """Print what each act costs on both engines."""
    async with AsyncExitStack() as stack:
        places: dict[str, Path | str] = {"SQLite": Path(stack.enter_context(tempfile.TemporaryDirectory())) / "a.db"}
        try:
            places["PostgreSQL"] = stack.enter_context(cluster(durable=True))
        except NoPostgresql as error:
            print(f"  {error}")
        engines: dict[str, dict[str, Act]] = {}
        for name, where in places.items():
            store = await stack.enter_async_context(Store.open(where))
            await load_folder(store, Path("seeds"), read_here)
            engines[name] = await _acts(store)
        numbers = itertools.count(10**6)
        for what in engines["SQLite"]:
            print(f"  {what}")
            for name, acts in engines.items():
                print(f"    {name:<11} {await _measured(acts[what], numbers)}")
