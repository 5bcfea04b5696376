"""Quotes, drawn from a shuffled deck: none twice before all have come. By their words they come by chance.

Quotes of one length, and those of the first parts of stories, have decks of their own.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.places import FIRST_PART, SHORT_WORDS
from bot.domain.quotes import ANY, LENGTH_BOUNDS, QuoteFilter
from bot.errors import NoQuotes, NotWished, ReaderError
from bot.store import deck
from bot.store.database import IN_ORDER, Database, Family, Row, Writing, named_list, transaction
from bot.store.fulltext import LAST_ID, QUOTES
from bot.store.passages import scopes_for
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.store.visibility import visible_sql, visible_unmuted_sql, why_not_visible
from bot.stories.folding import facet_key
from bot.stories.model import QuoteInContext, Spot, StorySummary
from bot.stories.query import Query, read_query

TRIES = 20_000
"""Positions looked at before the library counts as having no quote: most of a library may be hidden."""

AT_ONCE = 128
"""Positions that are looked at together where one after the other was hidden."""

MATCHES = 512
"""Quotes with certain words from which one is chosen."""

MOST_STORIES = 200
"""Stories of one author that are drawn from."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.chapter_id = q.chapter_id AND g.length = 0 AND g.start <= q.start"
    " ORDER BY g.start DESC LIMIT 1)"
)
COLUMNS = (
    f"{SUMMARY}, {CHAPTER}, q.id AS quote_id, q.number AS quote_number, q.start AS quote_start, q.text AS quote_text,"
    f" {_WORDS_BEFORE} AS quote_words_before"
)
"""The columns of a quote *q*, its chapter *c* and its story *s* that `quote_of` reads."""

_QUOTES = f"SELECT {COLUMNS} FROM quotes q JOIN chapters c ON c.id = q.chapter_id JOIN"


class Quotes(Family):
    """The quotes of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)
        self._named = f"{_QUOTES} {self._shown} s ON s.id = q.story_id AND s.may_quote = 1"
        self._by_chance = f"{_QUOTES} {self._listed} s ON s.id = q.story_id AND s.may_quote = 1"

    async def draw(
        self,
        scope: str,
        story: StorySummary | None = None,
        filter: QuoteFilter = ANY,
        *,
        first_part: bool = False,
        shared: bool = False,
    ) -> QuoteInContext:
        """Return the next quote for *scope* (a server, or a reader in direct messages), of *story* or of all.

        With *first_part* it is from where nothing is a spoiler; with *shared* it is of a story whose writer lets all
        see it. Raises `NotWished`, `NoQuotes`, `ReaderError`.
        """
        drawn = await self._drawn(scope, story, filter, first_part, _condition(filter, first_part, shared))
        if drawn is not None:
            return drawn
        if story is not None and await self._is_unwished(story.id):
            raise NotWished("quote")
        if filter.containing is not None or filter.length is not None or (filter.author is not None and story is None):
            raise ReaderError("no-quotes-like-that")
        raise NoQuotes(story.title if story else None, first_part=first_part)

    async def _drawn(
        self, scope: str, story: StorySummary | None, filter: QuoteFilter, first_part: bool, condition: str
    ) -> QuoteInContext | None:
        if filter.containing is not None:
            return await self._containing(filter.containing, filter.author, story, condition)
        parts = [scope, "first" if first_part else None, filter.length]
        scope = ":".join(part for part in parts if part)
        if filter.author is not None and story is None:
            return await self._of_author(scope, filter.author, condition)
        return await self._next(scope, story, condition)

    @transaction
    def _next(self, writing: Writing, scope: str, story: StorySummary | None, condition: str) -> QuoteInContext | None:
        """The next of a deck, or None where there is none."""
        of_deck = {"scope": scope, "story": story.id if story else 0}
        top = _top(writing, story)
        row = writing.row("SELECT deck FROM quote_decks WHERE scope = :scope AND story_id = :story", of_deck)
        cards = deck.read(row["deck"]) if row else []
        left = min(TRIES, 2 * max([top, *(card.high for card in cards)])) if top else 0
        quote, looked_at = None, 1
        while quote is None:
            if not left:
                return None
            looked_at = min(looked_at, left)
            quote, cards = self._first_visible(writing, looked_at, cards, top, story, condition)
            left, looked_at = left - looked_at, min(AT_ONCE, 8 * looked_at)
        writing.execute(
            "INSERT INTO quote_decks (scope, story_id, deck) VALUES (:scope, :story, :deck)"
            " ON CONFLICT (scope, story_id) DO UPDATE SET deck = excluded.deck",
            {**of_deck, "deck": deck.write(cards)},
        )
        return quote

    async def _of_author(self, scope: str, author: str, condition: str) -> QuoteInContext | None:
        """The next of one of their stories; of the longer the more."""
        stories = await self._stories_by(author)
        while stories:
            [story] = random.choices(list(stories), weights=list(stories.values()))
            del stories[story]
            if (drawn := await self._next(scope, story, condition)) is not None:
                return drawn
        return None

    async def _stories_by(self, author: str) -> dict[StorySummary, int]:
        """An author's stories, and how many quotes each may have."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, s.quotes_numbered AS quotes"
            f" FROM facets k {IN_ORDER} {self._listed} s ON s.id = k.story_id"
            " WHERE k.kind = 'author' AND k.key = :author AND s.may_quote = 1 AND s.quotes_numbered > 0 LIMIT :most",
            {"author": facet_key(author), "most": MOST_STORIES},
        )
        return {summary_of(row): row["quotes"] for row in rows}

    async def _containing(
        self, words: str, author: str | None, story: StorySummary | None, condition: str
    ) -> QuoteInContext | None:
        """One with certain words: of those that come after a place by chance, any."""
        query = read_query(words)
        if not query:
            raise ReaderError("nothing-asked")
        scopes = scopes_for(self._audience, story.id if story else None)
        if story is None and author is not None:
            scopes = [f"story{each.id}" for each in await self._stories_by(author)]
            if not scopes:
                return None
        start = random.randint(0, await self._db.number("SELECT max(id) FROM quotes"))
        select = self._named if story else self._by_chance
        first, last = start, LAST_ID
        for _ in range(TRIES // MATCHES):
            ids = await self._matching(query, scopes, first, last, MATCHES)
            if last == LAST_ID and len(ids) < MATCHES:  # go on from the lowest id
                last = start - 1
                ids += await self._matching(query, scopes, 0, last, MATCHES - len(ids))
            if not ids:
                return None
            by_chance = random.sample(ids, len(ids))
            for skip in range(0, len(ids), AT_ONCE):
                listed, values = named_list("quote", by_chance[skip : skip + AT_ONCE])
                rows = await self._db.rows(f"{select} WHERE q.id IN {listed}{condition}", values)
                if rows:
                    return quote_of(random.choice(rows))
            first = ids[-1] + 1
        return None

    async def _matching(self, query: Query, scopes: Sequence[str], first: int, last: int, limit: int) -> list[int]:
        sql, values = QUOTES.matching(query, ["text"], limit, scopes, first, last)
        return [row["id"] for row in await self._db.rows(sql, values)]

    async def any(self, story: StorySummary) -> bool:
        """Return whether a story has a quote in its first part, which all may see."""
        condition = _condition(ANY, first_part=True, shared=True)
        sql = f"{self._named} WHERE q.story_id = :story{condition} LIMIT 1"
        return await self._db.row(sql, {"story": story.id}) is not None

    async def find(self, quote: int) -> QuoteInContext:
        """Return a quote by its id.

        Raises `StoryGone`, `StoryGated`, `NotWished`, or `ReaderError` where an edit took it out.
        """
        row = await self._db.row(f"{self._named} WHERE q.id = :quote AND q.is_there = 1", {"quote": quote})
        if row is not None:
            return quote_of(row)
        kept = await self._db.row("SELECT story_id FROM quotes WHERE id = :quote AND is_there = 1", {"quote": quote})
        if kept is None:
            raise ReaderError("passage-gone")
        if await self._is_unwished(kept["story_id"]):
            raise NotWished("quote")
        raise await why_not_visible(self._db, kept["story_id"], self._audience)

    async def _is_unwished(self, story: int) -> bool:
        """Whether a story may be shown and not quoted."""
        sql = f"SELECT 1 FROM {self._shown} WHERE id = :story AND may_quote = 0"
        return await self._db.row(sql, {"story": story}) is not None

    @transaction
    def choose(self, writing: Writing, story: int, spot: Spot, text: str) -> int:
        """Return an id for words that a reader chose from a story; the same words at the same place have one."""
        values = {"story": story, "chapter": spot.chapter, "start": spot.offset, "text": text}
        kept = writing.row(
            "SELECT id FROM quotes WHERE chapter_id = :chapter AND start = :start AND text = :text", values
        )
        if kept is not None:
            return kept["id"]
        [(quote,)] = writing.rows(
            "INSERT INTO quotes (story_id, chapter_id, start, text, worth, scope)"
            " VALUES (:story, :chapter, :start, :text, 0, '') RETURNING id",
            values,
        )
        return quote

    def _first_visible(
        self,
        writing: Writing,
        count: int,
        cards: Sequence[deck.Segment],
        top: int,
        story: StorySummary | None,
        condition: str,
    ) -> tuple[QuoteInContext | None, Sequence[deck.Segment]]:
        """The first of the next *count* positions that holds a quote which may be shown, and the deck that is left."""
        drawn: list[tuple[int, Sequence[deck.Segment]]] = []
        for _ in range(count):
            position, cards = deck.draw(cards, top)
            drawn.append((position, cards))
        found = self._at(writing, [position for position, _ in drawn], story, condition)
        return next(((found[position], left) for position, left in drawn if position in found), (None, cards))

    def _at(
        self, writing: Writing, positions: Sequence[int], story: StorySummary | None, condition: str
    ) -> dict[int, QuoteInContext]:
        """What may be shown at *positions*: ids, or numbers within a story."""
        listed, values = named_list("position", positions)
        if story is None:
            rows = writing.rows(f"{self._by_chance} WHERE q.id IN {listed}{condition}", values)
            return {row["quote_id"]: quote_of(row) for row in rows}
        rows = writing.rows(
            f"{self._named} WHERE q.story_id = :story AND q.number IN {listed}{condition}",
            {**values, "story": story.id},
        )
        return {row["quote_number"]: quote_of(row) for row in rows}


def _top(writing: Writing, story: StorySummary | None) -> int:
    """The highest position there is."""
    if story is None:
        [(top,)] = writing.rows("SELECT max(id) FROM quotes")
    else:
        [(top,)] = writing.rows("SELECT quotes_numbered FROM stories WHERE id = :story", {"story": story.id})
    return top or 0


def _condition(filter: QuoteFilter, first_part: bool, shared: bool) -> str:
    """What a quote must be beside its position: in a deck at all, and as it was asked for."""
    condition = " AND q.number IS NOT NULL" + (" AND s.may_share = 1" if shared else "")
    if first_part:
        condition += f" AND (s.words <= {SHORT_WORDS} OR 100 * {_WORDS_BEFORE} <= {FIRST_PART} * s.words)"
    if filter.length is not None:
        condition += " AND length(q.text) BETWEEN {} AND {}".format(*LENGTH_BOUNDS[filter.length])
    return condition


def quote_of(row: Row) -> QuoteInContext:
    """Return the quote that a row names in the columns `COLUMNS`."""
    story, chapter = summary_of(row), chapter_of(row)
    before = row["quote_words_before"]  # None where its chapter is gone, and a reader kept it
    is_first_part = story.words <= SHORT_WORDS or (before is not None and 100 * before <= FIRST_PART * story.words)
    return QuoteInContext(
        row["quote_id"],
        story,
        chapter,
        Spot(chapter.id, row["quote_start"]),
        row["quote_text"],
        100 * (before or 0) // max(1, story.words),
        is_first_part,
    )
