"""Lists of stories by what readers ask for, and one by chance.

What a query costs is bounded whatever the library holds: it begins with the rarest name that is asked for, where fewer
than `FEW` stories have it; else it walks the index of the order, at most `LOOK_AT` stories, until a list is full.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.filters import EVERYTHING, Filter, Sort, StoryFilter, StoryPage
from bot.errors import ReaderError
from bot.store import saved_queries as asked
from bot.store.database import Database, Value, visible_sql, visible_unmuted_sql
from bot.store.mutes import Mutes
from bot.store.rows import SUMMARY, summary_of
from bot.stories.facets import NAMED, FacetKind
from bot.stories.folding import facet_key
from bot.stories.model import StorySummary

MOST_LISTED = 1000
"""Stories that a list holds; among more a reader asks more closely."""

FEW = 2000
LOOK_AT = 10_000
PROBES = 200
"""Ids that are tried by chance."""

_ORDER: dict[Sort, str] = {
    "title": "s.place, s.title_key, s.id",
    "newest": "s.added_at DESC, s.title_key, s.id",
    "loved": "s.loved DESC, s.title_key, s.id",
    "continue": "s.go_on DESC, s.title_key, s.id",
    "longest": "s.words DESC, s.title_key, s.id",
}
_NAMED = ", ".join(f"'{kind}'" for kind in NAMED)
_UNREAD = "NOT EXISTS (SELECT 1 FROM places p WHERE p.user_id = ? AND p.story_id = s.id)"

Clause = tuple[str, list[Value]]


class StoryLists:
    """The stories that may be shown, by what is asked for."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._reader = audience.reader
        self._mutes = Mutes(db)
        self._asked = asked.SavedQueries(db)
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    async def keep(self, asked: StoryFilter) -> int:
        """A number for what this reader asks, for buttons; 0 for the whole library."""
        if asked == EVERYTHING:
            return 0
        return await self._asked.keep(self._reader, "stories", asked.write())

    async def asked(self, finding: int) -> StoryFilter:
        """What a list's number stands for. Raises `ReaderError`."""
        if not finding:
            return EVERYTHING
        text = await self._asked.find("stories", finding)
        if text is None:
            raise ReaderError("finding-gone")
        return StoryFilter.read(text)

    async def page(self, asked: StoryFilter, page: int, size: int) -> StoryPage:
        """Page number *page* of a list, from 0; one past the end is the last, for a list that has become shorter."""
        ids = await self._ids(self._listed, asked)
        hidden = set(await self._ids(self._shown, asked)) - set(ids) if await self._mutes.any(self._reader) else ()
        listed = ids[:MOST_LISTED]
        page = max(0, min(page, -(-len(listed) // size) - 1))
        entries = await self._entries(listed[page * size : (page + 1) * size])
        return StoryPage(tuple(entries), page, len(listed), len(ids) <= MOST_LISTED, len(hidden))

    async def looser(self, asked: StoryFilter) -> dict[Filter, int]:
        """How many stories there are without one or another of the filters, of those that find any."""
        counts: dict[Filter, int] = {}
        for name in asked.on():
            if found := len(await self._ids(self._listed, asked.less(name))):
                counts[name] = min(found, MOST_LISTED)
        return counts

    async def by_chance(self, asked: StoryFilter) -> StorySummary | None:
        """One of the stories that this reader has not begun, each as likely as another; None where there is none.

        Ids are tried by chance; where hardly any of the library fits, it is one of the first `MOST_LISTED` that do.
        """
        unread: Clause = (_UNREAD, [self._reader])
        rarest = await self._rarest(asked)
        if rarest is None and (found := await self._probed(_all_of([_filters(asked), unread]))):
            return found
        ids = await self._ids(self._listed, asked, unread)
        found = await self._entries([random.choice(ids)]) if ids else []
        return found[0] if found else None

    async def _probed(self, where: Clause) -> StorySummary | None:
        top = await self._db.row("SELECT max(id) FROM stories")
        last = int(top[0] or 0) if top else 0
        if not last:
            return None
        tried = random.sample(range(1, last + 1), min(last, PROBES))
        rows = await self._db.rows(
            f"SELECT s.id FROM {self._listed} s WHERE s.id IN ({_marks(tried)}) AND {where[0]}", [*tried, *where[1]]
        )
        fitting = {int(row[0]) for row in rows}
        entries = await self._entries([story for story in tried if story in fitting][:1])
        return entries[0] if entries else None

    async def _ids(self, stories: str, asked: StoryFilter, also: Clause = ("1", [])) -> list[int]:
        """In order, at most one more than a list holds."""
        where, values = _all_of([_filters(asked), also])
        rarest = None if asked.sort == "recent" else await self._rarest(asked)
        if rarest is not None:
            kind, keys = rarest
            source = (
                f"(SELECT DISTINCT story_id FROM facets WHERE kind = ? AND key IN ({_marks(keys)})) d"
                f" CROSS JOIN {stories} s ON s.id = d.story_id"
            )
            sql = f"SELECT s.id FROM {source} WHERE {where} ORDER BY {_ORDER[asked.sort]} LIMIT {MOST_LISTED + 1}"
            return [row[0] for row in await self._db.rows(sql, [kind, *keys, *values])]
        if asked.sort == "recent":
            walk = f"FROM places r CROSS JOIN {stories} s ON s.id = r.story_id WHERE r.user_id = ?"
            walk += " ORDER BY r.moved_at DESC"
            values = [self._reader, *values]
        else:
            walk = f"FROM {stories} s ORDER BY {_ORDER[asked.sort]}"
        # What is filtered stays in the order of the walk: nothing is sorted, and it ends with the last that is listed.
        sql = f"SELECT s.id FROM (SELECT s.id {walk} LIMIT {LOOK_AT}) s WHERE {where} LIMIT {MOST_LISTED + 1}"
        return [row[0] for row in await self._db.rows(sql, values)]

    async def _rarest(self, asked: StoryFilter) -> tuple[FacetKind, list[str]] | None:
        """Of what is asked for that which the fewest stories have; None where all of it is common, or nothing is."""
        found: list[tuple[int, FacetKind, list[str]]] = []
        for kind, names in asked.groups():
            keys = [facet_key(name) for name in names]
            row = await self._db.row(
                f"SELECT count(*) FROM (SELECT 1 FROM facets WHERE kind = ? AND key IN ({_marks(keys)}) LIMIT {FEW})",
                [kind, *keys],
            )
            found.append((int(row[0]) if row else 0, kind, keys))
        if not found:
            return None
        count, kind, keys = min(found, key=lambda each: each[0])
        return (kind, keys) if count < FEW else None

    async def _entries(self, ids: Sequence[int]) -> list[StorySummary]:
        """The stories with these ids, in their order."""
        if not ids:
            return []
        rows = await self._db.rows(f"SELECT {SUMMARY} FROM {self._listed} s WHERE s.id IN ({_marks(ids)})", ids)
        found = {row[0]: summary_of(row) for row in rows}
        return [found[story] for story in ids if story in found]


def _filters(asked: StoryFilter) -> Clause:
    """Conditions on a story *s*, each a look into an index."""
    clauses: list[Clause] = []
    for kind, names in asked.groups():
        keys = [facet_key(name) for name in names]
        clauses.append(
            (
                f"EXISTS (SELECT 1 FROM facets k WHERE k.story_id = s.id AND k.key IN ({_marks(keys)}) AND k.kind = ?)",
                [*keys, kind],
            )
        )
    for name in asked.without:
        clauses.append(
            (
                f"NOT EXISTS (SELECT 1 FROM facets k WHERE k.story_id = s.id AND k.key = ? AND k.kind IN ({_NAMED}))",
                [facet_key(name)],
            )
        )
    return _all_of(clauses)


def _all_of(clauses: Sequence[Clause]) -> Clause:
    return " AND ".join(sql for sql, _ in clauses) or "1", [value for _, values in clauses for value in values]


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
