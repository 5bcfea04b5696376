"""The emoji that readers put on messages about a story: each counts as a reaction, as one given by a button does."""

import asyncio
from collections.abc import Collection, Mapping
from weakref import WeakValueDictionary

from bot.domain.reactions import Emoji
from bot.store.database import Database, Family, Value, Writing, named_list
from bot.store.erased import erased_since
from bot.store.newest_ids import NewestIds
from bot.store.reactions import WHOLE, count_given, in_parts, remove_reactions, turns_at
from bot.stories.anchors import anchor_at
from bot.stories.model import Spot

MOST_COUNTED = 50_000
"""Messages of which it is known without a query whether they are about a story; older ones are looked up."""

_GIVE = (
    "INSERT INTO reactions (story_id, user_id, emoji, message_id, chapter_id, start, passage, given_at, guild_id,"
    " quote_id) SELECT p.story_id, :reader, :emoji, p.message_id, :chapter, :start, :passage, :now,"
    " coalesce(p.guild_id, 0), p.quote_id FROM posts p WHERE p.message_id = :message AND NOT EXISTS"
    "  (SELECT 1 FROM story_authors w WHERE w.story_id = p.story_id AND w.user_id = :reader)"
    " ON CONFLICT (story_id, emoji, user_id, message_id, chapter_id, start) DO NOTHING"
)
"""An emoji on a message about a story. An author's does not count."""

_ON_MESSAGE = "message_id = :message AND message_id <> 0"
"""Which rows were given on a message, as the index of them is written."""


class MessageEmoji(Family):
    """Who put which emoji on which message."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._turns = WeakValueDictionary[int, asyncio.Lock]()
        """By message: changes take their turns in the order in which Discord reports them."""
        self._counted = NewestIds(MOST_COUNTED)
        """The messages that may have emoji that count."""

    async def give(self, message: int, reader: int, emoji: Emoji) -> bool:
        """Count *emoji*, which a reader put on a message; return whether the message is one of the bot's about a story.

        On a message that shows a page it is given to that page.
        """
        async with self._turn(message):
            story = await self._story_of(message)
            if story is None:
                return False
            self._counted.add(message)
            await self._db.write(lambda writing: self._give_one(writing, story, message, emoji, reader))
        return True

    def _give_one(self, writing: Writing, story: int, message: int, emoji: Emoji, reader: int) -> None:
        writing.take(*turns_at(story))
        self._give(writing, message, emoji, [reader])

    async def remember_messages(self) -> None:
        """Keep in mind which messages are about a story: what comes off any other then costs no query."""
        rows = await self._db.rows(
            "SELECT message_id FROM posts ORDER BY message_id DESC LIMIT :most", {"most": self._counted.most}
        )
        self._counted.fill(row["message_id"] for row in rows)

    async def take(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Count no longer what came off a message: one reader's emoji, all of one emoji, or all of them."""
        where, values = [_ON_MESSAGE], dict[str, Value](message=message)
        if reader is not None:
            where.append("user_id = :reader")
            values["reader"] = reader
        if emoji is not None:
            where.append("emoji = :emoji")
            values["emoji"] = emoji.key
        async with self._turn(message):
            story = None if self._counted.lacks(message) else await self._story_of(message)
            if story is not None:
                await self._db.write(lambda writing: self._take(writing, story, " AND ".join(where), values))

    def _take(self, writing: Writing, story: int, where: str, values: Mapping[str, Value]) -> None:
        writing.take(*turns_at(story))
        remove_reactions(writing, where, values)

    async def settle(self, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        """Make these *readers*, and nobody else, those who gave *emoji* on a message."""
        async with self._turn(message):
            self._counted.add(message)
            story = await self._story_of(message)
            if story is not None:
                await self._db.write(lambda writing: self._settle(writing, story, message, emoji, readers))

    def _settle(self, writing: Writing, story: int, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        writing.take(*turns_at(story))
        of_emoji = {"message": message, "emoji": emoji.key}
        rows = writing.rows(f"SELECT user_id FROM reactions WHERE {_ON_MESSAGE} AND emoji = :emoji", of_emoji)
        stored = {int(row["user_id"]) for row in rows}
        for some in in_parts(sorted(stored - set(readers))):
            listed, values = named_list("reader", some)
            where = f"{_ON_MESSAGE} AND emoji = :emoji AND user_id IN {listed}"
            remove_reactions(writing, where, {**of_emoji, **values})
        new = set(readers) - stored
        posted = writing.row("SELECT posted_at FROM posts WHERE message_id = :message", {"message": message})
        since = int(posted["posted_at"]) if posted else 0
        for some in in_parts(sorted(new)):
            new -= erased_since(writing, some, since)  # Discord has their emoji still
        self._give(writing, message, emoji, sorted(new))

    def _turn(self, message: int) -> asyncio.Lock:
        return self._turns.setdefault(message, asyncio.Lock())

    async def _story_of(self, message: int) -> int | None:
        """Most reactions in a server are on messages about no story; those take no part in the writer's time."""
        row = await self._db.row("SELECT story_id FROM posts WHERE message_id = :message", {"message": message})
        return None if row is None else int(row["story_id"])

    def _give(self, writing: Writing, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        """Store and count what *readers* put on a message; nothing where that is not about a story."""
        posts = writing.rows(
            "SELECT chapter_id, start, quote_id FROM posts WHERE message_id = :message", {"message": message}
        )
        for post in posts:
            passage = _passage(writing, post["chapter_id"], post["start"])
            spot = Spot(post["chapter_id"], post["start"]) if passage else WHOLE
            given: dict[str, Value] = {"message": message, "emoji": emoji.key, "now": self._db.now()}
            given |= {"chapter": spot.chapter, "start": spot.offset, "passage": passage}
            writing.many(_GIVE, [given | {"reader": reader} for reader in readers])
            for some in in_parts(readers):
                listed, values = named_list("reader", some)
                values |= {"message": message, "emoji": emoji.key}
                for kind in ("story", "quote") if post["quote_id"] is not None else ("story",):
                    count_given(writing, kind, f"{_ON_MESSAGE} AND emoji = :emoji AND user_id IN {listed}", values)

    async def counted_on(self, message: int) -> dict[str, int]:
        """Return how many readers gave each emoji on one message, by its key."""
        rows = await self._db.rows(
            f"SELECT emoji, count(*) AS readers FROM reactions WHERE {_ON_MESSAGE} GROUP BY emoji", {"message": message}
        )
        return {row["emoji"]: row["readers"] for row in rows}

    async def knows(self, emoji: Emoji) -> bool:
        """Return whether the name of a custom emoji is stored."""
        row = await self._db.row("SELECT 1 FROM custom_emoji WHERE id = :id", {"id": int(emoji.key)})
        return row is not None

    async def learn(self, emoji: Emoji) -> None:
        """Store the name of a custom emoji and whether the bot can show it."""
        await self._db.execute(
            "INSERT INTO custom_emoji (id, name, animated, usable) VALUES (:id, :name, :animated, :usable)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, animated = excluded.animated,"
            " usable = excluded.usable",
            {
                "id": int(emoji.key),
                "name": emoji.name,
                "animated": int(emoji.animated),
                "usable": int(emoji.usable),
            },
        )


def _passage(writing: Writing, chapter: int, start: int) -> str:
    """The words at a spot; none where that is no part of the story any more, or no page."""
    if not chapter:
        return ""
    rows = list(
        writing.rows(
            "SELECT start, text FROM prose_slices WHERE chapter_id = :chapter AND start >="
            " (SELECT max(start) FROM prose_slices WHERE chapter_id = :chapter AND start <= :start)"
            " ORDER BY start LIMIT 2",
            {"chapter": chapter, "start": start},
        )
    )
    return anchor_at("".join(row["text"] for row in rows), start - rows[0]["start"]) if rows else ""
