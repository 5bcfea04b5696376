"""Where readers and serials stopped, found again in a text that has changed, or asleep until it is back.

So a file that is read half copied, or an edit that is undone, moves nobody for good. Meanwhile the place is near where
it was. That is a guess, which counts only while nothing better wakes.
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
    """Find every bookmark again in the new text; of two with the same words at one spot the older stays."""
    rows = writing.rows(
        "SELECT id, chapter_id, start, passage, user_id FROM bookmarks WHERE story_id = :story ORDER BY id",
        {"story": story_id},
    )
    moved, doubled = _moved_apart(rows, prose, ["user_id"], None)
    writing.many("DELETE FROM bookmarks WHERE id = :id", [{"id": bookmark} for bookmark in doubled])
    _move(writing, "bookmarks", moved)


def move_reactions(writing: Writing, story_id: int, prose: Prose) -> None:
    """Find every page again that a reaction was given to; where it is gone, the reaction is to the story as a whole.

    Where two of a reader's meet so the older stays, and the reader still counts once.
    """
    rows = writing.rows(
        "SELECT id, chapter_id, start, passage, emoji, user_id, message_id FROM reactions"
        " WHERE story_id = :story ORDER BY id",
        {"story": story_id},
    )
    whole = (0, 0)  # where those are already that were never given to a page
    whose = ["emoji", "user_id", "message_id"]
    moved, doubled = _moved_apart(rows, prose, whose, whole)
    remove_reaction_rows(writing, doubled)
    _move(writing, "reactions", moved)


def _move(writing: Writing, table: str, moved: Sequence[dict[str, Value]]) -> None:
    # First out of each other's way: one may move to where another still is.
    writing.many(f"UPDATE {table} SET start = -id WHERE id = :id", moved)
    writing.many(f"UPDATE {table} SET chapter_id = :chapter, start = :start WHERE id = :id", moved)


def _moved_apart(
    rows: Iterable[Row], prose: Prose, whose: Sequence[str], gone: Spot | None
) -> tuple[list[dict[str, Value]], list[int]]:
    """Return the rows that moved, and the ids of those that would stand where an older row equal in *whose* does.

    Without a place for what is *gone*, one of other words stands beside the older row instead: its words may return.
    """
    find, taken = _finder(prose, gone), dict[object, str]()
    moved: list[dict[str, Value]] = []
    doubled: list[int] = []
    for row in rows:
        chapter, start = find(row["chapter_id"], row["start"], row["passage"])
        key = tuple(row[column] for column in whose)
        if gone is None and taken.get((chapter, start, *key), row["passage"]) != row["passage"]:
            free = (at for at in _around(start, len(prose[chapter])) if (chapter, at, *key) not in taken)
            start = next(free, start)
        if (chapter, start, *key) in taken:
            doubled.append(row["id"])
        elif (chapter, start) != (row["chapter_id"], row["start"]):
            moved.append({"id": row["id"], "chapter": chapter, "start": start})
        taken.setdefault((chapter, start, *key), row["passage"])
    return moved, doubled


def _around(start: int, length: int) -> Iterator[int]:
    """The offsets of a chapter, those near *start* first."""
    for far in range(1, length):
        yield from (at for at in (start - far, start + far) if 0 <= at < length)


def move_places(writing: Writing, story_id: int, prose: Prose) -> None:
    """Find every reader's place again in the new text, also one that its last text had not."""
    names = [f"{which}{name}" for which in ("", "furthest_") for name in ("chapter_id", "start", "passage", "asleep")]
    rows = writing.rows(f"SELECT user_id, {', '.join(names)} FROM places WHERE story_id = :story", {"story": story_id})
    writing.many(
        f"UPDATE places SET {', '.join(f'{name} = :{name}' for name in names)}"
        " WHERE user_id = :user_id AND story_id = :story",
        _moved_places(rows, prose, story_id),
    )


def _moved_places(rows: Iterable[Row], prose: Prose, story_id: int) -> list[dict[str, Value]]:
    waking = Waking(prose, _finder(prose, None))
    moved: list[dict[str, Value]] = []
    for row in rows:
        values: dict[str, Value] = {}
        for which in ("", "furthest_"):
            at = Anchor(row[f"{which}chapter_id"], row[f"{which}start"], row[f"{which}passage"])
            asleep = Asleep.read(row[f"{which}asleep"])
            (chapter, start), asleep = waking.move(at, asleep, is_furthest=bool(which))
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
    """Find again in the new text where the story's serials go on; those that have ended go on behind their last words.

    Nobody asked for what a serial posts, so it never goes to a place that only looks like the one where it was.
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
    """Where a serial goes on whose *passage* begins so many characters *before* that.

    In its own chapter, else where its words have gone whole, else with the next chapter.
    """
    if chapter in prose:
        at = find_again(prose[chapter], passage, start - before) if start else None
        return chapter, min(len(prose[chapter]), start if at is None else at + before)
    for other, text in prose.items():
        if passage.strip() and passage in text:
            return other, text.index(passage) + before
    later = next((other for other in prose if other > chapter), None)
    last = list(prose)[-1]
    return (last, len(prose[last])) if later is None else (later, 0)


def _finder(prose: Prose, gone: Spot | None) -> Callable[[int, int, str], Spot]:
    """A function that finds a place again by its chapter, its offset and the passage that was there.

    It looks in the place's own chapter, then in any other; what is nowhere is at *gone*, or near where it was.
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
"""The new text of a story: the prose of each chapter by the chapter's id, in their order."""

Spot = tuple[int, int]
"""A chapter's id, and an offset in its prose."""

MOST_ASLEEP = 4
"""The oldest anchors beside a place that sleep on, and as many of the newest."""


class Anchor(NamedTuple):
    """Where a place is, and the passage that was there."""

    chapter: int
    start: int
    passage: str
    is_guess: bool = False
    """Whether its reader was never there."""


class Asleep(NamedTuple):
    """The anchors that sleep beside a place, the oldest first, and where it was put for them."""

    guess: Spot | None = None
    anchors: Sequence[Anchor] = ()

    @classmethod
    def read(cls, text: str | None) -> Asleep:
        """Return what `write` wrote."""
        if text is None:
            return cls()
        guess, anchors = json.loads(text)
        return cls(guess and tuple(guess), [Anchor(*each) for each in anchors])

    def write(self) -> str | None:
        """Return it as a row holds it; None where nothing sleeps."""
        return json.dumps(self, ensure_ascii=False) if self.anchors else None


class Waking:
    """Finds places again in a new text of their story, also those that its last text had not."""

    def __init__(self, prose: Prose, find: Callable[[int, int, str], Spot]) -> None:
        """*find* returns where an anchor is now, or what is near it."""
        self._prose, self._find = prose, find
        self._order = {chapter: number for number, chapter in enumerate(prose)}
        self._is_home, self._wake = cache(self._look_home), cache(self._look)  # many readers stop at the same page

    def move(self, at: Anchor, asleep: Asleep, *, is_furthest: bool) -> tuple[Spot, Asleep]:
        """Return where the place that is *at* an anchor is now, and what sleeps beside it then.

        One that is not where it was put has been moved by its reader since. Then nothing wakes for it, but a furthest
        point is the furthest of all that are there.
        """
        if not asleep.anchors and self._is_home(at):  # as nearly always
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
        return spot, Asleep(None if is_sure else spot, still[:MOST_ASLEEP] + still[MOST_ASLEEP:][-MOST_ASLEEP:])

    def _look_home(self, anchor: Anchor) -> bool:
        """Whether the words are in their chapter: at their place, or where an edit above moved them."""
        text = self._prose.get(anchor.chapter, "")
        if text.startswith(anchor.passage[:FEWEST_CHARS], anchor.start):
            return True
        # in a text too short for their place it is others like them that are found, as of a refrain
        return not _is_short(anchor) and anchor.passage in text and anchor.start + ANCHOR_CHARS <= len(text)

    def _look(self, anchor: Anchor) -> Spot | None:
        """Where the words are, in their chapter or in another."""
        if self._is_home(anchor):
            return self._find(*anchor[:3])
        for chapter, text in () if _is_short(anchor) else self._prose.items():
            if anchor.passage in text and (at := find_again(text, anchor.passage, anchor.start)) is not None:
                return chapter, at
        return None


def _is_short(anchor: Anchor) -> bool:
    """Whether the words may well stand elsewhere, too."""
    return len(anchor.passage) < ANCHOR_CHARS
