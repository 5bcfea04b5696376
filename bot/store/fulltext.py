"""Full text: which passages, quotes and stories hold certain words.

This module alone knows how SQLite's FTS5 keeps an index and how it is asked. The indexes keep no text of their own
(``content = ''``): to take a row out, FTS5 must be given the very texts that were put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.store.database import Row, Value, Writing
from bot.stories.folding import searchable
from bot.stories.query import Query

Select = tuple[str, dict[str, Value]]
"""A SELECT, and the values of its parameters by name."""

Indexed = dict[str, Value]
"""A row of an index: its ``id``, and a text for each part."""

LAST_ID = 2**63 - 1


class TextIndex:
    """Finds ids by their texts. A text is indexed as `searchable` says it; each has a *part*, such as a title."""

    def __init__(self, table: str, *parts: str) -> None:
        self._table = table
        self._parts = parts

    def changes(self, before: Iterable[Row], after: Iterable[Row]) -> IndexChanges:
        """Return what it takes to index the rows *after* instead of those *before*, for `write_indexes`.

        Each row has an ``id`` and a column for each part. What did not change is not written.
        """
        was, now = ({row["id"]: [row[part] or "" for part in self._parts] for row in rows} for rows in (before, after))
        gone = [self._indexed(each, texts) for each, texts in was.items() if now.get(each) != texts]
        new = [self._indexed(each, texts) for each, texts in now.items() if was.get(each) != texts]
        return IndexChanges(self, gone, new)

    def write(self, writing: Writing, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Take rows out of the index, then put others in."""
        columns = f"rowid, {', '.join(self._parts)}"
        values = f":id, {', '.join(f':{part}' for part in self._parts)}"
        if gone:
            writing.many(f"INSERT INTO {self._table} ({self._table}, {columns}) VALUES ('delete', {values})", gone)
        if new:
            writing.many(f"INSERT INTO {self._table} ({columns}) VALUES ({values})", new)

    def _indexed(self, each: int, texts: Iterable[str]) -> Indexed:
        return {"id": each, **dict(zip(self._parts, map(searchable, texts), strict=True))}

    def matching(
        self,
        query: Query,
        parts: Sequence[str],
        limit: int,
        scopes: Sequence[str] = (),
        first: int = 0,
        last: int = LAST_ID,
    ) -> Select:
        """Select the ``id`` of at most *limit* rows from *first* to *last*, in that order, that hold all of *query*.

        The words must stand in one of *parts*, and one of *scopes* in the part ``scope``, where any are given.
        """
        return (
            f"SELECT rowid AS id FROM {self._table} WHERE {self._table} MATCH :match"
            " AND rowid >= :first AND rowid <= :last ORDER BY rowid LIMIT :matches",
            {"match": match_expression(query, parts, scopes), "first": first, "last": last, "matches": limit},
        )

    def ranked(self, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Select ``id`` and ``score`` of *limit* texts in one of *scopes*; the lowest score is the best."""
        return (
            f"SELECT rowid AS id, bm25({self._table}, 1.0, 0.0) AS score FROM {self._table}"
            f" WHERE {self._table} MATCH :match LIMIT :matches",
            {"match": match_expression(query, ["text"], scopes), "matches": limit},
        )


def match_expression(query: Query, parts: Sequence[str], scopes: Sequence[str]) -> str:
    """Return *query* in FTS5's syntax. Its words are letters and digits only; each term is in quotation marks."""
    terms = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}' for term in query)
    match = f"{{{' '.join(parts)}}} : ({terms})"
    return f"{match} AND scope : ({' OR '.join(scopes)})" if scopes else match


@dataclass(frozen=True, slots=True)
class IndexChanges:
    """Rows to take out of an index, and rows to put in."""

    index: TextIndex
    gone: Sequence[Indexed]
    new: Sequence[Indexed]


def write_indexes(writing: Writing, changes: Sequence[IndexChanges]) -> None:
    """Write changes of any indexes, at the end of a transaction.

    FTS5 keeps what is put in until a statement follows that may fail half way, and then writes what it has. So one
    statement between two stories makes each of them a segment of the index, to be merged with the others later.
    """
    for index in (STORIES, QUOTES, PASSAGES):
        own = [each for each in changes if each.index is index]
        index.write(writing, [row for each in own for row in each.gone], [row for each in own for row in each.new])


PASSAGES = TextIndex("passage_search", "text", "scope")
QUOTES = TextIndex("quote_search", "text", "scope")
STORIES = TextIndex("story_search", "title", "author")
