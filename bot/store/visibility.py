"""Visibility of stories: the only code that decides which stories an audience may see.

Every query that shows stories to readers reads a subquery from this module instead of the table ``stories``.
"""

from dataclasses import replace

from bot.domain.rights import Audience
from bot.errors import StoryGated, StoryGone
from bot.store.database import IN_ORDER, Reading, Writing
from bot.store.settings import chosen_sql


def visible_sql(audience: Audience) -> str:
    """Return a subquery for a FROM clause: the stories that *audience* may see."""
    return f"({_select_visible(audience)})"


def visible_to_author_sql(writer: int) -> str:
    """Return a subquery for a FROM clause: stories that *writer* wrote and may see in direct messages."""
    adult_setting = chosen_sql("adult", f"{writer:d}")
    return (
        f"(SELECT v.* FROM story_authors w {IN_ORDER} visible_to_adults v ON v.id = w.story_id"
        f" WHERE w.user_id = {writer:d} AND (v.mature = 0 OR {adult_setting} = 'yes'))"
    )


def visible_unmuted_sql(audience: Audience) -> str:
    """Return a subquery for a FROM clause: the stories that *audience* may see, without muted ones.

    It is for stories that the reader did not name: in lists, random stories and quotes, and news.
    """
    if not audience.reader:
        return visible_sql(audience)
    return f"({_select_visible(audience)} AND NOT {is_muted_sql(audience.reader, 'v.id')})"


def is_muted_sql(reader: int, story: str) -> str:
    """Return the condition that *reader* muted the story with the id in column *story*: one lookup per mute."""
    return (
        f"EXISTS (SELECT 1 FROM mutes m {IN_ORDER} facets k ON k.story_id = {story} AND k.key = m.key"
        f" WHERE m.user_id = {reader:d}"
        " AND (k.kind = m.kind OR m.kind = 'tag' AND k.kind IN ('fandom', 'character')))"
    )


def muted_sql(reader: int) -> str:
    """Return a SELECT of the ids of all stories that *reader* muted, with duplicates.

    For a query over many stories it is cheaper than `is_muted_sql`, unless many stories are muted.
    """
    return " UNION ALL ".join(
        f"SELECT k.story_id FROM mutes m {IN_ORDER} facets k ON k.kind {kinds} AND k.key = m.key"
        f" WHERE m.user_id = {reader:d}{also}"
        for kinds, also in (("= m.kind", ""), ("IN ('fandom', 'character')", " AND m.kind = 'tag'"))
    )


def _select_visible(audience: Audience) -> str:
    if audience.draft:
        gate = "" if audience.adult else " AND v.mature = 0"
        return f"SELECT * FROM stories v WHERE v.id = {audience.draft:d} AND v.shelf = '{UNPUBLISHED}'{gate}"
    view = "visible_to_adults" if audience.adult or audience.direct else "visible_stories"
    guild = f"{audience.guild:d}"
    if audience.direct:
        adult_setting = chosen_sql("adult", f"{audience.reader:d}")
        return f"SELECT * FROM {view} v WHERE v.home = 0 AND (v.mature = 0 OR {adult_setting} = 'yes')"
    if not audience.guild:
        return f"SELECT * FROM {view} v WHERE v.home = 0"
    return (
        f"SELECT * FROM {view} v WHERE (v.home IN (0, {guild})"
        f" OR v.home = -1 AND v.id IN (SELECT story_id FROM story_servers WHERE guild_id = {guild}))"
        f" AND v.id NOT IN (SELECT story_id FROM hidden_stories WHERE guild_id = {guild})"
    )


def why_not_visible(reading: Reading, story: int, audience: Audience) -> StoryGated | StoryGone:
    """Return the error for a story that *audience* may not see: `StoryGated` if adults may, otherwise `StoryGone`."""
    exists = reading.row(
        f"SELECT 1 FROM {visible_sql(replace(audience, adult=True, direct=False))} s WHERE s.id = :story",
        {"story": story},
    )
    return StoryGated() if exists else StoryGone()


FOLDER = "folder"
"""Shelf of the stories folder."""

UNPUBLISHED = "unpublished"
"""Shelf of stories that are being written, and of the texts of drafts. No search finds these."""


def server_of(shelf: str) -> int:
    """Return the id of the server of a shelf; 0 for the stories folder. Raises `StoryGone` for unpublished texts."""
    if shelf == UNPUBLISHED:
        raise StoryGone
    return 0 if shelf == FOLDER else int(shelf)


def shelf_of(writing: Writing, story: int) -> int:
    """Return the id of the server of a story's shelf; 0 for the stories folder. Raises `StoryGone`."""
    row = writing.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
    if row is None:
        raise StoryGone
    return server_of(row["shelf"])
