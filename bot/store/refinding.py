"""Where readers stopped, found again in a text that has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from functools import cache

import aiosqlite

from bot.store.database import Row
from bot.stories import Chapter
from bot.stories.passages import find_again, passage_at


async def move_bookmarks(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Find every bookmark again in the new text; of two that meet at one spot the older stays."""
    rows = await db.execute_fetchall(
        "SELECT id, chapter_id, start, passage FROM bookmarks WHERE story_id = ? ORDER BY id", (story_id,)
    )
    prose = {chapter_id: chapter.prose for chapter_id, chapter in zip(ids, chapters, strict=True)}

    def moves() -> tuple[list[tuple[int]], list[tuple[int, int, int]]]:
        kept: dict[tuple[int, int], int] = {}
        moved: list[tuple[int, int, int]] = []
        for bookmark, chapter, start, passage in rows:
            spot = _found(prose, chapter, start, passage)
            if kept.setdefault(spot, bookmark) == bookmark and spot != (chapter, start):
                moved.append((*spot, bookmark))
        stay = set(kept.values())
        return [(row[0],) for row in rows if row[0] not in stay], moved

    doubled, moved = await asyncio.to_thread(moves)
    await db.executemany("DELETE FROM bookmarks WHERE id = ?", doubled)
    # First out of each other's way: one may move to where another still is.
    await db.executemany("UPDATE bookmarks SET start = -id WHERE id = ?", [(bookmark,) for *_, bookmark in moved])
    await db.executemany("UPDATE bookmarks SET chapter_id = ?, start = ? WHERE id = ?", moved)


async def move_places(db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]) -> None:
    """Find every reader's place again in the new text."""
    rows = await db.execute_fetchall(
        "SELECT user_id, chapter_id, start, passage, furthest_chapter_id, furthest_start, furthest_passage"
        " FROM places WHERE story_id = ?",
        (story_id,),
    )
    prose = {chapter_id: chapter.prose for chapter_id, chapter in zip(ids, chapters, strict=True)}
    await db.executemany(
        "UPDATE places SET chapter_id = ?, start = ?, passage = ?,"
        " furthest_chapter_id = ?, furthest_start = ?, furthest_passage = ? WHERE user_id = ? AND story_id = ?",
        await asyncio.to_thread(_moves, rows, prose, story_id),
    )


_Mark = tuple[int, int, str]
"""A chapter, an offset in it, and the passage found there."""


def _moves(rows: Iterable[Row], prose: dict[int, str], story_id: int) -> list[tuple[*_Mark, *_Mark, int, int]]:
    @cache  # many readers stop at the same page
    def moved(mark: _Mark) -> _Mark:
        chapter, start = _found(prose, *mark)
        return chapter, start, passage_at(prose[chapter], start)

    moves: list[tuple[*_Mark, *_Mark, int, int]] = []
    for reader, chapter, start, passage, *furthest in rows:
        was = ((chapter, start, passage), (furthest[0], furthest[1], furthest[2]))
        now = (moved(was[0]), moved(was[1]))
        if now != was:
            moves.append((*now[0], *now[1], reader, story_id))
    return moves


def _found(prose: dict[int, str], chapter: int, start: int, passage: str) -> tuple[int, int]:
    """Where a place now is: in its own chapter, else in any other, else near where it was."""
    for candidate in [chapter, *prose]:
        if candidate in prose and (at := find_again(prose[candidate], passage, start)) is not None:
            return candidate, at
    if chapter in prose:
        return chapter, min(start, max(0, len(prose[chapter]) - 1))
    return next(iter(prose)), 0
