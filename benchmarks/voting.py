"""What a vote costs on a story that a million readers finished and voted on, and on one of a hundred."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.store import Store
from bot.store.publishing import FOLDER, Source
from bot.stories import PARSER_VERSION, read_story

GUILD = 1
READERS = 10**9
"""The first of the readers who are measured."""

_COUNT = """
INSERT INTO vote_counts SELECT story_id, 0, sum(choice = 'continue'), sum(choice = 'leave') FROM votes
    GROUP BY story_id;
INSERT INTO vote_counts SELECT story_id, guild_id, sum(choice = 'continue'), sum(choice = 'leave') FROM votes
    WHERE guild_id <> 0 GROUP BY story_id, guild_id;
INSERT INTO finish_counts (story_id, readers, go_on, leave, day)
    SELECT p.story_id, count(*), count(v.choice) FILTER (WHERE v.choice = 'continue'),
    count(v.choice) FILTER (WHERE v.choice = 'leave'), 0
    FROM places p LEFT JOIN votes v ON v.user_id = p.user_id AND v.story_id = p.story_id GROUP BY p.story_id;
UPDATE stories SET go_on = (SELECT go_on FROM vote_counts c WHERE c.story_id = stories.id AND c.guild_id = 0);
"""


@asynccontextmanager
async def _voted_on(readers: int) -> AsyncGenerator[tuple[Store, int]]:
    """A story of one page that so many readers finished; two of three voted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        async with Store.open(path) as store:
            story = read_story(b"Title: The Salt Tide\n\nIt came in, and it went out again.\n", "tide.txt")
            source = Source("tide.txt", 0, 0, "", PARSER_VERSION)
            number = (await store.publishing.publish(FOLDER, "tide", story, source)).story
            first, _ = await store.pages.ends(number)
            with closing(sqlite3.connect(path)) as db:
                db.executemany(
                    "INSERT INTO places (user_id, story_id, chapter_id, start, passage, furthest_chapter_id,"
                    " furthest_start, furthest_passage, finished_at, moved_at)"
                    " VALUES (?1, ?2, ?3, 0, '', ?3, 0, '', 1, 1)",
                    ((reader, number, first.chapter) for reader in range(1, readers + 1)),
                )
                db.executemany(
                    "INSERT INTO votes VALUES (?, ?, ?, ?, 1)",
                    (
                        (reader, number, "continue" if reader % 5 else "leave", reader % 50)
                        for reader in range(1, readers + 1)
                        if reader % 3
                    ),
                )
                db.executescript(_COUNT)
                db.commit()
            yield store, number


async def _acts(store: Store, story: int) -> dict[str, Act]:
    readers = itertools.count(READERS)
    page = await store.pages.open((await store.pages.ends(story))[1])

    async def vote() -> None:
        reader = next(readers)
        await store.votes.cast(story, reader, "continue", GUILD)
        await store.votes.cast(story, reader, "leave", GUILD)

    async def finish() -> None:
        await store.places.move(next(readers), page)

    return {
        "the three numbers": lambda: store.votes.standing(story, GUILD),
        "a vote, and another in its place": vote,
        "the last page is turned to": finish,
    }


async def measure() -> None:
    """Print what each costs with a million readers and with a hundred."""
    async with AsyncExitStack() as stack:
        large = await _acts(*await stack.enter_async_context(_voted_on(1_000_000)))
        small = await _acts(*await stack.enter_async_context(_voted_on(100)))
        for name, act in large.items():
            await compare(name, act, small[name])
