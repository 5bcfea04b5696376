"""Relocation of places, bookmarks, reactions and serials after a story's text has changed.

An anchor holds the words (the *passage*) at a position. If a new text lacks the words of a reader's place, the anchor
*sleeps*: it is stored beside the place, and *wakes* when a later text has the words again. So a half-copied file or an
undone edit moves no reader for good. Meanwhile the place is a guess near the old position.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from bot.store.database import Row, Value, Writing
from bot.store.reactions import remove_reaction_rows
from bot.stories.anchors import ANCHOR_CHARS, FEWEST_CHARS, anchor_at, find_again


def move_bookmarks(writing: Writing, story_id: int, prose: Prose) -> None:
    """Relocate all bookmarks of a story; of a reader's bookmarks with the same words at one spot, keep the oldest."""
    rows = writing.rows(
        "SELECT id, chapter_id, start, passage, user_id FROM bookmarks WHERE story_id = :story ORDER BY id",
        {"story": story_id},
    )
    moved, doubled = _moved_apart(rows, prose, ["user_id"], None)
    writing.many("DELETE FROM bookmarks WHERE id = :id", [{"id": bookmark} for bookmark in doubled])
    _move(writing, "bookmarks", moved)


def move_reactions(writing: Writing, story_id: int, prose: Prose) -> None:
    """Relocate the reactions to a story's pages; if chapter and words are gone, a reaction is to the whole story.

    If two equal reactions of a reader come to the same spot, keep the older.
    """
    rows = writing.rows(
        "SELECT id, chapter_id, start, passage, emoji, user_id, message_id FROM reactions"
        " WHERE story_id = :story ORDER BY id",
        {"story": story_id},
    )
    whole = (0, 0)  # the spot of reactions to the whole story
    whose = ["emoji", "user_id", "message_id"]
    moved, doubled = _moved_apart(rows, prose, whose, whole)
    remove_reaction_rows(writing, doubled)
    _move(writing, "reactions", moved)


def _move(writing: Writing, table: str, moved: Sequence[dict[str, Value]]) -> None:
    # First move each row to a unique offset: its new offset may be the old offset of another row.
    writing.many(f"UPDATE {table} SET start = -id WHERE id = :id", moved)
    writing.many(f"UPDATE {table} SET chapter_id = :chapter, start = :start WHERE id = :id", moved)


def _moved_apart(
    rows: Iterable[Row], prose: Prose, whose: Sequence[str], gone: Spot | None
) -> tuple[list[dict[str, Value]], list[int]]:
    """Return the new columns of the rows to move, and the ids of the rows to delete.

    A row is deleted if an older row with the same *whose* columns has the same new spot. But if *gone* is None and the
    words of the rows differ, the row moves to the nearest free spot instead, since its words may return.
    """
    find, taken = _finder(prose, gone), dict[object, str]()
    moved: list[dict[str, Value]] = []
    doubled: list[int] = []
    for row in rows:
        chapter, start = find(row["chapter_id"], row["start"], row["passage"])
        key = tuple(row[column] for column in whose)
        if gone is None and taken.get((chapter, start, *key), row["passage"]) != row["passage"]:
            free = (at for at in _offsets_near(start, len(prose[chapter])) if (chapter, at, *key) not in taken)
            start = next(free, start)
        if (chapter, start, *key) in taken:
            doubled.append(row["id"])
        elif (chapter, start) != (row["chapter_id"], row["start"]):
            moved.append({"id": row["id"], "chapter": chapter, "start": start})
        taken.setdefault((chapter, start, *key), row["passage"])
    return moved, doubled


def _offsets_near(start: int, length: int) -> Iterator[int]:
    """Yield the other offsets in a chapter of *length* characters, by their distance from *start*."""
    for far in range(1, length):
        yield from (at for at in (start - far, start + far) if 0 <= at < length)


def move_places(writing: Writing, story_id: int, prose: Prose) -> None:
    """Relocate every reader's place and furthest point in a story, with their sleeping anchors."""
    names = [f"{which}{name}" for which in ("", "furthest_") for name in ("chapter_id", "start", "passage", "asleep")]
    rows = writing.rows(f"SELECT user_id, {', '.join(names)} FROM places WHERE story_id = :story", {"story": story_id})
    writing.many(
        f"UPDATE places SET {', '.join(f'{name} = :{name}' for name in names)}"
        " WHERE user_id = :user_id AND story_id = :story",
        _moved_places(rows, prose, story_id),
    )


def _moved_places(rows: Iterable[Row], prose: Prose, story_id: int) -> list[dict[str, Value]]:
    finder = PlaceFinder(prose, _finder(prose, None))
    moved: list[dict[str, Value]] = []
    for row in rows:
        values: dict[str, Value] = {}
        for which in ("", "furthest_"):
            at = Anchor(row[f"{which}chapter_id"], row[f"{which}start"], row[f"{which}passage"])
            asleep = SleepingAnchors.read(row[f"{which}asleep"])
            (chapter, start), asleep = finder.move(at, asleep, is_furthest=bool(which))
            values |= {
                f"{which}chapter_id": chapter,
                f"{which}start": start,
                f"{which}passage": anchor_at(prose[chapter], start),
                f"{which}asleep": asleep.write(),
            }
        if any(row[column] != value for column, value in values.items()):
            moved.append({**values, "user_id": row["user_id"], "story": story_id})
    return moved


def move_serials(writing: Writing, story_id: int, prose: Prose) -> None:
    """Relocate the next instalment of a story's serials; for a serial that has ended, the end of its last instalment.

    A serial moves to another chapter only if its own chapter is gone.
    """
    rows = writing.rows(
        "SELECT id, chapter_id, start, passage, has_ended FROM schedules WHERE story_id = :story AND kind = 'serial'",
        {"story": story_id},
    )
    writing.many(
        "UPDATE schedules SET chapter_id = :chapter, start = :start, passage = :passage WHERE id = :plan",
        _moved_serials(rows, prose),
    )


def _moved_serials(rows: Iterable[Row], prose: Prose) -> list[dict[str, Value]]:
    moved: list[dict[str, Value]] = []
    for row in rows:
        before = len(row["passage"]) if row["has_ended"] else 0
        chapter, start = _next_instalment(prose, row["chapter_id"], row["start"], row["passage"], before)
        passage = anchor_at(prose[chapter], max(0, start - before))
        moved.append({"plan": row["id"], "chapter": chapter, "start": start, "passage": passage})
    return moved


def _next_instalment(prose: Prose, chapter: int, start: int, passage: str, before: int) -> Spot:
    """Return the start of the next instalment, *before* characters after the beginning of *passage*.

    Search in *chapter* or, if that is gone, for the whole passage in the others. Otherwise take the start of the next
    chapter, or the end of the story.
    """
    if chapter in prose:
        at = find_again(prose[chapter], passage, start - before) if start else None
        return chapter, min(len(prose[chapter]), start if at is None else at + before)
    for other, text in prose.items():
        if passage.strip() and passage in text:
            return other, text.index(passage) + before
    following = next((other for other in prose if other > chapter), None)
    last = list(prose)[-1]
    return (last, len(prose[last])) if following is None else (following, 0)


def _finder(prose: Prose, gone: Spot | None) -> Callable[[int, int, str], Spot]:
    """Return a function that relocates a position, given its chapter, its offset and its passage.

    The function searches the position's chapter, then the others. If the passage is nowhere, it returns the old offset
    in the chapter; if the chapter is gone, too, it returns *gone* or (for None) the beginning of the story.
    """

    @cache  # many readers stop at the same page
    def find(chapter: int, start: int, passage: str) -> Spot:
        for candidate in [chapter, *prose]:
            if candidate in prose and (at := find_again(prose[candidate], passage, start)) is not None:
                return candidate, at
        if chapter in prose:
            return chapter, min(start, max(0, len(prose[chapter]) - 1))
        return gone or (next(iter(prose)), 0)

    return find


Prose = Mapping[int, str]
"""New text of a story: the prose of each chapter by chapter id, in order."""

Spot = tuple[int, int]
"""A chapter's id and an offset in its prose."""

MOST_ASLEEP = 4
"""Maximum number of the oldest sleeping anchors to keep beside a place, and of the newest ones."""


class Anchor(NamedTuple):
    """A position in a story, and the passage that was there."""

    chapter: int
    start: int
    passage: str
    is_guess: bool = False
    """Whether the position is a guess of the relocation, which no reader chose."""


class SleepingAnchors(NamedTuple):
    """Sleeping anchors beside a place, oldest first, and the spot that was guessed for the place."""

    guess: Spot | None = None
    anchors: Sequence[Anchor] = ()

    @classmethod
    def read(cls, text: str | None) -> SleepingAnchors:
        """Parse a text written by `write`."""
        if text is None:
            return cls()
        guess, anchors = json.loads(text)
        return cls(guess and tuple(guess), [Anchor(*each) for each in anchors])

    def write(self) -> str | None:
        """Return the anchors and the guess as text for the database; None without sleeping anchors."""
        return json.dumps(self, ensure_ascii=False) if self.anchors else None


class PlaceFinder:
    """Relocates places in the new text of a story, together with the places' sleeping anchors."""

    def __init__(self, prose: Prose, find: Callable[[int, int, str], Spot]) -> None:
        """*find* returns the new spot of a passage, or a guess (see `_finder`)."""
        self._prose, self._find = prose, find
        self._order = {chapter: number for number, chapter in enumerate(prose)}
        self._is_home, self._wake = cache(self._search_home), cache(self._search)  # many readers stop at the same page

    def move(self, at: Anchor, asleep: SleepingAnchors, *, is_furthest: bool) -> tuple[Spot, SleepingAnchors]:
        """Return the new spot of a place with the anchor *at*, and the anchors that sleep beside the place afterwards.

        If the reader has moved since the last guess, the sleeping anchors are dropped, except beside a furthest point.
        The new spot is the furthest of all anchors whose words are found; guesses count only if no others are found.
        """
        if not asleep.anchors and self._is_home(at):  # the usual case
            return self._find(*at[:3]), asleep
        at = at._replace(is_guess=at[:2] == asleep.guess)
        anchors = [*asleep.anchors, at] if is_furthest or at.is_guess else [at]
        seen = [each for each in anchors if each is not at or self._is_home(at)]
        woken = [(each, spot) for each in seen if (spot := self._wake(each))]
        real = [spot for each, spot in woken if not each.is_guess]
        is_sure = any(self._is_home(each) for each, _ in woken if not each.is_guess)
        spots = real or [spot for _, spot in woken] or [self._find(*at[:3])]
        spot = max(spots, key=lambda spot: (self._order[spot[0]], spot[1]))
        still = [each for each in anchors if not self._is_home(each)]
        still = [each for each in still if not each.is_guess or not (real or _is_short(each))]
        kept = still[:MOST_ASLEEP] + still[MOST_ASLEEP:][-MOST_ASLEEP:]
        return spot, SleepingAnchors(None if is_sure else spot, kept)

    def _search_home(self, anchor: Anchor) -> bool:
        """Return whether an anchor's words are in its chapter: at its offset, or moved by an edit."""
        text = self._prose.get(anchor.chapter, "")
        if text.startswith(anchor.passage[:FEWEST_CHARS], anchor.start):
            return True
        # if the chapter now ends before the anchor's old end, equal words elsewhere in it are taken for a repetition,
        # such as a refrain
        return not _is_short(anchor) and anchor.passage in text and anchor.start + ANCHOR_CHARS <= len(text)

    def _search(self, anchor: Anchor) -> Spot | None:
        """Return where an anchor's words are now, in its own chapter or another; None if they are not found.

        A short anchor is looked for only at its old offset, since its words may occur elsewhere by chance.
        """
        if self._is_home(anchor):
            return self._find(*anchor[:3])
        for chapter, text in () if _is_short(anchor) else self._prose.items():
            if anchor.passage in text and (at := find_again(text, anchor.passage, anchor.start)) is not None:
                return chapter, at
        return None


def _is_short(anchor: Anchor) -> bool:
    """Return whether an anchor is shorter than usual (at the end of a chapter), and may occur elsewhere, too."""
    return len(anchor.passage) < ANCHOR_CHARS
