"""The quotes of a story come into the database; what readers keep of those that were there stays."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count

from bot.store.database import Row, Writing
from bot.store.fulltext import QUOTES, IndexChanges, index_changes, write_indexes
from bot.store.passages import Changes, Named, scope_of
from bot.stories import Chapter


def write_quotes(writing: Writing, story_id: int, chapters: Mapping[int, Chapter]) -> IndexChanges:
    """Write the quotes of *chapters* (by their ids, in order); return what changes in their index.

    One whose words are still there keeps its number, so that nobody draws it twice.
    One that somebody saved or loved, or chose, stays though it is not drawn any more, or not even in the story.
    """
    of_story = {"story_id": story_id}
    rows = writing.rows(
        "SELECT id, text, number, worth, scope, is_there, saves, loved, chapter_id, start"
        " FROM quotes WHERE story_id = :story_id",
        of_story,
    )
    [(last,)] = writing.rows("SELECT quotes_numbered FROM stories WHERE id = :story_id", of_story)
    numbers, scope = count(last + 1), scope_of(writing, story_id)
    changes = _changes(rows, chapters, scope, numbers)
    if changes == Changes():
        return index_changes(QUOTES, (), ())
    writing.many("DELETE FROM quotes WHERE id = :id", changes.gone)
    writing.many(
        "UPDATE quotes SET number = :number, worth = :worth, scope = :scope, is_there = :is_there,"
        " chapter_id = :chapter_id, start = :start WHERE id = :id",
        changes.changed,
    )
    writing.many(_INSERT, ({**quote, **of_story} for quote in changes.added))
    writing.execute(_NUMBERED, {"last": next(numbers) - 1, **of_story})
    drawn_before = [row for row in rows if row["number"] is not None]
    drawn_after = writing.rows(
        "SELECT id, text, scope FROM quotes WHERE story_id = :story_id AND number IS NOT NULL", of_story
    )
    return index_changes(QUOTES, drawn_before, drawn_after)


_INSERT = (
    "INSERT INTO quotes (story_id, number, worth, scope, chapter_id, start, text)"
    " VALUES (:story_id, :number, :worth, :scope, :chapter_id, :start, :text)"
)
_NUMBERED = "UPDATE stories SET quotes_numbered = :last WHERE id = :story_id"


def _changes(rows: Iterable[Row], chapters: Mapping[int, Chapter], scope: str, numbers: Iterator[int]) -> Changes:
    """Return the changes; a quote that is drawn for the first time takes the next of *numbers*."""
    changes = Changes()
    quotes = _drawn(chapters, scope)
    for row in rows:
        is_drawn = row["number"] is not None
        if row["text"] in quotes:
            number = row["number"] if is_drawn else next(numbers)
            changes.change(row, {"number": number, "is_there": 1, **quotes.pop(row["text"])})
        elif is_drawn and not row["saves"] and not row["loved"]:
            changes.gone.append({"id": row["id"]})
        else:
            kept = {"number": None, "worth": 0, "scope": row["scope"]}
            changes.change(row, {**kept, **_found(chapters, row["text"], row["chapter_id"], row["start"])})
    changes.added.extend({"number": next(numbers), "text": text, **drawn} for text, drawn in quotes.items())
    return changes


def _drawn(chapters: Mapping[int, Chapter], scope: str) -> dict[str, Named]:
    """Return the quotes of *chapters* by their words; of words that stand twice the first."""
    quotes: dict[str, Named] = {}
    for chapter_id, chapter in chapters.items():
        for quote in chapter.quotes:
            drawn: Named = {"chapter_id": chapter_id, "start": quote.start, "worth": quote.score, "scope": scope}
            quotes.setdefault(quote.text, drawn)
    return quotes


def new_quotes(story_id: int, chapters: Mapping[int, Chapter], scope: str) -> list[Named]:
    """Return the rows of the quotes of a story that has none yet, numbered from 1."""
    quotes = _drawn(chapters, scope).items()
    return [{"story_id": story_id, "number": n, "text": text, **drawn} for n, (text, drawn) in enumerate(quotes, 1)]


def add_quotes(writing: Writing, story_id: int, quotes: Sequence[Named]) -> None:
    """Write some of the `new_quotes` of a story, and index them."""
    added = [writing.rows(f"{_INSERT} RETURNING id, text, scope", quote)[0] for quote in quotes]
    writing.execute(_NUMBERED, {"last": quotes[-1]["number"], "story_id": story_id})
    write_indexes(writing, [index_changes(QUOTES, (), added)])


def _found(chapters: Mapping[int, Chapter], text: str, chapter: int, start: int) -> Named:
    """Whether words are in the story, and where: in their own chapter, else in another; else where they were."""
    for candidate in [chapter, *chapters]:
        if candidate in chapters and (at := chapters[candidate].prose.find(text)) >= 0:
            return {"is_there": 1, "chapter_id": candidate, "start": at}
    return {"is_there": 0, "chapter_id": chapter, "start": start}
