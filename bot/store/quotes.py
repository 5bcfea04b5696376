"""Random quotes: draw a story, then one of its quotes. Quotes with certain words are found by a search, without decks.

Stories and quotes are drawn from shuffled decks, in rounds. Within a round no quote repeats, and a novel is quoted as
often as a one-shot until the one-shot has no quotes left. Quotes of a single story, of one length, and of the first
parts of stories have decks of their own.

A deck is a list of segments. Each segment is a pseudo-random order of the positions ``low`` to ``high - 1`` and the
number of positions drawn so far. The order is a Feistel network over the next power of four, iterated until the result
is in range: drawing a position costs constant time and no memory, however long the segment (Black and Rogaway, "Ciphers
with Arbitrary Finite Domains", 2002). Positions added to a deck in use become a segment of their own, so that draws mix
old positions and new ones.

Of the next two quotes of a story, the one that more readers saved is drawn first; the other stays in the deck.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Self
from zlib import crc32

from bot.domain.places import FIRST_PART, SHORT_WORDS
from bot.domain.quotes import ANY_QUOTE, LENGTH_BOUNDS, QuoteFilter, Saving, readers_keep
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ForbiddenByAuthor, NoQuotes, NothingStored, ReaderError
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Writing, lookup, named_list, transaction
from bot.store.engines import LAST_ID, OF_QUOTE, Turn, alone, shared
from bot.store.passages import QUOTES, Changes, IndexChanges, Named, index_changes, scope_of, scopes_for, write_indexes
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.visibility import muted_sql, visible_sql, visible_unmuted_sql, why_not_visible
from bot.stories import Chapter
from bot.stories.folding import facet_key
from bot.stories.lengths import percent_behind
from bot.stories.model import QuoteInContext, Spot, StorySummary
from bot.stories.query import Query, read_query

TRIES = 20_000
"""Maximum number of positions of a deck to try for a visible quote: most of a library may be hidden."""

AT_ONCE = 128
"""Maximum number of positions to try in one query; the first queries try fewer."""

MOST_EXHAUSTED = 1_024
"""Maximum number of stories without quotes left that one draw meets before it begins a new round.

This limits the cost in a large library, and prevents a run of quotes from the last few novels.
"""

MATCHES = 512
"""Maximum number of matching quotes that one query returns; one of them is chosen."""

CHOSEN_OF_STORY = 500
"""Maximum number of selected quotes of a story that nobody saved; such quotes are deleted after a day."""

MOST_STORIES = 200
"""Maximum number of one author's stories from which to draw a quote."""

_ALL = 0  # instead of a story id: the deck of stories
Finder = Callable[[Sequence[int]], dict[int, QuoteInContext]]
"""Function that returns, by position, the visible quotes at some positions of a deck."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.chapter_id = q.chapter_id AND g.length = 0 AND g.start <= q.start"
    " ORDER BY g.start DESC LIMIT 1)"
)
COLUMNS = (
    f"{SUMMARY}, {CHAPTER}, q.id AS quote_id, q.number AS quote_number, q.start AS quote_start, q.text AS quote_text,"
    f" {_WORDS_BEFORE} AS quote_words_before"
)
"""Columns of a quote *q*, its chapter *c* and its story *s* for `quote_of`."""

_QUOTES = f"SELECT {COLUMNS} FROM quotes q JOIN chapters c ON c.id = q.chapter_id JOIN"


@dataclass(frozen=True, slots=True)
class _Decks:
    """Scopes of the decks for a draw; a scope and a story id identify a deck."""

    all: str
    """Scope of the decks for everybody in a server or a direct message."""
    own: str
    """Scope of the decks for a reader with mutes, so that quotes they muted stay in the decks for everybody."""
    reader: int
    """Id of the reader whose mutes apply; 0 for none."""

    @property
    def turns(self) -> set[Turn]:
        """Locks of the decks; two scopes with the same checksum share a lock."""
        names = {self.all, self.own} if self.reader else {self.all}
        return {alone("quotes", crc32(name.encode())) for name in names}

    def scope(self, reading: Reading) -> str:
        muted = self.reader and reading.row(
            "SELECT 1 FROM mutes WHERE user_id = :reader LIMIT 1", {"reader": self.reader}
        )
        return self.own if muted else self.all


class Quotes(Family):
    """Quotes of visible stories."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)
        self._visible = f"{_QUOTES} {self._shown} s ON s.id = q.story_id AND s.may_quote = 1"
        self._unmuted = f"{_QUOTES} {self._listed} s ON s.id = q.story_id AND s.may_quote = 1"

    async def draw(
        self,
        scope: str,
        story: StorySummary | None = None,
        filter: QuoteFilter = ANY_QUOTE,
        *,
        first_part: bool = False,
        shared: bool = False,
        muting: int = 0,
    ) -> QuoteInContext:
        """Return the next quote for *scope* (a server, or a reader in direct messages), of *story* or of all stories.

        The reader *muting* has decks of their own if they muted anything. *first_part* excludes spoilers. *shared*
        includes only stories whose author allows sharing. Raises `ForbiddenByAuthor` if the author of *story* allows no
        quotes, `ReaderError` if *filter* is set and no quote matches, and otherwise `NoQuotes`.
        """
        parts = ["first"] if first_part else []
        parts += [filter.length] if filter.length else []
        decks = _Decks(":".join([scope, *parts]), ":".join([f"user:{muting}", *parts]), muting)
        drawn = await self._next_match(decks, story, filter, _condition(filter, first_part, shared))
        if drawn is not None:
            return drawn
        if story is not None and await self._db.read(lambda reading: self._forbids_quotes(reading, story.id)):
            raise ForbiddenByAuthor("quote")
        if filter.containing is not None or filter.length is not None or (filter.author is not None and story is None):
            raise ReaderError("no-quotes-like-that")
        raise NoQuotes(story.title if story else None, first_part=first_part)

    async def _next_match(
        self, decks: _Decks, story: StorySummary | None, filter: QuoteFilter, condition: str
    ) -> QuoteInContext | None:
        if filter.containing is not None:
            return await self._containing(filter.containing, filter.author, story, condition)
        if filter.author is not None and story is None:
            return await self._of_author(decks, filter.author, condition)
        return await self._next(decks, story, condition)

    async def _next(self, decks: _Decks, story: StorySummary | None, condition: str) -> QuoteInContext | None:
        """Return the next quote from the decks, or a random quote if decks cannot be stored; None if none matches."""
        try:
            return await self._deal(decks, story, condition)
        except NothingStored:
            return await self._any_of(story, condition)

    @lookup
    def _any_of(self, reading: Reading, story: StorySummary | None, condition: str) -> QuoteInContext | None:
        """Return the first quote from a random id on, of *story* or of all stories; wrap around at the last id."""
        select, where = (self._visible, "q.story_id = :story") if story else (self._unmuted, "q.id > :story")
        of_story = {"story": story.id if story else 0}
        [(low, high)] = reading.rows(f"SELECT min(q.id), max(q.id) FROM quotes q WHERE {where}", of_story)
        for start in (random.randint(low or 0, high or 0), 0):
            sql = f"{select} WHERE {where} AND q.id >= :start{condition} ORDER BY q.id LIMIT 1"
            if (found := reading.row(sql, {**of_story, "start": start})) is not None:
                return quote_of(found)
        return None

    @transaction
    def _deal(
        self, writing: Writing, decks: _Decks, story: StorySummary | None, condition: str
    ) -> QuoteInContext | None:
        writing.take(*decks.turns)
        scope = decks.scope(writing)
        if story is None:
            return self._of_all(writing, f"{scope}:any", condition)
        found = self._finder(writing, story.id, self._visible, condition)
        return _draw_visible(writing, _Deck.of_story(writing, scope, story.id), found)

    def _of_all(self, writing: Writing, scope: str, condition: str) -> QuoteInContext | None:
        """Return the next quote in this round, from the next story that has quotes left; None if none is visible."""
        sql = (
            f"SELECT s.id FROM {self._listed} s WHERE s.may_quote = 1"
            f" AND EXISTS (SELECT 1 FROM quotes q WHERE q.story_id = s.id{condition}) AND s.id IN"
        )
        exhausted = 0
        has_any: bool | None = None

        def found(positions: Sequence[int]) -> dict[int, QuoteInContext]:
            nonlocal exhausted, has_any
            listed, values = named_list("story", positions)
            quoted = {row["id"] for row in writing.rows(f"{sql} {listed}", values)}
            if not quoted and len(positions) == AT_ONCE and has_any is None:
                has_any = self._has_any(writing, condition)
            for story in filter(quoted.__contains__, positions):
                deck = _Deck.of_story(writing, scope, story)
                finder = self._finder(writing, story, self._visible, condition)
                if (quote := _draw_visible(writing, deck, finder, once=True)) is not None:
                    return {story: quote}
                exhausted += 1
                if exhausted >= MOST_EXHAUSTED:
                    break
            return {}

        [(top,)] = writing.rows("SELECT max(id) FROM stories")
        stories = _Deck.read(writing, scope, _ALL, top or 0)
        drawn = _draw_visible(writing, stories, found, until=lambda: exhausted >= MOST_EXHAUSTED or has_any is False)
        if drawn is None and exhausted:
            _begin_round(writing, scope)
            exhausted = 0
            drawn = _draw_visible(writing, stories, found)
        return drawn

    def _has_any(self, writing: Writing, condition: str) -> bool:
        """Return whether the reader may see any quote: a single query, for readers who muted nearly every story."""
        return bool(
            writing.rows(
                f"SELECT 1 FROM {self._shown} s WHERE s.may_quote = 1"
                f" AND s.id NOT IN ({muted_sql(self._audience.reader)})"
                f" AND EXISTS (SELECT 1 FROM quotes q WHERE q.story_id = s.id{condition}) LIMIT 1"
            )
        )

    def _finder(self, writing: Writing, story: int, select: str, condition: str) -> Finder:
        """Return a function that finds the visible quotes of a story by their numbers, its deck's positions."""

        def found(positions: Sequence[int]) -> dict[int, QuoteInContext]:
            listed, values = named_list("number", positions)
            sql = f"{select} WHERE q.story_id = :story AND q.number IN {listed}{condition}"
            return {row["quote_number"]: quote_of(row) for row in writing.rows(sql, {**values, "story": story})}

        return found

    async def _of_author(self, decks: _Decks, author: str, condition: str) -> QuoteInContext | None:
        """Return the next quote of a random story by *author*; None if no story has a matching quote."""
        stories = await self._stories_by(author)
        for story in random.sample(stories, len(stories)):
            if (drawn := await self._next(decks, story, condition)) is not None:
                return drawn
        return None

    async def _stories_by(self, author: str) -> list[StorySummary]:
        """Return at most `MOST_STORIES` stories of an author that have quotes and whose author allows quotes."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM facets k {IN_ORDER} {self._listed} s ON s.id = k.story_id"
            " WHERE k.kind = 'author' AND k.key = :author AND s.may_quote = 1 AND s.quotes_numbered > 0 LIMIT :most",
            {"author": facet_key(author), "most": MOST_STORIES},
        )
        return [summary_of(row) for row in rows]

    async def _containing(
        self, words: str, author: str | None, story: StorySummary | None, condition: str
    ) -> QuoteInContext | None:
        """Return a random quote that contains *words*, among the matches after a random id; None if none matches."""
        query = read_query(words)
        if not query:
            raise ReaderError("nothing-asked")
        scopes = scopes_for(self._audience, story.id if story else None)
        if story is None and author is not None:
            scopes = [f"story{each.id}" for each in await self._stories_by(author)]
            if not scopes:
                return None
        start = random.randint(0, await self._db.number("SELECT max(id) FROM quotes"))
        select = self._visible if story else self._unmuted
        first, last = start, LAST_ID
        for _ in range(TRIES // MATCHES):
            ids = await self._matching(query, scopes, first, last, MATCHES)
            if last == LAST_ID and len(ids) < MATCHES:  # wrap around
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
        sql, values = self._db.search.matching(QUOTES, query, ["text"], limit, scopes, first, last)
        return await self._db.read(lambda reading: [row["id"] for row in reading.rows(sql, values)], is_long=True)

    async def any(self, story: StorySummary) -> bool:
        """Return whether a story has a quote in its first part, and its author allows sharing."""
        condition = _condition(ANY_QUOTE, first_part=True, shared=True)
        sql = f"{self._visible} WHERE q.story_id = :story{condition} LIMIT 1"
        return await self._db.row(sql, {"story": story.id}) is not None

    @lookup
    def find(self, reading: Reading, quote: int) -> QuoteInContext:
        """Return a quote by its id.

        Raises `StoryGone`, `StoryGated`, `ForbiddenByAuthor`, or `ReaderError` if the story no longer has the words.
        """
        row = reading.row(f"{self._visible} WHERE q.id = :quote AND q.is_there = 1", {"quote": quote})
        if row is not None:
            return quote_of(row)
        kept = reading.row("SELECT story_id FROM quotes WHERE id = :quote AND is_there = 1", {"quote": quote})
        if kept is None:
            raise ReaderError("passage-gone")
        if self._forbids_quotes(reading, kept["story_id"]):
            raise ForbiddenByAuthor("quote")
        raise why_not_visible(reading, kept["story_id"], self._audience)

    def _forbids_quotes(self, reading: Reading, story: int) -> bool:
        """Return whether a story is visible, but its author allows no quotes."""
        sql = f"SELECT 1 FROM {self._shown} s WHERE s.id = :story AND s.may_quote = 0"
        return reading.row(sql, {"story": story}) is not None

    @transaction
    def choose(self, writing: Writing, story: int, spot: Spot, text: str) -> int:
        """Store a quote that a reader selected, and return its id; equal words at the same place share one id.

        Raises `ReaderError` if the story has `CHOSEN_OF_STORY` selected quotes that nobody saved.
        """
        writing.take(shared("story", story), alone("quotes", story))
        values = {"story": story, "chapter": spot.chapter, "start": spot.offset, "text": text}
        kept = writing.row(
            "SELECT id FROM quotes WHERE chapter_id = :chapter AND start = :start AND text = :text", values
        )
        if kept is not None:
            return kept["id"]
        unsaved = writing.rows(
            "SELECT id FROM quotes WHERE story_id = :story AND number IS NULL AND saves = 0"
            " AND loved = 0 AND verdict = 0 LIMIT :most",
            {"story": story, "most": CHOSEN_OF_STORY},
        )
        if len(unsaved) >= CHOSEN_OF_STORY:
            raise ReaderError("too-many-chosen")
        [(quote,)] = writing.rows(
            "INSERT INTO quotes (story_id, chapter_id, start, text, scope)"
            " VALUES (:story, :chapter, :start, :text, '') RETURNING id",
            values,
        )
        return quote

    @transaction
    def take_out(self, writing: Writing, quote: int) -> None:
        """Take a quote out of the decks and the search for good; readers who saved it keep it."""
        writing.take(shared("story", quote, OF_QUOTE), alone("quotes", quote, OF_QUOTE))
        _give_verdict(writing, quote, -1, None)

    @transaction
    def put_back(self, writing: Writing, quote: int) -> None:
        """Deal a quote again that was taken out."""
        writing.take(shared("story", quote, OF_QUOTE), alone("quotes", quote, OF_QUOTE))
        if writing.row("SELECT 1 FROM quotes WHERE id = :quote AND verdict < 0", {"quote": quote}) is not None:
            _deal(writing, quote, 0)


@dataclass(frozen=True, slots=True)
class _Deck:
    """A stored deck, and its highest position."""

    scope: str
    story: int
    top: int
    cards: Sequence[Segment]

    @classmethod
    def read(cls, writing: Writing, scope: str, story: int, top: int) -> Self:
        row = writing.row(
            "SELECT deck FROM quote_decks WHERE scope = :scope AND story_id = :story", {"scope": scope, "story": story}
        )
        return cls(scope, story, top, read_deck(row["deck"]) if row else [])

    @classmethod
    def of_story(cls, writing: Writing, scope: str, story: int) -> Self:
        [(top,)] = writing.rows("SELECT quotes_numbered FROM stories WHERE id = :story", {"story": story})
        return cls.read(writing, scope, story, top)

    def write(self, writing: Writing, cards: Sequence[Segment]) -> None:
        writing.execute(
            "INSERT INTO quote_decks (scope, story_id, deck) VALUES (:scope, :story, :deck)"
            " ON CONFLICT (scope, story_id) DO UPDATE SET deck = excluded.deck",
            {"scope": self.scope, "story": self.story, "deck": write_deck(cards)},
        )


def _draw_visible(
    writing: Writing, deck: _Deck, found: Finder, *, once: bool = False, until: Callable[[], bool] = lambda: False
) -> QuoteInContext | None:
    """Draw positions until *found* returns the quote at one of them; store the deck and return the quote, or None.

    With *once*, an exhausted deck is not shuffled again. Drawing ends early if *until* returns true.
    """
    cards, top = deck.cards, deck.top
    left, looked_at = min(TRIES, 2 * max([top, *(card.high for card in cards)])) if top else 0, 2 if deck.story else 1
    while left > 0 and not until():
        drawn: dict[int, Sequence[Segment]] = {}
        while len(drawn) < min(looked_at, left) and not (once and not has_left(cards, top)):
            position, cards = draw_card(cards, top)
            if position in drawn:  # the deck was shuffled again
                left -= 1
            else:
                drawn[position] = cards
        at = found(list(drawn)) if drawn else {}
        if shown := [position for position in drawn if position in at]:
            chosen, cards_left = (
                _risen(writing, deck, drawn) if len(shown) == len(drawn) == 2 else (shown[0], drawn[shown[0]])
            )
            deck.write(writing, cards_left)
            return at[chosen]
        if once and not has_left(cards, top):
            deck.write(writing, cards)
            return None
        left, looked_at = left - len(drawn), min(AT_ONCE, 4 * looked_at)
    return None


def _risen(writing: Writing, deck: _Deck, drawn: Mapping[int, Sequence[Segment]]) -> tuple[int, Sequence[Segment]]:
    """Return the next quote of a story, or the one after it if more readers saved that; and the cards that are left.

    A quote that is passed over so stays in the deck as a segment of its own.
    """
    first, second = drawn
    saves = "SELECT saves FROM quotes WHERE story_id = :story AND number ="
    numbers = {"story": deck.story, "first": first, "second": second}
    if (
        not has_left(drawn[first], deck.top)  # the second is of another round
        or len(drawn[second]) >= MOST_SEGMENTS
        or writing.row(f"SELECT 1 WHERE ({saves} :second) > ({saves} :first)", numbers) is None
    ):
        return first, drawn[first]
    return second, [*drawn[second], Segment(0, first, first + 1)]


def _begin_round(writing: Writing, scope: str) -> None:
    """Begin a new round: delete the decks of stories without quotes left, so that these stories are drawn again."""
    sql = (
        "SELECT d.story_id, d.deck, s.quotes_numbered AS top FROM quote_decks d JOIN stories s ON s.id = d.story_id"
        " WHERE d.scope = :scope"
    )
    exhausted = [
        row["story_id"]
        for row in writing.rows(sql, {"scope": scope})
        if not has_left(read_deck(row["deck"]), row["top"])
    ]
    writing.many(
        "DELETE FROM quote_decks WHERE scope = :scope AND story_id = :story",
        ({"scope": scope, "story": story} for story in exhausted),
    )


def _condition(filter: QuoteFilter, first_part: bool, shared: bool) -> str:
    """Return the SQL condition on quotes *q* of stories *s* for the length in *filter*, *first_part* and *shared*."""
    condition = " AND q.number IS NOT NULL" + (" AND s.may_share = 1" if shared else "")
    if first_part:
        condition += f" AND (s.words <= {SHORT_WORDS} OR 100 * {_WORDS_BEFORE} <= {FIRST_PART} * s.words)"
    if filter.length is not None:
        condition += " AND length(q.text) BETWEEN {} AND {}".format(*LENGTH_BOUNDS[filter.length])
    return condition


def quote_of(row: Row) -> QuoteInContext:
    """Return the quote in the columns `COLUMNS` of *row*."""
    story, chapter = summary_of(row), chapter_of(row)
    before = row["quote_words_before"]  # None if a reader saved the quote and its chapter is gone
    is_first_part = story.words <= SHORT_WORDS or (before is not None and 100 * before <= FIRST_PART * story.words)
    return as_value(
        row,
        QuoteInContext,
        "quote_",
        story=story,
        chapter=chapter,
        spot=Spot(chapter.id, row["quote_start"]),
        percent=percent_behind(before or 0, story.words),
        is_first_part=is_first_part,
    )


ROUNDS = 4
MOST_SEGMENTS = 12
"""Maximum number of segments of a deck with positions left; new positions wait until a segment is used up."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The positions from *low* to *high* (exclusive) in an order given by *seed*; the first *drawn* were drawn."""

    seed: int
    low: int
    high: int
    drawn: int = 0

    @property
    def left(self) -> int:
        return self.high - self.low - self.drawn

    def draw(self) -> tuple[int, Self]:
        """Return the next position, and the segment without it."""
        position = self.low + _shuffled(self.drawn, self.high - self.low, self.seed)
        return position, type(self)(self.seed, self.low, self.high, self.drawn + 1)


def draw_card(segments: Sequence[Segment], top: int) -> tuple[int, list[Segment]]:
    """Draw one of the positions 1 to *top*; return the position and the segments of the remaining deck.

    *top* must be at least 1. An exhausted deck is shuffled again.
    """
    cards = list(segments)
    reached = max((segment.high for segment in cards), default=1)
    if reached <= top and sum(segment.left > 0 for segment in cards) < MOST_SEGMENTS:
        cards.append(_new(reached, top))
    live = [i for i, segment in enumerate(cards) if segment.left > 0]
    if not live:
        cards, live = [_new(1, top)], [0]
    [chosen] = live if len(live) == 1 else random.choices(live, weights=[cards[i].left for i in live])
    position, cards[chosen] = cards[chosen].draw()
    return position, _without_spent(cards)


def has_left(segments: Sequence[Segment], top: int) -> bool:
    """Return whether a deck with these *segments* has positions up to *top* that were not drawn since its shuffle."""
    reached = max((segment.high for segment in segments), default=1)
    return reached <= top or any(segment.left for segment in segments)


def _new(reached: int, top: int) -> Segment:
    return Segment(random.getrandbits(32), reached, top + 1)


def _without_spent(segments: list[Segment]) -> list[Segment]:
    """Return the segments with positions left, and the highest one, which marks how far the deck extends."""
    reached = max(segment.high for segment in segments)
    return [segment for segment in segments if segment.left > 0 or segment.high == reached]


def write_deck(segments: Sequence[Segment]) -> str:
    """Return a deck as text for the database."""
    return json.dumps([[s.seed, s.low, s.high, s.drawn] for s in segments], separators=(",", ":"))


def read_deck(text: str) -> list[Segment]:
    """Return the deck in a text written by `write_deck`."""
    return [Segment(*numbers) for numbers in json.loads(text)]


def _shuffled(index: int, size: int, seed: int) -> int:
    """Return the number at *index* in the pseudo-random order of the numbers below *size* that *seed* gives."""
    bits = max(1, ((size - 1).bit_length() + 1) // 2)
    while True:
        index = _feistel(index, bits, seed)
        if index < size:
            return index


def _feistel(value: int, bits: int, seed: int) -> int:
    half = (1 << bits) - 1
    left, right = value >> bits, value & half
    for turn in range(1, ROUNDS + 1):
        left, right = right, left ^ (_mixed((seed * ROUNDS + turn) * _GOLDEN + right) & half)
    return left << bits | right


_GOLDEN = 0x9E3779B97F4A7C15


def _mixed(number: int) -> int:
    """Return a 64-bit hash of *number*: the finalizer of SplitMix64.

    See Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
    """
    number &= _BITS
    number = (number ^ number >> 30) * 0xBF58476D1CE4E5B9 & _BITS
    number = (number ^ number >> 27) * 0x94D049BB133111EB & _BITS
    return number ^ number >> 31


_BITS = 2**64 - 1


def write_quotes(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> IndexChanges:
    """Update the stored quotes of a story from its *chapters* (by id, in order); return the changes of the index.

    A quote whose words are still among the quotes keeps its number, so that no deck draws it twice. A quote that
    readers saved, reacted to or selected stays stored even if it is no longer drawn, or no longer in the story.
    """
    of_story = {"story_id": story_id}
    rows = writing.rows(
        "SELECT id, text, number, scope, is_there, saves, loved, verdict, chapter_id, start"
        " FROM quotes WHERE story_id = :story_id",
        of_story,
    )
    [(last,)] = writing.rows("SELECT quotes_numbered FROM stories WHERE id = :story_id", of_story)
    numbers, scope = count(last + 1), scope_of(writing, story_id)
    changes = _changes(rows, chapters, scope, numbers)
    if changes == Changes():
        return index_changes(QUOTES, (), ())
    writing.many("DELETE FROM quotes WHERE id = :id", changes.gone)
    writing.many(
        "UPDATE quotes SET number = :number, scope = :scope, is_there = :is_there,"
        " chapter_id = :chapter_id, start = :start WHERE id = :id",
        changes.changed,
    )
    writing.many(_INSERT, ({**quote, **of_story} for quote in changes.added))
    writing.execute(_NUMBERED, {"last": next(numbers) - 1, **of_story})
    drawn_before = [row for row in rows if row["number"] is not None]
    drawn_after = writing.rows(
        "SELECT id, text, scope FROM quotes WHERE story_id = :story_id AND number IS NOT NULL", of_story
    )
    return index_changes(QUOTES, drawn_before, drawn_after)


_INSERT = (
    "INSERT INTO quotes (story_id, number, scope, chapter_id, start, text)"
    " VALUES (:story_id, :number, :scope, :chapter_id, :start, :text)"
)
_NUMBERED = "UPDATE stories SET quotes_numbered = :last WHERE id = :story_id"


def _give_verdict(writing: Writing, quote: int, verdict: int, number: int | None) -> None:
    """Store the *verdict* on a quote and its *number* in the deck, and change the index as it says."""
    sql = "SELECT id, text, scope, number, story_id FROM quotes WHERE id = :quote"
    if (row := writing.row(sql, {"quote": quote})) is None:
        return
    scope = scope_of(writing, row["story_id"])
    writing.execute(
        "UPDATE quotes SET verdict = :verdict, number = :number, scope = :scope WHERE id = :quote",
        {"quote": quote, "verdict": verdict, "number": number, "scope": scope},
    )
    before = [row] if row["number"] is not None else []
    after = [] if number is None else writing.rows(sql, {"quote": quote})
    write_indexes(writing, [index_changes(QUOTES, before, after)])


def _deal(writing: Writing, quote: int, verdict: int) -> None:
    """Give a quote that is not dealt a *verdict*, and the next number of its story, so that it is dealt."""
    [(number,)] = writing.rows(
        "UPDATE stories SET quotes_numbered = quotes_numbered + 1"
        " WHERE id = (SELECT story_id FROM quotes WHERE id = :quote) RETURNING quotes_numbered",
        {"quote": quote},
    )
    _give_verdict(writing, quote, verdict, number)


def deal_what_readers_keep(writing: Writing, quote: int) -> None:
    """Deal a quote that enough readers saved, none of them its story's author, unless somebody took it out."""
    sql = "SELECT story_id FROM quotes WHERE id = :quote AND number IS NULL AND verdict = 0 AND is_there = 1"
    if (row := writing.row(sql, {"quote": quote})) is None:
        return
    savings = writing.rows(
        "SELECT v.user_id, v.guild_id, v.saved_at FROM saved_quotes v WHERE v.quote_id = :quote AND NOT EXISTS"
        " (SELECT 1 FROM story_authors a WHERE a.story_id = :story AND a.user_id = v.user_id)",
        {"quote": quote, "story": row["story_id"]},
    )
    if readers_keep(Saving(each["user_id"], each["guild_id"], each["saved_at"]) for each in savings):
        _deal(writing, quote, 1)


def _changes(rows: Iterable[Row], chapters: Mapping[int, Chapter], scope: str, numbers: Iterator[int]) -> Changes:
    """Return the changes of the table ``quotes``; a quote that is new in the deck takes the next of *numbers*."""
    changes = Changes()
    rows = list(rows)
    taken_out = [row["text"] for row in rows if row["verdict"] < 0]
    quotes = {
        text: columns
        for text, columns in _rows_by_text(chapters, scope).items()
        if not any(out in text or text in out for out in taken_out)
    }
    for row in rows:
        is_drawn = row["number"] is not None
        if row["text"] in quotes:
            number = row["number"] if is_drawn else next(numbers)
            changes.change(row, {"number": number, "is_there": 1, **quotes.pop(row["text"])})
        elif is_drawn and not row["saves"] and not row["loved"]:
            changes.gone.append({"id": row["id"]})
        else:
            place = _place_of(chapters, row["text"], row["chapter_id"], row["start"])
            number = row["number"] if row["verdict"] > 0 and place["is_there"] else None
            changes.change(row, {"number": number, "scope": row["scope"], **place})
    changes.added.extend({"number": next(numbers), "text": text, **columns} for text, columns in quotes.items())
    return changes


def _rows_by_text(chapters: Mapping[int, Chapter], scope: str) -> dict[str, Named]:
    """Return the columns of each quote of *chapters*, by its words; equal words count once, at the first place."""
    quotes: dict[str, Named] = {}
    for chapter_id, chapter in chapters.items():
        for quote in chapter.quotes:
            columns: Named = {"chapter_id": chapter_id, "start": quote.start, "scope": scope}
            quotes.setdefault(quote.text, columns)
    return quotes


def new_quotes(story_id: int, chapters: Mapping[int, Chapter], scope: str) -> list[Named]:
    """Return rows for the quotes of a new story, numbered from 1."""
    quotes = _rows_by_text(chapters, scope).items()
    return [{"story_id": story_id, "number": n, "text": text, **columns} for n, (text, columns) in enumerate(quotes, 1)]


def add_quotes(writing: Writing, story_id: int, quotes: Sequence[Named]) -> None:
    """Insert some rows of `new_quotes`, in order, and index them."""
    added = [writing.rows(f"{_INSERT} RETURNING id, text, scope", quote)[0] for quote in quotes]
    writing.execute(_NUMBERED, {"last": quotes[-1]["number"], "story_id": story_id})
    write_indexes(writing, [index_changes(QUOTES, (), added)])


def _place_of(chapters: Mapping[int, Chapter], text: str, chapter: int, start: int) -> Named:
    """Return the columns for the place of *text*: in its *chapter*, else in another, else the old place if absent."""
    for candidate in [chapter, *chapters]:
        if candidate in chapters and (at := chapters[candidate].prose.find(text)) >= 0:
            return {"is_there": 1, "chapter_id": candidate, "start": at}
    return {"is_there": 0, "chapter_id": chapter, "start": start}
