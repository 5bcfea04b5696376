"""Stories come onto the shelf, change there and leave it; what readers did stays."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

import aiosqlite

from bot.store.database import Database
from bot.store.folding import fold, searchable
from bot.stories import Chapter, Page, Story
from bot.stories.passages import find_again, passage_at
from bot.stories.ratings import GATED, read_rating
from bot.stories.status import read_status
from bot.stories.wishes import Servers, read_wishes

LAST = 2**31
"""The place in lists of a story that says nothing of it."""

FOLDER = "folder"
"""The shelf of the stories folder."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is remembered of a file, so that a file that has not changed is not read again."""

    file: str
    size: int
    modified_ns: int
    digest: str
    parser: int


@dataclass(frozen=True, slots=True)
class Known:
    """A story of a shelf and where it came from."""

    story: int
    source: Source
    is_removed: bool
    is_mature: bool


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story that was put on a shelf, and the numbers of the chapters that it has more than before."""

    story: int
    new_chapters: tuple[int, ...] = ()


class Shelving:
    """Puts stories on a shelf, one transaction each."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def known(self, shelf: str) -> dict[str, Known]:
        """What stands or stood on *shelf*, by key."""
        rows = await self._db.rows(
            "SELECT s.key, s.id, s.removed_at, s.mature, o.file, o.size, o.modified_ns, o.digest, o.parser"
            " FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = ?",
            (shelf,),
        )
        return {
            key: Known(story, Source(*source), removed is not None, bool(mature))
            for key, story, removed, mature, *source in rows
        }

    async def put(
        self, shelf: str, key: str, story: Story, source: Source, *, unrated_is_mature: bool = False, home: int = 0
    ) -> Shelved:
        """Add *story* or replace the one under its key.

        It shows in the server *home*, or in all (0), unless its writer wishes otherwise.
        A chapter that is still there keeps its id, and each reader's place is found again by its passage.
        """
        now = int(time.time())
        async with self._db.transaction() as db:
            story_id = await _write_story(db, shelf, key, story, now, unrated_is_mature, home)
            old = await _chapters(db, story_id)
            ids = await _write_chapters(db, story_id, story.chapters, old, now)
            await _write_pages(db, story_id, story.chapters, ids)
            await _write_quotes(db, story_id, story.chapters, ids)
            await _move_places(db, story_id, story.chapters, ids)
            await _write_source(db, story_id, source)
        known = {chapter.id for chapter in old}
        new = (number for number, chapter_id in enumerate(ids, start=1) if known and chapter_id not in known)
        return Shelved(story_id, tuple(new))

    async def rekey(self, shelf: str, key: str, new: str) -> None:
        """Know a story by another key, unless that is taken: its file was given an id, or lost it."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE OR IGNORE stories SET key = ? WHERE shelf = ? AND key = ?", (new, shelf, key))

    async def hide(self, story: int, guild: int) -> None:
        """Take a story of the folder, or of another server, off the shelf of *guild*."""
        async with self._db.transaction() as db:
            await db.execute("INSERT OR IGNORE INTO hidden_in (guild_id, story_id) VALUES (?, ?)", (guild, story))

    async def touch(self, story: int, source: Source) -> None:
        """Remember the new times of a file whose bytes are the same, and show its story again if it was hidden."""
        async with self._db.transaction() as db:
            await _write_source(db, story, source)
            await db.execute("UPDATE stories SET removed_at = NULL WHERE id = ?", (story,))

    async def restore(self, story: int, guild: int) -> None:
        """Put a story that *guild* removed or hid back on its shelf."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE stories SET removed_at = NULL WHERE id = ? AND shelf = ?", (story, str(guild)))
            await db.execute("DELETE FROM hidden_in WHERE story_id = ? AND guild_id = ?", (story, guild))

    async def remove(self, stories: Sequence[int]) -> None:
        """Hide stories; all that readers did with them is kept."""
        async with self._db.transaction() as db:
            await db.executemany(
                "UPDATE stories SET removed_at = ? WHERE id = ? AND removed_at IS NULL",
                [(int(time.time()), story) for story in stories],
            )

    async def gate_unrated(self, mature: bool) -> None:
        """Whether stories that say nothing of a rating count as mature (the setting ``UNRATED``)."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE stories SET mature = ? WHERE rating IS NULL AND mature <> ?",
                (int(mature), int(mature)),
            )


async def _write_story(
    db: aiosqlite.Connection, shelf: str, key: str, story: Story, now: int, unrated_is_mature: bool, home: int
) -> int:
    rating = read_rating(story.metadata, story.all_notes)
    wishes = read_wishes(story.metadata)
    values = {
        "home": _home(wishes.servers, home),
        "title": story.title,
        "title_key": fold(story.title),
        "author": story.author,
        "summary": story.summary,
        "language": story.language,
        "rating": rating,
        "mature": int(rating in GATED or (rating is None and unrated_is_mature)),
        "status": read_status(story.metadata, len(story.chapters), story.end_marker),
        "place": LAST if story.order is None else story.order,
        "metadata": json.dumps(story.metadata),
        "may_quote": int(wishes.quote),
        "may_vote": int(wishes.vote),
        "may_download": int(wishes.download),
        "may_share": int(wishes.share),
        "notes_before": json.dumps(story.notes_before),
        "notes_after": json.dumps(story.notes_after),
        "words": story.words,
        "pages": sum(len(chapter.pages) for chapter in story.chapters),
        "chapters": len(story.chapters),
        "updated_at": now,
        "removed_at": None,
    }
    names = ", ".join(values)
    [(story_id,)] = await db.execute_fetchall(
        f"INSERT INTO stories (shelf, key, added_at, {names}) VALUES (?, ?, ?{', ?' * len(values)})"
        f" ON CONFLICT (shelf, key) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in values)}"
        " RETURNING id",
        (shelf, key, now, *values.values()),
    )
    await db.execute("DELETE FROM story_search WHERE rowid = ?", (story_id,))
    await db.execute(
        "INSERT INTO story_search (rowid, title, author) VALUES (?, ?, ?)",
        (story_id, searchable(story.title), searchable(story.author or "")),
    )
    named = {*wishes.servers, home} if isinstance(wishes.servers, tuple) else set[int]()
    await db.execute("DELETE FROM shown_in WHERE story_id = ?", (story_id,))
    await db.executemany("INSERT INTO shown_in VALUES (?, ?)", [(guild, story_id) for guild in named])
    return int(story_id)


def _home(servers: Servers, home: int) -> int:
    """Where a story shows that is at *home* in one server, or in all (0), and whose writer wishes for *servers*."""
    if isinstance(servers, tuple):
        return -1
    return 0 if servers == "all" else home


@dataclass(frozen=True, slots=True)
class _Old:
    id: int
    number: int | None
    title: str | None
    digest: str


async def _chapters(db: aiosqlite.Connection, story_id: int) -> list[_Old]:
    rows = await db.execute_fetchall("SELECT id, number, title, digest FROM chapters WHERE story_id = ?", (story_id,))
    return [_Old(*row) for row in rows]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def match_chapters(old: Sequence[_Old], new: Sequence[Chapter]) -> list[int | None]:
    """For each new chapter the id of the old one that it is: by its text, else its title, else its number."""
    ids: list[int | None] = [None] * len(new)
    free = {chapter.id: chapter for chapter in sorted(old, key=lambda chapter: (chapter.number is None, chapter.id))}
    digests = [_digest(chapter.prose) for chapter in new]

    def same_text(known: _Old, i: int) -> bool:
        return known.digest == digests[i]

    def same_title(known: _Old, i: int) -> bool:
        return known.title is not None and known.title == new[i].title

    def same_number(known: _Old, i: int) -> bool:
        return known.number == i + 1

    for same in (same_text, same_title, same_number):
        for i in range(len(new)):
            found = next((known.id for known in free.values() if same(known, i)), None) if ids[i] is None else None
            if found is not None:
                ids[i] = found
                del free[found]
    return ids


async def _write_chapters(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], old: Sequence[_Old], now: int
) -> list[int]:
    await db.execute("UPDATE chapters SET number = NULL WHERE story_id = ?", (story_id,))
    ids: list[int] = []
    for number, (chapter, known) in enumerate(zip(chapters, match_chapters(old, chapters), strict=True), start=1):
        values = (
            number,
            chapter.title,
            chapter.words,
            len(chapter.pages),
            _digest(chapter.prose),
            json.dumps(chapter.notes_before),
            json.dumps(chapter.notes_after),
        )
        [(chapter_id,)] = await db.execute_fetchall(
            "INSERT INTO chapters"
            " (id, story_id, added_at, number, title, words, pages, digest, notes_before, notes_after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET number = excluded.number, title = excluded.title, words = excluded.words,"
            " pages = excluded.pages, digest = excluded.digest, notes_before = excluded.notes_before,"
            " notes_after = excluded.notes_after RETURNING id",
            (known, story_id, now, *values),
        )
        ids.append(int(chapter_id))
    return ids


async def _write_pages(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    pages = [
        (chapter_id, in_chapter, page.start, page.text, _spans(page), len(page.text.split()))
        for chapter, chapter_id in zip(chapters, ids, strict=True)
        for in_chapter, page in enumerate(chapter.pages, start=1)
    ]
    before = accumulate((words for *_, words in pages), initial=0)
    await db.execute("DELETE FROM pages WHERE story_id = ?", (story_id,))
    await db.executemany(
        "INSERT INTO pages (story_id, number, words_before, chapter_id, in_chapter, start, text, spans, words)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (story_id, number, words, *page)
            for number, (words, page) in enumerate(zip(before, pages, strict=False), start=1)
        ],
    )


def _spans(page: Page) -> str:
    return json.dumps([[span.start, span.end, span.kind] for span in page.spans])


async def _write_quotes(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """A quote whose words are still in the story keeps its number, so that nobody is dealt it twice."""
    rows = await db.execute_fetchall("SELECT text, id FROM quotes WHERE story_id = ?", (story_id,))
    kept = {str(text): int(quote_id) for text, quote_id in rows}
    found = {
        quote.text: (chapter_id, quote.start)
        for chapter, chapter_id in zip(reversed(chapters), reversed(ids), strict=True)
        for quote in reversed(chapter.quotes)  # of words that stand twice the first
    }
    gone = [(quote_id,) for text, quote_id in kept.items() if text not in found]
    moved = [(*place, kept[text]) for text, place in found.items() if text in kept]
    fresh = [(story_id, *place, text) for text, place in found.items() if text not in kept]
    await db.executemany("DELETE FROM quotes WHERE id = ?", gone)
    await db.executemany("UPDATE quotes SET chapter_id = ?, start = ? WHERE id = ?", moved)
    [(top,)] = await db.execute_fetchall(
        "UPDATE stories SET quotes_numbered = quotes_numbered + ?1 WHERE id = ?2 RETURNING quotes_numbered - ?1",
        (len(fresh), story_id),
    )
    await db.executemany(
        "INSERT INTO quotes (number, story_id, chapter_id, start, text) VALUES (?, ?, ?, ?, ?)",
        [(number, *quote) for number, quote in enumerate(fresh, start=top + 1)],
    )


async def _move_places(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Find every reader's place again in the new text."""
    prose = {chapter_id: chapter.prose for chapter_id, chapter in zip(ids, chapters, strict=True)}
    for chapter_column, start_column, passage_column in (
        ("chapter_id", "start", "passage"),
        ("furthest_chapter_id", "furthest_start", "furthest_passage"),
    ):
        rows = await db.execute_fetchall(
            f"SELECT DISTINCT {chapter_column}, {start_column}, {passage_column} FROM places WHERE story_id = ?",
            (story_id,),
        )
        moves: list[tuple[int, int, str, int, int, int, str]] = []
        for chapter_id, start, passage in rows:
            new_chapter, new_start = _found(prose, chapter_id, start, passage, ids[0])
            if (new_chapter, new_start) != (chapter_id, start) or passage_at(prose[new_chapter], new_start) != passage:
                new_passage = passage_at(prose[new_chapter], new_start)
                moves.append((new_chapter, new_start, new_passage, story_id, chapter_id, start, passage))
        await db.executemany(
            f"UPDATE places SET {chapter_column} = ?, {start_column} = ?, {passage_column} = ?"
            f" WHERE story_id = ? AND {chapter_column} = ? AND {start_column} = ? AND {passage_column} = ?",
            moves,
        )


def _found(prose: dict[int, str], chapter: int, start: int, passage: str, first: int) -> tuple[int, int]:
    """Where a place now is: in its own chapter, else in any other, else near where it was."""
    for candidate in [chapter, *prose]:
        if candidate in prose and (at := find_again(prose[candidate], passage, start)) is not None:
            return candidate, at
    return (chapter, min(start, max(0, len(prose[chapter]) - 1))) if chapter in prose else (first, 0)


async def _write_source(db: aiosqlite.Connection, story_id: int, source: Source) -> None:
    await db.execute(
        "INSERT INTO sources (story_id, file, size, modified_ns, digest, parser) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (story_id) DO UPDATE SET file = excluded.file, size = excluded.size,"
        " modified_ns = excluded.modified_ns, digest = excluded.digest, parser = excluded.parser",
        (story_id, source.file, source.size, source.modified_ns, source.digest, source.parser),
    )
