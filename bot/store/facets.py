"""What stories are found by, and the names of it that are offered as a reader types."""

from __future__ import annotations

from collections.abc import Sequence

import aiosqlite

from bot.domain.audience import EVERYONE, Audience
from bot.store.database import Database, visible_sql
from bot.stories.facets import Facet, FacetKind
from bot.stories.folding import facet_key

MOST_USED = 1000
"""Names of a kind that are looked through for what was typed; beyond them only those that begin so are found."""

FEWER = 100
"""Names that begin as was typed, and stories of a name, that are looked at: enough to meet one that may be shown."""


async def write_facets(db: aiosqlite.Connection, story: int, marks: Sequence[Facet]) -> None:
    """Write what a story is found by now, in the place of what it was found by before."""
    await db.execute("DELETE FROM facets WHERE story_id = ?", (story,))
    rows = {(mark.kind, key): mark.name for mark in reversed(marks) if (key := facet_key(mark.name))}
    await db.executemany(
        "INSERT INTO facet_names (kind, key, name, uses) VALUES (?, ?, ?, 0) ON CONFLICT DO NOTHING",
        [(*row, name) for row, name in rows.items()],
    )
    await db.executemany("INSERT INTO facets (kind, key, story_id) VALUES (?, ?, ?)", [(*row, story) for row in rows])


class Facets:
    """The names of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._has_one_shown = (
            "EXISTS (SELECT 1 FROM (SELECT story_id FROM facets k WHERE k.kind = n.kind AND k.key = n.key"
            f" LIMIT {FEWER}) t JOIN {visible_sql(audience)} s ON s.id = t.story_id)"
        )

    async def offered(self, kinds: Sequence[FacetKind], typed: str, limit: int) -> list[str]:
        """Names with what was *typed* in them, the most used first; then those that begin so.

        A name that only stories have which may not be shown is not among them.
        """
        key = facet_key(typed)
        found: dict[str, str] = {}
        for kind in kinds:
            rows = await self._db.rows(
                "SELECT n.key, n.name FROM (SELECT * FROM facet_names WHERE kind = ? ORDER BY uses DESC, key"
                f" LIMIT {MOST_USED}) n WHERE instr(n.key, ?) > 0 AND {self._has_one_shown} LIMIT ?",
                (kind, key, limit),
            )
            if len(rows) < limit and key:
                rows += await self._db.rows(
                    "SELECT n.key, n.name FROM (SELECT * FROM facet_names WHERE kind = ? AND key >= ? AND key < ?"
                    f" ORDER BY key LIMIT {FEWER}) n WHERE {self._has_one_shown} LIMIT ?",
                    (kind, key, key + "\U0010ffff", limit),
                )
            for found_key, name in rows:
                found.setdefault(found_key, name)
        return list(found.values())[:limit]
