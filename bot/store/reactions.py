"""What moved readers, tallied per story: once per reader and emoji, by a button or on a message."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.heat import PARTS, Heat, hottest
from bot.domain.reactions import Emoji, Reaction
from bot.errors import ReaderError
from bot.store.database import Database
from bot.stories.anchors import anchor_at
from bot.stories.model import OpenPage, Spot

BUTTON = 0
"""Stands for the message where a reaction was given by a button."""

_GIVE = (
    "INSERT INTO reactions (story_id, user_id, emoji, message_id, chapter_id, start, passage, given_at, guild_id,"
    " quote_id) SELECT story_id, ?1, ?2, message_id, ?4, ?5, ?6, ?7, coalesce(guild_id, 0), quote_id FROM posts"
    " WHERE message_id = ?3 AND NOT EXISTS"
    "  (SELECT 1 FROM story_authors w WHERE w.story_id = posts.story_id AND w.user_id = ?1) ON CONFLICT DO NOTHING"
)
"""An emoji on a message: the reader, its key, the message, where, the words there, when. An author's does not count."""

WHOLE = Spot(0, 0)
"""Stands for the page where a reaction was given to the story as a whole."""

MANY = 5_000
"""Reactions to a story, beyond which its heat is remembered."""


class Reactions:
    """Rows of reader, story, emoji and where. An emoji is spelled by its `bot.domain.reactions.Emoji.key`."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._heats: dict[int, tuple[int, Heat | None]] = {}
        """What is remembered of the heat of stories: how many reactions there were, and what it was."""

    async def toggle(
        self, story: int, reader: int, emoji: str, guild: int | None = None, page: OpenPage | None = None
    ) -> bool:
        """Press the button: gives the emoji, or takes it back; whether it is given now.

        On a *page* it is given to that, and taken back there; elsewhere to the story, and all of this reader's is
        taken back. Raises `ReaderError` for who wrote it.
        """
        where, values = _given_to(page)
        async with self._db.transaction() as db:
            if await db.execute_fetchall(
                "SELECT 1 FROM story_authors WHERE story_id = ? AND user_id = ?", (story, reader)
            ):
                raise ReaderError("own-story")
            cursor = await db.execute(
                f"DELETE FROM reactions WHERE story_id = ? AND emoji = ? AND user_id = ? AND {where}",
                (story, emoji, reader, *values),
            )
            if cursor.rowcount > 0:
                return False
            spot, passage = (page.spot, anchor_at(page.text, 0)) if page else (WHOLE, "")
            await db.execute(
                "INSERT INTO reactions (story_id, emoji, user_id, message_id, chapter_id, start, passage, given_at,"
                " guild_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (story, emoji, reader, BUTTON, spot.chapter, spot.offset, passage, int(time.time()), guild or 0),
            )
            return True

    async def give(self, message: int, reader: int, emoji: Emoji) -> bool:
        """A reader put *emoji* on a message; counted, and True, if the message is one of the bot's about a story.

        Where it shows a page it is given to that.
        """
        if (place := await self._place_of(message)) is None:
            return False
        async with self._db.transaction() as db:
            await db.execute(_GIVE, (reader, emoji.key, message, *place, int(time.time())))
        return True

    async def _place_of(self, message: int) -> tuple[int, int, str] | None:
        """Where the page begins that a message shows, and its first words; None for a message that is not ours."""
        row = await self._db.row("SELECT chapter_id, start FROM posts WHERE message_id = ?", (message,))
        if row is None:
            return None
        passage = await self._passage(row[0], row[1]) if row[0] else ""
        return (row[0], row[1], passage) if passage else (WHOLE.chapter, WHOLE.offset, "")

    async def _passage(self, chapter: int, start: int) -> str:
        """The words at a spot; none where that is no part of the story any more."""
        rows = await self._db.rows(
            "SELECT start, text FROM prose_slices WHERE chapter_id = :chapter AND start >="
            " (SELECT max(start) FROM prose_slices WHERE chapter_id = :chapter AND start <= :start) ORDER BY start LIMIT 2",
            {"chapter": chapter, "start": start},
        )
        return anchor_at("".join(text for _, text in rows), start - rows[0][0]) if rows else ""

    async def knows(self, emoji: Emoji) -> bool:
        """Whether a custom emoji was met before."""
        return await self._db.row("SELECT 1 FROM custom_emoji WHERE id = ?", (int(emoji.key),)) is not None

    async def learn(self, emoji: Emoji) -> None:
        """Remember what a custom emoji is called and whether the bot can show it."""
        async with self._db.transaction() as db:
            await db.execute(
                "INSERT INTO custom_emoji (id, name, animated, usable) VALUES (?, ?, ?, ?) ON CONFLICT (id)"
                " DO UPDATE SET name = excluded.name, animated = excluded.animated, usable = excluded.usable",
                (int(emoji.key), emoji.name, emoji.animated, emoji.usable),
            )

    async def take(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Emoji came off a message: one reader's, all of one emoji, or all of them."""
        if not await self._is_ours(message):
            return
        async with self._db.transaction() as db:
            await db.execute(
                "DELETE FROM reactions WHERE message_id = ?1 AND message_id <> 0"
                " AND (?2 IS NULL OR user_id = ?2) AND (?3 IS NULL OR emoji = ?3)",
                (message, reader, emoji.key if emoji else None),
            )

    async def counted_on(self, message: int) -> dict[str, int]:
        """How many readers gave each emoji on one message, by its key."""
        rows = await self._db.rows(
            "SELECT emoji, count(*) FROM reactions WHERE message_id = ? AND message_id <> 0 GROUP BY emoji", (message,)
        )
        return {str(emoji): int(count) for emoji, count in rows}

    async def settle(self, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        """Who gave *emoji* on a message is these, and nobody else."""
        place = await self._place_of(message)
        if place is None:
            return
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall(
                "SELECT user_id FROM reactions WHERE message_id = ? AND message_id <> 0 AND emoji = ?",
                (message, emoji.key),
            )
            stored = {int(reader) for (reader,) in rows}
            await db.executemany(
                "DELETE FROM reactions WHERE message_id = ? AND emoji = ? AND user_id = ?",
                [(message, emoji.key, reader) for reader in stored - set(readers)],
            )
            now = int(time.time())
            await db.executemany(_GIVE, [(reader, emoji.key, message, *place, now) for reader in set(readers) - stored])

    async def _is_ours(self, message: int) -> bool:
        """Most reactions in a server are on other messages; those take no part in the one writer's time."""
        return await self._db.row("SELECT 1 FROM posts WHERE message_id = ?", (message,)) is not None

    async def of(self, story: int, reader: int, page: OpenPage | None = None) -> set[str]:
        """The emoji that *reader* gave to a story, or to a *page* of it."""
        where, values = _given_to(page)
        rows = await self._db.rows(
            f"SELECT emoji FROM reactions WHERE story_id = ? AND user_id = ? AND {where}", (story, reader, *values)
        )
        return {emoji for (emoji,) in rows}

    async def tally(self, story: int) -> list[Reaction]:
        """How many readers gave each emoji, the most given first."""
        rows = await self._db.rows(
            "SELECT t.emoji, t.readers, c.name, c.animated, c.usable"
            " FROM reaction_counts t LEFT JOIN custom_emoji c ON c.id = CAST(t.emoji AS INTEGER)"
            " WHERE t.story_id = ? ORDER BY t.readers DESC, t.emoji",
            (story,),
        )
        return [
            Reaction(Emoji(key, name, bool(animated), bool(usable)), count)
            for key, count, name, animated, usable in rows
        ]

    async def heat(self, story: int) -> Heat | None:
        """How many readers reacted to pages in each part of a story; None while no part moved enough of them.

        A reaction counts for all parts whose middle the page has that it was given to, or else for the one in which
        that page has its own. Of a story with so many reactions that counting takes a while, it is counted again only
        when a hundredth of them is new.
        """
        total = (await self.totals([story])).get(story, 0)
        if total < MANY:
            return await self._heat(story)
        before, heat = self._heats.get(story, (0, None))
        if abs(total - before) * 100 >= total:
            heat = await self._heat(story)
            self._heats[story] = (total, heat)
        return heat

    async def _heat(self, story: int) -> Heat | None:
        rows = await self._db.rows(
            "WITH RECURSIVE parts (part) AS (SELECT 0 UNION ALL SELECT part + 1 FROM parts WHERE part < :parts - 1),"
            " given AS (SELECT DISTINCT chapter_id, start FROM reactions WHERE story_id = :story AND chapter_id <> 0),"
            " moved AS (SELECT given.chapter_id, given.start, 2 * :parts * p.words_before AS first,"
            "   2 * :parts * (p.words_before + p.words) AS beyond, (SELECT w.words_before + w.words FROM pages w"
            "    WHERE w.story_id = :story AND w.length = 1 ORDER BY w.number DESC LIMIT 1) AS whole"
            "  FROM given JOIN pages p ON p.chapter_id = given.chapter_id AND p.length = 1 AND p.start ="
            "   (SELECT max(start) FROM pages WHERE chapter_id = given.chapter_id AND length = 1"
            "    AND start <= given.start)),"
            # Once for each page and not for each reaction, which would take ten times as long.
            " placed AS MATERIALIZED (SELECT part, chapter_id, start FROM moved JOIN parts"
            "  ON (2 * part + 1) * whole >= first AND (2 * part + 1) * whole < beyond"
            "  OR part = (first + beyond) / (4 * whole)),"
            " counted AS (SELECT part, (SELECT count(DISTINCT r.user_id) FROM placed JOIN reactions r"
            "   ON r.story_id = :story AND r.chapter_id = placed.chapter_id AND r.start = placed.start"
            "   AND r.chapter_id <> 0 WHERE placed.part = parts.part) AS readers FROM parts)"
            " SELECT part, readers FROM counted WHERE readers >= :fewest",
            {"story": story, "parts": PARTS, "fewest": SMALLEST_GROUP},
        )
        if not rows:
            return None
        counts = {int(part): int(readers) for part, readers in rows}
        parts = tuple(counts.get(part) for part in range(PARTS))
        chapter = await self._db.row(
            "SELECT c.number FROM pages p JOIN chapters c ON c.id = p.chapter_id WHERE p.story_id = :story"
            " AND p.length = 1 AND p.words_before <= :share * (SELECT words_before + words FROM pages"
            "  WHERE story_id = :story AND length = 1 ORDER BY number DESC LIMIT 1)"
            " ORDER BY p.words_before DESC, p.number DESC LIMIT 1",
            {"story": story, "share": hottest(parts)},
        )
        return Heat(parts, int(chapter[0]) if chapter else 1)

    async def totals(self, stories: Sequence[int]) -> dict[int, int]:
        """How many reactions each of some stories has."""
        rows = await self._db.rows(
            f"SELECT id, loved FROM stories WHERE id IN ({', '.join('?' * len(stories))})", tuple(stories)
        )
        return {int(story): int(count) for story, count in rows if count}


def _given_to(page: OpenPage | None) -> tuple[str, tuple[int, ...]]:
    """Which rows are about *page*, for a WHERE clause, and its values: all rows where there is none.

    What is given to a story as a whole is given to its last page, too: there the buttons speak of the story.
    """
    if page is None:
        return "TRUE", ()
    chapter, start = page.spot.chapter, page.spot.offset
    whole = " OR chapter_id = 0" if page.is_last else ""
    return f"(chapter_id = ? AND start >= ? AND start < ?{whole})", (chapter, start, start + len(page.text))
