"""What a vote costs on a story that a million readers finished and voted on, and on one of a hundred."""

from __future__ import annotations

import itertools
import sqlite3
import tempfile
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

from benchmarks.timing import Act, compare
from bot.domain.questions import CONTINUE, LEAVE
from bot.store import Store
from bot.store.publishing import Source
from bot.stories import PARSER_VERSION, read_story
from tests.store.publishing import put_on_shelf
from tests.votes import cast_vote, default_of

GUILD = 1
READERS = 10**9
"""The first of the readers who are measured."""

_COUNT = """
INSERT INTO answer_counts SELECT question_id, 0, number, count(*) FROM ballots GROUP BY question_id, number;
INSERT INTO answer_counts SELECT question_id, guild_id, number, count(*) FROM ballots WHERE guild_id <> 0
    GROUP BY question_id, guild_id, number;
INSERT INTO finish_counts (story_id, readers, go_on, leave, day)
    SELECT p.story_id, count(*), count(*) FILTER (WHERE b.number = 1), count(*) FILTER (WHERE b.number = 2), 0
    FROM places p JOIN questions q ON q.story_id = p.story_id
    LEFT JOIN ballots b ON b.user_id = p.user_id AND b.question_id = q.id GROUP BY p.story_id;
UPDATE stories SET go_on = (SELECT count(*) FROM ballots WHERE number = 1);
"""


@asynccontextmanager
async def _voted_on(readers: int) -> AsyncGenerator[tuple[Store, int]]:
    """A story of one page that so many readers finished; two of three voted."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        async with Store.open(path) as store:
            story = read_story(b"Title: The Salt Tide\n\nIt came in, and it went out again.\n", "tide.txt")
            source = Source("tide.txt", 0, 0, "", PARSER_VERSION)
            number = await put_on_shelf(store, "tide", story, source)
            first, _ = await store.pages.ends(number)
            question = (await default_of(store, number)).id
            with closing(sqlite3.connect(path)) as db:
                db.executemany(
                    "INSERT INTO places (user_id, story_id, chapter_id, start, passage, furthest_chapter_id,"
                    " furthest_start, furthest_passage, finished_at, moved_at)"
                    " VALUES (?1, ?2, ?3, 0, '', ?3, 0, '', 1, 1)",
                    ((reader, number, first.chapter) for reader in range(1, readers + 1)),
                )
                db.executemany(
                    "INSERT INTO ballots VALUES (?, ?, ?, ?, 1)",
                    (
                        (question, reader, CONTINUE if reader % 5 else LEAVE, reader % 50)
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
        await cast_vote(store, story, reader, "continue", GUILD)
        await cast_vote(store, story, reader, "leave", GUILD)

    async def finish() -> None:
        await store.places.move(next(readers), page)

    return {
        "the three numbers": lambda: default_of(store, story, GUILD),
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
