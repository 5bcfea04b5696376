"""Where readers and serials stopped, found again in a text that has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import aiosqlite

from bot.store.database import Row
from bot.stories import Chapter
from bot.stories.anchors import anchor_at, find_again


async def move_bookmarks(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Find every bookmark again in the new text; of two of a reader's that meet at one spot the older stays."""
    rows = await db.execute_fetchall(
        "SELECT id, chapter_id, start, passage, user_id FROM bookmarks WHERE story_id = ? ORDER BY id", (story_id,)
    )
    moves = await asyncio.to_thread(_moves_apart, rows, _prose(chapters, ids), None)
    await db.executemany("DELETE FROM bookmarks WHERE id = ?", moves.doubled)
    # First out of each other's way: one may move to where another still is.
    await db.executemany("UPDATE bookmarks SET start = -id WHERE id = ?", moves.moving)
    await db.executemany("UPDATE bookmarks SET chapter_id = ?, start = ? WHERE id = ?", moves.moved)


async def move_reactions(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Find every page again that a reaction was given to; one that is gone leaves it given to the story as a whole.

    Where two of a reader's meet so the older stays, and the reader still counts once.
    """
    rows = await db.execute_fetchall(
        "SELECT id, chapter_id, start, passage, emoji, user_id, message_id FROM reactions"
        " WHERE story_id = ? ORDER BY id",
        (story_id,),
    )
    whole = (0, 0)  # where those are already that were never given to a page
    moves = await asyncio.to_thread(_moves_apart, rows, _prose(chapters, ids), whole)
    await db.executemany("DELETE FROM reactions WHERE id = ?", moves.doubled)
    await db.executemany("UPDATE reactions SET start = -id WHERE id = ?", moves.moving)
    await db.executemany("UPDATE reactions SET chapter_id = ?, start = ? WHERE id = ?", moves.moved)


async def move_places(db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]) -> None:
    """Find every reader's place again in the new text."""
    rows = await db.execute_fetchall(
        "SELECT user_id, chapter_id, start, passage, furthest_chapter_id, furthest_start, furthest_passage"
        " FROM places WHERE story_id = ?",
        (story_id,),
    )
    await db.executemany(
        "UPDATE places SET chapter_id = ?, start = ?, passage = ?,"
        " furthest_chapter_id = ?, furthest_start = ?, furthest_passage = ? WHERE user_id = ? AND story_id = ?",
        await asyncio.to_thread(_moves, rows, _prose(chapters, ids), story_id),
    )


async def move_serials(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Find again in the new text where the story's serials go on; those that have ended go on behind their last words.

    Nobody asked for what a serial posts, so it never goes to a place that only looks like the one where it was.
    """
    rows = await db.execute_fetchall(
        "SELECT plan_id, chapter_id, start, passage, has_ended FROM serials WHERE story_id = ?", (story_id,)
    )
    prose = {chapter_id: chapter.prose for chapter_id, chapter in zip(ids, chapters, strict=True)}

    def moves() -> list[tuple[int, int, str, int]]:
        moved: list[tuple[int, int, str, int]] = []
        for plan, chapter, start, passage, has_ended in rows:
            before = len(passage) if has_ended else 0
            where, at = _goes_on(prose, chapter, start, passage, before)
            moved.append((where, at, anchor_at(prose[where], max(0, at - before)), plan))
        return moved

    moved = await asyncio.to_thread(moves)
    await db.executemany("UPDATE serials SET chapter_id = ?, start = ?, passage = ? WHERE plan_id = ?", moved)


def _goes_on(prose: dict[int, str], chapter: int, start: int, passage: str, before: int) -> tuple[int, int]:
    """Where a serial goes on whose *passage* begins so many characters *before* that.

    In its own chapter, else where its words have gone whole, else with the next chapter.
    """
    if chapter in prose:
        at = find_again(prose[chapter], passage, start - before) if start else None
        return chapter, min(len(prose[chapter]), start if at is None else at + before)
    for other, text in prose.items():
        if passage.strip() and passage in text:
            return other, text.index(passage) + before
    later = next((other for other in prose if other > chapter), None)
    last = next(reversed(prose))
    return (last, len(prose[last])) if later is None else (later, 0)


_Prose = dict[int, str]
"""Of the new text, by the chapter's id."""

_Mark = tuple[int, int, str]
"""A chapter, an offset in it, and the passage found there."""


def _prose(chapters: Sequence[Chapter], ids: Sequence[int]) -> _Prose:
    return {chapter_id: chapter.prose for chapter_id, chapter in zip(ids, chapters, strict=True)}


@dataclass(frozen=True, slots=True)
class _Moves:
    doubled: list[tuple[int]]
    """Ids of rows that would stand where another does."""
    moved: list[tuple[int, int, int]]
    """Chapter, start, id."""

    @property
    def moving(self) -> list[tuple[int]]:
        return [(row,) for *_, row in self.moved]


def _moves_apart(rows: Iterable[Row], prose: _Prose, gone: tuple[int, int] | None) -> _Moves:
    """Where rows of an id, a mark and what they differ in now belong; of those that are alike the first stays.

    What is nowhere any more belongs to the spot *gone*, or near where it was.
    """

    @cache  # many readers mark the same page
    def found(mark: _Mark) -> tuple[int, int]:
        return _found(prose, *mark) or gone or (next(iter(prose)), 0)

    kept: dict[object, int] = {}
    moves = _Moves([], [])
    for row, chapter, start, passage, *whose in rows:
        spot = found((chapter, start, passage))
        if kept.setdefault((spot, *whose), row) != row:
            moves.doubled.append((row,))
        elif spot != (chapter, start):
            moves.moved.append((*spot, row))
    return moves


def _moves(rows: Iterable[Row], prose: _Prose, story_id: int) -> list[tuple[*_Mark, *_Mark, int, int]]:
    @cache  # many readers stop at the same page
    def moved(mark: _Mark) -> _Mark:
        chapter, start = _found(prose, *mark) or (next(iter(prose)), 0)
        return chapter, start, anchor_at(prose[chapter], start)

    moves: list[tuple[*_Mark, *_Mark, int, int]] = []
    for reader, chapter, start, passage, *furthest in rows:
        was = ((chapter, start, passage), (furthest[0], furthest[1], furthest[2]))
        now = (moved(was[0]), moved(was[1]))
        if now != was:
            moves.append((*now[0], *now[1], reader, story_id))
    return moves


def _found(prose: _Prose, chapter: int, start: int, passage: str) -> tuple[int, int] | None:
    """Where a place now is: in its own chapter, else in any other, else near where it was; None where that is gone."""
    for candidate in [chapter, *prose]:
        if candidate in prose and (at := find_again(prose[candidate], passage, start)) is not None:
            return candidate, at
    return (chapter, min(start, max(0, len(prose[chapter]) - 1))) if chapter in prose else None
