"""What a reader may go on with after a story: the series, its author's others, their Later list, one like it."""

import json
from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.next_stories import NextReason, NextStory, series_part
from bot.store.database import IN_ORDER, Database, Family, Row, Value, named_list
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql, visible_unmuted_sql
from bot.stories.metadata import value_of

_BY_ONE_AUTHOR = 100
"""Stories of one author that are looked at."""

_FACETS = 20
_WITH_A_FACET = 200
"""Facets of a story that are looked at, the rarest first, and stories that have one of them."""

_UNREAD = "NOT EXISTS (SELECT 1 FROM places p WHERE p.user_id = :reader AND p.story_id = s.id)"


class NextStories(Family):
    """Of the stories that a reader may see, those that they have not begun."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    async def after(self, story: int, reader: int) -> list[NextStory]:
        """Return at most one story for each reason, none twice."""
        theirs = await self._of_authors(story, reader)
        found: list[NextStory] = []
        _add(found, "series", await self._next_of_series(story, theirs))
        _add(found, "author", theirs)
        _add(found, "later", await self._later(story, reader))
        _add(found, "alike", await self._alike(story, reader))
        return found

    async def _of_authors(self, story: int, reader: int) -> Sequence[Row]:
        """The other stories of its authors, in the order of the library."""
        return await self._db.rows(
            f"SELECT {SUMMARY}, s.metadata AS metadata FROM"
            " (SELECT DISTINCT f.story_id AS story_id FROM facets k"
            "  JOIN facets f ON f.kind = 'author' AND f.key = k.key"
            f"  WHERE k.story_id = :story AND k.kind = 'author' AND f.story_id <> :story LIMIT {_BY_ONE_AUTHOR}) d"
            f" {IN_ORDER} {self._listed} s ON s.id = d.story_id WHERE {_UNREAD} ORDER BY s.place, s.title_key, s.id",
            {"story": story, "reader": reader},
        )

    async def _next_of_series(self, story: int, theirs: Sequence[Row]) -> list[Row]:
        row = await self._db.row(
            f"SELECT s.metadata AS metadata FROM {self._shown} s WHERE s.id = :story", {"story": story}
        )
        here = series_part(value_of(json.loads(row["metadata"]), "series")) if row is not None else None
        if here is None:
            return []
        parts = [(series_part(value_of(json.loads(each["metadata"]), "series")), each) for each in theirs]
        later = [(part.number, each) for part, each in parts if part is not None and part.series == here.series]
        following = [pair for pair in later if pair[0] > here.number]
        return [min(following, key=lambda pair: pair[0])[1]] if following else []

    async def _later(self, story: int, reader: int) -> Sequence[Row]:
        return await self._db.rows(
            f"SELECT {SUMMARY} FROM reading_lists l JOIN {self._shown} s ON s.id = l.story_id"
            " WHERE l.user_id = :reader AND l.list = 'later' AND l.story_id <> :story"
            " ORDER BY l.changed_at DESC LIMIT 4",
            {"reader": reader, "story": story},
        )

    async def _alike(self, story: int, reader: int) -> Sequence[Row]:
        """The stories with most of its tags, fandoms and characters in common."""
        facets = await self._db.rows(
            "SELECT k.kind AS kind, k.key AS key FROM facets k JOIN facet_names n ON n.kind = k.kind AND n.key = k.key"
            " WHERE k.story_id = :story AND k.kind IN ('tag', 'fandom', 'character') AND n.uses > 1"
            f" ORDER BY n.uses LIMIT {_FACETS}",
            {"story": story},
        )
        counts: dict[Value, int] = {}
        for facet in facets:
            rows = await self._db.rows(
                "SELECT story_id FROM facets WHERE kind = :kind AND key = :key AND story_id <> :story"
                f" LIMIT {_WITH_A_FACET}",
                {"kind": facet["kind"], "key": facet["key"], "story": story},
            )
            for row in rows:
                counts[row["story_id"]] = counts.get(row["story_id"], 0) + 1
        best = sorted(counts, key=lambda each: -counts[each])[:50]
        if not best:
            return []
        listed, values = named_list("alike", best)
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM {self._listed} s WHERE s.id IN {listed} AND {_UNREAD}", {**values, "reader": reader}
        )
        return sorted(rows, key=lambda row: best.index(row["story_id"]))


def _add(found: list[NextStory], why: NextReason, rows: Sequence[Row]) -> None:
    known = {each.story.id for each in found}
    new = next((summary_of(row) for row in rows if row["story_id"] not in known), None)
    if new is not None:
        found.append(NextStory(new, why))
