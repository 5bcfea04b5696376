"""The prose of a story comes into the search index, cut into passages that are found one by one."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import aiosqlite

from bot.domain.audience import Audience
from bot.store.database import Row
from bot.stories import Chapter
from bot.stories.folding import searchable
from bot.stories.ratings import GATED


async def write_passages(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """Put the prose of a story into the index; a passage that it has already, for the same audience, stays there.

    The index is what takes longest when a story is shelved, and most of an edited story is as it was.
    """
    rows = await db.execute_fetchall(
        "SELECT id, text, scope, chapter_id, start, words_before FROM passages WHERE story_id = ?", (story_id,)
    )
    scope = await scope_of(db, story_id)
    changes = await asyncio.to_thread(_changes, rows, chapters, ids, scope)
    await db.executemany(
        "INSERT INTO passage_search (passage_search, rowid, text, scope) VALUES ('delete', ?, ?, ?)",
        ((passage, searchable(text), was) for passage, text, was in changes.gone),  # made in the connection's thread
    )
    await db.executemany("DELETE FROM passages WHERE id = ?", ((passage,) for passage, _, _ in changes.gone))
    await db.executemany("UPDATE passages SET chapter_id = ?, start = ?, words_before = ? WHERE id = ?", changes.moved)
    [(top,)] = await db.execute_fetchall("SELECT coalesce(max(id), 0) FROM passages")
    await db.executemany(
        "INSERT INTO passages (id, story_id, scope, text, chapter_id, start, words_before)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((number, story_id, scope, text, *place) for number, (text, place) in enumerate(changes.fresh, start=top + 1)),
    )
    await db.executemany(
        "INSERT INTO passage_search (rowid, text, scope) VALUES (?, ?, ?)",
        ((number, searchable(text), scope) for number, (text, _) in enumerate(changes.fresh, start=top + 1)),
    )


_Place = tuple[int, int, int]
"""A chapter, an offset in it, and the words of the story before."""


@dataclass(frozen=True, slots=True)
class _Changes:
    gone: list[tuple[int, str, str]]
    """Id, text, scope."""
    moved: list[tuple[int, int, int, int]]
    """A place, and the id of what now stands there."""
    fresh: list[tuple[str, _Place]]


def _changes(rows: Iterable[Row], chapters: Sequence[Chapter], ids: Sequence[int], scope: str) -> _Changes:
    changes = _Changes([], [], [])
    kept: dict[str, deque[tuple[int, _Place]]] = defaultdict(deque)
    for passage, text, was, *place in rows:
        if was == scope:
            kept[text].append((passage, (place[0], place[1], place[2])))
        else:
            changes.gone.append((passage, text, was))
    for text, place in _passages(chapters, ids):
        if not kept[text]:
            changes.fresh.append((text, place))
            continue
        passage, before = kept[text].popleft()
        if place != before:
            changes.moved.append((*place, passage))
    changes.gone.extend((passage, text, scope) for text, left in kept.items() for passage, _ in left)
    return changes


def _passages(chapters: Sequence[Chapter], ids: Sequence[int]) -> Iterator[tuple[str, _Place]]:
    words_before = 0
    for chapter, chapter_id in zip(chapters, ids, strict=True):
        for start, end in pairwise([*chapter.passage_starts, len(chapter.prose)]):
            text = chapter.prose[start:end]
            yield text, (chapter_id, start, words_before)
            words_before += len(text.split())


async def scope_of(db: aiosqlite.Connection, story_id: int) -> str:
    """Words that are indexed with each passage of a story: the story itself, and for whom it is."""
    [(home, rating)] = await db.execute_fetchall("SELECT home, rating FROM stories WHERE id = ?", (story_id,))
    named = await db.execute_fetchall("SELECT guild_id FROM story_servers WHERE story_id = ?", (story_id,))
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
    kinds = ("all", "adults") if audience.adult or audience.direct else ("all",)
    servers = {0, audience.guild}
    return f"scope : ({' OR '.join(f'{kind}{server}' for kind in kinds for server in sorted(servers))})"
