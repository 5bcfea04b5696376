"""Finding passages by their words: ranked, bounded, and only of what may be shown."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql
from bot.store.passages import in_scope
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, SUMMARY, SUMMARY_WIDTH, chapter_of, summary_of
from bot.store.saved_queries import SavedQueries
from bot.stories.excerpts import Hit, Hits, excerpt_of, spread
from bot.stories.model import Spot
from bot.stories.query import Query

LOOK_AT = 10_000
"""Passages that are ranked. Of a word that more have, the best among the first so many are as good as any."""

MOST_HITS = 400
"""Passages of a result: forty pages of ten. Who has not found it by then adds a word."""

MOST_OF_A_STORY = 3
"""Passages of one story on a page, while others wait."""


class Search:
    """The prose of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._asked = SavedQueries(db)
        self._shown = visible_sql(audience)

    async def find(self, query: Query, story: int | None, page: int, size: int) -> Hits:
        """Page number *page*, from 0, of the passages that hold all terms of *query*; past the end it is the last."""
        found = await self._ranked(query, story) if query else []
        if not found:
            return Hits((), page=0, pages=1, total=0, is_all=True)
        order = spread([of for _, of in found], size, MOST_OF_A_STORY if story is None else size)
        pages = -(-len(found) // size)
        page = max(0, min(page, pages - 1))
        ids = [found[i][0] for i in order[page * size : (page + 1) * size]]
        return Hits(await self._hits(ids, query), page, pages, len(found), is_all=len(found) < MOST_HITS)

    async def _ranked(self, query: Query, story: int | None) -> list[tuple[int, int]]:
        """The passages with all terms, the best first, each with its story."""
        rows = await self._db.rows(
            "SELECT p.id, p.story_id FROM (SELECT rowid AS id, bm25(passage_search, 1.0, 0.0) AS score"
            " FROM passage_search WHERE passage_search MATCH ? LIMIT ?) f"
            f" JOIN passages p ON p.id = f.id JOIN {self._shown} s ON s.id = p.story_id"
            " ORDER BY f.score, p.id LIMIT ?",
            (f"text : ({expression(query)}) AND {in_scope(self._audience, story)}", LOOK_AT, MOST_HITS),
        )
        return [(int(passage), int(of)) for passage, of in rows]

    async def _hits(self, passages: Sequence[int], query: Query) -> tuple[Hit, ...]:
        """What is shown of *passages*, in their order."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, {CHAPTER}, p.id, p.start, p.words_before, p.text FROM passages p"
            f" JOIN chapters c ON c.id = p.chapter_id JOIN {self._shown} s ON s.id = p.story_id"
            f" WHERE p.id IN ({', '.join('?' * len(passages))})",
            passages,
        )
        found = {int(row[SUMMARY_WIDTH + CHAPTER_WIDTH]): row for row in rows}
        return tuple(_hit(found[passage], query) for passage in passages if passage in found)

    async def keep(self, reader: int, typed: str, story: int | None) -> int:
        """Keep what a reader looks for, for the buttons of its pages; return its number."""
        return await self._asked.keep(reader, "passages", json.dumps([typed, story]))

    async def kept(self, search: int, reader: int) -> tuple[str, int | None]:
        """What *reader* typed, and the story that they asked for, if one. Raises `ReaderError`."""
        text = await self._asked.find("passages", search, reader)
        if text is None:
            raise ReaderError("search-gone")
        typed, story = json.loads(text)
        return typed, story


def expression(query: Query) -> str:
    """*query* in FTS5's syntax. Its words are letters and digits only, each term in quotation marks."""
    return " AND ".join(f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}' for term in query)


def _hit(row: Row, query: Query) -> Hit:
    story, chapter = summary_of(row), chapter_of(row, SUMMARY_WIDTH)
    _, start, words_before, text = row[SUMMARY_WIDTH + CHAPTER_WIDTH :]
    excerpt = excerpt_of(text, query)
    percent = min(99, 100 * words_before // max(1, story.words))
    return Hit(story, chapter, Spot(chapter.id, start + excerpt.offset), percent, excerpt)
