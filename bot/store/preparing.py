"""A story is written before it shows, in slices, so that nobody who writes waits for all of it.

So are long stories, and the texts of drafts that wait. Such a story is unpublished, and nobody finds it, until the
transaction that publishes it puts it on its shelf. One that is refused is deleted; one that a crash left is, too, a day
later.
"""

import asyncio
import secrets
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import islice
from typing import TypeVar

from bot.domain.anonymity import DAY_SECONDS
from bot.store.chapters import TextRow, add_chapters, digests_of, text_rows, write_text
from bot.store.database import Family, Writing, transaction
from bot.store.deleting import delete_story
from bot.store.engines import LIBRARY, alone
from bot.store.fulltext import STORIES, index_changes, write_indexes
from bot.store.limits import Room, stored_bytes
from bot.store.passages import Named, scope_of
from bot.store.publishing import write_story
from bot.store.quote_sync import add_quotes, new_quotes
from bot.store.shelves import UNPUBLISHED
from bot.stories import Chapter, Story

LONG = 1_000
"""Pages for a phone from which on a story is long: fewer are written in a fiftieth of a second."""

ROWS = 2_000
"""Rows of pages, or of their text, that are written in one transaction."""

COSTLY_ROWS = 400
"""Chapters, or quotes with their words in the index, that are."""

Row = TypeVar("Row")


class Preparing(Family):
    """Writes new stories that are not published yet."""

    @asynccontextmanager
    async def prepared(
        self, shelf: str, story: Story, *, unrated_is_mature: bool = False, home: int = 0, member: int | None = None
    ) -> AsyncGenerator[int | None]:
        """Provide a long story written, to be published within the block; None for another, which needs it not.

        What *shelf* it will stand on, and its *home*, say for whom it is. What is not published is deleted. Raises
        `ReaderError` for an upload, whose limits as a *member*'s hold or not, that has no room.
        """
        if sum(len(chapter.pages) for chapter in story.chapters) < LONG:
            yield None
            return
        async with self.written(shelf, story, unrated_is_mature=unrated_is_mature, home=home, member=member) as written:
            yield written

    @asynccontextmanager
    async def written(
        self, shelf: str, story: Story, *, unrated_is_mature: bool = False, home: int = 0, member: int | None = None
    ) -> AsyncGenerator[int]:
        """Provide any story written, to be published within the block or to be the text of a draft; as `prepared`."""
        written, scope = await self._begin(shelf, story, unrated_is_mature, home, member)
        try:
            await self._write(written, story, scope)
            yield written
        finally:
            await self._drop(written)

    async def _write(self, written: int, story: Story, scope: str) -> None:
        digests = await asyncio.to_thread(digests_of, story.chapters)
        ids: list[int] = []
        for start in range(0, len(digests), COSTLY_ROWS):
            end = start + COSTLY_ROWS
            ids += await self._add_chapters(written, story.chapters[start:end], digests[start:end], start + 1)
        chapters = dict(zip(ids, story.chapters, strict=True))
        texts = text_rows(written, chapters)
        while some := await asyncio.to_thread(_next, texts, ROWS):
            await self._add_text(written, some)
        quotes = iter(await asyncio.to_thread(new_quotes, written, chapters, scope))
        while some_quotes := _next(quotes, COSTLY_ROWS):
            await self._add_quotes(written, some_quotes)

    @transaction
    def _begin(
        self, writing: Writing, shelf: str, story: Story, unrated_is_mature: bool, home: int, member: int | None
    ) -> tuple[int, str]:
        """Write what is said of the story as a whole; return its id and the scope of its quotes."""
        writing.take(LIBRARY)
        if home:
            room = Room(self._db, writing, home, member or 0)
            room.hold(is_member=member is not None, more=stored_bytes(story))
        now = self._db.now()
        row = write_story(writing, shelf, secrets.token_hex(8), story, now, unrated_is_mature, home)
        writing.execute(
            "UPDATE stories SET shelf = :unpublished, removed_at = :now WHERE id = :story",
            {"unpublished": UNPUBLISHED, "now": now, "story": row["id"]},
        )
        write_indexes(writing, [index_changes(STORIES, (), [row])])
        return int(row["id"]), scope_of(writing, row["id"])

    @transaction
    def _add_chapters(
        self, writing: Writing, story: int, chapters: Sequence[Chapter], digests: Sequence[str], first: int
    ) -> list[int]:
        writing.take(alone("story", story))
        return add_chapters(writing, story, chapters, digests, first, self._db.now())

    @transaction
    def _add_text(self, writing: Writing, story: int, rows: Sequence[TextRow]) -> None:
        writing.take(alone("story", story))
        write_text(writing, rows)

    @transaction
    def _add_quotes(self, writing: Writing, story: int, quotes: Sequence[Named]) -> None:
        writing.take(alone("story", story))
        add_quotes(writing, story, quotes)

    @transaction
    def _drop(self, writing: Writing, story: int) -> None:
        """Delete a story that is neither published nor the text of a draft."""
        writing.take(LIBRARY, alone("story", story))
        if writing.row(f"{_LEFT} AND id = :story", {"unpublished": UNPUBLISHED, "story": story}) is not None:
            delete_story(writing, story)


_LEFT = (
    "SELECT id FROM stories WHERE shelf = :unpublished"
    " AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.story_id = stories.id)"
)


def drop_unpublished(writing: Writing, now: int) -> None:
    """Delete the stories that a crash left: begun a day ago, neither published nor the text of a draft."""
    values = {"unpublished": UNPUBLISHED, "since": now - DAY_SECONDS}
    for row in writing.rows(f"{_LEFT} AND added_at <= :since", values):
        delete_story(writing, int(row["id"]))


def _next(rows: Iterator[Row], most: int) -> list[Row]:
    """Return the next of *rows*: a list, since a transaction may be tried again."""
    return list(islice(rows, most))
