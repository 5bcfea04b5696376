"""The prose of a story comes into the search index, cut into passages that are found one by one.

Passages are cut on their own, so that a change of what a page is leaves the search alone. With each its scope is
indexed: its story, and for whom that is. So the passages that are ranked are passages that an audience may see,
however many there are for others.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from bot.domain.audience import Audience
from bot.store.database import Row, Value, Writing
from bot.store.fulltext import PASSAGES, IndexChanges, index_changes
from bot.stories import Chapter
from bot.stories.ratings import GATED

Named = dict[str, Value]
"""The values of a statement, by the names of columns."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the rows of a story become those of its new text."""

    gone: list[Named] = field(default_factory=list[Named])
    """The ids of rows to delete."""
    changed: list[Named] = field(default_factory=list[Named])
    added: list[Named] = field(default_factory=list[Named])

    def change(self, row: Row, values: Named) -> None:
        """Give a row new values, where they are new."""
        if any(row[column] != value for column, value in values.items()):
            self.changed.append({**values, "id": row["id"]})


def write_passages(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> IndexChanges:
    """Write the passages of *chapters* (by their ids, in order); return what changes in their index.

    What is indexed for the same audience stays so: the index is what takes longest when a story is published, and most
    of an edited story is as it was.
    """
    of_story = {"story_id": story_id}
    before = writing.rows(
        "SELECT id, story_id, text, scope, chapter_id, start, words_before FROM passages WHERE story_id = :story_id",
        of_story,
    )
    scope = scope_of(writing, story_id)
    changes = _changes(before, _passages(chapters, story_id, scope))
    if changes == Changes():
        return index_changes(PASSAGES, (), ())
    writing.many("DELETE FROM passages WHERE id = :id", changes.gone)
    writing.many(
        "UPDATE passages SET chapter_id = :chapter_id, start = :start, words_before = :words_before, scope = :scope"
        " WHERE id = :id",
        changes.changed,
    )
    writing.many(
        "INSERT INTO passages (story_id, scope, text, chapter_id, start, words_before)"
        " VALUES (:story_id, :scope, :text, :chapter_id, :start, :words_before)",
        changes.added,
    )
    after = writing.rows("SELECT id, text, scope FROM passages WHERE story_id = :story_id", of_story)
    return index_changes(PASSAGES, before, after)


def _changes(rows: Iterable[Row], passages: Iterable[Named]) -> Changes:
    changes = Changes()
    rows_of: dict[Value, deque[Row]] = defaultdict(deque)
    for row in rows:
        rows_of[row["text"]].append(row)
    for passage in passages:
        if not rows_of[passage["text"]]:
            changes.added.append(passage)
            continue
        changes.change(rows_of[passage["text"]].popleft(), passage)
    changes.gone.extend({"id": row["id"]} for left in rows_of.values() for row in left)
    return changes


def _passages(chapters: Mapping[int, Chapter], story_id: int, scope: str) -> Iterator[Named]:
    words_before = 0
    for chapter_id, chapter in chapters.items():
        for start, end in pairwise([*chapter.passage_starts, len(chapter.prose)]):
            text = chapter.prose[start:end]
            yield {
                "story_id": story_id,
                "scope": scope,
                "text": text,
                "chapter_id": chapter_id,
                "start": start,
                "words_before": words_before,
            }
            words_before += len(text.split())


def scope_of(writing: Writing, story_id: int) -> str:
    """Return the words that are indexed with each passage of a story: the story itself, and for whom it is."""
    [story] = writing.rows("SELECT home, rating FROM stories WHERE id = :story", {"story": story_id})
    named = writing.rows("SELECT guild_id FROM story_servers WHERE story_id = :story", {"story": story_id})
    kind = "adults" if story["rating"] in GATED else "all"
    servers = [story["home"]] if story["home"] >= 0 else [row["guild_id"] for row in named if row["guild_id"]]
    return " ".join([f"story{story_id}", *(f"{kind}{server}" for server in servers)])


def scopes_for(audience: Audience, story: int | None) -> list[str]:
    """Return the scopes of which a passage must have one, to be shown to *audience*, of one story or of all.

    This spares a look at what is not for them, of which there may be any number. It is not the gate: a story that was
    hidden, or counts as mature only by the host's setting, stays in its scope. What is shown is read through
    `visible_sql`.
    """
    if story is not None:
        return [f"story{story}"]
    kinds = ("all", "adults") if audience.adult or audience.direct else ("all",)
    return [f"{kind}{server}" for kind in kinds for server in sorted({0, audience.guild})]
