"""The prose of a story comes into the search index, cut into passages that are found by their words.

Passages are cut on their own, so that a change of what a page is leaves the search alone. With each its scope is
indexed: its story, and for whom that is. So the passages that are ranked are passages that an audience may see,
however many there are for others.

A long story comes into the index in slices, a transaction each, so that nobody who writes waits for all of it. What is
left of a story is known by a text in ``bot_state``: after a crash it comes with the next load.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from bot.domain.rights import Audience
from bot.store.database import Family, Row, Value, Writing, transaction
from bot.store.engines import Indexed, TextIndex, alone
from bot.stories import Chapter
from bot.stories.folding import searchable
from bot.stories.pages import words_between
from bot.stories.passages import passage_starts
from bot.stories.ratings import GATED

AT_ONCE = 200
"""Passages that come into the index in one transaction at most."""

_LEFT = "passages-left:"
"""How the names in ``bot_state`` begin that stand for stories of which some are left; their ids follow."""

Named = dict[str, Value]
"""The values of a statement, by the names of columns."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the rows of a story become those of its new text."""

    gone: list[Named] = field(default_factory=list[Named])
    """The ids of rows to delete."""
    changed: list[Named] = field(default_factory=list[Named])
    added: list[Named] = field(default_factory=list[Named])

    def change(self, row: Row, values: Named) -> None:
        """Give a row new values, where they are new."""
        if any(row[column] != value for column, value in values.items()):
            self.changed.append({**values, "id": row["id"]})


def write_passages(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> IndexChanges:
    """Write the passages of *chapters* (by their ids, in order); return what changes in their index.

    What is indexed for the same audience stays so: the index is what takes longest when a story is published, and most
    of an edited story is as it was. Of those that are new, `Passages.index_rest` writes all but the first `AT_ONCE`.
    """
    of_story = {"story_id": story_id}
    before = writing.rows(
        "SELECT id, story_id, text, scope, chapter_id, start, words_before FROM passages WHERE story_id = :story_id",
        of_story,
    )
    scope = scope_of(writing, story_id)
    cut = (_cut(number, each.prose, each.passage_starts, each.passage_words) for number, each in chapters.items())
    changes = _changes(before, _passages(cut, story_id, scope))
    note_rest(writing, story_id, is_left=len(changes.added) > AT_ONCE)
    if changes == Changes():
        return index_changes(PASSAGES, (), ())
    writing.many("DELETE FROM passages WHERE id = :id", changes.gone)
    writing.many(
        "UPDATE passages SET chapter_id = :chapter_id, start = :start, words_before = :words_before, scope = :scope"
        " WHERE id = :id",
        changes.changed,
    )
    writing.many(_INSERT, changes.added[:AT_ONCE])
    after = writing.rows("SELECT id, text, scope FROM passages WHERE story_id = :story_id", of_story)
    return index_changes(PASSAGES, before, after)


_INSERT = (
    "INSERT INTO passages (story_id, scope, text, chapter_id, start, words_before)"
    " VALUES (:story_id, :scope, :text, :chapter_id, :start, :words_before)"
)


def note_rest(writing: Writing, story_id: int, *, is_left: bool) -> None:
    """Note that passages of this text of a story are left, or that none are."""
    forget_rest(writing, story_id)
    if is_left:
        writing.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value)",
            {"name": f"{_LEFT}{story_id}", "value": secrets.token_hex(8)},
        )


def forget_rest(writing: Writing, story_id: int) -> None:
    """Index no more of a story."""
    writing.execute("DELETE FROM bot_state WHERE name = :name", {"name": f"{_LEFT}{story_id}"})


class Passages(Family):
    """Brings what is left of long stories into the index."""

    async def index_rest(self) -> int:
        """Index the passages that are left of any story; return how many transactions that took."""
        left = await self._db.rows(
            "SELECT name, value FROM bot_state WHERE substr(name, 1, CAST(:length AS INTEGER)) = :start",
            {"length": len(_LEFT), "start": _LEFT},
        )
        return sum([await self._index_rest_of(int(row["name"].removeprefix(_LEFT)), row["value"]) for row in left])

    async def _index_rest_of(self, story: int, text: str) -> int:
        """Index what is left of one *text* of a story, as long as it is the story's text."""
        of_story = {"story": story}
        slices = await self._db.rows(
            "SELECT c.id AS chapter, t.text AS text FROM chapters c JOIN prose_slices t ON t.chapter_id = c.id"
            " WHERE c.story_id = :story ORDER BY c.position, t.start",
            of_story,
        )
        rows = await self._db.rows("SELECT chapter_id, start FROM passages WHERE story_id = :story", of_story)
        known = {(row["chapter_id"], row["start"]) for row in rows}
        passages = await asyncio.to_thread(_cut_again, slices, story)
        left = [each for each in passages if (each["chapter_id"], each["start"]) not in known]
        done = 0
        for start in range(0, max(1, len(left)), AT_ONCE):
            some, is_last = left[start : start + AT_ONCE], start + AT_ONCE >= len(left)
            if not await self._index(story, text + done * "+", some, is_last=is_last):
                break
            done += 1
        return done

    @transaction
    def _index(self, writing: Writing, story: int, text: str, passages: Sequence[Named], *, is_last: bool) -> bool:
        """Index *passages* of the *text* of a story; return False where it has another text, or others are at it."""
        writing.take(alone("story", story))
        noted = writing.execute(
            "UPDATE bot_state SET value = :next WHERE name = :name AND value = :text",
            {"next": f"{text}+", "name": f"{_LEFT}{story}", "text": text},
        )
        if not noted:
            return False
        scope = scope_of(writing, story)
        added = [writing.rows(f"{_INSERT} RETURNING id, text, scope", {**each, "scope": scope})[0] for each in passages]
        write_indexes(writing, [index_changes(PASSAGES, (), added)])
        if is_last:
            forget_rest(writing, story)
        return True


def _cut_again(slices: Sequence[Row], story: int) -> list[Named]:
    """Return the passages of a story that is in the store, without their scope."""
    cut: list[_Cut] = []
    for chapter, texts in groupby(slices, key=lambda row: row["chapter"]):
        prose = "".join(row["text"] for row in texts)
        cut.append(_cut(chapter, prose, passage_starts(prose)))
    return list(_passages(cut, story, ""))


def _changes(rows: Iterable[Row], passages: Iterable[Named]) -> Changes:
    changes = Changes()
    rows_of: dict[Value, deque[Row]] = defaultdict(deque)
    for row in rows:
        rows_of[row["text"]].append(row)
    for passage in passages:
        if not rows_of[passage["text"]]:
            changes.added.append(passage)
            continue
        changes.change(rows_of[passage["text"]].popleft(), passage)
    changes.gone.extend({"id": row["id"]} for left in rows_of.values() for row in left)
    return changes


class _Cut(NamedTuple):
    """A chapter by its id, and where its passages begin, each with its words."""

    chapter: int
    prose: str
    passages: Sequence[tuple[int, int]]


def _cut(chapter: int, prose: str, starts: Sequence[int], words: Sequence[int] = ()) -> _Cut:
    return _Cut(chapter, prose, list(zip(starts, words or words_between(prose, starts), strict=True)))


def _passages(chapters: Iterable[_Cut], story_id: int, scope: str) -> Iterator[Named]:
    words_before = 0
    for chapter, prose, passages in chapters:
        ends = [start for start, _ in passages[1:]] + [len(prose)]
        for (start, words), end in zip(passages, ends, strict=False):
            yield {
                "story_id": story_id,
                "scope": scope,
                "text": prose[start:end],
                "chapter_id": chapter,
                "start": start,
                "words_before": words_before,
            }
            words_before += words


def scope_of(writing: Writing, story_id: int) -> str:
    """Return the words that are indexed with each passage of a story: the story itself, and for whom it is."""
    [story] = writing.rows("SELECT home, rating FROM stories WHERE id = :story", {"story": story_id})
    named = writing.rows("SELECT guild_id FROM story_servers WHERE story_id = :story", {"story": story_id})
    kind = "adults" if story["rating"] in GATED else "all"
    servers = [story["home"]] if story["home"] >= 0 else [row["guild_id"] for row in named if row["guild_id"]]
    return " ".join([f"story{story_id}", *(f"{kind}{server}" for server in servers)])


def scopes_for(audience: Audience, story: int | None) -> list[str]:
    """Return the scopes of which a passage must have one, to be shown to *audience*, of one story or of all.

    This spares a look at what is not for them, of which there may be any number. It is not the gate: a story that was
    hidden, or counts as mature only by the host's setting, stays in its scope. What is shown is read through
    `visible_sql`.
    """
    if story is not None:
        return [f"story{story}"]
    kinds = ("all", "adults") if audience.adult or audience.direct else ("all",)
    return [f"{kind}{server}" for kind in kinds for server in sorted({0, audience.guild})]


PASSAGES = TextIndex("passage_search", ("text", "scope"))
QUOTES = TextIndex("quote_search", ("text", "scope"))
STORIES = TextIndex("story_search", ("title", "author"))


@dataclass(frozen=True, slots=True)
class IndexChanges:
    """Rows to take out of an index, and rows to put in."""

    index: TextIndex
    gone: Sequence[Indexed]
    new: Sequence[Indexed]


def index_changes(index: TextIndex, before: Iterable[Row], after: Iterable[Row]) -> IndexChanges:
    """Return what it takes to index the rows *after* instead of those *before*, for `write_indexes`.

    Each row has an ``id`` and a column for each part. What did not change is not written.
    """
    was, now = ({row["id"]: [row[part] or "" for part in index.parts] for row in rows} for rows in (before, after))
    gone = [_indexed(index, each, texts) for each, texts in was.items() if now.get(each) != texts]
    new = [_indexed(index, each, texts) for each, texts in now.items() if was.get(each) != texts]
    return IndexChanges(index, gone, new)


def _indexed(index: TextIndex, each: int, texts: Iterable[str]) -> Indexed:
    return {"id": each, **dict(zip(index.parts, map(searchable, texts), strict=True))}


def write_indexes(writing: Writing, changes: Sequence[IndexChanges]) -> None:
    """Write changes of any indexes, at the end of a transaction.

    FTS5 keeps what is put in until a statement follows that may fail half way, and then writes what it has. So one
    statement between two stories makes each of them a segment of the index, to be merged with the others later.
    """
    for index in (STORIES, QUOTES, PASSAGES):
        own = [each for each in changes if each.index is index]
        gone, new = [row for each in own for row in each.gone], [row for each in own for row in each.new]
        writing.search.write(writing, index, gone, new)
