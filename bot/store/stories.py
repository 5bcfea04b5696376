"""Finding stories and opening their pages. Only what may be shown is ever found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from bot.domain.audience import EVERYONE, Audience
from bot.errors import ReaderError
from bot.store.database import Database, Row, visible_sql, visible_unmuted_sql, why_not_visible
from bot.store.rows import CHAPTER, SUMMARY, SUMMARY_WIDTH, chapter_of, notes_of, summary_of
from bot.stories.folding import fold, match_words
from bot.stories.model import ChapterSummary, FullChapter, FullStory, Span, StoryCard, StorySummary
from bot.stories.wishes import Wishes

LOOK_AT = 400
"""Matches that are ranked; among more than so many a reader types on."""


class Stories:
    """The stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    async def count(self) -> int:
        row = await self._db.row(f"SELECT count(*) FROM {self._shown}")
        return int(row[0]) if row else 0

    async def list(self, limit: int, skip: int = 0) -> list[StorySummary]:
        """Stories in the order that ``stories.toml`` gives them, then by their titles."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM {self._listed} s ORDER BY s.place, s.title_key, s.id LIMIT ? OFFSET ?",
            (limit, skip),
        )
        return [summary_of(row) for row in rows]

    async def search(self, typed: str, limit: int) -> list[StorySummary]:
        """Stories by what was typed of their title or author, the best first.

        Best is a title that begins so, the exact one before all; then every word at the beginning of a word of the
        title; then of title or author.
        """
        words = match_words(typed)
        if words is None:
            return await self.list(limit)
        key = fold(typed)
        begin = await self._db.rows(
            f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.title_key >= ? AND s.title_key < ?"
            " ORDER BY s.title_key, s.id LIMIT ?",
            (key, key + "\U0010ffff", limit),
        )
        found = {row[0]: summary_of(row) for row in begin}
        for query in (f"title : ({words})", words):
            if len(found) < limit:
                rows = await self._db.rows(
                    f"SELECT {SUMMARY} FROM (SELECT rowid FROM story_search WHERE story_search MATCH ? LIMIT ?) f"
                    f" JOIN {self._shown} s ON s.id = f.rowid ORDER BY s.title_key, s.id LIMIT ?",
                    (query, LOOK_AT, 2 * limit),
                )
                found |= {row[0]: summary_of(row) for row in rows if row[0] not in found}
        return list(found.values())[:limit]

    async def find(self, name: str) -> StorySummary:
        """The story that *name* names: an id as `named` writes it, a title, or the only one its words find.

        Raises `ReaderError`.
        """
        if name.startswith("#") and name[1:].isascii() and name[1:].isdigit() and len(name) < 20:
            return await self.entry(int(name[1:]))
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.title_key = ? LIMIT 2", (fold(name),)
        )
        found = [summary_of(row) for row in rows] or (await self.search(name, 2) if match_words(name) else [])
        if not found:
            raise ReaderError("story-not-found", title=name[:100])
        if len(found) > 1:
            raise ReaderError("story-ambiguous", title=name[:100])
        return found[0]

    async def entry(self, story: int) -> StorySummary:
        """A story by its id. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.id = ?", (story,))
        if row is None:
            raise await why_not_visible(self._db, story, self._audience)
        return summary_of(row)

    async def card(self, story: int) -> StoryCard:
        """What a story's card shows. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(
            f"SELECT {SUMMARY}, s.summary, s.language, s.rating, s.status, s.metadata, s.notes_before, s.notes_after"
            f" FROM {self._shown} s WHERE s.id = ?",
            (story,),
        )
        if row is None:
            raise await why_not_visible(self._db, story, self._audience)
        entry = summary_of(row)
        summary, language, rating, status, metadata, before, after = row[SUMMARY_WIDTH:]
        return StoryCard(
            entry=entry,
            summary=summary,
            language=language,
            rating=rating,
            status=status,
            metadata=json.loads(metadata),
            notes_before=notes_of(before),
            notes_after=notes_of(after),
        )

    async def wishes(self, story: int) -> Wishes:
        """What the writer wants done with a story, but for where it shows. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(
            f"SELECT may_quote, may_vote, may_review, may_download, may_share FROM {self._shown} s WHERE s.id = ?",
            (story,),
        )
        if row is None:
            raise await why_not_visible(self._db, story, self._audience)
        quote, vote, review, download, share = map(bool, row)
        return Wishes(quote, vote, review, download, share)

    async def whole(self, story: int) -> FullStory:
        """All of a story. Raises `StoryGone` or `StoryGated`."""
        card = await self.card(story)
        rows = await self._db.rows(
            "SELECT c.number, c.title, c.notes_before, c.notes_after, p.start, p.text, p.spans"
            " FROM chapters c JOIN prose_slices p ON p.chapter_id = c.id"
            " WHERE c.story_id = ? AND c.number IS NOT NULL ORDER BY c.number, p.start",
            (story,),
        )
        chapters = [_whole_chapter(list(pages)) for _, pages in groupby(rows, key=itemgetter(0))]
        entry = card.entry
        notes = (card.notes_before, card.notes_after)
        return FullStory(entry.id, entry.title, entry.author, card.summary, card.language, *notes, tuple(chapters))

    async def contents(self, story: int, around: int, limit: int, reader: int = 0) -> list[ChapterSummary]:
        """At most *limit* chapters of a story, those around chapter number *around*, and which *reader* has read."""
        first = "max(1, min(:around - :limit / 2, s.chapters - :limit + 1))"
        rows = await self._db.rows(
            f"SELECT {CHAPTER}, coalesce((SELECT list = 'finished' FROM reading_lists WHERE user_id = :reader"
            "  AND story_id = s.id), 0) OR c.number < coalesce((SELECT f.number FROM places p JOIN chapters f"
            "  ON f.id = p.furthest_chapter_id WHERE p.user_id = :reader AND p.story_id = s.id), 0)"
            f" FROM {self._shown} s JOIN chapters c ON c.story_id = s.id"
            f" AND c.number BETWEEN {first} AND {first} + :limit - 1 WHERE s.id = :story ORDER BY c.number",
            {"story": story, "around": around, "limit": limit, "reader": reader},
        )
        return [replace(chapter_of(row), is_read=bool(row[-1])) for row in rows]

    async def chapter(self, story: StorySummary, number: int) -> ChapterSummary:
        """A chapter by its number. Raises `ReaderError`."""
        row = await self._db.row(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = ? AND c.number = ?", (story.id, number)
        )
        if row is None:
            raise ReaderError("no-such-chapter", title=story.title, last=story.chapters)
        return chapter_of(row)


def _whole_chapter(pages: Sequence[Row]) -> FullChapter:
    _, title, before, after, *_ = pages[0]
    spans = [Span(page[4] + start, page[4] + end, kind) for page in pages for start, end, kind in json.loads(page[6])]
    return FullChapter(title, "".join(page[5] for page in pages), tuple(spans), notes_of(before), notes_of(after))


def named(story: StorySummary) -> str:
    """How an autocomplete choice names a story, so that two of the same title stay apart."""
    return f"#{story.id}"
