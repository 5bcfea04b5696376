"""Quotes by chance: first a story, then one of its quotes. By their words they come by chance alone.

Both are drawn from shuffled decks, in rounds. Each story has its turn, and again, while it has quotes left; none comes
twice before all have come. So a novel is quoted as often as a one-shot. A story that is asked for has a deck of its
own; so have quotes of one length, and those of the first parts of stories.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self
from zlib import crc32

from bot.domain.audience import EVERYONE, Audience
from bot.domain.places import FIRST_PART, SHORT_WORDS
from bot.domain.quotes import ANY, LENGTH_BOUNDS, QuoteFilter
from bot.errors import NoQuotes, NothingStored, NotWished, ReaderError
from bot.store import deck
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Writing, lookup, named_list, transaction
from bot.store.engines import LAST_ID, Turn, alone, shared
from bot.store.fulltext import QUOTES
from bot.store.passages import scopes_for
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.visibility import muted_sql, visible_sql, visible_unmuted_sql, why_not_visible
from bot.stories.folding import facet_key
from bot.stories.lengths import percent_behind
from bot.stories.model import QuoteInContext, Spot, StorySummary
from bot.stories.query import Query, read_query

TRIES = 20_000
"""Positions looked at before the library counts as having no quote: most of a library may be hidden."""

AT_ONCE = 128
"""Positions that are looked at together where one after the other was hidden."""

MOST_THROUGH = 1_024
"""Stories without quotes left that are met before a new round begins, though some story may have quotes left.

So what is left of a few novels does not cost more the larger the library is, and does not come in one run.
"""

MATCHES = 512
"""Quotes with certain words from which one is chosen."""

CHOSEN_OF_STORY = 500
"""Quotes of a story that readers chose and nobody saved; they go after a day."""

MOST_STORIES = 200
"""Stories of one author that are drawn from."""

_ALL = 0  # in place of a story's id: the deck of the stories themselves
Finder = Callable[[Sequence[int]], dict[int, QuoteInContext]]
"""Returns what may be shown at positions of a deck."""

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


@dataclass(frozen=True, slots=True)
class _Decks:
    """Whose decks a quote is drawn from."""

    all: str
    own: str
    """Those of a reader who has muted anything: what they do not see is not taken from the others."""
    reader: int
    """0 where it does not matter what they have muted."""

    @property
    def turns(self) -> set[Turn]:
        """Of the decks; two of one number wait for each other, at worst."""
        names = {self.all, self.own} if self.reader else {self.all}
        return {alone("quotes", crc32(name.encode())) for name in names}

    def scope(self, reading: Reading) -> str:
        muted = self.reader and reading.row(
            "SELECT 1 FROM mutes WHERE user_id = :reader LIMIT 1", {"reader": self.reader}
        )
        return self.own if muted else self.all


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
        muting: int = 0,
    ) -> QuoteInContext:
        """Return the next quote for *scope* (a server, or a reader in direct messages), of *story* or of all.

        The reader *muting* has decks of their own if they muted anything. With *first_part* it is from where nothing is
        a spoiler; with *shared* it is of a story whose writer lets all see it. Raises `NotWished`, `NoQuotes`,
        `ReaderError`.
        """
        parts = ["first"] if first_part else []
        parts += [filter.length] if filter.length else []
        decks = _Decks(":".join([scope, *parts]), ":".join([f"user:{muting}", *parts]), muting)
        drawn = await self._drawn(decks, story, filter, _condition(filter, first_part, shared))
        if drawn is not None:
            return drawn
        if story is not None and await self._db.read(lambda reading: self._is_unwished(reading, story.id)):
            raise NotWished("quote")
        if filter.containing is not None or filter.length is not None or (filter.author is not None and story is None):
            raise ReaderError("no-quotes-like-that")
        raise NoQuotes(story.title if story else None, first_part=first_part)

    async def _drawn(
        self, decks: _Decks, story: StorySummary | None, filter: QuoteFilter, condition: str
    ) -> QuoteInContext | None:
        if filter.containing is not None:
            return await self._containing(filter.containing, filter.author, story, condition)
        if filter.author is not None and story is None:
            return await self._of_author(decks, filter.author, condition)
        return await self._next(decks, story, condition)

    async def _next(self, decks: _Decks, story: StorySummary | None, condition: str) -> QuoteInContext | None:
        """The next of a story, or of the one whose turn it is; any where no deck can be kept, None where none is."""
        try:
            return await self._deal(decks, story, condition)
        except NothingStored:
            return await self._any_of(story, condition)

    @lookup
    def _any_of(self, reading: Reading, story: StorySummary | None, condition: str) -> QuoteInContext | None:
        """The first of a story, or of all, that comes after a place by chance."""
        select, where = (self._named, "q.story_id = :story") if story else (self._by_chance, "q.id > :story")
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
        found = self._finder(writing, story.id, self._named, condition)
        return _dealt(writing, _Deck.of_story(writing, scope, story.id), found)

    def _of_all(self, writing: Writing, scope: str, condition: str) -> QuoteInContext | None:
        """The next of the story whose turn it is, of those that have quotes left in this round."""
        sql = (
            f"SELECT s.id FROM {self._listed} s WHERE s.may_quote = 1"
            f" AND EXISTS (SELECT 1 FROM quotes q WHERE q.story_id = s.id{condition}) AND s.id IN"
        )
        through = 0
        is_any: bool | None = None

        def found(positions: Sequence[int]) -> dict[int, QuoteInContext]:
            nonlocal through, is_any
            listed, values = named_list("story", positions)
            quoted = {row["id"] for row in writing.rows(f"{sql} {listed}", values)}
            if not quoted and len(positions) == AT_ONCE and is_any is None:
                is_any = self._is_any(writing, condition)
            for story in filter(quoted.__contains__, positions):
                its = _Deck.of_story(writing, scope, story)
                finder = self._finder(writing, story, self._named, condition)  # of a story that is listed
                if (quote := _dealt(writing, its, finder, once=True)) is not None:
                    return {story: quote}
                through += 1
                if through >= MOST_THROUGH:
                    break
            return {}

        [(top,)] = writing.rows("SELECT max(id) FROM stories")
        stories = _Deck.read(writing, scope, _ALL, top or 0)
        drawn = _dealt(writing, stories, found, until=lambda: through >= MOST_THROUGH or is_any is False)
        if drawn is None and through:
            _begin_round(writing, scope)
            through = 0
            drawn = _dealt(writing, stories, found)
        return drawn

    def _is_any(self, writing: Writing, condition: str) -> bool:
        """Whether any story may be quoted to this reader: asked in one go, since they may have muted every one."""
        return bool(
            writing.rows(
                f"SELECT 1 FROM {self._shown} s WHERE s.may_quote = 1"
                f" AND s.id NOT IN ({muted_sql(self._audience.reader)})"
                f" AND EXISTS (SELECT 1 FROM quotes q WHERE q.story_id = s.id{condition}) LIMIT 1"
            )
        )

    def _finder(self, writing: Writing, story: int, select: str, condition: str) -> Finder:
        """What finds the quotes of a story that may be shown, by their numbers."""

        def found(positions: Sequence[int]) -> dict[int, QuoteInContext]:
            listed, values = named_list("number", positions)
            sql = f"{select} WHERE q.story_id = :story AND q.number IN {listed}{condition}"
            return {row["quote_number"]: quote_of(row) for row in writing.rows(sql, {**values, "story": story})}

        return found

    async def _of_author(self, decks: _Decks, author: str, condition: str) -> QuoteInContext | None:
        """The next of any of their stories."""
        stories = await self._stories_by(author)
        for story in random.sample(stories, len(stories)):
            if (drawn := await self._next(decks, story, condition)) is not None:
                return drawn
        return None

    async def _stories_by(self, author: str) -> list[StorySummary]:
        """An author's stories that may have quotes."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM facets k {IN_ORDER} {self._listed} s ON s.id = k.story_id"
            " WHERE k.kind = 'author' AND k.key = :author AND s.may_quote = 1 AND s.quotes_numbered > 0 LIMIT :most",
            {"author": facet_key(author), "most": MOST_STORIES},
        )
        return [summary_of(row) for row in rows]

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
        sql, values = self._db.search.matching(QUOTES, query, ["text"], limit, scopes, first, last)
        return await self._db.read(lambda reading: [row["id"] for row in reading.rows(sql, values)], is_long=True)

    async def any(self, story: StorySummary) -> bool:
        """Return whether a story has a quote in its first part, which all may see."""
        condition = _condition(ANY, first_part=True, shared=True)
        sql = f"{self._named} WHERE q.story_id = :story{condition} LIMIT 1"
        return await self._db.row(sql, {"story": story.id}) is not None

    @lookup
    def find(self, reading: Reading, quote: int) -> QuoteInContext:
        """Return a quote by its id.

        Raises `StoryGone`, `StoryGated`, `NotWished`, or `ReaderError` where an edit took it out.
        """
        row = reading.row(f"{self._named} WHERE q.id = :quote AND q.is_there = 1", {"quote": quote})
        if row is not None:
            return quote_of(row)
        kept = reading.row("SELECT story_id FROM quotes WHERE id = :quote AND is_there = 1", {"quote": quote})
        if kept is None:
            raise ReaderError("passage-gone")
        if self._is_unwished(reading, kept["story_id"]):
            raise NotWished("quote")
        raise why_not_visible(reading, kept["story_id"], self._audience)

    def _is_unwished(self, reading: Reading, story: int) -> bool:
        """Whether a story may be shown and not quoted."""
        sql = f"SELECT 1 FROM {self._shown} s WHERE s.id = :story AND s.may_quote = 0"
        return reading.row(sql, {"story": story}) is not None

    @transaction
    def choose(self, writing: Writing, story: int, spot: Spot, text: str) -> int:
        """Return an id for words that a reader chose from a story; the same words at the same place have one.

        Raises `ReaderError` where too many wait that nobody saved.
        """
        writing.take(shared("story", story), alone("quotes", story))
        values = {"story": story, "chapter": spot.chapter, "start": spot.offset, "text": text}
        kept = writing.row(
            "SELECT id FROM quotes WHERE chapter_id = :chapter AND start = :start AND text = :text", values
        )
        if kept is not None:
            return kept["id"]
        unsaved = writing.rows(
            "SELECT id FROM quotes WHERE story_id = :story AND number IS NULL AND worth = 0 AND saves = 0"
            " AND loved = 0 LIMIT :most",
            {"story": story, "most": CHOSEN_OF_STORY},
        )
        if len(unsaved) >= CHOSEN_OF_STORY:
            raise ReaderError("too-many-chosen")
        [(quote,)] = writing.rows(
            "INSERT INTO quotes (story_id, chapter_id, start, text, worth, scope)"
            " VALUES (:story, :chapter, :start, :text, 0, '') RETURNING id",
            values,
        )
        return quote


@dataclass(frozen=True, slots=True)
class _Deck:
    """A deck as its row holds it, and the highest position that there is."""

    scope: str
    story: int
    top: int
    cards: Sequence[deck.Segment]

    @classmethod
    def read(cls, writing: Writing, scope: str, story: int, top: int) -> Self:
        row = writing.row(
            "SELECT deck FROM quote_decks WHERE scope = :scope AND story_id = :story", {"scope": scope, "story": story}
        )
        return cls(scope, story, top, deck.read(row["deck"]) if row else [])

    @classmethod
    def of_story(cls, writing: Writing, scope: str, story: int) -> Self:
        [(top,)] = writing.rows("SELECT quotes_numbered FROM stories WHERE id = :story", {"story": story})
        return cls.read(writing, scope, story, top)

    def write(self, writing: Writing, cards: Sequence[deck.Segment]) -> None:
        writing.execute(
            "INSERT INTO quote_decks (scope, story_id, deck) VALUES (:scope, :story, :deck)"
            " ON CONFLICT (scope, story_id) DO UPDATE SET deck = excluded.deck",
            {"scope": self.scope, "story": self.story, "deck": deck.write(cards)},
        )


def _dealt(
    writing: Writing, dealt: _Deck, found: Finder, *, once: bool = False, until: Callable[[], bool] = lambda: False
) -> QuoteInContext | None:
    """Return what is *found* at the next position where something is, and keep the deck; None if nothing is.

    With *once* the deck is not shuffled again. It is looked through no further when *until* says so.
    """
    cards, top = dealt.cards, dealt.top
    left, looked_at = min(TRIES, 2 * max([top, *(card.high for card in cards)])) if top else 0, 1
    while left > 0 and not until():
        drawn: dict[int, Sequence[deck.Segment]] = {}
        while len(drawn) < min(looked_at, left) and not (once and not deck.has_left(cards, top)):
            position, cards = deck.draw(cards, top)
            if position in drawn:  # the deck was shuffled again
                left -= 1
            else:
                drawn[position] = cards
        at = found(list(drawn)) if drawn else {}
        for position, cards_left in drawn.items():
            if position in at:
                dealt.write(writing, cards_left)
                return at[position]
        if once and not deck.has_left(cards, top):
            dealt.write(writing, cards)
            return None
        left, looked_at = left - len(drawn), min(AT_ONCE, 4 * looked_at)
    return None


def _begin_round(writing: Writing, scope: str) -> None:
    """Let the stories that have no quotes left be drawn from again."""
    sql = (
        "SELECT d.story_id, d.deck, s.quotes_numbered AS top FROM quote_decks d JOIN stories s ON s.id = d.story_id"
        " WHERE d.scope = :scope"
    )
    through = [
        row["story_id"]
        for row in writing.rows(sql, {"scope": scope})
        if not deck.has_left(deck.read(row["deck"]), row["top"])
    ]
    writing.many(
        "DELETE FROM quote_decks WHERE scope = :scope AND story_id = :story",
        ({"scope": scope, "story": story} for story in through),
    )


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
