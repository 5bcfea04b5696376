"""Full-text search of passages, search of tags and authors by name, and saved queries.

A passage matches a query only if it contains all terms of the query.
"""

import json
from collections.abc import Sequence
from typing import Literal

from bot.domain.rights import EVERYONE, Audience
from bot.errors import NothingStored, ReaderError
from bot.store.database import Database, Family, Reading, Row, Value, Writing, named_list, transaction
from bot.store.engines import alone
from bot.store.passages import PASSAGES, scopes_for
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.store.visibility import visible_sql
from bot.stories.excerpts import Hit, Hits, excerpt_of, spread
from bot.stories.facets import Facet, FacetKind
from bot.stories.folding import facet_key
from bot.stories.lengths import percent_behind
from bot.stories.model import Spot
from bot.stories.query import Query

LOOK_AT = 10_000
"""Maximum number of matching passages to rank; if more match, the others are ignored."""

MOST_HITS = 400
"""Maximum number of passages that a search finds: forty pages of ten. A reader who needs more can add a word."""

MOST_OF_A_STORY = 3
"""Maximum number of passages of one story on a page, as long as other stories match, too."""


class Search(Family):
    """Search of the prose of visible stories."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._saved = SavedQueries(db)
        self._shown = visible_sql(audience)

    async def find(self, query: Query, story: int | None, page: int, size: int) -> Hits:
        """Return page number *page*, from 0, of the passages that match *query*; beyond the end, the last page."""
        return await self._db.read(lambda reading: self._page(reading, query, story, page, size), is_long=True)

    def _page(self, reading: Reading, query: Query, story: int | None, page: int, size: int) -> Hits:
        found = self._ranked(reading, query, story) if query else []
        if not found:
            return Hits((), page=0, pages=1, total=0, is_all=True)
        stories = [row["story_id"] for row in found]
        order = spread(stories, size, MOST_OF_A_STORY if story is None else size)
        pages = -(-len(found) // size)
        page = max(0, min(page, pages - 1))
        passages = [found[i]["passage_id"] for i in order[page * size : (page + 1) * size]]
        return Hits(self._hits(reading, passages, query), page, pages, len(found), is_all=len(found) < MOST_HITS)

    def _ranked(self, reading: Reading, query: Query, story: int | None) -> list[Row]:
        """Return the ids of the matching passages of visible stories, best first, each with the id of its story."""
        matching, values = self._db.search.ranked(PASSAGES, query, LOOK_AT, scopes_for(self._audience, story))
        return reading.rows(
            f"SELECT p.id AS passage_id, p.story_id AS story_id FROM ({matching}) f"
            f" JOIN passages p ON p.id = f.id JOIN {self._shown} s ON s.id = p.story_id"
            " ORDER BY f.score, p.id LIMIT :most",
            {**values, "most": MOST_HITS},
        )

    def _hits(self, reading: Reading, passages: Sequence[int], query: Query) -> tuple[Hit, ...]:
        """Return the search results for *passages* (ids), in the same order."""
        listed, values = named_list("passage", passages)
        rows = reading.rows(
            f"SELECT {SUMMARY}, {CHAPTER}, p.id AS passage_id, p.start AS passage_start,"
            " p.words_before AS words_before, p.text AS passage_text"
            f" FROM passages p JOIN chapters c ON c.id = p.chapter_id JOIN {self._shown} s ON s.id = p.story_id"
            f" WHERE p.id IN {listed}",
            values,
        )
        found = {row["passage_id"]: _hit(row, query) for row in rows}
        return tuple(found[passage] for passage in passages if passage in found)

    async def save(self, reader: int, typed: str, story: int | None) -> int:
        """Save a search of *reader*, for the buttons below its results; return its id."""
        return await self._saved.keep(reader, "passages", json.dumps([typed, story]))

    async def saved(self, query_id: int, reader: int) -> tuple[str, int | None]:
        """Return the words of a saved search, and the id of its story, if any. Raises `ReaderError` if it is gone."""
        text = await self._saved.find("passages", query_id, reader)
        if text is None:
            raise ReaderError("search-gone")
        typed, story = json.loads(text)
        return typed, story


def _hit(row: Row, query: Query) -> Hit:
    story, chapter = summary_of(row), chapter_of(row)
    excerpt = excerpt_of(row["passage_text"], query)
    percent = percent_behind(row["words_before"], story.words)
    return Hit(story, chapter, Spot(chapter.id, row["passage_start"] + excerpt.offset), percent, excerpt)


QueryKind = Literal["stories", "passages", "quotes"]

KEPT_SECONDS = 30 * 24 * 60 * 60
"""Seconds after its last use until a query is deleted."""

FRESH_SECONDS = 24 * 60 * 60
"""Seconds after a stored use of a query during which further uses are not stored."""

KEPT_EACH = 30
"""Maximum number of saved queries of one kind per reader; the least recently used is deleted first."""

NOT_KEPT = 10**17 - 1
"""Id for a query that cannot be stored. No row has this id, so the list's buttons ask for a new search."""


class SavedQueries(Family):
    """Saved queries, whose ids are in the buttons of lists. The same query by the same reader gets the same id."""

    async def keep(self, reader: int, kind: QueryKind, text: str) -> int:
        """Store *text*, a query of *reader*, and return its id; `NOT_KEPT` if nothing can be stored."""
        now = self._db.now()
        values: dict[str, Value] = {"reader": reader, "kind": kind, "text": text, "now": now}
        kept = await self._db.row(
            "SELECT id, used_at FROM saved_queries WHERE user_id = :reader AND kind = :kind AND text = :text", values
        )
        if kept is not None and kept["used_at"] > now - FRESH_SECONDS:  # turning the pages of a list writes nothing
            return kept["id"]
        try:
            return await self._save(values)
        except NothingStored:
            return kept["id"] if kept is not None else NOT_KEPT

    @transaction
    def _save(self, writing: Writing, values: dict[str, Value]) -> int:
        writing.take(alone("reader", int(values["reader"] or 0)))
        since = self._db.now() - KEPT_SECONDS
        writing.execute("DELETE FROM saved_queries WHERE used_at < :since", {"since": since})
        [(query,)] = writing.rows(
            "INSERT INTO saved_queries (user_id, kind, text, used_at) VALUES (:reader, :kind, :text, :now)"
            " ON CONFLICT (user_id, kind, text) DO UPDATE SET used_at = excluded.used_at RETURNING id",
            values,
        )
        writing.execute(
            "DELETE FROM saved_queries WHERE user_id = :reader AND kind = :kind AND id NOT IN"
            " (SELECT id FROM saved_queries WHERE user_id = :reader AND kind = :kind"
            "  ORDER BY used_at DESC, id DESC LIMIT :most)",
            values | {"most": KEPT_EACH},
        )
        return int(query)

    async def find(self, kind: QueryKind, query: int, *readers: int) -> str | None:
        """Return the text of a query by one of *readers*; None if the query is by another reader or was deleted.

        A press on a button below another reader's public list passes both readers: the list shows the query anyway.
        """
        owners, values = named_list("reader", readers)
        row = await self._db.row(
            f"SELECT text FROM saved_queries WHERE id = :query AND kind = :kind AND user_id IN {owners}",
            {"query": query, "kind": kind, **values},
        )
        return row["text"] if row else None


MOST_USED = 1000
"""Number of the most used names of a kind to search for a typed substring; other names match by beginning only."""

MOST_LOOKED_AT = 100
"""Maximum number of rarer names to look at, and of a name's stories to look at for a visible one."""


def write_facets(writing: Writing, story: int, facets: Sequence[Facet]) -> None:
    """Replace the facets (author, tags and others) of a story by *facets*."""
    writing.execute("DELETE FROM facets WHERE story_id = :story", {"story": story})
    names = {(facet.kind, key): facet.name for facet in reversed(facets) if (key := facet_key(facet.name))}
    rows = [{"kind": kind, "key": key, "name": name, "story": story} for (kind, key), name in names.items()]
    writing.many(
        "INSERT INTO facet_names (kind, key, name, uses) VALUES (:kind, :key, :name, 0)"
        " ON CONFLICT (kind, key) DO NOTHING",
        rows,
    )
    writing.many("INSERT INTO facets (kind, key, story_id) VALUES (:kind, :key, :story)", rows)


class Facets(Family):
    """Tags, authors and other facets of visible stories, for autocomplete."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._has_visible_story = (
            "EXISTS (SELECT 1 FROM (SELECT story_id FROM facets k WHERE k.kind = n.kind AND k.key = n.key"
            f" LIMIT {MOST_LOOKED_AT}) t JOIN {visible_sql(audience)} s ON s.id = t.story_id)"
        )

    async def offered(self, kinds: Sequence[FacetKind], typed: str, limit: int) -> list[str]:
        """Return names that contain *typed*, most used first; then rarer names that begin with *typed*.

        Names without a visible story are left out. The names of each kind follow those of the kind before.
        """
        key = facet_key(typed)
        values: dict[str, Value] = {"key": key, "beyond": key + "\U0010ffff", "limit": limit}
        found: dict[str, str] = {}
        for kind in kinds:
            rows = await self._db.rows(
                "SELECT n.key AS key, n.name AS name"
                f" FROM (SELECT * FROM facet_names WHERE kind = :kind ORDER BY uses DESC, key LIMIT {MOST_USED}) n"
                f" WHERE instr(n.key, :key) > 0 AND {self._has_visible_story} LIMIT :limit",
                {**values, "kind": kind},
            )
            if len(rows) < limit and key:
                rows += await self._db.rows(
                    "SELECT n.key AS key, n.name AS name"
                    " FROM (SELECT * FROM facet_names WHERE kind = :kind AND key >= :key AND key < :beyond"
                    f"  ORDER BY key LIMIT {MOST_LOOKED_AT}) n WHERE {self._has_visible_story} LIMIT :limit",
                    {**values, "kind": kind},
                )
            for row in rows:
                found.setdefault(row["key"], row["name"])
        return list(found.values())[:limit]
