"""The prose of a story comes into the search index, cut into passages that are found one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import aiosqlite

from bot.readers import Audience
from bot.stories import Chapter
from bot.stories.folding import searchable
from bot.stories.pages import cut, page_starts
from bot.stories.ratings import GATED

PASSAGE_CHARS = 1000
"""Characters at most. All words that are looked for must stand in one passage, and a phrase in no two."""

_Row = tuple[int, int, int, int, int, str, str]


async def write_passages(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Put the prose of a story into the index, in the place of what it had there."""
    old = await db.execute_fetchall("SELECT id, text, scope FROM passages WHERE story_id = ?", (story_id,))
    await db.executemany(
        "INSERT INTO passage_search (passage_search, rowid, text, scope) VALUES ('delete', ?, ?, ?)",
        ((passage, searchable(text), scope) for passage, text, scope in old),  # made in the connection's thread
    )
    await db.execute("DELETE FROM passages WHERE story_id = ?", (story_id,))
    [(top,)] = await db.execute_fetchall("SELECT coalesce(max(id), 0) FROM passages")
    scope = await _scope(db, story_id)
    rows = await asyncio.to_thread(lambda: list(_rows(top + 1, story_id, chapters, ids, scope)))
    await db.executemany(
        "INSERT INTO passages (id, story_id, chapter_id, start, words_before, text, scope)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    await db.executemany(
        "INSERT INTO passage_search (rowid, text, scope) VALUES (?, ?, ?)",
        ((row[0], searchable(row[5]), row[6]) for row in rows),
    )


def _rows(first: int, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int], scope: str) -> Iterator[_Row]:
    words_before = 0
    for chapter, chapter_id in zip(chapters, ids, strict=True):
        for passage in cut(chapter.prose, starts=page_starts(chapter.prose, limit=PASSAGE_CHARS)["short"]):
            yield first, story_id, chapter_id, passage.start, words_before, passage.text, scope
            first += 1
            words_before += len(passage.text.split())


async def _scope(db: aiosqlite.Connection, story_id: int) -> str:
    """Words that are indexed with each passage of a story: the story itself, and for whom it is."""
    [(home, rating)] = await db.execute_fetchall("SELECT home, rating FROM stories WHERE id = ?", (story_id,))
    named = await db.execute_fetchall("SELECT guild_id FROM shown_in WHERE story_id = ?", (story_id,))
    kind = "adults" if rating in GATED else "all"
    servers = [home] if home >= 0 else [guild for (guild,) in named if guild]
    return " ".join([f"story{story_id}", *(f"{kind}{server}" for server in servers)])


def in_scope(audience: Audience, story: int | None) -> str:
    """An FTS5 query for the passages that *audience* may be shown, of one story or of all.

    It spares a look at what is not for them, of which there may be any number. It is not the gate: a story that was
    hidden, or counts as mature only by the host's setting, stays in it. What is shown is read through `shown_to`.
    """
    if story is not None:
        return f"scope : story{story}"
    kinds = ("all", "adults") if audience.adult else ("all",)
    servers = {0, audience.guild}
    return f"scope : ({' OR '.join(f'{kind}{server}' for kind in kinds for server in sorted(servers))})"
