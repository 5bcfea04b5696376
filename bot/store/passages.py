"""Indexing prose for search, in passages.

Passages do not depend on pages, so a change of the page length does not change the index. Each passage is indexed with
its scope: words for its story, and for the audiences that may see the story. So a search ranks hardly any passages that
its audience may not see.

A long story is indexed in several transactions, so that other writers need not wait long. A row in ``bot_state`` marks
a partly indexed story; after a crash, the next load of the folder indexes the rest.
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
"""Maximum number of passages indexed in one transaction."""

_MARK = "passages-left:"
"""Prefix of the names in ``bot_state`` that mark partly indexed stories; the story's id follows."""

Named = dict[str, Value]
"""Parameters of a statement, by column name."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Rows to delete, update and insert after a story's text has changed: its passages, or its quotes."""

    gone: list[Named] = field(default_factory=list[Named])
    """The ids of the rows to delete."""
    changed: list[Named] = field(default_factory=list[Named])
    added: list[Named] = field(default_factory=list[Named])

    def change(self, row: Row, values: Named) -> None:
        """Add an update of *row* to *values*, unless the row has these values already."""
        if any(row[column] != value for column, value in values.items()):
            self.changed.append({**values, "id": row["id"]})


def write_passages(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> IndexChanges:
    """Write the passages of *chapters*, by id and in order; return the changes to write to the index.

    Unchanged passages are not indexed again, since indexing takes most of the time of publishing. Only the first
    `AT_ONCE` new passages are written here; `Passages.index_rest` writes the others.
    """
    of_story = {"story_id": story_id}
    before = writing.rows(
        "SELECT id, story_id, text, scope, chapter_id, start, words_before FROM passages WHERE story_id = :story_id",
        of_story,
    )
    scope = scope_of(writing, story_id)
    cut = (_cut(number, each.prose, each.passage_starts, each.passage_words) for number, each in chapters.items())
    changes = _changes(before, _passages(cut, story_id, scope))
    mark_partly_indexed(writing, story_id, is_left=len(changes.added) > AT_ONCE)
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


def mark_partly_indexed(writing: Writing, story_id: int, *, is_left: bool) -> None:
    """Mark a story as partly indexed if *is_left*, else remove its mark. Each mark has a new random value."""
    remove_index_mark(writing, story_id)
    if is_left:
        writing.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value)",
            {"name": f"{_MARK}{story_id}", "value": secrets.token_hex(8)},
        )


def remove_index_mark(writing: Writing, story_id: int) -> None:
    """Remove a story's mark as partly indexed."""
    writing.execute("DELETE FROM bot_state WHERE name = :name", {"name": f"{_MARK}{story_id}"})


class Passages(Family):
    """Finishes the indexing of long stories."""

    async def index_rest(self) -> int:
        """Index the remaining passages of all stories; return the number of transactions."""
        left = await self._db.rows(
            "SELECT name, value FROM bot_state WHERE substr(name, 1, CAST(:length AS INTEGER)) = :start",
            {"length": len(_MARK), "start": _MARK},
        )
        return sum([await self._index_rest_of(int(row["name"].removeprefix(_MARK)), row["value"]) for row in left])

    async def _index_rest_of(self, story: int, text: str) -> int:
        """Index the remaining passages of a story; return the number of transactions.

        *text* is the value of the story's mark: if it changes, the story has a new text, and the work stops.
        """
        of_story = {"story": story}
        slices = await self._db.rows(
            "SELECT c.id AS chapter, t.text AS text FROM chapters c JOIN prose_slices t ON t.chapter_id = c.id"
            " WHERE c.story_id = :story ORDER BY c.position, t.start",
            of_story,
        )
        rows = await self._db.rows("SELECT chapter_id, start FROM passages WHERE story_id = :story", of_story)
        known = {(row["chapter_id"], row["start"]) for row in rows}
        passages = await asyncio.to_thread(_stored_passages, slices, story)
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
        """Index *passages* if the story's mark still has the value *text*; return whether it has.

        It has not if the story has a new text, or if another process indexes the story.
        """
        writing.take(alone("story", story))
        noted = writing.execute(
            "UPDATE bot_state SET value = :next WHERE name = :name AND value = :text",
            {"next": f"{text}+", "name": f"{_MARK}{story}", "text": text},
        )
        if not noted:
            return False
        scope = scope_of(writing, story)
        added = [writing.rows(f"{_INSERT} RETURNING id, text, scope", {**each, "scope": scope})[0] for each in passages]
        write_indexes(writing, [index_changes(PASSAGES, (), added)])
        if is_last:
            remove_index_mark(writing, story)
        return True


def _stored_passages(slices: Sequence[Row], story: int) -> list[Named]:
    """Return the passages of a stored story, from its prose slices in order. Their scope is left empty."""
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
    """A chapter's id and prose, and the start and word count of each of its passages."""

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
    """Return the scope words indexed with each passage of a story: one for the story, and one for each audience."""
    [story] = writing.rows("SELECT home, rating FROM stories WHERE id = :story", {"story": story_id})
    named = writing.rows("SELECT guild_id FROM story_servers WHERE story_id = :story", {"story": story_id})
    kind = "adults" if story["rating"] in GATED else "all"
    servers = [story["home"]] if story["home"] >= 0 else [row["guild_id"] for row in named if row["guild_id"]]
    return " ".join([f"story{story_id}", *(f"{kind}{server}" for server in servers)])


def scopes_for(audience: Audience, story: int | None) -> list[str]:
    """Return scope words of which a passage must have one, to be found by *audience* in *story* or in all stories.

    They only speed up a search. Its results are checked by `visible_sql`, since a hidden story, or one that is mature
    only by the host's setting, keeps its scope.
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
    """Rows to delete from an index, and rows to insert."""

    index: TextIndex
    gone: Sequence[Indexed]
    new: Sequence[Indexed]


def index_changes(index: TextIndex, before: Iterable[Row], after: Iterable[Row]) -> IndexChanges:
    """Return the changes that replace the rows *before* by the rows *after* in an index, for `write_indexes`.

    Each row has an ``id`` and a column for each part of the index. Unchanged rows are left out.
    """
    was, now = ({row["id"]: [row[part] or "" for part in index.parts] for row in rows} for rows in (before, after))
    gone = [_indexed(index, each, texts) for each, texts in was.items() if now.get(each) != texts]
    new = [_indexed(index, each, texts) for each, texts in now.items() if was.get(each) != texts]
    return IndexChanges(index, gone, new)


def _indexed(index: TextIndex, each: int, texts: Iterable[str]) -> Indexed:
    return {"id": each, **dict(zip(index.parts, map(searchable, texts), strict=True))}


def write_indexes(writing: Writing, changes: Sequence[IndexChanges]) -> None:
    """Write changes of several indexes, at the end of a transaction.

    FTS5 buffers inserts until a statement that may fail follows, and then writes a segment. Statements of other kinds
    between two stories would create a segment for each story, to be merged later.
    """
    for index in (STORIES, QUOTES, PASSAGES):
        own = [each for each in changes if each.index is index]
        gone, new = [row for each in own for row in each.gone], [row for each in own for row in each.new]
        writing.search.write(writing, index, gone, new)
