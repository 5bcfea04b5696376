"""Full-text search on PostgreSQL, with tsvectors built here instead of by a text search configuration.

The words are those of `searchable`, as on SQLite, so both engines find the same rows. Scope words are stored with a
leading ``@``, which no word of a text has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.store.engines import LAST_ID, Indexed, Select, TextIndex, TextSearch, Writing
from bot.stories.query import Query, Term

MOST_BYTES = 2000
"""Maximum length of a word, in bytes; longer words are cut. PostgreSQL's own limit is 2046."""

LAST_POSITION = 16_383

_WEIGHTS = "ABCD"


class _Tsvector:
    def write(self, writing: Writing, index: TextIndex, gone: Sequence[Indexed], new: Sequence[Indexed]) -> None:
        """Delete the rows *gone* from *index*, then insert the rows *new*."""
        if gone:
            writing.many(f"DELETE FROM {index.table} WHERE id = :id", [{"id": row["id"]} for row in gone])
        if new:
            writing.many(
                f"INSERT INTO {index.table} (id, words) VALUES (:id, CAST(:words AS tsvector))",
                [{"id": row["id"], "words": vector(index, row)} for row in new],
            )

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
            f"SELECT id FROM {index.table} WHERE words @@ CAST(:match AS tsquery)"
            " AND id >= :first AND id <= :last ORDER BY id LIMIT :matches",
            {"match": match_expression(index, query, parts, scopes), "first": first, "last": last, "matches": limit},
        )

    def ranked(self, index: TextIndex, query: Query, limit: int, scopes: Sequence[str]) -> Select:
        """Return SQL for the ``id`` and ``score`` of rows that contain *query*; see `TextSearch.ranked`."""
        return (
            "SELECT id, -ts_rank(words, CAST(:match AS tsquery), 2) AS score"
            f" FROM {index.table} WHERE words @@ CAST(:match AS tsquery) LIMIT :matches",
            {"match": match_expression(index, query, ["text"], scopes), "matches": limit},
        )


def match_expression(index: TextIndex, query: Query, parts: Sequence[str], scopes: Sequence[str]) -> str:
    """Return *query* as a tsquery restricted to *parts* of *index*, and to *scopes* if there are any."""
    weights = "".join(weight for part, weight in zip(index.parts, _WEIGHTS, strict=False) if part in parts)
    match = " & ".join(_term(term, weights) for term in query)
    return f"{match} & ({' | '.join(_quoted(f'@{scope}') for scope in scopes)})" if scopes else match


def _term(term: Term, weights: str) -> str:
    words = [f"{_quoted(word)}:{weights}" for word in term.words]
    return f"({' <-> '.join(words)}{'*' if term.is_prefix else ''})"


def vector(index: TextIndex, row: Indexed) -> str:
    """Return the tsvector of *row*: each word with its positions, and each scope word without any.

    A gap in the positions between two parts prevents phrases across both.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place = 0
    for part, weight in zip(index.parts, _WEIGHTS, strict=False):
        words = str(row[part] or "").split()
        if part == "scope":
            places.update({f"@{word}": [] for word in words})
            continue
        for word in words:
            place = min(place + 1, LAST_POSITION)
            places[_truncated(word)].append(f"{place}{weight}")
        place += 1
    return _vector_text(places.items())


def _vector_text(places: Iterable[tuple[str, list[str]]]) -> str:
    return " ".join(f"{_quoted(word)}{':' if at else ''}{','.join(at)}" for word, at in places)


def _truncated(word: str) -> str:
    return word.encode()[:MOST_BYTES].decode("utf-8", "ignore")


def _quoted(word: str) -> str:
    return f"'{_truncated(word)}'"


TSVECTOR: TextSearch = _Tsvector()
