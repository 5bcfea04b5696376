"""Quotes, dealt from a shuffled deck: none twice before all have come. By their words they come by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.places import FIRST_PART, SHORT_WORDS
from bot.domain.quotes import ANY, BOUNDS, QuoteFilter
from bot.errors import NoQuotes, ReaderError
from bot.store import deck
from bot.store.database import Database, Row, visible_sql, visible_unmuted_sql, why_not_visible
from bot.store.passages import in_scope
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, SUMMARY, SUMMARY_WIDTH, chapter_of, summary_of
from bot.store.search import expression
from bot.stories.folding import facet_key
from bot.stories.model import QuoteInContext, Spot, StorySummary
from bot.stories.query import read_query

TRIES = 20_000
"""Positions looked at before the library counts as having no quote: most of a library may be hidden."""

AT_ONCE = 512
"""Positions that are looked at together where one after the other was hidden."""

MOST_STORIES = 200
"""Stories of one author that are drawn from."""

NUMBER = -1
"""The column with a quote's number within its story."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.chapter_id = q.chapter_id AND g.length = 0 AND g.start <= q.start"
    " ORDER BY g.start DESC LIMIT 1)"
)
COLUMNS = (
    f"{SUMMARY}, {CHAPTER}, q.id, q.start, q.text, 100 * {_WORDS_BEFORE} / max(1, s.words),"
    f" s.words <= {SHORT_WORDS} OR 100 * {_WORDS_BEFORE} <= {FIRST_PART} * s.words, q.number"
)
"""Of a quote *q*, its chapter *c* and its story *s*, for `quote_of`."""

_QUOTES = f"SELECT {COLUMNS} FROM quotes q JOIN chapters c ON c.id = q.chapter_id JOIN"


class Quotes:
    """The quotes of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)
        self._named = f"{_QUOTES} {self._shown} s ON s.id = q.story_id AND s.may_quote = 1"
        self._by_chance = f"{_QUOTES} {self._listed} s ON s.id = q.story_id AND s.may_quote = 1"

    async def draw(
        self,
        scope: str,
        story: StorySummary | None = None,
        asked: QuoteFilter = ANY,
        *,
        first_part: bool = False,
        shared: bool = False,
    ) -> QuoteInContext:
        """The next quote for *scope* (a server, or a reader in direct messages), of *story* or of all.

        From the *first part* of a story only, or of one length, they are dealt from a deck of their own; those with
        certain words come by chance. *Shared* ones are of stories whose writers let all see them.
        Raises `NoQuotes`, `ReaderError`.
        """
        only = _only(asked, first_part, shared)
        if asked.containing is not None:
            return await self._containing(asked, story, only)
        deck_of = ":".join(filter(None, [scope, "first" if first_part else "", asked.length or ""]))
        if asked.author is not None and story is None:
            return await self._of_author(deck_of, asked.author, only)
        drawn = await self._dealt(deck_of, story, only)
        if drawn is None:
            if asked.length is not None:
                raise ReaderError("no-quotes-like-that")
            raise NoQuotes(story.title if story else None, first_part=first_part)
        return drawn

    async def _dealt(self, scope: str, story: StorySummary | None, only: str) -> QuoteInContext | None:
        """The next of the deck, or None where there is none."""
        story_id = story.id if story else 0
        async with self._db.transaction() as db:
            top = await self._top(story)
            row = await self._db.row("SELECT deck FROM quote_decks WHERE scope = ? AND story_id = ?", (scope, story_id))
            cards = deck.read(row[0]) if row else []
            left = min(TRIES, 2 * max([top, *(card.high for card in cards)])) if top else 0
            quote, looked_at = None, 1
            while quote is None:
                if not left:
                    return None
                looked_at = min(looked_at, left)
                quote, cards = await self._next(looked_at, cards, top, story, only)
                left, looked_at = left - looked_at, min(AT_ONCE, 8 * looked_at)
            await db.execute(
                "INSERT INTO quote_decks (scope, story_id, deck) VALUES (?, ?, ?)"
                " ON CONFLICT (scope, story_id) DO UPDATE SET deck = excluded.deck",
                (scope, story_id, deck.write(cards)),
            )
        return quote

    async def _of_author(self, scope: str, author: str, only: str) -> QuoteInContext:
        """The next of one of their stories; of the longer the more."""
        stories = await self._stories_by(author)
        while stories:
            [story] = random.choices(list(stories), weights=list(stories.values()))
            del stories[story]
            if (drawn := await self._dealt(scope, story, only)) is not None:
                return drawn
        raise ReaderError("no-quotes-like-that")

    async def _stories_by(self, author: str) -> dict[StorySummary, int]:
        """An author's stories, and how many quotes each may have."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, s.quotes_numbered FROM facets k CROSS JOIN {self._listed} s ON s.id = k.story_id"
            " WHERE k.kind = 'author' AND k.key = ? AND s.may_quote = 1 AND s.quotes_numbered > 0 LIMIT ?",
            (facet_key(author), MOST_STORIES),
        )
        return {summary_of(row): int(row[-1]) for row in rows}

    async def _containing(self, asked: QuoteFilter, story: StorySummary | None, only: str) -> QuoteInContext:
        """One with certain words: of those that come after a place by chance, any."""
        query = read_query(asked.containing or "")
        if not query:
            raise ReaderError("nothing-asked")
        scope = in_scope(self._audience, story.id if story else None)
        if story is None and asked.author is not None:
            stories = [f"story{each.id}" for each in await self._stories_by(asked.author)]
            if not stories:
                raise ReaderError("no-quotes-like-that")
            scope = f"scope : ({' OR '.join(stories)})"
        match = f"text : ({expression(query)}) AND {scope}"
        return await self._near(random.randint(0, await self._top(None)), match, story, only)

    async def _near(self, start: int, match: str, story: StorySummary | None, only: str) -> QuoteInContext:
        """One of the first that *match* from the id *start* on, and on from the lowest id where those end."""
        select = self._named if story else self._by_chance
        first, last = start, None
        for _ in range(TRIES // AT_ONCE):
            ids = await self._matching(match, first, last, AT_ONCE)
            if last is None and len(ids) < AT_ONCE:
                last = start - 1
                ids += await self._matching(match, 0, last, AT_ONCE - len(ids))
            if not ids:
                break
            marks = ", ".join("?" * len(ids))
            rows = await self._db.rows(f"{select} WHERE q.id IN ({marks}){only}", ids)
            if rows:
                return quote_of(random.choice(rows))
            first = ids[-1] + 1
        raise ReaderError("no-quotes-like-that")

    async def _matching(self, match: str, first: int, last: int | None, limit: int) -> list[int]:
        rows = await self._db.rows(
            "SELECT rowid FROM quote_search WHERE quote_search MATCH ? AND rowid >= ?"
            " AND rowid <= coalesce(?, 1 << 62) ORDER BY rowid LIMIT ?",
            (match, first, last, limit),
        )
        return [int(quote) for (quote,) in rows]

    async def any(self, story: StorySummary) -> bool:
        """Whether a story has a quote in its first part, which all may see."""
        only = _only(ANY, first_part=True, shared=True)
        return await self._db.row(f"{self._named} WHERE q.story_id = ?{only} LIMIT 1", (story.id,)) is not None

    async def find(self, quote: int) -> QuoteInContext:
        """A quote by its id. Raises `StoryGone`, `StoryGated`, or `ReaderError` where an edit took it out."""
        row = await self._db.row(f"{self._named} WHERE q.id = ? AND q.is_there = 1", (quote,))
        if row is None:
            gone = await self._db.row("SELECT story_id, is_there FROM quotes WHERE id = ?", (quote,))
            raise (
                await why_not_visible(self._db, gone[0], self._audience)
                if gone and gone[1]
                else ReaderError("passage-gone")
            )
        return quote_of(row)

    async def choose(self, story: int, spot: Spot, text: str) -> int:
        """A number for words that a reader chose from a story; the same words at the same place have one."""
        row = await self._db.row(
            "SELECT id FROM quotes WHERE chapter_id = ? AND start = ? AND text = ?", (spot.chapter, spot.offset, text)
        )
        if row is not None:
            return int(row[0])
        async with self._db.transaction() as db:
            [(quote,)] = await db.execute_fetchall(
                "INSERT INTO quotes (story_id, chapter_id, start, text, worth, scope) VALUES (?, ?, ?, ?, 0, '')"
                " RETURNING id",
                (story, spot.chapter, spot.offset, text),
            )
        return int(quote)

    async def _top(self, story: StorySummary | None) -> int:
        """The highest position there is."""
        if story is None:
            row = await self._db.row("SELECT max(id) FROM quotes")
        else:
            row = await self._db.row("SELECT quotes_numbered FROM stories WHERE id = ?", (story.id,))
        return int(row[0] or 0) if row else 0

    async def _next(
        self, count: int, cards: Sequence[deck.Segment], top: int, story: StorySummary | None, only: str
    ) -> tuple[QuoteInContext | None, Sequence[deck.Segment]]:
        """The first of the next *count* positions that holds a quote which may be shown, and the deck that is left."""
        drawn: list[tuple[int, Sequence[deck.Segment]]] = []
        for _ in range(count):
            position, cards = deck.draw(cards, top)
            drawn.append((position, cards))
        found = await self._at([position for position, _ in drawn], story, only)
        return next(((found[position], left) for position, left in drawn if position in found), (None, cards))

    async def _at(self, positions: Sequence[int], story: StorySummary | None, only: str) -> dict[int, QuoteInContext]:
        marks = ", ".join("?" * len(positions))
        if story is None:
            rows = await self._db.rows(f"{self._by_chance} WHERE q.id IN ({marks}){only}", positions)
            return {quote.id: quote for quote in map(quote_of, rows)}
        rows = await self._db.rows(
            f"{self._named} WHERE q.story_id = ? AND q.number IN ({marks}){only}", (story.id, *positions)
        )
        return {row[NUMBER]: quote_of(row) for row in rows}


def _only(asked: QuoteFilter, first_part: bool, shared: bool) -> str:
    """What a quote must be beside its position: dealt at all, and as it was asked for."""
    only = " AND q.number IS NOT NULL" + (" AND s.may_share = 1" if shared else "")
    if first_part:
        only += f" AND (s.words <= {SHORT_WORDS} OR 100 * {_WORDS_BEFORE} <= {FIRST_PART} * s.words)"
    if asked.length is not None:
        only += " AND length(q.text) BETWEEN {} AND {}".format(*BOUNDS[asked.length])
    return only


def quote_of(row: Row, at: int = 0) -> QuoteInContext:
    """A quote, from the `COLUMNS` of *row* from *at* on."""
    story, chapter = summary_of(row, at), chapter_of(row, at + SUMMARY_WIDTH)
    quote, start, text, percent, is_first, _ = row[at + SUMMARY_WIDTH + CHAPTER_WIDTH : at + WIDTH]
    return QuoteInContext(quote, story, chapter, Spot(chapter.id, start), text, int(percent or 0), bool(is_first))


WIDTH = SUMMARY_WIDTH + CHAPTER_WIDTH + 6
