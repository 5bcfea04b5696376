"""Full-text search on SQLite, by FTS5.

The indexes store no text (``content = ''``), so FTS5 needs the inserted texts again to delete a row.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.store.engines import LAST_ID, Indexed, Select, TextIndex, TextSearch, Writing
from bot.stories.query import Query


class _Fts5:
    def write(self, writing: Writing, index: TextIndex, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Delete the rows *gone* from *index*, then insert the rows *new*; *gone* has the texts that were inserted."""
        columns = f"rowid, {', '.join(index.parts)}"
        values = f":id, {', '.join(f':{part}' for part in index.parts)}"
        if gone:
            writing.many(f"INSERT INTO {index.table} ({index.table}, {columns}) VALUES ('delete', {values})", gone)
        if new:
            writing.many(f"INSERT INTO {index.table} ({columns}) VALUES ({values})", new)

    def matching(
        self,
        index: TextIndex,
        query: Query,
        parts: Sequence[str],
        limit: int,
        scopes: Sequence[str] = (),
        first: int = 0,
        last: int = LAST_ID,
    ) -> Select:
        """Return SQL for the ``id`` of rows that contain every term of *query*; see `TextSearch.matching`."""
        return (
            f"SELECT rowid AS id FROM {index.table} WHERE {index.table} MATCH :match"
            " AND rowid >= :first AND rowid <= :last ORDER BY rowid LIMIT :matches",
            {"match": match_expression(query, parts, scopes), "first": first, "last": last, "matches": limit},
        )

    def ranked(self, index: TextIndex, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Return SQL for the ``id`` and ``score`` of rows that contain *query*; see `TextSearch.ranked`."""
        return (
            f"SELECT rowid AS id, bm25({index.table}, 1.0, 0.0) AS score FROM {index.table}"
            f" WHERE {index.table} MATCH :match LIMIT :matches",
            {"match": match_expression(query, ["text"], scopes), "matches": limit},
        )


def match_expression(query: Query, parts: Sequence[str], scopes: Sequence[str]) -> str:
    """Return the FTS5 MATCH expression for *query* in the columns *parts*, limited to *scopes* if there are any.

    Words need no escaping: they have only letters and digits.
    """
    terms = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.is_prefix else ""}' for term in query)
    match = f"{{{' '.join(parts)}}} : ({terms})"
    return f"{match} AND scope : ({' OR '.join(scopes)})" if scopes else match


FTS5: TextSearch = _Fts5()
