"""What moved readers, counted per story: once per reader and emoji, by a button or on a message.

Here are the buttons, and what keeps the counts in step; `bot.store.message_emoji` has the emoji on messages.

What is counted stands in rows of its own (``story_reactors``, ``quote_reactors``, ``reaction_counts``, ``loved``, the
leaderboard). Every change of ``reactions`` goes through `count_given` or `remove_reactions`, which keep it in step.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.domain.leaderboard import Ranked
from bot.domain.reactions import Emoji, Reacted, Reaction
from bot.errors import ReaderError
from bot.store.batches import Batches
from bot.store.database import Database, Family, Reading, Row, Value, Writing, lookup, named_list
from bot.store.engines import Turn, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.rows import as_value
from bot.stories.anchors import anchor_at
from bot.stories.model import OpenPage, Spot

BUTTON = 0
"""Stands for the message where a reaction was given by a button."""

WHOLE = Spot(0, 0)
"""Stands for the page where a reaction was given to the story as a whole."""

_AT_ONCE = 500
"""Readers whose reactions one statement counts."""


@dataclass(frozen=True, slots=True)
class _Press:
    """What a reader presses."""

    story: int
    reader: int
    emoji: str
    guild: int | None
    page: OpenPage | None


def _turns(presses: Sequence[_Press]) -> Iterable[Turn]:
    return {*turns_at(presses[0].story), *(alone("reader", each.reader) for each in presses)}


def turns_at(story: int) -> tuple[Turn, Turn]:
    """Return the turns of who changes a story's reactions: its counts are changed by one after the other."""
    return shared("story", story), alone("reactions", story)


def _with_one_each(presses: Sequence[_Press]) -> Iterator[list[_Press]]:
    """Divide *presses*, in their order, so that no reader comes twice in a part."""
    some = dict[int, _Press]()
    for each in presses:
        if each.reader in some:
            yield list(some.values())
            some = {}
        some[each.reader] = each
    if some:
        yield list(some.values())


def _given_by(writing: Writing, presses: Sequence[_Press]) -> Mapping[int, Sequence[Row]]:
    """Return what the readers who press have given to the story, by reader."""
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
    """Rows of reader, story, emoji and where. An emoji is spelled by its `bot.domain.reactions.Emoji.key`."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._pressing = Batches(db, _turns, self._toggle)

    async def toggle(
        self, story: int, reader: int, emoji: str, guild: int | None = None, page: OpenPage | None = None
    ) -> Reacted:
        """Press the button: give the emoji, or take it back; return what is given now.

        With a *page* it is given to that page, and taken back there. Without one it is given to the story, and all
        that this reader gave is taken back. All who react to a story at once share a transaction. Raises `ReaderError`
        for who wrote the story.
        """
        return await self._pressing.make(story, _Press(story, reader, emoji, guild, page))

    def _toggle(self, writing: Writing, presses: Sequence[_Press]) -> Sequence[Reacted | Exception]:
        """Make *presses*, all on one story; return for each what its reader gives after it."""
        story = {"story": presses[0].story}
        rows = writing.rows("SELECT user_id FROM story_authors WHERE story_id = :story", story)
        authors = {row["user_id"] for row in rows}
        counted = _with_one_each([each for each in presses if each.reader not in authors])
        given = iter([each for some in counted for each in self._toggle_each(writing, some)])
        tally = self.tally.within(writing, presses[0].story)
        return [ReaderError("own-story") if each.reader in authors else Reacted(next(given), tally) for each in presses]

    def _toggle_each(self, writing: Writing, presses: Sequence[_Press]) -> list[set[str]]:
        """Make *presses* of as many readers; return for each what is given then."""
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
        for emoji in sorted({each.emoji for each in new}):
            listed, values = named_list("reader", [each.reader for each in new if each.emoji == emoji])
            values |= {"story": new[0].story, "emoji": emoji}
            count_given(writing, "story", f"story_id = :story AND emoji = :emoji AND user_id IN {listed}", values)
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
        """Return the emoji that *reader* gave to a story, or to a *page* of it."""
        where, values = _given_to(page)
        rows = reading.rows(
            f"SELECT emoji FROM reactions WHERE story_id = :story AND user_id = :reader AND {where}",
            {"story": story, "reader": reader, **values},
        )
        return {row["emoji"] for row in rows}

    @lookup
    def tally(self, reading: Reading, story: int) -> list[Reaction]:
        """Return how many readers gave each emoji, the most given first."""
        counts = reading.rows(
            "SELECT emoji, readers FROM reaction_counts WHERE story_id = :story ORDER BY readers DESC, emoji",
            {"story": story},
        )
        custom = self._custom(reading, [row["emoji"] for row in counts])
        return [as_value(row, Reaction, emoji=custom.get(row["emoji"]) or Emoji(row["emoji"])) for row in counts]

    def _custom(self, reading: Reading, keys: Iterable[str]) -> dict[str, Emoji]:
        """The custom emoji among *keys* whose names are stored, by key."""
        listed, values = named_list("id", [int(key) for key in keys if key.isdecimal()])
        if not values:
            return {}
        rows = reading.rows(f"SELECT id, name, animated, usable FROM custom_emoji WHERE id IN {listed}", values)
        return {key: as_value(row, Emoji, key=key) for row in rows if (key := str(row["id"]))}

    async def totals(self, stories: Sequence[int]) -> dict[int, int]:
        """Return how many reactions each of some stories has; none for those without any."""
        listed, values = named_list("story", stories)
        rows = await self._db.rows(f"SELECT id, loved FROM stories WHERE id IN {listed} AND loved <> 0", values)
        return {row["id"]: row["loved"] for row in rows}


def _given_to(page: OpenPage | None) -> tuple[str, dict[str, Value]]:
    """Which rows are about *page*, for a WHERE clause, and its values: all rows where there is none.

    What is given to a story as a whole is given to its last page, too: there the buttons speak of the story.
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
    """Whether a row is about *page*, as `_given_to` says it."""
    if page is None:
        return True
    first = page.spot.offset
    is_there = row["chapter_id"] == page.spot.chapter and first <= row["start"] < first + len(page.text)
    return is_there or (page.is_last and row["chapter_id"] == 0)


# -- what keeps the counts in step ---------------------------------------------------


def count_given(writing: Writing, kind: Ranked, where: str, values: Mapping[str, Value]) -> None:
    """Count the reactions *where*, which were just given, for their stories or for the quotes that they were given to.

    A reader and emoji that are counted already are not counted again.
    """
    rows = writing.rows(
        f"INSERT INTO {kind}_reactors ({kind}_id, emoji, user_id, guild_id, given_at)"
        f" SELECT {kind}_id, emoji, user_id, guild_id, given_at FROM reactions WHERE {where} AND {kind}_id IS NOT NULL"
        f" ON CONFLICT ({kind}_id, emoji, user_id) DO NOTHING RETURNING {kind}_id AS id, emoji, guild_id, given_at",
        values,
    )
    _count(writing, kind, rows, 1)


def remove_reactions(writing: Writing, where: str, values: Mapping[str, Value]) -> int:
    """Delete the reactions *where*, with what was counted of them; return how many there were.

    A reader still counts for an emoji while another row says that they gave it. An author's were not counted.
    """
    rows = list(
        writing.rows(f"DELETE FROM reactions WHERE {where} RETURNING story_id, quote_id, emoji, user_id", values)
    )
    for kind in get_args(Ranked):
        givers = {(row[f"{kind}_id"], row["emoji"], row["user_id"]) for row in rows if row[f"{kind}_id"] is not None}
        for some in in_parts(givers):
            named: dict[str, Value] = {}
            for number, (each, emoji, reader) in enumerate(some):
                named |= {f"id{number}": each, f"emoji{number}": emoji, f"reader{number}": reader}
            listed = ", ".join(f"(:id{number}, :emoji{number}, :reader{number})" for number in range(len(some)))
            # As a list of its own it is looked up in an index; (VALUES …) behind IN would go through the whole table.
            gone = writing.rows(
                f"WITH givers (id, emoji, user_id) AS (VALUES {listed}) DELETE FROM {kind}_reactors"
                f" WHERE ({kind}_id, emoji, user_id) IN (SELECT id, emoji, user_id FROM givers)"
                f" AND NOT EXISTS (SELECT 1 FROM reactions r WHERE r.{kind}_id = {kind}_reactors.{kind}_id"
                f"  AND r.emoji = {kind}_reactors.emoji AND r.user_id = {kind}_reactors.user_id)"
                f" RETURNING {kind}_id AS id, emoji, guild_id, given_at,"
                f" CASE WHEN EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = {_STORY_OF[kind]}"
                f"  AND w.user_id = {kind}_reactors.user_id) THEN 1 ELSE 0 END AS by_author",
                named,
            )
            _count(writing, kind, [row for row in gone if not row["by_author"]], -1)
    return len(rows)


_STORY_OF: Mapping[Ranked, str] = {
    "story": "story_reactors.story_id",
    "quote": "(SELECT q.story_id FROM quotes q WHERE q.id = quote_reactors.quote_id)",
}
"""The story that was reacted to, in rows that a statement returns."""


def count_reactions_of(writing: Writing, reader: int, story: int, change: int) -> None:
    """Count what the reader gave to *story* and its quotes no longer (*change* -1), or again (1); the rows stay.

    So it is while they are linked to the story as its author. All else here leaves an author's reactions uncounted.
    """
    values = {"reader": reader, "story": story}
    for kind in get_args(Ranked):
        rows = writing.rows(
            f"SELECT {kind}_id AS id, emoji, guild_id, given_at FROM {kind}_reactors"
            f" WHERE user_id = :reader AND {_STORY_OF[kind]} = :story",
            values,
        )
        _count(writing, kind, rows, change)


def remove_reaction_rows(writing: Writing, ids: Iterable[int]) -> None:
    """Delete the reactions of these ids, with what was counted of them."""
    for some in in_parts(ids):
        listed, values = named_list("id", some)
        remove_reactions(writing, f"id IN {listed}", values)


def _count(writing: Writing, kind: Ranked, rows: Iterable[Row], change: int) -> None:
    """Keep in step with rows of ``story_reactors`` or ``quote_reactors`` that came (1) or went (-1).

    These are ``loved`` of the stories or quotes, for stories ``reaction_counts``, and the leaderboard.
    """
    if not (rows := list(rows)):
        return
    loved = Counter[int](row["id"] for row in rows)
    writing.many(
        f"UPDATE {'stories' if kind == 'story' else 'quotes'} SET loved = loved + :change WHERE id = :id",
        [{"id": each, "change": change * count} for each, count in loved.items()],
    )
    if kind == "story":
        emoji = Counter[tuple[int, str]]((row["id"], row["emoji"]) for row in rows)
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
        writing, [Score(kind, "reactions", row["guild_id"], row["given_at"], row["id"], change) for row in rows]
    )


Each = TypeVar("Each")


def in_parts(values: Iterable[Each]) -> list[list[Each]]:
    """*values* in lists of at most `_AT_ONCE`."""
    listed = list(values)
    return [listed[first : first + _AT_ONCE] for first in range(0, len(listed), _AT_ONCE)]
