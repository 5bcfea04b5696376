"""What a reader may go on with after a story: three that they have not begun, whatever is known of them.

The reasons that hold for few stories come first: the series, its authors' others, the Later list, one like it. The last
two hold for any: how much readers loved it, and how long it is. They walk an index until enough are found, past what
the reader has begun, muted or may not see; so the size of the library costs nothing.
"""

import json
from collections.abc import Iterator, Sequence
from typing import get_args

from bot.domain.audience import EVERYONE, Audience
from bot.domain.next_stories import OFFERED, NextReason, NextStory, by_length, series_part
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Value, lookup, named_list
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql, visible_unmuted_sql
from bot.stories.metadata import value_of

_BY_ONE_AUTHOR = 100
"""Stories of one author that are looked at."""

_FACETS = 20
_WITH_A_FACET = 200
"""Facets of a story that are looked at, the rarest first, and stories that have one of them."""

_UNREAD = (
    "NOT EXISTS (SELECT 1 FROM places p WHERE p.user_id = :reader AND p.story_id = s.id)"
    " AND NOT EXISTS (SELECT 1 FROM reading_lists l"
    "  WHERE l.user_id = :reader AND l.story_id = s.id AND l.list <> 'later')"
)
_READ = (
    "EXISTS (SELECT 1 FROM reading_lists l LEFT JOIN places p ON p.user_id = l.user_id AND p.story_id = l.story_id"
    "  LEFT JOIN chapters f ON f.id = p.furthest_chapter_id WHERE l.user_id = :reader AND l.story_id = s.id"
    "  AND l.list = 'finished' AND coalesce(f.position, s.chapters) >= s.chapters)"
)
"""A story with a chapter that came after its reader finished it is not read."""


class NextStories(Family):
    """Of the stories that a reader may see, those that they have not begun."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    @lookup
    def after(self, reading: Reading, story: int, reader: int) -> list[NextStory]:
        """Return three stories, fewer only where fewer are left: one for each reason, then more for the best ones."""
        found: dict[int, NextStory] = {}
        spare: list[NextStory] = []
        for stories in self._by_reason(reading, story, reader):
            new = [each for each in stories if each.story.id not in found]
            found |= {each.story.id: each for each in new[:1]}
            spare += new[1:]
            if len(found) == OFFERED:
                break
        for each in spare:
            if len(found) < OFFERED:
                found.setdefault(each.story.id, each)
        return sorted(found.values(), key=lambda each: get_args(NextReason).index(each.why))

    @lookup
    def has_read_all(self, reading: Reading, reader: int) -> bool:
        """Whether a reader has finished every story that they may see."""
        left = f"SELECT 1 FROM {self._shown} s WHERE NOT {_READ} ORDER BY s.place, s.title_key, s.id LIMIT 1"
        return reading.row(left, {"reader": reader}) is None

    def _by_reason(self, reading: Reading, story: int, reader: int) -> Iterator[Sequence[NextStory]]:
        """The best stories for each reason, looked up as they are asked for."""
        here = reading.row(
            f"SELECT s.metadata AS metadata, s.words AS words FROM {self._shown} s WHERE s.id = :story",
            {"story": story},
        )
        if here is None:
            return
        values: dict[str, Value] = {"story": story, "reader": reader}
        theirs = self._of_authors(reading, values)
        yield _for("series", _next_of_series(here, theirs))
        yield _for("author", theirs)
        yield _for("later", self._later(reading, values))
        yield _for("alike", self._alike(reading, values))
        yield _for("loved", self._walk(reading, "s.loved > 0", "s.loved DESC, s.title_key, s.id", values))
        values["words"] = here["words"]
        near = [
            *self._walk(reading, "s.words <= :words", "s.words DESC, s.title_key, s.id", values),
            *self._walk(reading, "s.words > :words", "s.words, s.title_key DESC, s.id DESC", values),
        ]
        offers = [by_length(here["words"], summary_of(row)) for row in near]
        yield sorted(offers, key=lambda each: abs(each.story.words - here["words"]))

    def _walk(self, reading: Reading, condition: str, order: str, values: dict[str, Value]) -> list[Row]:
        """The first unread stories in the *order* of an index."""
        return reading.rows(
            f"SELECT {SUMMARY} FROM {self._listed} s WHERE {condition} AND s.id <> :story AND {_UNREAD}"
            f" ORDER BY {order} LIMIT {OFFERED}",
            values,
        )

    def _of_authors(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        """The other stories of its authors, in the order of the library."""
        return reading.rows(
            f"SELECT {SUMMARY}, s.metadata AS metadata FROM"
            " (SELECT DISTINCT f.story_id AS story_id FROM facets k"
            "  JOIN facets f ON f.kind = 'author' AND f.key = k.key"
            f"  WHERE k.story_id = :story AND k.kind = 'author' AND f.story_id <> :story LIMIT {_BY_ONE_AUTHOR}) d"
            f" {IN_ORDER} {self._listed} s ON s.id = d.story_id WHERE {_UNREAD} ORDER BY s.place, s.title_key, s.id",
            values,
        )

    def _later(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        return reading.rows(
            f"SELECT {SUMMARY} FROM reading_lists l JOIN {self._listed} s ON s.id = l.story_id"
            f" WHERE l.user_id = :reader AND l.list = 'later' AND l.story_id <> :story AND {_UNREAD}"
            f" ORDER BY l.changed_at DESC LIMIT {OFFERED}",
            values,
        )

    def _alike(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        """The stories with most of its tags, fandoms and characters in common."""
        facets = reading.rows(
            "SELECT k.kind AS kind, k.key AS key FROM facets k JOIN facet_names n ON n.kind = k.kind AND n.key = k.key"
            " WHERE k.story_id = :story AND k.kind IN ('tag', 'fandom', 'character') AND n.uses > 1"
            f" ORDER BY n.uses LIMIT {_FACETS}",
            values,
        )
        counts: dict[Value, int] = {}
        for facet in facets:
            rows = reading.rows(
                "SELECT story_id FROM facets WHERE kind = :kind AND key = :key AND story_id <> :story"
                f" LIMIT {_WITH_A_FACET}",
                {**values, "kind": facet["kind"], "key": facet["key"]},
            )
            for row in rows:
                counts[row["story_id"]] = counts.get(row["story_id"], 0) + 1
        best = sorted(counts, key=lambda each: -counts[each])[:50]
        if not best:
            return []
        listed, named = named_list("alike", best)
        rows = reading.rows(
            f"SELECT {SUMMARY} FROM {self._listed} s WHERE s.id IN {listed} AND {_UNREAD}", {**named, **values}
        )
        return sorted(rows, key=lambda row: best.index(row["story_id"]))


def _next_of_series(here: Row, theirs: Sequence[Row]) -> list[Row]:
    """Of its authors' stories the one that follows in its series."""
    this = series_part(value_of(json.loads(here["metadata"]), "series"))
    if this is None:
        return []
    parts = [(series_part(value_of(json.loads(each["metadata"]), "series")), each) for each in theirs]
    later = [(part.number, each) for part, each in parts if part is not None and part.series == this.series]
    following = [pair for pair in later if pair[0] > this.number]
    return [min(following, key=lambda pair: pair[0])[1]] if following else []


def _for(why: NextReason, rows: Sequence[Row]) -> list[NextStory]:
    return [NextStory(summary_of(row), why) for row in rows]
