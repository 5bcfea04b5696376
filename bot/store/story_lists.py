"""Lists of stories by filters, a random story, and suggestions for the next story.

The cost of a list is bounded at any library size. If fewer than `FEW` stories have the rarest requested facet, the
query begins with these stories. Otherwise it scans the index of the sort order, at most `LOOK_AT` stories, until the
list is full. Such a scan excludes muted stories by one list of their ids if they are fewer than `FEW`; otherwise the
query checks the mutes story by story.

Suggestions come first from reasons that fit few stories: the series, the same author, the Later list, similar tags. Two
more reasons fit any story: readers' reactions, and the length. Their queries scan an index until there are enough
suggestions, and skip stories that the reader has begun, muted or may not see; so the library's size does not matter.
"""

import json
import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, get_args

from bot.domain.rights import EVERYONE, Audience
from bot.domain.stories import (
    EVERYTHING,
    OFFERED,
    Filter,
    NextReason,
    NextStory,
    Sort,
    StoryFilter,
    StoryPage,
    by_length,
    series_part,
)
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Value, lookup, named_list
from bot.store.engines import Select
from bot.store.rows import OPENING, SUMMARY, summary_of
from bot.store.search import SavedQueries
from bot.store.visibility import is_muted_sql, muted_sql, visible_sql, visible_unmuted_sql
from bot.stories.facets import NAMED
from bot.stories.facts import facts_of
from bot.stories.folding import facet_key
from bot.stories.lengths import words_within
from bot.stories.metadata import value_of
from bot.stories.model import StoryBlurb, StorySummary
from bot.stories.openings import first_sentence, opening_words

MOST_LISTED = 1000
"""Maximum number of stories in a list; if more match, a reader adds filters."""

FEW = 2000
LOOK_AT = 10_000
PROBES = 200
"""Maximum number of random story ids to try for a random story."""

AT_ONCE = 50
"""Maximum number of random story ids to try in one query."""

_ORDER: dict[Sort, str] = {
    "title": "s.place, s.title_key, s.id",
    "newest": "s.added_at DESC, s.title_key, s.id",
    "loved": "s.loved DESC, s.title_key, s.id",
    "continue": "s.go_on DESC, s.title_key, s.id",
    "longest": "s.words DESC, s.title_key, s.id",
}
_BLURB_COLUMNS = ("rating", "language", "summary", "metadata", "opening", "status")
_BLURB = f", s.rating, s.language, s.summary, s.metadata, s.status AS status, {OPENING} AS opening"
_NAMED = ", ".join(f"'{kind}'" for kind in NAMED)
_BEGUN = "EXISTS (SELECT 1 FROM places p WHERE p.user_id = :reader AND p.story_id = s.id)"
_UNREAD = f"NOT {_BEGUN}"


class _Facet(NamedTuple):
    """An SQL condition on ``facets``, and the values of its parameters.

    The condition selects the rows with one kind and any of several names.
    """

    condition: str
    values: dict[str, Value]


class _Route(NamedTuple):
    """Query plan of a list: where to begin, and how many stories are muted."""

    rarest: _Facet | None
    """The facet with whose stories to begin; None for a scan in the sort order."""
    muted: int
    """Number of stories that the reader muted, counted up to `FEW`."""


class StoryLists(Family):
    """Lists of visible stories by filters."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._reader = audience.reader
        self._saved = SavedQueries(db)
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    async def save(self, filter: StoryFilter) -> int:
        """Save a filter of the audience's reader for the list's buttons; return its id, 0 for the whole library."""
        if filter == EVERYTHING:
            return 0
        return await self._saved.keep(self._reader, "stories", filter.write())

    async def saved(self, query_id: int, owner: int = 0) -> StoryFilter:
        """Return the filter that the audience's reader, or the *owner* of the list on screen, saved under an id.

        The id 0 is the whole library. Raises `ReaderError` if the filter is gone.
        """
        if not query_id:
            return EVERYTHING
        text = await self._saved.find("stories", query_id, self._reader, owner)
        if text is None:
            raise ReaderError("finding-gone")
        return StoryFilter.read(text)

    @lookup
    def page(self, reading: Reading, filter: StoryFilter, page: int, size: int) -> StoryPage:
        """Return page number *page* of a list, from 0; beyond the end, the last page (the list may be shorter now)."""
        route = self._route(reading, filter)
        listed = self._listing(filter, route, self._unmuted(route))
        page = max(0, page)
        rows = self._rows_of_page(reading, listed, page, size)
        if not rows and page and (first := self._rows_of_page(reading, listed, 0, size)):
            page = (min(first[0]["stories"], MOST_LISTED) - 1) // size
            rows = self._rows_of_page(reading, listed, page, size)
        ids = [row["id"] for row in rows]
        shown = self._rows_of(reading, ids, _BLURB)
        loved = self._loved(reading, ids)
        count = rows[0]["stories"] if rows else 0
        return StoryPage(
            tuple(summary_of(row) for row in shown),
            tuple(
                _blurb(row["story_title"], loved.get(row["story_id"]), **{name: row[name] for name in _BLURB_COLUMNS})
                for row in shown
            ),
            page if rows else 0,
            min(count, MOST_LISTED),
            count <= MOST_LISTED,
            self._left_out(reading, filter, route),
            {} if ids else self._looser(reading, filter),
        )

    def _loved(self, reading: Reading, ids: Sequence[Value]) -> dict[int, tuple[str, int]]:
        """Return the emoji that most readers reacted with, and how many did, by story; custom emoji are left out."""
        if not ids:
            return {}
        listed, values = named_list("story", ids)
        rows = reading.rows(f"SELECT story_id, emoji, readers FROM reaction_counts WHERE story_id IN {listed}", values)
        plain = [(row["readers"], row["emoji"], row["story_id"]) for row in rows if not row["emoji"].isdecimal()]
        return {story: (emoji, readers) for readers, emoji, story in sorted(plain)}

    def _rows_of_page(self, reading: Reading, listed: Select, page: int, size: int) -> list[Row]:
        """Return the story ids of one page of *listed*, each with the length of the whole list."""
        sql, values = listed
        room = max(0, min(size, MOST_LISTED - page * size))
        return reading.rows(
            f"WITH listed AS MATERIALIZED ({sql})"
            " SELECT id, (SELECT count(*) FROM listed) AS stories FROM listed LIMIT :room OFFSET :skip",
            {**values, "room": room, "skip": page * size},
        )

    def _looser(self, reading: Reading, filter: StoryFilter) -> dict[Filter, int]:
        counts: dict[Filter, int] = {}
        for name in filter.on():
            looser = filter.less(name)
            route = self._route(reading, looser)
            if found := self._count(reading, *self._listing(looser, route, self._unmuted(route))):
                counts[name] = min(found, MOST_LISTED)
        return counts

    @lookup
    def by_chance(self, reading: Reading, filter: StoryFilter) -> StorySummary | None:
        """Return a random story that the audience's reader has not begun; None if none matches *filter*.

        Random ids are tried first. If hardly any story matches, the story is one of the first matches in the list.
        """
        route = self._route(reading, filter)
        if route.rarest is None and (found := self._probed(reading, filter)):
            return found
        rows = reading.rows(*self._listing(filter, route, [_UNREAD, *self._unmuted(route)]))
        found = self._entries(reading, [random.choice(rows)["id"]]) if rows else []
        return found[0] if found else None

    def _probed(self, reading: Reading, filter: StoryFilter) -> StorySummary | None:
        conditions, values = _conditions(filter, [_UNREAD])
        [row] = reading.rows("SELECT max(id) AS last FROM stories")
        last = row["last"] or 0
        tried = random.sample(range(1, last + 1), min(last, PROBES))
        for skip in range(0, len(tried), AT_ONCE):
            listed, ids = named_list("story", tried[skip : skip + AT_ONCE])
            rows = reading.rows(
                f"SELECT s.id AS id FROM {self._listed} s WHERE s.id IN {listed} AND {conditions}",
                {**ids, **values, "reader": self._reader},
            )
            fitting = {row["id"] for row in rows}
            if entries := self._entries(reading, [story for story in ids.values() if story in fitting][:1]):
                return entries[0]
        return None

    def _listing(self, filter: StoryFilter, route: _Route, also: Sequence[str]) -> Select:
        """Return a SELECT of the story ids of a list, in order: at most one more than `MOST_LISTED`."""
        conditions, values = _conditions(filter, also)
        if route.rarest is not None:
            sql = (
                f"SELECT s.id AS id FROM (SELECT DISTINCT story_id FROM facets WHERE {route.rarest.condition}) d"
                f" {IN_ORDER} {self._shown} s ON s.id = d.story_id"
                f" WHERE {conditions} ORDER BY {_ORDER[filter.sort]} LIMIT {MOST_LISTED + 1}"
            )
        else:
            if filter.sort == "recent":
                walk = (
                    f"FROM places r {IN_ORDER} {self._shown} s ON s.id = r.story_id WHERE r.user_id = :reader"
                    " ORDER BY r.moved_at DESC"
                )
            else:
                walk = f"FROM {self._shown} s ORDER BY {_ORDER[filter.sort]}"
            # The inner query reads at most `LOOK_AT` stories in index order (`recent` sorts the reader's own places).
            # The outer query only filters, so nothing is sorted again, and it stops once the list is full. Both
            # engines keep the order of the inner query.
            sql = (
                f"SELECT s.id AS id FROM (SELECT s.id {walk} LIMIT {LOOK_AT}) s"
                f" WHERE {conditions} LIMIT {MOST_LISTED + 1}"
            )
        return sql, {**values, "reader": self._reader}

    def _unmuted(self, route: _Route) -> list[str]:
        """Return the conditions (at most one) that exclude muted stories *s*."""
        if not route.muted:
            return []
        if route.rarest is None and route.muted < FEW:
            return [f"s.id NOT IN ({muted_sql(self._reader)})"]
        return [f"NOT {is_muted_sql(self._reader, 's.id')}"]

    def _left_out(self, reading: Reading, filter: StoryFilter, route: _Route) -> int:
        """Return the number of matching stories that mutes exclude, counted up to one more than `MOST_LISTED`."""
        if not route.muted:
            return 0
        if route.rarest is not None or route.muted == FEW:
            return self._count(reading, *self._listing(filter, route, [is_muted_sql(self._reader, "s.id")]))
        conditions, values = _conditions(filter, [_BEGUN] if filter.sort == "recent" else [])
        return self._count(
            reading,
            f"SELECT s.id FROM (SELECT DISTINCT story_id FROM ({muted_sql(self._reader)}) t) d"
            f" {IN_ORDER} {self._shown} s ON s.id = d.story_id WHERE {conditions} LIMIT {MOST_LISTED + 1}",
            {**values, "reader": self._reader},
        )

    def _count(self, reading: Reading, sql: str, values: dict[str, Value]) -> int:
        [row] = reading.rows(f"SELECT count(*) AS stories FROM ({sql}) n", values)
        return row["stories"]

    def _route(self, reading: Reading, filter: StoryFilter) -> _Route:
        rarest = None if filter.sort == "recent" else self._rarest(reading, filter)
        if not self._reader:
            return _Route(rarest, 0)
        return _Route(rarest, self._count(reading, f"SELECT 1 FROM ({muted_sql(self._reader)}) t LIMIT {FEW}", {}))

    def _rarest(self, reading: Reading, filter: StoryFilter) -> _Facet | None:
        """Return the facet of a filter with the fewest stories; None if all have `FEW` or more, or without facets."""
        counts: list[tuple[int, _Facet]] = []
        for facet in _facets(filter):
            [row] = reading.rows(
                f"SELECT count(*) AS stories FROM (SELECT 1 FROM facets WHERE {facet.condition} LIMIT {FEW}) n",
                facet.values,
            )
            counts.append((row["stories"], facet))
        count, rarest = min(counts, key=lambda each: each[0], default=(FEW, None))
        return rarest if count < FEW else None

    def _entries(self, reading: Reading, ids: Sequence[Value]) -> list[StorySummary]:
        """Return the visible stories with these *ids*, in this order."""
        return [summary_of(row) for row in self._rows_of(reading, ids)]

    def _rows_of(self, reading: Reading, ids: Sequence[Value], also: str = "") -> list[Row]:
        """Return the columns `SUMMARY` and *also* of the visible stories with these *ids*, in this order."""
        if not ids:
            return []
        listed, values = named_list("story", ids)
        rows = reading.rows(f"SELECT {SUMMARY}{also} FROM {self._listed} s WHERE s.id IN {listed}", values)
        found = {row["story_id"]: row for row in rows}
        return [found[story] for story in ids if story in found]


@lru_cache(1024)  # many readers open the same page of a list
def _blurb(
    title: str,
    loved: tuple[str, int] | None,
    rating: str | None,
    language: str | None,
    summary: str | None,
    metadata: str,
    opening: str | None,
    status: str | None,
) -> StoryBlurb:
    return StoryBlurb(
        rating,
        language,
        facts_of(json.loads(metadata)).fandoms,
        first_sentence(summary or "") or None,
        opening_words(opening or "", title),
        status,
        loved,
    )


def _facets(filter: StoryFilter) -> list[_Facet]:
    """Return a condition for each group of facets of *filter*; a story must match all of them."""
    facets: list[_Facet] = []
    for number, (kind, names) in enumerate(filter.groups()):
        listed, values = named_list(f"facet{number}_", [facet_key(name) for name in names])
        facets.append(_Facet(f"kind = :kind{number} AND key IN {listed}", {**values, f"kind{number}": kind}))
    return facets


def _conditions(filter: StoryFilter, also: Sequence[str]) -> tuple[str, dict[str, Value]]:
    """Return the conditions of *filter* and *also* on a story *s*, joined by AND, and their values."""
    facets = _facets(filter)
    conditions = [f"EXISTS (SELECT 1 FROM facets k WHERE k.story_id = s.id AND {facet.condition})" for facet in facets]
    values = {name: value for facet in facets for name, value in facet.values.items()}
    for number, name in enumerate(filter.without):
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM facets k WHERE k.story_id = s.id"
            f" AND k.key = :without{number} AND k.kind IN ({_NAMED}))"
        )
        values[f"without{number}"] = facet_key(name)
    if filter.minutes:
        conditions.append("(SELECT w.words FROM stories w WHERE w.id = s.id) <= :words")
        values["words"] = words_within(filter.minutes)
    return " AND ".join([*conditions, *also]) or "1 = 1", values


_BY_ONE_AUTHOR = 100
"""Maximum number of stories by the same authors to consider for a suggestion."""

_FACETS = 20
"""Maximum number of a story's facets to compare with other stories, rarest first."""

_WITH_A_FACET = 200
"""Maximum number of stories to consider for each facet that they share with a story."""

_NOT_BEGUN = (
    "NOT EXISTS (SELECT 1 FROM places p WHERE p.user_id = :reader AND p.story_id = s.id)"
    " AND NOT EXISTS (SELECT 1 FROM reading_lists l"
    "  WHERE l.user_id = :reader AND l.story_id = s.id AND l.list <> 'later')"
)
_READ = (
    "EXISTS (SELECT 1 FROM reading_lists l LEFT JOIN places p ON p.user_id = l.user_id AND p.story_id = l.story_id"
    "  LEFT JOIN chapters f ON f.id = p.furthest_chapter_id WHERE l.user_id = :reader AND l.story_id = s.id"
    "  AND l.list = 'finished' AND coalesce(f.position, s.chapters) >= s.chapters)"
)
"""Condition: the reader finished the story *s*, and no chapter was added since."""


class NextStories(Family):
    """Suggestions of visible stories that a reader has not begun."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._shown = visible_sql(audience)
        self._listed = visible_unmuted_sql(audience)

    @lookup
    def after(self, reading: Reading, story: int, reader: int) -> list[NextStory]:
        """Return at most `OFFERED` suggestions, best reason first: one for each reason, then more for the best ones."""
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
        """Return whether a reader has finished every story that they may see."""
        left = f"SELECT 1 FROM {self._shown} s WHERE NOT {_READ} ORDER BY s.place, s.title_key, s.id LIMIT 1"
        return reading.row(left, {"reader": reader}) is None

    def _by_reason(self, reading: Reading, story: int, reader: int) -> Iterator[Sequence[NextStory]]:
        """Yield the suggestions for each reason, best story first; the caller may stop before all are looked up."""
        here = reading.row(
            f"SELECT s.metadata AS metadata, s.words AS words FROM {self._shown} s WHERE s.id = :story",
            {"story": story},
        )
        if here is None:
            return
        values: dict[str, Value] = {"story": story, "reader": reader}
        theirs = self._of_authors(reading, values)
        yield _suggest("series", _next_of_series(here, theirs))
        yield _suggest("author", theirs)
        yield _suggest("later", self._later(reading, values))
        yield _suggest("alike", self._alike(reading, values))
        yield _suggest("loved", self._walk(reading, "s.loved > 0", "s.loved DESC, s.title_key, s.id", values))
        values["words"] = here["words"]
        near = [
            *self._walk(reading, "s.words <= :words", "s.words DESC, s.title_key, s.id", values),
            *self._walk(reading, "s.words > :words", "s.words, s.title_key DESC, s.id DESC", values),
        ]
        offers = [by_length(here["words"], summary_of(row)) for row in near]
        yield sorted(offers, key=lambda each: abs(each.story.words - here["words"]))

    def _walk(self, reading: Reading, condition: str, order: str, values: dict[str, Value]) -> list[Row]:
        """Return the first `OFFERED` stories with *condition* in the *order* of an index, not begun by the reader."""
        return reading.rows(
            f"SELECT {SUMMARY} FROM {self._listed} s WHERE {condition} AND s.id <> :story AND {_NOT_BEGUN}"
            f" ORDER BY {order} LIMIT {OFFERED}",
            values,
        )

    def _of_authors(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        """Return other stories by the authors of a story, in the order of the library, not begun by the reader."""
        return reading.rows(
            f"SELECT {SUMMARY}, s.metadata AS metadata FROM"
            " (SELECT DISTINCT f.story_id AS story_id FROM facets k"
            "  JOIN facets f ON f.kind = 'author' AND f.key = k.key"
            f"  WHERE k.story_id = :story AND k.kind = 'author' AND f.story_id <> :story LIMIT {_BY_ONE_AUTHOR}) d"
            f" {IN_ORDER} {self._listed} s ON s.id = d.story_id WHERE {_NOT_BEGUN} ORDER BY s.place, s.title_key, s.id",
            values,
        )

    def _later(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        return reading.rows(
            f"SELECT {SUMMARY} FROM reading_lists l JOIN {self._listed} s ON s.id = l.story_id"
            f" WHERE l.user_id = :reader AND l.list = 'later' AND l.story_id <> :story AND {_NOT_BEGUN}"
            f" ORDER BY l.changed_at DESC LIMIT {OFFERED}",
            values,
        )

    def _alike(self, reading: Reading, values: dict[str, Value]) -> list[Row]:
        """Return the stories with the most tags, fandoms and characters in common, not begun by the reader."""
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
            f"SELECT {SUMMARY} FROM {self._listed} s WHERE s.id IN {listed} AND {_NOT_BEGUN}", {**named, **values}
        )
        return sorted(rows, key=lambda row: best.index(row["story_id"]))


def _next_of_series(here: Row, theirs: Sequence[Row]) -> list[Row]:
    """Return the next story of the series, if any, from *theirs*, the stories by the same authors."""
    this = series_part(value_of(json.loads(here["metadata"]), "series"))
    if this is None:
        return []
    stated = [(series_part(value_of(json.loads(each["metadata"]), "series")), each) for each in theirs]
    parts = [(part.number, each) for part, each in stated if part is not None and part.series == this.series]
    following = [pair for pair in parts if pair[0] > this.number]
    return [min(following, key=lambda pair: pair[0])[1]] if following else []


def _suggest(why: NextReason, rows: Sequence[Row]) -> list[NextStory]:
    return [NextStory(summary_of(row), why) for row in rows]
