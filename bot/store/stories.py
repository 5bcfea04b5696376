"""Stories that the audience may see: search by name, cards, contents and full texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from bot.domain.misspelt import meant
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ReaderError, SeveralStories, StoryNotFound
from bot.store.database import Database, Family, Reading, Row, lookup
from bot.store.passages import STORIES
from bot.store.rows import CHAPTER, NAME, OPENING, SUMMARY, as_value, chapter_of, name_of, notes_of, summary_of
from bot.store.visibility import visible_sql, visible_unmuted_sql, why_not_visible
from bot.stories.folding import fold
from bot.stories.model import ChapterSummary, FullChapter, FullStory, Span, StoryCard, StorySummary
from bot.stories.openings import first_sentence
from bot.stories.query import read_name_query

LOOK_AT = 400
"""Maximum number of matching stories to sort; if more match, a reader types another word."""


OFFERED = 25
"""Maximum number of stories to offer for one name: as many as a select has room for."""


NEAR_LOOKED_AT = 20_000
"""Maximum number of stories to compare a misspelt name with: 10 milliseconds."""

NEAR_OFFERED = 3
"""Maximum number of stories to offer for a misspelt name."""


class Stories(Family):
    """Visible stories."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    async def count(self) -> int:
        [row] = await self._db.rows(f"SELECT count(*) AS stories FROM {self._shown} s")
        return row["stories"]

    @lookup
    def search(self, reading: Reading, typed: str, limit: int) -> list[StorySummary]:
        """Return stories whose title or author matches *typed*, best first.

        Titles that begin with *typed* come first, an exact title before all. Then come stories of which every typed
        word begins a word of the title, then those of which it begins a word of the title or the author. If *typed* has
        no words, return the first stories in the order of ``stories.toml``, then by title.
        """
        query = read_name_query(typed)
        if not query:
            rows = reading.rows(
                f"SELECT {SUMMARY} FROM {self._listed} s ORDER BY s.place, s.title_key, s.id LIMIT :limit",
                {"limit": limit},
            )
            return [summary_of(row) for row in rows]
        key = fold(typed)
        rows = reading.rows(
            f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.title_key >= :key AND s.title_key < :beyond"
            " ORDER BY s.title_key, s.id LIMIT :limit",
            {"key": key, "beyond": key + "\U0010ffff", "limit": limit},
        )
        found = {row["story_id"]: summary_of(row) for row in rows}
        for parts in (["title"], ["title", "author"]):
            if len(found) < limit:
                matching, values = self._db.search.matching(STORIES, query, parts, LOOK_AT)
                rows = reading.rows(
                    f"SELECT {SUMMARY} FROM ({matching}) f JOIN {self._shown} s ON s.id = f.id"
                    " ORDER BY s.title_key, s.id LIMIT :limit",
                    {**values, "limit": 2 * limit},
                )
                for row in rows:
                    found.setdefault(row["story_id"], summary_of(row))
        return list(found.values())[:limit]

    @lookup
    def find(self, reading: Reading, name: str) -> StorySummary:
        """Return the story called *name*: a value of `named`, an exact title, or words that match a single story.

        Raises `ReaderError` if no story matches, and `SeveralStories` if several do.
        """
        if (story := story_id(name)) is not None:
            return self.entry.within(reading, story)
        rows = reading.rows(
            f"SELECT {SUMMARY} FROM {self._shown} s WHERE s.title_key = :key LIMIT {OFFERED}", {"key": fold(name)}
        )
        found = [summary_of(row) for row in rows] or (
            self.search.within(reading, name, OFFERED) if read_name_query(name) else []
        )
        if not found:
            raise StoryNotFound(name[:100], self._near(reading, name))
        if len(found) > 1:
            raise SeveralStories(name[:100], [(each.id, _label(each)) for each in found])
        return found[0]

    def _near(self, reading: Reading, name: str) -> list[tuple[int, str]]:
        """Return the ids and titles of stories whose title or author may be meant by a misspelt *name*."""
        rows = reading.rows(
            f"SELECT s.id AS id, s.title_key AS title, s.author AS author FROM {self._shown} s LIMIT :limit",
            {"limit": NEAR_LOOKED_AT},
        )
        typed = fold(name[:100])
        found = meant(typed, {row["id"]: row["title"] for row in rows}, NEAR_OFFERED)
        found += meant(typed, {row["id"]: fold(row["author"]) for row in rows if row["author"]}, NEAR_OFFERED)
        near = [self.entry.within(reading, story) for story in list(dict.fromkeys(found))[:NEAR_OFFERED]]
        return [(each.id, _label(each)) for each in near]

    @lookup
    def entry(self, reading: Reading, story: int) -> StorySummary:
        """Return the summary of a story by its id. Raises `StoryGone` or `StoryGated`."""
        return summary_of(self._row(reading, SUMMARY, story))

    @lookup
    def card(self, reading: Reading, story: int) -> StoryCard:
        """Return the contents of a story's card. Raises `StoryGone` or `StoryGated`."""
        row = self._row(
            reading,
            f"{SUMMARY}, {OPENING} AS opening, s.summary AS summary, s.language AS language, s.rating AS rating,"
            " s.status AS status, s.metadata AS metadata, s.notes_before AS notes_before, s.notes_after AS notes_after",
            story,
        )
        return as_value(
            row,
            StoryCard,
            entry=summary_of(row),
            metadata=json.loads(row["metadata"]),
            notes_before=notes_of(row["notes_before"]),
            notes_after=notes_of(row["notes_after"]),
            opening=first_sentence(row["opening"] or ""),
        )

    def _row(self, reading: Reading, columns: str, story: int) -> Row:
        """Return *columns* (SQL, of the story *s*) of a story. Raises `StoryGone` or `StoryGated`."""
        row = reading.row(f"SELECT {columns} FROM {self._shown} s WHERE s.id = :story", {"story": story})
        if row is None:
            raise why_not_visible(reading, story, self._audience)
        return row

    async def whole(self, story: int) -> FullStory:
        """Return the full text of a story. Raises `StoryGone` or `StoryGated`."""
        card = await self.card(story)
        rows = await self._db.rows(
            f"SELECT c.id AS chapter, {NAME}, c.notes_before AS notes_before, c.notes_after AS notes_after,"
            " p.start AS start, p.text AS text, p.spans AS spans"
            " FROM chapters c JOIN prose_slices p ON p.chapter_id = c.id"
            " WHERE c.story_id = :story AND c.position IS NOT NULL ORDER BY c.position, p.start",
            {"story": story},
        )
        chapters = [_full_chapter(list(slices)) for _, slices in groupby(rows, key=lambda row: row["chapter"])]
        entry = card.entry
        notes = (card.notes_before, card.notes_after)
        return FullStory(entry.id, entry.title, entry.author, card.summary, card.language, *notes, tuple(chapters))

    async def contents(self, story: int, around: int, limit: int, reader: int = 0) -> list[ChapterSummary]:
        """Return at most *limit* chapters around position *around*, each with whether *reader* has read it."""
        rows = await self._db.rows(
            f"SELECT {CHAPTER}, CASE WHEN EXISTS (SELECT 1 FROM reading_lists l"
            "   WHERE l.user_id = :reader AND l.story_id = s.id AND l.list = 'finished')"
            "  OR c.position < (SELECT f.position FROM places p JOIN chapters f ON f.id = p.furthest_chapter_id"
            "   WHERE p.user_id = :reader AND p.story_id = s.id) THEN 1 ELSE 0 END AS chapter_is_read"
            f" FROM {self._shown} s JOIN chapters c ON c.story_id = s.id AND c.position >="
            "  CASE WHEN :first < s.chapters - :limit + 1 THEN :first ELSE s.chapters - :limit + 1 END"
            " WHERE s.id = :story ORDER BY c.position LIMIT :limit",
            {"story": story, "first": around - limit // 2, "limit": limit, "reader": reader},
        )
        return [chapter_of(row) for row in rows]

    async def chapter(self, story: StorySummary, number: int, beside: ChapterSummary | None = None) -> ChapterSummary:
        """Return the chapter to which the author gave this *number*. Raises `ReaderError` if there is none.

        If chapters of several parts have this number, take the chapter in the part of *beside*, or in the first part.
        """
        row = await self._db.row(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = :story AND c.position IS NOT NULL"
            " AND c.number = :number ORDER BY abs(c.position - :number - :skipped), c.position LIMIT 1",
            {"story": story.id, "number": number, "skipped": _skipped(beside)},
        )
        if row is not None:
            return chapter_of(row)
        last = story.last_number
        if last is None or 0 < number <= last or not await self._has_chapter(story.id, 1):
            raise ReaderError("no-such-chapter-in-parts", title=story.title, number=number)
        raise ReaderError("no-such-chapter", title=story.title, last=last)

    async def _has_chapter(self, story: int, number: int) -> bool:
        query = "SELECT 1 FROM chapters WHERE story_id = :story AND position IS NOT NULL AND number = :number"
        return await self._db.row(query, {"story": story, "number": number}) is not None


def _skipped(chapter: ChapterSummary | None) -> int:
    """Return a chapter's position less its number, the same for all chapters of a part; 0 without a number."""
    return 0 if chapter is None or chapter.name.number is None else chapter.position - chapter.name.number


def _full_chapter(slices: Sequence[Row]) -> FullChapter:
    first = slices[0]
    spans = [
        Span(each["start"] + start, each["start"] + end, kind)
        for each in slices
        for start, end, kind in json.loads(each["spans"])
    ]
    prose = "".join(each["text"] for each in slices)
    return FullChapter(
        name_of(first), prose, tuple(spans), notes_of(first["notes_before"]), notes_of(first["notes_after"])
    )


def named(story: StorySummary) -> str:
    """Return the value of an autocomplete choice for a story: its id, since several stories may have its title."""
    return f"#{story.id}"


def story_id(name: str) -> int | None:
    """Return the id in a value of `named`; None for any other name."""
    is_id = name.startswith("#") and name[1:].isascii() and name[1:].isdigit() and len(name) < 20
    return int(name[1:]) if is_id else None


def _label(story: StorySummary) -> str:
    return f"{story.title} · {story.author}" if story.author else story.title
