"""The quotes of a story come into the database; what readers keep of those that were there stays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import aiosqlite

from bot.store.database import Row
from bot.store.passages import scope_of
from bot.stories import Chapter
from bot.stories.folding import searchable
from bot.stories.model import Quote


async def write_quotes(
    db: aiosqlite.Connection, story_id: int, chapters: Sequence[Chapter], ids: Sequence[int]
) -> None:
    """A quote whose words are still in the story keeps its number, so that nobody is dealt it twice.

    One that somebody saved or loved, or chose, stays though it is not dealt any more, or not even in the story.
    """
    rows = await db.execute_fetchall(
        "SELECT id, text, number, scope, saves > 0 OR loved > 0, chapter_id, start FROM quotes WHERE story_id = ?",
        (story_id,),
    )
    scope = await scope_of(db, story_id)
    changes = await asyncio.to_thread(_changes, rows, chapters, ids, scope)
    await db.executemany(
        "INSERT INTO quote_search (quote_search, rowid, text, scope) VALUES ('delete', ?, ?, ?)",
        ((quote, searchable(text), was) for quote, text, was in changes.unindexed),  # made in the connection's thread
    )
    await db.executemany("DELETE FROM quotes WHERE id = ?", changes.gone)
    await db.executemany(
        "UPDATE quotes SET number = NULL, worth = 0, is_there = ?, chapter_id = ?, start = ? WHERE id = ?", changes.kept
    )
    await db.executemany(
        "UPDATE quotes SET worth = ?, scope = ?, is_there = 1, chapter_id = ?, start = ? WHERE id = ?", changes.moved
    )
    numbered = len(changes.fresh) + len(changes.dealt)
    [(top,)] = await db.execute_fetchall(
        "UPDATE stories SET quotes_numbered = quotes_numbered + ?1 WHERE id = ?2 RETURNING quotes_numbered - ?1",
        (numbered, story_id),
    )
    await db.executemany(
        "UPDATE quotes SET number = ? WHERE id = ?",
        ((number, quote) for number, quote in enumerate(changes.dealt, start=top + 1)),
    )
    first = top + len(changes.dealt) + 1
    await db.executemany(
        "INSERT INTO quotes (number, story_id, scope, chapter_id, start, text, worth) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((number, story_id, scope, *quote) for number, quote in enumerate(changes.fresh, start=first)),
    )
    await db.executemany(
        "INSERT INTO quote_search (rowid, text, scope) VALUES (?, ?, ?)",
        ((quote, searchable(text), scope) for quote, text in changes.indexed),
    )
    fresh = await db.execute_fetchall(
        "SELECT id, text FROM quotes WHERE story_id = ? AND number >= ?", (story_id, first)
    )
    await db.executemany(
        "INSERT INTO quote_search (rowid, text, scope) VALUES (?, ?, ?)",
        ((int(quote), searchable(str(text)), scope) for quote, text in fresh),
    )


@dataclass(frozen=True, slots=True)
class _Changes:
    gone: list[tuple[int]] = field(default_factory=list[tuple[int]])
    kept: list[tuple[bool, int, int, int]] = field(default_factory=list[tuple[bool, int, int, int]])
    """Not dealt any more, or never: whether it is there, chapter, start, id."""
    moved: list[tuple[int, str, int, int, int]] = field(default_factory=list[tuple[int, str, int, int, int]])
    """Dealt: worth, scope, chapter, start, id."""
    dealt: list[int] = field(default_factory=list[int])
    """Ids that readers kept, and that are dealt from now on."""
    fresh: list[tuple[int, int, str, int]] = field(default_factory=list[tuple[int, int, str, int]])
    """Chapter, start, text, worth."""
    unindexed: list[tuple[int, str, str]] = field(default_factory=list[tuple[int, str, str]])
    """Id, text and scope of what is not found by its words any more."""
    indexed: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


def _changes(rows: Iterable[Row], chapters: Sequence[Chapter], ids: Sequence[int], scope: str) -> _Changes:
    changes = _Changes()
    picks: dict[str, tuple[int, Quote]] = {
        quote.text: (chapter_id, quote)
        for chapter, chapter_id in zip(reversed(chapters), reversed(ids), strict=True)
        for quote in reversed(chapter.quotes)  # of words that stand twice the first
    }
    prose = {chapter_id: chapter.prose for chapter, chapter_id in zip(chapters, ids, strict=True)}
    known: set[str] = set()
    for quote_id, text, number, was, is_kept, *place in rows:
        pick = picks.get(text) if text not in known else None
        is_dealt = number is not None
        if is_dealt and (pick is None or was != scope):
            changes.unindexed.append((quote_id, text, was))
        if pick is not None:
            known.add(text)
            chapter_id, quote = pick
            changes.moved.append((quote.score, scope, chapter_id, quote.start, quote_id))
            changes.dealt.extend([] if is_dealt else [quote_id])
            changes.indexed.extend([] if is_dealt and was == scope else [(quote_id, text)])
        elif is_kept or not is_dealt:
            changes.kept.append((*_found(prose, text, place[0], place[1]), quote_id))
        else:
            changes.gone.append((quote_id,))
    changes.fresh.extend(
        (chapter_id, quote.start, text, quote.score)
        for text, (chapter_id, quote) in reversed(picks.items())
        if text not in known
    )
    return changes


def _found(prose: dict[int, str], text: str, chapter: int, start: int) -> tuple[bool, int, int]:
    """Whether words are in the story, and where: in their own chapter, else in another; else where they were."""
    for candidate in [chapter, *prose]:
        if candidate in prose and (at := prose[candidate].find(text)) >= 0:
            return True, candidate, at
    return False, chapter, start
