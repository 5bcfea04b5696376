"""Reactions: emoji that readers give to stories and quotes, by buttons or on messages.

`Reactions` has the buttons, `MessageEmoji` the emoji on messages; the functions between these classes maintain the
counts.

An emoji of a reader counts once per story and once per quote, by its first row in ``reactions`` (the *first
reaction*). Lists read stored counts of first reactions (``reaction_counts``, ``loved``, the leaderboard), which every
change of ``reactions`` updates.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeVar, get_args
from weakref import WeakValueDictionary

from bot.domain.reactions import Emoji, Post, Ranked, Reacted, Reaction
from bot.errors import ReaderError
from bot.store.batches import Batches
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Value, Writing, lookup, named_list, transaction
from bot.store.engines import Turn, alone, shared
from bot.store.erased import erased_since
from bot.store.leaderboard import Score, count_scores
from bot.store.rows import as_value
from bot.stories.anchors import anchor_at
from bot.stories.model import OpenPage, Spot

BUTTON = 0
"""Stored as the message id of reactions given by a button."""

WHOLE = Spot(0, 0)
"""Stored as the spot of reactions to the whole story."""

_BATCH_SIZE = 500
"""Maximum number of listed values (readers, ids) in one statement."""


@dataclass(frozen=True, slots=True)
class _Press:
    """A press on a reaction button."""

    story: int
    reader: int
    emoji: str
    guild: int | None
    page: OpenPage | None


def _turns(presses: Sequence[_Press]) -> Iterable[Turn]:
    return {*turns_at(presses[0].story), *(alone("reader", each.reader) for each in presses)}


def turns_at(story: int) -> tuple[Turn, Turn]:
    """Return the locks for changing a story's reactions: such changes run one after another."""
    return shared("story", story), alone("reactions", story)


def _split_by_reader(presses: Sequence[_Press]) -> Iterator[list[_Press]]:
    """Split *presses*, in their order, into parts with at most one press per reader."""
    some = dict[int, _Press]()
    for each in presses:
        if each.reader in some:
            yield list(some.values())
            some = {}
        some[each.reader] = each
    if some:
        yield list(some.values())


def _given_by(writing: Writing, presses: Sequence[_Press]) -> Mapping[int, Sequence[Row]]:
    """Return all reactions of the pressing readers to the story of *presses*, by reader."""
    listed, values = named_list("reader", sorted({each.reader for each in presses}))
    found: dict[int, list[Row]] = {each.reader: [] for each in presses}
    rows = writing.rows(
        f"SELECT user_id, emoji, chapter_id, start FROM reactions WHERE story_id = :story AND user_id IN {listed}",
        {"story": presses[0].story, **values},
    )
    for row in rows:
        found[row["user_id"]].append(row)
    return found


_PRESS = (
    "INSERT INTO reactions (story_id, emoji, user_id, message_id, chapter_id, start, passage, given_at, guild_id)"
    " VALUES (:story, :emoji, :reader, :message, :chapter, :start, :passage, :now, :guild)"
)


class Reactions(Family):
    """Reactions by buttons. Arguments and results name an emoji by its `bot.domain.reactions.Emoji.key`."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._pressing = Batches(db, _turns, self._toggle)

    async def toggle(
        self, story: int, reader: int, emoji: str, guild: int | None = None, page: OpenPage | None = None
    ) -> Reacted:
        """Add or remove a reader's emoji after a press on its button; return the reader's emoji and the tally.

        With a *page*, the emoji belongs to that page. Without a page it belongs to the story, and a second press
        removes all of the reader's reactions with this emoji, those to pages, too. Simultaneous presses on one story
        share a transaction. Raises `ReaderError` for an author of the story.
        """
        return await self._pressing.make(story, _Press(story, reader, emoji, guild, page))

    def _toggle(self, writing: Writing, presses: Sequence[_Press]) -> Sequence[Reacted | Exception]:
        """Apply *presses* on the buttons of one story; return the result of each press."""
        story = {"story": presses[0].story}
        rows = writing.rows("SELECT user_id FROM story_authors WHERE story_id = :story", story)
        authors = {row["user_id"] for row in rows}
        counted = _split_by_reader([each for each in presses if each.reader not in authors])
        given = iter([each for some in counted for each in self._toggle_each(writing, some)])
        tally = self.tally.within(writing, presses[0].story)
        return [ReaderError("own-story") if each.reader in authors else Reacted(next(given), tally) for each in presses]

    def _toggle_each(self, writing: Writing, presses: Sequence[_Press]) -> list[set[str]]:
        """Apply *presses* of different readers; return, for each press, the reader's emoji afterwards."""
        given, new = _given_by(writing, presses), list[_Press]()
        for each in presses:
            if not any(row["emoji"] == each.emoji and _is_given_to(row, each.page) for row in given[each.reader]):
                new.append(each)
                continue
            where, values = _given_to(each.page)
            values |= {"story": each.story, "reader": each.reader, "emoji": each.emoji}
            remove_reactions(writing, f"story_id = :story AND emoji = :emoji AND user_id = :reader AND {where}", values)
        if new:
            writing.many(_PRESS, [self._row_of(each) for each in new])
        givers = [
            (each.story, each.emoji, each.reader)
            for each in new
            if not any(row["emoji"] == each.emoji for row in given[each.reader])
        ]
        _count(writing, "story", _first_reactions(writing, "story", givers).values(), 1)
        now = _given_by(writing, presses)
        return [{row["emoji"] for row in now[each.reader] if _is_given_to(row, each.page)} for each in presses]

    def _row_of(self, press: _Press) -> dict[str, Value]:
        page = press.page
        spot, passage = (page.spot, anchor_at(page.text, 0)) if page else (WHOLE, "")
        return {
            "story": press.story,
            "emoji": press.emoji,
            "reader": press.reader,
            "message": BUTTON,
            "chapter": spot.chapter,
            "start": spot.offset,
            "passage": passage,
            "now": self._db.now(),
            "guild": press.guild or 0,
        }

    @lookup
    def of(self, reading: Reading, story: int, reader: int, page: OpenPage | None = None) -> set[str]:
        """Return the keys of the emoji that *reader* gave to a story, or to a *page* of the story."""
        where, values = _given_to(page)
        rows = reading.rows(
            f"SELECT emoji FROM reactions WHERE story_id = :story AND user_id = :reader AND {where}",
            {"story": story, "reader": reader, **values},
        )
        return {row["emoji"] for row in rows}

    @lookup
    def tally(self, reading: Reading, story: int) -> list[Reaction]:
        """Return the number of readers for each emoji of a story, most readers first."""
        counts = reading.rows(
            "SELECT emoji, readers FROM reaction_counts WHERE story_id = :story ORDER BY readers DESC, emoji",
            {"story": story},
        )
        custom = self._custom(reading, [row["emoji"] for row in counts])
        return [as_value(row, Reaction, emoji=custom.get(row["emoji"]) or Emoji(row["emoji"])) for row in counts]

    def _custom(self, reading: Reading, keys: Iterable[str]) -> dict[str, Emoji]:
        """Return the custom emoji with a stored name among *keys*, by key."""
        listed, values = named_list("id", [int(key) for key in keys if key.isdecimal()])
        if not values:
            return {}
        rows = reading.rows(f"SELECT id, name, animated, usable FROM custom_emoji WHERE id IN {listed}", values)
        return {key: as_value(row, Emoji, key=key) for row in rows if (key := str(row["id"]))}


def _given_to(page: OpenPage | None) -> tuple[str, dict[str, Value]]:
    """Return an SQL condition for the reactions to *page*, and its values; without a page, all reactions match.

    Reactions to the whole story match its last page, too: the buttons on that page are about the story.
    """
    if page is None:
        return "TRUE", {}
    whole = " OR chapter_id = 0" if page.is_last else ""
    return (
        f"(chapter_id = :chapter AND start >= :first AND start < :beyond{whole})",
        {
            "chapter": page.spot.chapter,
            "first": page.spot.offset,
            "beyond": page.spot.offset + len(page.text),
        },
    )


def _is_given_to(row: Row, page: OpenPage | None) -> bool:
    """Return whether *row*, a reaction, matches the condition that `_given_to` returns for *page*."""
    if page is None:
        return True
    first = page.spot.offset
    is_there = row["chapter_id"] == page.spot.chapter and first <= row["start"] < first + len(page.text)
    return is_there or (page.is_last and row["chapter_id"] == 0)


# -- the counts ----------------------------------------------------------------------


Giver = tuple[int, str, int]
"""Id of a story or a quote, key of an emoji, and id of the reader who gave the emoji to the story or quote."""


def _first_reactions(writing: Writing, kind: Ranked, givers: Iterable[Giver]) -> dict[Giver, Row]:
    """Return the row of the first reaction of each of *givers* that has any; only this row is counted."""
    found = dict[Giver, Row]()
    for some in in_batches(givers):
        named: dict[str, Value] = {}
        for number, (each, emoji, reader) in enumerate(some):
            named |= {f"id{number}": each, f"emoji{number}": emoji, f"reader{number}": reader}
        listed = ", ".join(f"(:id{number}, :emoji{number}, :reader{number})" for number in range(len(some)))
        # A join with the list uses the index; IN (VALUES …) would scan the whole table.
        rows = writing.rows(
            f"WITH givers (about, given, reader) AS (VALUES {listed}) SELECT {_COUNTED} FROM givers"
            f" {IN_ORDER} reactions ON {kind}_id = about AND emoji = given AND user_id = reader ORDER BY id DESC",
            named,
        )
        found |= {_giver(kind, row): row for row in rows}
    return found


_COUNTED = "id, story_id, quote_id, emoji, user_id, guild_id, given_at"


def _giver(kind: Ranked, row: Row) -> Giver:
    return row[f"{kind}_id"], row["emoji"], row["user_id"]


def remove_reactions(writing: Writing, where: str, values: Mapping[str, Value]) -> None:
    """Delete the reactions that match *where*, an SQL condition, and subtract them from the counts.

    Of a reader's equal emoji on one story or quote, only the earliest is counted. If that one is deleted, the earliest
    that is left is counted in its place. Reactions of the story's authors are not counted, so they are not subtracted.
    """
    rows = writing.rows(
        f"DELETE FROM reactions WHERE {where} RETURNING {_COUNTED}, CASE WHEN EXISTS"
        " (SELECT 1 FROM story_authors w WHERE w.story_id = reactions.story_id AND w.user_id = reactions.user_id)"
        " THEN 1 ELSE 0 END AS by_author",
        values,
    )
    counted = sorted((row for row in rows if not row["by_author"]), key=lambda row: row["id"], reverse=True)
    for kind in get_args(Ranked):
        gone = {_giver(kind, row): row for row in counted if row[f"{kind}_id"] is not None}
        left = _first_reactions(writing, kind, gone)
        first = [giver for giver, row in gone.items() if giver not in left or row["id"] < left[giver]["id"]]
        _count(writing, kind, [gone[giver] for giver in first], -1)
        _count(writing, kind, [left[giver] for giver in first if giver in left], 1)


def count_reactions_of(writing: Writing, reader: int, story: int, change: int) -> None:
    """Subtract (*change* -1) a reader's reactions to *story* and its quotes from the counts, or add them again (1).

    The reactions of a story's author are stored but not counted, so linking and unlinking an author call this function.
    """
    values = {"reader": reader, "story": story}
    given = f"SELECT {_COUNTED} FROM reactions WHERE user_id = :reader AND story_id = :story ORDER BY id DESC"
    rows = list(writing.rows(given, values))
    for kind in get_args(Ranked):
        first_rows = {_giver(kind, row): row for row in rows if row[f"{kind}_id"] is not None}
        _count(writing, kind, first_rows.values(), change)


def remove_reaction_rows(writing: Writing, ids: Iterable[int]) -> None:
    """Delete the reactions with these ids, and subtract them from the counts."""
    for some in in_batches(ids):
        listed, values = named_list("id", some)
        remove_reactions(writing, f"id IN {listed}", values)


def _count(writing: Writing, kind: Ranked, rows: Iterable[Row], change: int) -> None:
    """Add *rows* to all counts (*change* 1), or subtract them (-1). Each row must be a first reaction.

    The counts are ``loved`` of stories and quotes, ``reaction_counts`` of stories, and the leaderboard.
    """
    if not (rows := list(rows)):
        return
    loved = Counter[int](row[f"{kind}_id"] for row in rows)
    writing.many(
        f"UPDATE {'stories' if kind == 'story' else 'quotes'} SET loved = loved + :change WHERE id = :id",
        [{"id": each, "change": change * count} for each, count in loved.items()],
    )
    if kind == "story":
        emoji = Counter[tuple[int, str]]((row["story_id"], row["emoji"]) for row in rows)
        counts = [{"story": story, "emoji": key, "change": change * count} for (story, key), count in emoji.items()]
        writing.many(
            "INSERT INTO reaction_counts (story_id, emoji, readers) VALUES (:story, :emoji, :change)"
            " ON CONFLICT (story_id, emoji) DO UPDATE SET readers = reaction_counts.readers + excluded.readers",
            counts,
        )
        if change < 0:
            writing.many(
                "DELETE FROM reaction_counts WHERE story_id = :story AND emoji = :emoji AND readers < 1", counts
            )
    count_scores(
        writing,
        [Score(kind, "reactions", row["guild_id"], row["given_at"], row[f"{kind}_id"], change) for row in rows],
    )


Each = TypeVar("Each")


def in_batches(values: Iterable[Each]) -> list[list[Each]]:
    """Split *values* into lists of at most `_BATCH_SIZE` values."""
    listed = list(values)
    return [listed[first : first + _BATCH_SIZE] for first in range(0, len(listed), _BATCH_SIZE)]


class Posts(Family):
    """The bot's messages about stories."""

    @transaction
    def record(
        self, writing: Writing, post: Post, story: int, *, quote: int | None = None, page: Spot | None = None
    ) -> bool:
        """Store what a message shows; return whether the message is new, or shows another story or quote than before.

        *page* is the start of the shown page, if any. `Places.move` stores the page after each later turn.
        """
        writing.take(shared("story", story))
        new = writing.rows(
            "INSERT INTO posts (message_id, channel_id, guild_id, story_id, quote_id, chapter_id, start, posted_at)"
            " VALUES (:message, :channel, :guild, :story, :quote, :chapter, :start, :now)"
            " ON CONFLICT (message_id) DO UPDATE SET story_id = excluded.story_id,"
            " quote_id = excluded.quote_id, chapter_id = excluded.chapter_id, start = excluded.start"
            " WHERE posts.story_id <> excluded.story_id OR posts.quote_id IS DISTINCT FROM excluded.quote_id"
            " RETURNING message_id",
            {
                **asdict(post),
                "story": story,
                "quote": quote,
                "chapter": page.chapter if page else 0,
                "start": page.offset if page else 0,
                "now": self._db.now(),
            },
        )
        return bool(new)

    async def latest(self, limit: int, since: float) -> list[Post]:
        """Return this process's latest messages, those of the latest *limit* that were posted at or after *since*.

        The newest message comes first; *since* is in seconds since 1970. Direct messages belong to the process with
        shard 0, as on Discord.
        """
        rows = await self._db.rows(
            "SELECT message_id, channel_id, guild_id, posted_at FROM posts"
            f" WHERE {self._db.own('coalesce(guild_id, 0)')} ORDER BY message_id DESC LIMIT :limit",
            {"limit": limit},
        )
        return [as_value(row, Post) for row in rows if row["posted_at"] >= since]

    async def forget_all(self) -> None:
        """Delete the rows of all messages: a preview starts without messages."""
        await self._db.execute("DELETE FROM posts")


def keep_page(writing: Writing, message: int, page: Spot) -> None:
    """Store the start of the page that a message shows now, if the message is about a story."""
    writing.execute(
        "UPDATE posts SET chapter_id = :chapter, start = :start WHERE message_id = :message",
        {"chapter": page.chapter, "start": page.offset, "message": message},
    )


class NewestIds:
    """At least the *most* newest ids of a set of Discord ids, which increase with time.

    Until `fill`, any id may be in the set. Ids that join the set must be added one by one.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._ids = set[int]()
        self._oldest: float = float("inf")
        """Smallest id from which on all ids of the set are known."""

    def fill(self, newest: Iterable[int]) -> None:
        """Add the *newest* ids of the set: *most* ids, or all if the set has fewer."""
        self._ids.update(newest)
        self._oldest = 0
        self._drop_old()

    def add(self, id: int) -> None:
        self._ids.add(id)
        if len(self._ids) >= 2 * self.most:
            self._drop_old()

    def lacks(self, id: int) -> bool:
        """Return whether an id is certainly not in the set."""
        return id >= self._oldest and id not in self._ids

    def _drop_old(self) -> None:
        if len(self._ids) >= self.most:
            newest = sorted(self._ids)[-self.most :]
            self._ids, self._oldest = set(newest), newest[0]


MOST_COUNTED = 50_000
"""Number of latest messages about stories whose ids are kept in memory; older messages need a query."""

_GIVE = (
    "INSERT INTO reactions (story_id, user_id, emoji, message_id, chapter_id, start, passage, given_at, guild_id,"
    " quote_id) SELECT p.story_id, :reader, :emoji, p.message_id, :chapter, :start, :passage, :now,"
    " coalesce(p.guild_id, 0), p.quote_id FROM posts p WHERE p.message_id = :message AND NOT EXISTS"
    "  (SELECT 1 FROM story_authors w WHERE w.story_id = p.story_id AND w.user_id = :reader)"
    " ON CONFLICT (story_id, emoji, user_id, message_id, chapter_id, start) DO NOTHING"
)
"""Insert a reader's emoji on a message about a story, unless the reader is an author of the story."""

_ON_MESSAGE = "message_id = :message AND message_id <> 0"
"""Condition: the reaction is on a message. The second part lets the query use the partial index."""


class MessageEmoji(Family):
    """Emoji that readers add to the bot's messages as Discord reactions."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._turns = WeakValueDictionary[int, asyncio.Lock]()
        """One lock per message, so that changes run in the order in which Discord reports them."""
        self._counted = NewestIds(MOST_COUNTED)
        """Ids of the latest messages about stories; only messages about stories have stored emoji."""

    async def give(self, message: int, reader: int, emoji: Emoji) -> bool:
        """Store a reader's *emoji* on a message; return whether the message is about a story.

        If the message shows a page, the emoji belongs to that page, otherwise to the whole story.
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
        """Load the ids of the latest messages about stories; emoji removed from other messages then need no query."""
        rows = await self._db.rows(
            "SELECT message_id FROM posts ORDER BY message_id DESC LIMIT :most", {"most": self._counted.most}
        )
        self._counted.fill(row["message_id"] for row in rows)

    async def take(self, message: int, reader: int | None = None, emoji: Emoji | None = None) -> None:
        """Delete the reactions on a message: all, or only those of *reader*, those with *emoji*, or that one."""
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
        """Store that exactly *readers* have *emoji* on a message: add missing reactions, and delete others."""
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
        for some in in_batches(sorted(stored - set(readers))):
            listed, values = named_list("reader", some)
            where = f"{_ON_MESSAGE} AND emoji = :emoji AND user_id IN {listed}"
            remove_reactions(writing, where, {**of_emoji, **values})
        new = set(readers) - stored
        posted = writing.row("SELECT posted_at FROM posts WHERE message_id = :message", {"message": message})
        since = int(posted["posted_at"]) if posted else 0
        for some in in_batches(sorted(new)):
            new -= erased_since(writing, some, since)  # Discord still has the emoji of readers who deleted their data
        self._give(writing, message, emoji, sorted(new))

    def _turn(self, message: int) -> asyncio.Lock:
        return self._turns.setdefault(message, asyncio.Lock())

    async def _story_of(self, message: int) -> int | None:
        """Return the id of a message's story, or None, without a transaction: most messages are about no story."""
        row = await self._db.row("SELECT story_id FROM posts WHERE message_id = :message", {"message": message})
        return None if row is None else int(row["story_id"])

    def _give(self, writing: Writing, message: int, emoji: Emoji, readers: Collection[int]) -> None:
        """Store and count an emoji of *readers* on a message; do nothing if the message is about no story."""
        posts = writing.rows(
            "SELECT story_id, chapter_id, start, quote_id FROM posts WHERE message_id = :message", {"message": message}
        )
        for post in posts:
            passage = _passage(writing, post["chapter_id"], post["start"])
            spot = Spot(post["chapter_id"], post["start"]) if passage else WHOLE
            given: dict[str, Value] = {"message": message, "emoji": emoji.key, "now": self._db.now()}
            given |= {"chapter": spot.chapter, "start": spot.offset, "passage": passage}
            givers: dict[Ranked, list[Giver]] = {
                kind: [(about, emoji.key, reader) for reader in readers]
                for kind in get_args(Ranked)
                if (about := post[f"{kind}_id"]) is not None
            }
            before = {kind: _first_reactions(writing, kind, some) for kind, some in givers.items()}
            writing.many(_GIVE, [given | {"reader": reader} for reader in readers])
            for kind, some in givers.items():
                new = [giver for giver in some if giver not in before[kind]]
                _count(writing, kind, _first_reactions(writing, kind, new).values(), 1)

    async def counted_on(self, message: int) -> dict[str, int]:
        """Return the number of readers for each emoji on a message, by the key of the emoji."""
        rows = await self._db.rows(
            f"SELECT emoji, count(*) AS readers FROM reactions WHERE {_ON_MESSAGE} GROUP BY emoji", {"message": message}
        )
        return {row["emoji"]: row["readers"] for row in rows}

    async def knows(self, emoji: Emoji) -> bool:
        """Return whether the name of a custom emoji is stored."""
        row = await self._db.row("SELECT 1 FROM custom_emoji WHERE id = :id", {"id": int(emoji.key)})
        return row is not None

    async def learn(self, emoji: Emoji) -> None:
        """Store the name of a custom emoji, and whether the bot can show it."""
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
    """Return the anchor of a spot; empty for the whole story (*chapter* 0), or if the spot is gone."""
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
