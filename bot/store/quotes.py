"""Quotes, dealt from a shuffled deck: none twice before all have come."""

from __future__ import annotations

from collections.abc import Sequence

from bot.errors import NoQuotes, PassageGone
from bot.readers import EVERYONE, FIRST_PART, SHORT_WORDS, Audience
from bot.store import deck
from bot.store.database import Database, Row, listed_to, not_shown, shown_to
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, ENTRY, ENTRY_WIDTH, chapter_of, entry_of
from bot.stories.model import Drawn, Entry, Spot

TRIES = 20_000
"""Positions looked at before the library counts as having no quote: most of a library may be hidden."""

AT_ONCE = 512
"""Positions that are looked at together where one after the other was hidden."""

NUMBER = -1
"""The column with a quote's number within its story."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.chapter_id = q.chapter_id AND g.length = 0 AND g.start <= q.start"
    " ORDER BY g.start DESC LIMIT 1)"
)
_COLUMNS = (
    f"SELECT {ENTRY}, {CHAPTER}, q.id, q.start, q.text, 100 * {_WORDS_BEFORE} / max(1, s.words), q.number"
    " FROM quotes q JOIN chapters c ON c.id = q.chapter_id JOIN"
)


class Quotes:
    """The quotes of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._named = f"{_COLUMNS} {shown_to(audience)} s ON s.id = q.story_id AND s.may_quote = 1"
        self._drawn = f"{_COLUMNS} {listed_to(audience)} s ON s.id = q.story_id AND s.may_quote = 1"

    async def draw(self, scope: str, story: Entry | None = None, *, first_part: bool = False) -> Drawn:
        """The next quote for *scope* (a server, or a reader in direct messages), of one story or of all.

        From the *first part* of a story only, they are dealt from a deck of their own. Raises `NoQuotes`.
        """
        scope = f"{scope}:first" if first_part else scope
        only = (
            f" AND (s.words <= {SHORT_WORDS} OR 100 * {_WORDS_BEFORE} <= {FIRST_PART} * s.words)" if first_part else ""
        )
        story_id = story.id if story else 0
        async with self._db.transaction() as db:
            top = await self._top(story)
            row = await self._db.row("SELECT deck FROM draws WHERE scope = ? AND story_id = ?", (scope, story_id))
            cards = deck.read(row[0]) if row else []
            left = min(TRIES, 2 * max([top, *(card.high for card in cards)])) if top else 0
            quote, looked_at = None, 1
            while quote is None:
                if not left:
                    raise NoQuotes(story.title if story else None, first_part=first_part)
                looked_at = min(looked_at, left)
                quote, cards = await self._next(looked_at, cards, top, story, only)
                left, looked_at = left - looked_at, min(AT_ONCE, 8 * looked_at)
            await db.execute(
                "INSERT INTO draws (scope, story_id, deck) VALUES (?, ?, ?)"
                " ON CONFLICT (scope, story_id) DO UPDATE SET deck = excluded.deck",
                (scope, story_id, deck.write(cards)),
            )
        return quote

    async def find(self, quote: int) -> Drawn:
        """A quote by its id. Raises `StoryGone`, `StoryGated`, or `PassageGone` where an edit took it out."""
        row = await self._db.row(f"{self._named} WHERE q.id = ?", (quote,))
        if row is None:
            hidden = await self._db.row("SELECT story_id FROM quotes WHERE id = ?", (quote,))
            raise await not_shown(self._db, hidden[0], self._audience) if hidden else PassageGone()
        return _drawn(row)

    async def _top(self, story: Entry | None) -> int:
        """The highest position there is."""
        if story is None:
            row = await self._db.row("SELECT max(id) FROM quotes")
        else:
            row = await self._db.row("SELECT quotes_numbered FROM stories WHERE id = ?", (story.id,))
        return int(row[0] or 0) if row else 0

    async def _next(
        self, count: int, cards: Sequence[deck.Segment], top: int, story: Entry | None, only: str
    ) -> tuple[Drawn | None, Sequence[deck.Segment]]:
        """The first of the next *count* positions that holds a quote which may be shown, and the deck that is left."""
        drawn: list[tuple[int, Sequence[deck.Segment]]] = []
        for _ in range(count):
            position, cards = deck.draw(cards, top)
            drawn.append((position, cards))
        found = await self._at([position for position, _ in drawn], story, only)
        return next(((found[position], left) for position, left in drawn if position in found), (None, cards))

    async def _at(self, positions: Sequence[int], story: Entry | None, only: str) -> dict[int, Drawn]:
        marks = ", ".join("?" * len(positions))
        if story is None:
            rows = await self._db.rows(f"{self._drawn} WHERE q.id IN ({marks}){only}", positions)
            return {quote.id: quote for quote in map(_drawn, rows)}
        rows = await self._db.rows(
            f"{self._named} WHERE q.story_id = ? AND q.number IN ({marks}){only}", (story.id, *positions)
        )
        return {row[NUMBER]: _drawn(row) for row in rows}


def _drawn(row: Row) -> Drawn:
    story, chapter = entry_of(row), chapter_of(row, ENTRY_WIDTH)
    quote, start, text, percent, _ = row[ENTRY_WIDTH + CHAPTER_WIDTH :]
    return Drawn(quote, story, chapter, Spot(chapter.id, start), text, int(percent or 0))
