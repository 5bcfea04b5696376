"""Finding passages by their words: ranked, bounded, and only of what may be shown.

All that is looked for must stand in one passage.
"""

import json
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.errors import ReaderError
from bot.store.database import Database, Family, Reading, Row, named_list
from bot.store.fulltext import PASSAGES
from bot.store.passages import scopes_for
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.store.saved_queries import SavedQueries
from bot.store.visibility import visible_sql
from bot.stories.excerpts import Hit, Hits, excerpt_of, spread
from bot.stories.lengths import percent_behind
from bot.stories.model import Spot
from bot.stories.query import Query

LOOK_AT = 10_000
"""Passages that are ranked. Of a word that more have, the best among the first so many are as good as any."""

MOST_HITS = 400
"""Passages of a result: forty pages of ten. Who has not found it by then adds a word."""

MOST_OF_A_STORY = 3
"""Passages of one story on a page, while others wait."""


class Search(Family):
    """The prose of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._saved = SavedQueries(db)
        self._shown = visible_sql(audience)

    async def find(self, query: Query, story: int | None, page: int, size: int) -> Hits:
        """Return page number *page*, from 0, of the passages that hold all of *query*; past the end it is the last."""
        return await self._db.read(lambda reading: self._page(reading, query, story, page, size), is_long=True)

    def _page(self, reading: Reading, query: Query, story: int | None, page: int, size: int) -> Hits:
        found = self._ranked(reading, query, story) if query else []
        if not found:
            return Hits((), page=0, pages=1, total=0, is_all=True)
        stories = [row["story_id"] for row in found]
        order = spread(stories, size, MOST_OF_A_STORY if story is None else size)
        pages = -(-len(found) // size)
        page = max(0, min(page, pages - 1))
        passages = [found[i]["passage_id"] for i in order[page * size : (page + 1) * size]]
        return Hits(self._hits(reading, passages, query), page, pages, len(found), is_all=len(found) < MOST_HITS)

    def _ranked(self, reading: Reading, query: Query, story: int | None) -> list[Row]:
        """The passages with all terms, the best first, each with its story."""
        matching, values = self._db.search.ranked(PASSAGES, query, LOOK_AT, scopes_for(self._audience, story))
        return reading.rows(
            f"SELECT p.id AS passage_id, p.story_id AS story_id FROM ({matching}) f"
            f" JOIN passages p ON p.id = f.id JOIN {self._shown} s ON s.id = p.story_id"
            " ORDER BY f.score, p.id LIMIT :most",
            {**values, "most": MOST_HITS},
        )

    def _hits(self, reading: Reading, passages: Sequence[int], query: Query) -> tuple[Hit, ...]:
        """What is shown of *passages*, in their order."""
        listed, values = named_list("passage", passages)
        rows = reading.rows(
            f"SELECT {SUMMARY}, {CHAPTER}, p.id AS passage_id, p.start AS passage_start,"
            " p.words_before AS words_before, p.text AS passage_text"
            f" FROM passages p JOIN chapters c ON c.id = p.chapter_id JOIN {self._shown} s ON s.id = p.story_id"
            f" WHERE p.id IN {listed}",
            values,
        )
        found = {row["passage_id"]: _hit(row, query) for row in rows}
        return tuple(found[passage] for passage in passages if passage in found)

    async def save(self, reader: int, typed: str, story: int | None) -> int:
        """Save what *reader* typed, for the buttons below its pages; return its id."""
        return await self._saved.keep(reader, "passages", json.dumps([typed, story]))

    async def saved(self, query_id: int, reader: int) -> tuple[str, int | None]:
        """Return what *reader* typed, and the story that they searched, if only one. Raises `ReaderError`."""
        text = await self._saved.find("passages", query_id, reader)
        if text is None:
            raise ReaderError("search-gone")
        typed, story = json.loads(text)
        return typed, story


def _hit(row: Row, query: Query) -> Hit:
    story, chapter = summary_of(row), chapter_of(row)
    excerpt = excerpt_of(row["passage_text"], query)
    percent = percent_behind(row["words_before"], story.words)
    return Hit(story, chapter, Spot(chapter.id, row["passage_start"] + excerpt.offset), percent, excerpt)
