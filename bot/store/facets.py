"""Facets: what stories are found by, such as tags and authors, and their names as they are offered to who types."""

from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.store.database import Database, Family, Value, Writing
from bot.store.visibility import visible_sql
from bot.stories.facets import Facet, FacetKind
from bot.stories.folding import facet_key

MOST_USED = 1000
"""Names of a kind that are searched for what was typed; beyond them only those that begin so are found."""

FEWER = 100
"""Names that begin as was typed, and stories of a name, that are looked at: enough to meet one that may be shown."""


def write_facets(writing: Writing, story: int, facets: Sequence[Facet]) -> None:
    """Write what a story is found by now, in the place of what it was found by before."""
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
    """The names of the stories that may be shown."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._has_one_shown = (
            "EXISTS (SELECT 1 FROM (SELECT story_id FROM facets k WHERE k.kind = n.kind AND k.key = n.key"
            f" LIMIT {FEWER}) t JOIN {visible_sql(audience)} s ON s.id = t.story_id)"
        )

    async def offered(self, kinds: Sequence[FacetKind], typed: str, limit: int) -> list[str]:
        """Return names with what was *typed* in them, the most used first; then those that begin so.

        A name is left out where no story that has it may be shown.
        """
        key = facet_key(typed)
        values: dict[str, Value] = {"key": key, "beyond": key + "\U0010ffff", "limit": limit}
        found: dict[str, str] = {}
        for kind in kinds:
            rows = await self._db.rows(
                "SELECT n.key AS key, n.name AS name"
                f" FROM (SELECT * FROM facet_names WHERE kind = :kind ORDER BY uses DESC, key LIMIT {MOST_USED}) n"
                f" WHERE instr(n.key, :key) > 0 AND {self._has_one_shown} LIMIT :limit",
                {**values, "kind": kind},
            )
            if len(rows) < limit and key:
                rows += await self._db.rows(
                    "SELECT n.key AS key, n.name AS name"
                    " FROM (SELECT * FROM facet_names WHERE kind = :kind AND key >= :key AND key < :beyond"
                    f"  ORDER BY key LIMIT {FEWER}) n WHERE {self._has_one_shown} LIMIT :limit",
                    {**values, "kind": kind},
                )
            for row in rows:
                found.setdefault(row["key"], row["name"])
        return list(found.values())[:limit]
