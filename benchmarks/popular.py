"""Fifty readers who vote on one story, or react to it, beside fifty with one each; from one process, and from three.

On PostgreSQL, with commits that wait for the disk. Each reader acts, waits for the answer, and the next one takes their
place, for some seconds. Both kinds are measured in turn, several times; afterwards all that was done is counted.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Literal, get_args

from bot.store import Store
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from tests.postgresql import NoPostgresql, cluster
from tests.store.publishing import put_on_shelf
from tests.votes import cast_vote, reactions_of

READERS = 50
SECONDS = 4.0
ROUNDS = 5
GUILD = 1
EMOJI = "❤️"

_Done = list[float]
"""How long each act took, in milliseconds."""

Act = Literal["vote", "reaction"]


async def _stories(address: str) -> list[int]:
    async with Store.open(address) as store:
        made: list[int] = []
        for number in range(READERS):
            story = read_story(f"Title: Story {number}\n\nIt is {number}.\n".encode(), f"{number}.txt")
            source = Source(str(number), 0, 0, "", PARSER_VERSION)
            made.append(await put_on_shelf(store, str(number), story, source))
        return made


def _act(act: Act, address: str, stories: list[int], first: int, begin: float) -> _Done:
    """Let a reader act on each of *stories* at once, again and again from *begin* on; in a process of its own."""
    return asyncio.run(_act_on(act, address, stories, itertools.count(first), begin))


async def _act_on(act: Act, address: str, stories: list[int], readers: itertools.count[int], begin: float) -> _Done:
    done: _Done = []

    async def reader(story: int, store: Store) -> None:
        while (now := time.time()) < begin + SECONDS:
            if act == "vote":
                await cast_vote(store, story, next(readers), "continue", GUILD)
            else:
                await store.reactions.toggle(story, next(readers), EMOJI, GUILD)
            done.append(1000 * (time.time() - now))

    async with Store.open(address) as store:
        await asyncio.sleep(begin - time.time())
        await asyncio.gather(*(reader(story, store) for story in stories))
    return done


def _round(pool: ProcessPoolExecutor, act: Act, processes: int, address: str, stories: list[int], first: int) -> _Done:
    begin = time.time() + 1.5
    shares = [
        pool.submit(_act, act, address, stories[each::processes], first + each * 10**6, begin)
        for each in range(processes)
    ]
    return [took for share in shares for took in share.result()]


async def _counted(act: Act, address: str, stories: list[int]) -> int:
    async with Store.open(address) as store:
        if act == "vote":
            return sum(each.voters for each in (await store.questions.defaults(stories, GUILD)).values())
        return sum([await reactions_of(store, story) for story in stories])


def _compare(act: Act, processes: int, address: str, stories: list[int], firsts: itertools.count[int]) -> int:
    """Print what both kinds reach from so many processes; return how many acts that were."""
    reached: dict[str, list[_Done]] = {"fifty stories": [], "one story": []}
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        for _ in range(ROUNDS):
            reached["fifty stories"].append(_round(pool, act, processes, address, stories, next(firsts)))
            reached["one story"].append(_round(pool, act, processes, address, [stories[0]] * READERS, next(firsts)))
    for name, rounds in reached.items():
        each = [len(done) / SECONDS for done in rounds]
        waits = [took for done in rounds for took in done]
        print(
            f"    {name:<14} {statistics.median(each):6,.0f} {act}s a second ({min(each):,.0f} to {max(each):,.0f}),"
            f" each after {statistics.median(waits):.0f} ms, 95 % within {statistics.quantiles(waits, n=20)[-1]:.0f} ms"
        )
    ratios = [len(one) / len(fifty) for fifty, one in zip(*reached.values(), strict=True)]
    print(f"    one beside fifty: {statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})", flush=True)
    return sum(len(done) for rounds in reached.values() for done in rounds)


async def measure() -> None:
    """Print votes and reactions a second on one story and on fifty, and whether every one was counted."""
    try:
        with cluster(durable=True) as address:
            stories, firsts = await _stories(address), itertools.count(10**9, 10**7)
            for act in get_args(Act):
                done = 0
                for processes in (1, 3):
                    print(f"  {act}s, from {processes} process{'es' if processes > 1 else ''}")
                    done += await asyncio.to_thread(_compare, act, processes, address, stories, firsts)
                counted = await _counted(act, address, stories)
                print(f"  {done:,} {act}s, {counted:,} are counted{'' if counted == done else ': THAT IS WRONG'}")
    except NoPostgresql as error:
        print(f"  {error}")
