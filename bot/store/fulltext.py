"""Full text: which passages, quotes and stories hold certain words. How it is kept and asked, each engine says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.store.engines import Indexed, Row, TextIndex, Writing
from bot.stories.folding import searchable

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
