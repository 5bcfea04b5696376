"""Stories come onto the shelf, change there and leave it; what readers did stays."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiosqlite

from bot.domain.news import NoticeKind
from bot.store.chapters import digests_of, write_chapters, write_pages
from bot.store.database import Database
from bot.store.facets import write_facets
from bot.store.news import queue_news
from bot.store.passages import write_passages
from bot.store.quote_sync import write_quotes
from bot.store.reanchoring import move_bookmarks, move_places, move_reactions, move_serials
from bot.stories import Story
from bot.stories.facets import facets_of
from bot.stories.folding import fold, searchable
from bot.stories.ratings import GATED, read_rating
from bot.stories.status import read_status
from bot.stories.wishes import Servers, read_wishes

LAST = 2**31
"""The place in lists of a story that says nothing of it."""

FOLDER = "folder"
"""The shelf of the stories folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is remembered of a file, so that a file that has not changed is not read again."""

    file: str
    size: int
    modified_ns: int
    digest: str
    """Of the file's bytes; after a colon, where something is said beside the file, of that."""
    parser: int


@dataclass(frozen=True, slots=True)
class Known:
    """A story of a shelf and where it came from."""

    story: int
    source: Source
    is_removed: bool
    is_mature: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A story that was put on a shelf, and the numbers of the chapters that it has more than before."""

    story: int
    new_chapters: tuple[int, ...] = ()


class Publishing:
    """Puts stories on a shelf, one transaction each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def known(self, shelf: str) -> dict[str, Known]:
        """What stands or stood on *shelf*, by key."""
        rows = await self._db.rows(
            "SELECT s.key, s.id, s.removed_at, s.mature, o.file, o.size, o.modified_ns, o.digest, o.parser"
            " FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = ?",
            (shelf,),
        )
        return {
            key: Known(story, Source(*source), removed is not None, bool(mature))
            for key, story, removed, mature, *source in rows
        }

    async def publish(
        self, shelf: str, key: str, story: Story, source: Source, *, unrated_is_mature: bool = False, home: int = 0
    ) -> Published:
        """Add *story* or replace the one under its key.

        It shows in the server *home*, or in all (0), unless its writer wishes otherwise.
        A chapter that is still there keeps its id, and each reader's place is found again by its passage.
        Those who follow it are to be told of chapters that it had not before, and of a new story by whom they follow.
        What grows with the text is computed in threads: a book must not hold up those who turn pages.
        """
        now = int(time.time())
        digests = await asyncio.to_thread(digests_of, story.chapters)
        async with self._db.transaction() as db:
            before = await _digest(db, shelf, key)
            story_id = await _write_story(db, shelf, key, story, now, unrated_is_mature, home)
            ids, new = await write_chapters(db, story_id, story.chapters, digests, now)
            await write_pages(db, story_id, story.chapters, ids)
            await write_quotes(db, story_id, story.chapters, ids)
            await write_passages(db, story_id, story.chapters, ids)
            await move_places(db, story_id, story.chapters, ids)
            await move_bookmarks(db, story_id, story.chapters, ids)
            await move_reactions(db, story_id, story.chapters, ids)
            await move_serials(db, story_id, story.chapters, ids)
            await _write_source(db, story_id, source)
            about = _news(before, source.digest, [ids[number - 1] for number in new])
            await queue_news(db, story_id, story.author, about, now)
        return Published(story_id, new)

    async def rekey(self, shelf: str, key: str, new: str) -> None:
        """Know a story by another key, unless that is taken: its file was given an id, or lost it."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE OR IGNORE stories SET key = ? WHERE shelf = ? AND key = ?", (new, shelf, key))

    async def hide(self, story: int, guild: int) -> None:
        """Take a story of the folder, or of another server, off the shelf of *guild*."""
        async with self._db.transaction() as db:
            await db.execute("INSERT OR IGNORE INTO hidden_stories (guild_id, story_id) VALUES (?, ?)", (guild, story))

    async def touch(self, story: int, source: Source) -> None:
        """Remember the new times of a file whose bytes are the same, and show its story again if it was hidden."""
        async with self._db.transaction() as db:
            await _write_source(db, story, source)
            await db.execute("UPDATE stories SET removed_at = NULL WHERE id = ?", (story,))

    async def restore(self, story: int, guild: int) -> None:
        """Put a story that *guild* removed or hid back on its shelf."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE stories SET removed_at = NULL WHERE id = ? AND shelf = ?", (story, str(guild)))
            await db.execute("DELETE FROM hidden_stories WHERE story_id = ? AND guild_id = ?", (story, guild))

    async def remove(self, stories: Sequence[int]) -> None:
        """Hide stories; all that readers did with them is kept."""
        async with self._db.transaction() as db:
            await db.executemany(
                "UPDATE stories SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
                [(int(time.time()), story) for story in stories],
            )

    async def gate_unrated(self, mature: bool) -> None:
        """Whether stories that say nothing of a rating count as mature (the setting ``UNRATED``)."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE stories SET mature = ? WHERE rating IS NULL AND mature <> ?",
                (int(mature), int(mature)),
            )


def _news(before: str | None, digest: str, new_chapters: Sequence[int]) -> list[tuple[NoticeKind, int]]:
    """What those who follow a story are to be told, which was read from *before*, and is read from *digest* now.

    The same bytes are no news: a later parser, or what is said beside them, only cuts them otherwise.
    """
    if before is None:
        return [("story", 0)]
    if before.partition(":")[0] == digest.partition(":")[0]:
        return []
    return [("chapter", chapter) for chapter in new_chapters]


async def _digest(db: aiosqlite.Connection, shelf: str, key: str) -> str | None:
    """What is remembered of the file that a story was read from; None for one that is new."""
    rows = await db.execute_fetchall(
        "SELECT o.digest FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = ? AND s.key = ?",
        (shelf, key),
    )
    return next((str(row[0]) for row in rows), None)


async def _write_story(
    db: aiosqlite.Connection, shelf: str, key: str, story: Story, now: int, unrated_is_mature: bool, home: int
) -> int:
    rating = read_rating(story.metadata, story.all_notes)
    status = read_status(story.metadata, len(story.chapters), story.end_marker)
    wishes = read_wishes(story.metadata)
    values = {
        "home": _home(wishes.servers, home),
        "title": story.title,
        "title_key": fold(story.title),
        "author": story.author,
        "summary": story.summary,
        "language": story.language,
        "rating": rating,
        "mature": int(rating in GATED or (rating is None and unrated_is_mature)),
        "status": status,
        "place": LAST if story.order is None else story.order,
        "metadata": json.dumps(story.metadata),
        "may_quote": int(wishes.quote),
        "may_vote": int(wishes.vote),
        "may_review": int(wishes.review),
        "may_download": int(wishes.download),
        "may_share": int(wishes.share),
        "notes_before": json.dumps(story.notes_before),
        "notes_after": json.dumps(story.notes_after),
        "words": story.words,
        "pages": sum(len(chapter.pages) for chapter in story.chapters),
        "chapters": len(story.chapters),
        "updated_at": now,
        "removed_at": None,
    }
    names = ", ".join(values)
    [(story_id,)] = await db.execute_fetchall(
        f"INSERT INTO stories (shelf, key, added_at, {names}) VALUES (?, ?, ?{', ?' * len(values)})"
        f" ON CONFLICT (shelf, key) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in values)}"
        " RETURNING id",
        (shelf, key, now, *values.values()),
    )
    await db.execute("DELETE FROM story_search WHERE rowid = ?", (story_id,))
    await db.execute(
        "INSERT INTO story_search (rowid, title, author) VALUES (?, ?, ?)",
        (story_id, searchable(story.title), searchable(story.author or "")),
    )
    await write_facets(db, int(story_id), facets_of(story.metadata, story.author, story.words, rating, status))
    named = {*wishes.servers, home} if isinstance(wishes.servers, tuple) else set[int]()
    await db.execute("DELETE FROM story_servers WHERE story_id = ?", (story_id,))
    await db.executemany("INSERT INTO story_servers VALUES (?, ?)", [(guild, story_id) for guild in named])
    return int(story_id)


def _home(servers: Servers, home: int) -> int:
    """Where a story shows that is at *home* in one server, or in all (0), and whose writer wishes for *servers*."""
    if isinstance(servers, tuple):
        return -1
    return 0 if servers == "all" else home


async def _write_source(db: aiosqlite.Connection, story_id: int, source: Source) -> None:
    await db.execute(
        "INSERT INTO sources (story_id, file, size, modified_ns, digest, parser) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (story_id) DO UPDATE SET file = excluded.file, size = excluded.size,"
        " modified_ns = excluded.modified_ns, digest = excluded.digest, parser = excluded.parser",
        (story_id, source.file, source.size, source.modified_ns, source.digest, source.parser),
    )
