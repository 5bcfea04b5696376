"""Finding stories and opening their pages. Only what may be shown is ever found."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from bot.errors import ChapterGone, OutOfRange, StoryAmbiguous, StoryGone, StoryNotFound
from bot.readers import EVERYONE, Audience
from bot.store.database import Database, Row, not_shown, shown_to
from bot.store.folding import fold, match_words
from bot.store.rows import CHAPTER, CHAPTER_WIDTH, ENTRY, ENTRY_WIDTH, chapter_of, entry_of
from bot.stories.model import Card, Contents, Entry, Open, Span, Spot, Whole, WholeChapter
from bot.stories.wishes import Wishes

LOOK_AT = 400
"""Matches that are ranked; among more than so many a reader types on."""


class Library:
    """The stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = shown_to(audience)

    async def count(self) -> int:
        row = await self._db.row(f"SELECT count(*) FROM {self._shown}")
        return int(row[0]) if row else 0

    async def list(self, limit: int, skip: int = 0) -> list[Entry]:
        """Stories in the order that ``stories.toml`` gives them, then by their titles."""
        rows = await self._db.rows(
            f"SELECT {ENTRY} FROM {self._shown} s ORDER BY s.place, s.title_key, s.id LIMIT ? OFFSET ?", (limit, skip)
        )
        return [entry_of(row) for row in rows]

    async def search(self, typed: str, limit: int) -> list[Entry]:
        """Stories by what was typed of their title or author, the best first.

        Best is a title that begins so, the exact one before all; then every word at the beginning of a word of the
        title; then of title or author.
        """
        words = match_words(typed)
        if words is None:
            return await self.list(limit)
        key = fold(typed)
        begin = await self._db.rows(
            f"SELECT {ENTRY} FROM {self._shown} s WHERE s.title_key >= ? AND s.title_key < ?"
            " ORDER BY s.title_key, s.id LIMIT ?",
            (key, key + "\U0010ffff", limit),
        )
        found = {row[0]: entry_of(row) for row in begin}
        for query in (f"title : ({words})", words):
            if len(found) < limit:
                rows = await self._db.rows(
                    f"SELECT {ENTRY} FROM (SELECT rowid FROM story_search WHERE story_search MATCH ? LIMIT ?) f"
                    f" JOIN {self._shown} s ON s.id = f.rowid ORDER BY s.title_key, s.id LIMIT ?",
                    (query, LOOK_AT, 2 * limit),
                )
                found |= {row[0]: entry_of(row) for row in rows if row[0] not in found}
        return list(found.values())[:limit]

    async def find(self, name: str) -> Entry:
        """The story that *name* names: an id as `named` writes it, a title, or the only one its words find.

        Raises `StoryNotFound` or `StoryAmbiguous`.
        """
        if name.startswith("#") and name[1:].isascii() and name[1:].isdigit() and len(name) < 20:
            return await self.entry(int(name[1:]))
        rows = await self._db.rows(f"SELECT {ENTRY} FROM {self._shown} s WHERE s.title_key = ? LIMIT 2", (fold(name),))
        found = [entry_of(row) for row in rows] or (await self.search(name, 2) if match_words(name) else [])
        if not found:
            raise StoryNotFound(name)
        if len(found) > 1:
            raise StoryAmbiguous(name)
        return found[0]

    async def entry(self, story: int) -> Entry:
        """A story by its id. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(f"SELECT {ENTRY} FROM {self._shown} s WHERE s.id = ?", (story,))
        if row is None:
            raise await not_shown(self._db, story, self._audience)
        return entry_of(row)

    async def card(self, story: int) -> Card:
        """What a story's card shows. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(
            f"SELECT {ENTRY}, s.summary, s.language, s.rating, s.status, s.metadata, s.notes_before, s.notes_after"
            f" FROM {self._shown} s WHERE s.id = ?",
            (story,),
        )
        if row is None:
            raise await not_shown(self._db, story, self._audience)
        entry = entry_of(row)
        summary, language, rating, status, metadata, before, after = row[ENTRY_WIDTH:]
        [start, end] = await self._spots(story, (1, entry.pages))
        assert start is not None and end is not None
        return Card(
            entry=entry,
            summary=summary,
            language=language,
            rating=rating,
            status=status,
            metadata=json.loads(metadata),
            notes_before=_notes(before),
            notes_after=_notes(after),
            start=start,
            end=end,
        )

    async def wishes(self, story: int) -> Wishes:
        """What the writer wants done with a story, but for where it shows. Raises `StoryGone` or `StoryGated`."""
        row = await self._db.row(
            f"SELECT may_quote, may_vote, may_download, may_share FROM {self._shown} s WHERE s.id = ?", (story,)
        )
        if row is None:
            raise await not_shown(self._db, story, self._audience)
        quote, vote, download, share = map(bool, row)
        return Wishes(quote, vote, download, share)

    async def whole(self, story: int) -> Whole:
        """All of a story. Raises `StoryGone` or `StoryGated`."""
        card = await self.card(story)
        rows = await self._db.rows(
            "SELECT c.number, c.title, c.notes_before, c.notes_after, p.start, p.text, p.spans"
            " FROM pages p JOIN chapters c ON c.id = p.chapter_id WHERE p.story_id = ? ORDER BY p.number",
            (story,),
        )
        chapters = [_whole_chapter(list(pages)) for _, pages in groupby(rows, key=itemgetter(0))]
        entry = card.entry
        notes = (card.notes_before, card.notes_after)
        return Whole(entry.id, entry.title, entry.author, card.summary, card.language, *notes, tuple(chapters))

    async def contents(self, story: int, around: int, limit: int) -> list[Contents]:
        """At most *limit* chapters of a story, those around chapter number *around*."""
        row = await self._db.row(f"SELECT chapters FROM {self._shown} WHERE id = ?", (story,))
        last = int(row[0]) if row else 0
        first = max(1, min(around - limit // 2, last - limit + 1))
        rows = await self._db.rows(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = ? AND c.number BETWEEN ? AND ? ORDER BY c.number",
            (story, first, first + limit - 1),
        )
        return [chapter_of(row) for row in rows]

    async def chapter(self, story: Entry, number: int) -> Contents:
        """A chapter by its number. Raises `OutOfRange`."""
        row = await self._db.row(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = ? AND c.number = ?", (story.id, number)
        )
        if row is None:
            raise OutOfRange("chapter", f"“{story.title}”", story.chapters)
        return chapter_of(row)

    async def spot(self, chapter: Contents, page: int) -> Spot:
        """Where page number *page* of a chapter begins. Raises `OutOfRange`."""
        row = (
            await self._db.row(
                "SELECT start FROM pages WHERE chapter_id = ? ORDER BY start LIMIT 1 OFFSET ?",
                (chapter.id, page - 1),
            )
            if 1 <= page <= chapter.pages
            else None
        )
        if row is None:
            whose = f"Chapter {chapter.number}" if chapter.number > 1 or chapter.title else "It"
            raise OutOfRange("page", whose, chapter.pages)
        return Spot(chapter.id, int(row[0]))

    async def open(self, spot: Spot) -> Open:
        """The page that now holds *spot*. Raises `StoryGone`, `StoryGated` or `ChapterGone`."""
        row = await self._db.row(
            f"SELECT {ENTRY}, {CHAPTER}, p.number, p.in_chapter, p.start, p.text, p.spans, p.words_before, p.words,"
            " s.notes_before, s.notes_after, c.notes_before, c.notes_after"
            f" FROM pages p JOIN chapters c ON c.id = p.chapter_id JOIN {self._shown} s ON s.id = p.story_id"
            " WHERE p.chapter_id = ? AND p.start <= ? ORDER BY p.start DESC LIMIT 1",
            (spot.chapter, spot.offset),
        )
        if row is None:
            await self._explain_missing(spot.chapter)
        assert row is not None
        story, chapter = entry_of(row), chapter_of(row, ENTRY_WIDTH)
        number, in_chapter, start, text, spans, words_before, words, *notes = row[ENTRY_WIDTH + CHAPTER_WIDTH :]
        story_before, story_after, before, after = map(_notes, notes)
        first, previous, following, last = await self._spots(story.id, (1, number - 1, number + 1, story.pages))
        assert first is not None and last is not None
        opens_chapter, closes_chapter = in_chapter == 1, in_chapter == chapter.pages
        return Open(
            story=story,
            chapter=chapter,
            text=text,
            spot=Spot(chapter.id, start),
            number=in_chapter,
            words_before=words_before,
            words=words,
            spans=tuple(Span(*span) for span in json.loads(spans)),
            notes_before=((story_before if previous is None else ()) + before) if opens_chapter else (),
            notes_after=(after + (story_after if following is None else ())) if closes_chapter else (),
            first=first,
            previous=previous,
            following=following,
            last=last,
        )

    async def _explain_missing(self, chapter: int) -> None:
        row = await self._db.row("SELECT story_id FROM chapters WHERE id = ?", (chapter,))
        if row is None:
            raise StoryGone
        raise ChapterGone((await self.entry(row[0])).title)

    async def _spots(self, story: int, numbers: Sequence[int]) -> list[Spot | None]:
        """Where the pages with these numbers within the story begin; None for a number it does not have."""
        marks = ", ".join("?" * len(numbers))
        rows = await self._db.rows(
            f"SELECT number, chapter_id, start FROM pages WHERE story_id = ? AND number IN ({marks})",
            (story, *numbers),
        )
        found = {int(number): Spot(chapter, start) for number, chapter, start in rows}
        return [found.get(number) for number in numbers]


def _whole_chapter(pages: Sequence[Row]) -> WholeChapter:
    _, title, before, after, *_ = pages[0]
    spans = [Span(page[4] + start, page[4] + end, kind) for page in pages for start, end, kind in json.loads(page[6])]
    return WholeChapter(title, "".join(page[5] for page in pages), tuple(spans), _notes(before), _notes(after))


def named(story: Entry) -> str:
    """How an autocomplete choice names a story, so that two of the same title stay apart."""
    return f"#{story.id}"


def _notes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
