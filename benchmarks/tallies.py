"""A million reactions, beside ten thousand: the lists of the most loved, and what a card asks of one story."""

from __future__ import annotations

import random
import tempfile
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.domain.rights import Audience
from bot.store import Store
from bot.store.database import Writing
from bot.store.leaderboard import Score, count_scores
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from tests.store.publishing import put_on_shelf

LARGE, SMALL = 1_000_000, 10_000
STORIES = 1_000
READER = Audience(guild=1)
EMOJI = "🔥🌟🦊🌊🎈"


@asynccontextmanager
async def _library(reactions: int) -> AsyncGenerator[Store]:
    """Half of all reactions are to one story."""
    chance = random.Random(3)
    with tempfile.TemporaryDirectory() as folder:
        async with Store.open(Path(folder) / "bench.db") as store:
            for number in range(STORIES):
                story = read_story(f"Title: Story {number}\n\nIt is {number}.\n".encode(), f"{number}.txt")
                await put_on_shelf(store, str(number), story, Source(str(number), 0, 0, "", PARSER_VERSION))
            given = [
                (
                    1 if n % 2 else chance.randint(2, STORIES),
                    EMOJI[n // 2 % 5],
                    n,
                    1_780_000_000 + chance.randrange(10_000_000),
                )
                for n in range(reactions)
            ]
            await store._db.write(partial(_fill, given))  # pyright: ignore[reportPrivateUsage]
            yield store.for_audience(READER)


def _fill(given: Sequence[tuple[int, str, int, int]], writing: Writing) -> None:
    writing.many(
        "INSERT INTO reactions (story_id, emoji, user_id, message_id, chapter_id, start, passage, given_at, guild_id)"
        " VALUES (?, ?, ?, 0, 0, 0, '', ?, 1)",
        given,
    )
    writing.execute("INSERT INTO reaction_counts SELECT story_id, emoji, count(*) FROM reactions GROUP BY 1, 2")
    writing.execute(
        "UPDATE stories SET loved = (SELECT coalesce(sum(readers), 0) FROM reaction_counts WHERE story_id = stories.id)"
    )
    count_scores(writing, [Score("story", "reactions", 1, at, story, 1) for story, _, _, at in given])


def _acts(store: Store) -> dict[str, Act]:
    return {
        "/top, ever, here": lambda: store.leaderboard.stories("reactions", "ever", 1, 11),
        "/top, this week, everywhere": lambda: store.leaderboard.stories("reactions", "week", 0, 11),
        "/top, its last page": lambda: store.leaderboard.stories("reactions", "ever", 1, 11, 90),
        "the tally of a card": lambda: store.reactions.tally(1),
        "one more reaction, and back": lambda: store.reactions.toggle(1, 7_000_000, "🔥", 1),
    }


async def measure() -> None:
    """Print what each costs at both sizes."""
    async with AsyncExitStack() as stack:
        large = await stack.enter_async_context(_library(LARGE))
        small = await stack.enter_async_context(_library(SMALL))
        floor = _acts(small)
        for name, act in _acts(large).items():
            await compare(name, act, floor[name], times=20, rounds=7)
