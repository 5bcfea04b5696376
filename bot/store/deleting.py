"""Deleting stories and drafts, with everything that belongs to them alone."""

from collections.abc import Mapping, Sequence

from bot.domain.uploads import Draft
from bot.store.database import Row, Value, Writing, named_list
from bot.store.passages import PASSAGES, QUOTES, STORIES, index_changes, remove_index_mark, write_indexes
from bot.store.questions import AT_ONCE, draw_posts_of
from bot.store.versions import digests_of, drop_unused, drop_versions


def delete_story(writing: Writing, story: int) -> None:
    """Delete a story with its files, the drafts that would replace it, and every row about it."""
    values = {"story": story}
    draw_posts_of(writing, story, AT_ONCE)  # they will show that the story is gone
    texts = (
        (STORIES, "SELECT id, title, author FROM stories WHERE id = :story"),
        (PASSAGES, "SELECT id, text, scope FROM passages WHERE story_id = :story"),
        (QUOTES, "SELECT id, text, scope FROM quotes WHERE story_id = :story AND number IS NOT NULL"),
    )
    write_indexes(writing, [index_changes(index, writing.rows(rows, values), []) for index, rows in texts])
    remove_index_mark(writing, story)
    drop_drafts(writing, "replaces = :story", values)
    drop_versions(
        writing, [int(row["id"]) for row in writing.rows("SELECT id FROM versions WHERE story_id = :story", values)]
    )
    for sql in (
        "DELETE FROM schedules WHERE story_id = :story",
        "DELETE FROM leaderboard WHERE kind = 'quote' AND id IN (SELECT id FROM quotes WHERE story_id = :story)",
        "DELETE FROM leaderboard WHERE kind = 'story' AND id = :story",
        "DELETE FROM quote_decks WHERE story_id = :story",
        # Delete rows that reference chapters by story first; the cascade to the chapters then finds none left.
        "DELETE FROM places WHERE story_id = :story",
        "DELETE FROM bookmarks WHERE story_id = :story",
        "DELETE FROM passages WHERE story_id = :story",
        "DELETE FROM quotes WHERE story_id = :story",
        "DELETE FROM stories WHERE id = :story",
    ):
        writing.execute(sql, values)


def drop_drafts(writing: Writing, which: str, values: Mapping[str, Value]) -> int:
    """Delete the drafts that match the SQL condition *which*, with their texts; return the number of drafts."""
    ids = [int(row["id"]) for row in writing.rows(f"SELECT id FROM drafts WHERE {which}", values)]
    rows = _drop(writing, ids, which, values)
    for row in rows:
        if row["story_id"] is not None:
            delete_story(writing, int(row["story_id"]))
    return len(rows)


def take_draft(writing: Writing, draft: Draft) -> bool:
    """Delete a draft but keep its text, to publish it; return False if the draft is gone or has changed state.

    Only one caller gets True, so a draft is published only once.
    """
    return bool(_drop(writing, [draft.id], "state = :state", {"state": draft.state}))


def _drop(writing: Writing, drafts: Sequence[int], which: str, values: Mapping[str, Value]) -> list[Row]:
    """Delete those of *drafts* that match the SQL condition *which*; return for each a row with its ``story_id``.

    The text, which is the story with this id, is not deleted.
    """
    digests = digests_of(writing, "draft", drafts)
    listed, ids = named_list("id", drafts)
    sql = f"DELETE FROM drafts WHERE id IN {listed} AND ({which}) RETURNING story_id"
    rows = writing.rows(sql, {**values, **ids})
    drop_unused(writing, digests)
    return rows
