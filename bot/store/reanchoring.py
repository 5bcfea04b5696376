"""Where readers and serials stopped, found again in a text that has changed."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from bot.store.database import Row, Value, Writing
from bot.store.reactions import remove_reaction_rows
from bot.store.sleeping import Anchor, Asleep, Prose, Spot, Waking
from bot.stories.anchors import anchor_at, find_again


def move_bookmarks(writing: Writing, story_id: int, prose: Prose) -> None:
    """Find every bookmark again in the new text; of two of a reader's that meet at one spot the older stays."""
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
    """Return the rows that moved, and the ids of those that would stand where an older row equal in *whose* does."""
    find, taken = _finder(prose, gone), set[object]()
    moved: list[dict[str, Value]] = []
    doubled: list[int] = []
    for row in rows:
        chapter, start = find(row["chapter_id"], row["start"], row["passage"])
        spot = (chapter, start, *(row[column] for column in whose))
        if spot in taken:
            doubled.append(row["id"])
        elif (chapter, start) != (row["chapter_id"], row["start"]):
            moved.append({"id": row["id"], "chapter": chapter, "start": start})
        taken.add(spot)
    return moved, doubled


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
        "SELECT plan_id, chapter_id, start, passage, has_ended FROM serials WHERE story_id = :story",
        {"story": story_id},
    )
    writing.many(
        "UPDATE serials SET chapter_id = :chapter, start = :start, passage = :passage WHERE plan_id = :plan",
        _moved_serials(rows, prose),
    )


def _moved_serials(rows: Iterable[Row], prose: Prose) -> list[dict[str, Value]]:
    moved: list[dict[str, Value]] = []
    for row in rows:
        before = len(row["passage"]) if row["has_ended"] else 0
        chapter, start = _next_instalment(prose, row["chapter_id"], row["start"], row["passage"], before)
        passage = anchor_at(prose[chapter], max(0, start - before))
        moved.append({"plan": row["plan_id"], "chapter": chapter, "start": start, "passage": passage})
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
