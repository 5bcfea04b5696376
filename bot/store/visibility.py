"""Which stories an audience may see: the one gate of the store.

Every query that shows a story reads it through one of these, in the place of the table ``stories``.
"""

from dataclasses import replace

from bot.domain.rights import Audience
from bot.errors import StoryGated, StoryGone
from bot.store.database import IN_ORDER, Reading, Writing
from bot.store.settings import chosen_sql


def visible_sql(audience: Audience) -> str:
    """Return SQL for a FROM clause: the stories that *audience* may see. Every query that shows a story reads these."""
    return f"({_shown(audience)})"


def visible_to_author_sql(writer: int) -> str:
    """Return SQL for a FROM clause: the stories that *writer* wrote and may see in a direct message with the bot."""
    said = chosen_sql("adult", f"{writer:d}")
    return (
        f"(SELECT v.* FROM story_authors w {IN_ORDER} visible_to_adults v ON v.id = w.story_id"
        f" WHERE w.user_id = {writer:d} AND (v.mature = 0 OR {said} = 'yes'))"
    )


def visible_unmuted_sql(audience: Audience) -> str:
    """Return SQL for a FROM clause: the stories that *audience* may see, without those that its reader muted.

    Every query that shows a story that nobody named reads these: lists, random stories and quotes, news.
    """
    if not audience.reader:
        return visible_sql(audience)
    return f"({_shown(audience)} AND NOT {is_muted_sql(audience.reader, 'v.id')})"


def is_muted_sql(reader: int, story: str) -> str:
    """Return the condition that *reader* muted the story whose id the column *story* has: a look for each mute."""
    return (
        f"EXISTS (SELECT 1 FROM mutes m {IN_ORDER} facets k ON k.story_id = {story} AND k.key = m.key"
        f" WHERE m.user_id = {reader:d}"
        " AND (k.kind = m.kind OR m.kind = 'tag' AND k.kind IN ('fandom', 'character')))"
    )


def muted_sql(reader: int) -> str:
    """Return a SELECT of the ids of all stories that *reader* muted; an id may come twice.

    Along many stories it costs less than `is_muted_sql` for each of them, as long as few are muted.
    """
    return " UNION ALL ".join(
        f"SELECT k.story_id FROM mutes m {IN_ORDER} facets k ON k.kind {kinds} AND k.key = m.key"
        f" WHERE m.user_id = {reader:d}{also}"
        for kinds, also in (("= m.kind", ""), ("IN ('fandom', 'character')", " AND m.kind = 'tag'"))
    )


def _shown(audience: Audience) -> str:
    if audience.draft:
        gate = "" if audience.adult else " AND v.mature = 0"
        return f"SELECT * FROM stories v WHERE v.id = {audience.draft:d} AND v.shelf = '{UNPUBLISHED}'{gate}"
    view = "visible_to_adults" if audience.adult or audience.direct else "visible_stories"
    guild = f"{audience.guild:d}"
    if audience.direct:
        said = chosen_sql("adult", f"{audience.reader:d}")
        return f"SELECT * FROM {view} v WHERE v.home = 0 AND (v.mature = 0 OR {said} = 'yes')"
    if not audience.guild:
        return f"SELECT * FROM {view} v WHERE v.home = 0"
    return (
        f"SELECT * FROM {view} v WHERE (v.home IN (0, {guild})"
        f" OR v.home = -1 AND v.id IN (SELECT story_id FROM story_servers WHERE guild_id = {guild}))"
        f" AND v.id NOT IN (SELECT story_id FROM hidden_stories WHERE guild_id = {guild})"
    )


def why_not_visible(reading: Reading, story: int, audience: Audience) -> StoryGated | StoryGone:
    """Return the error that says why *audience* may not see a story: it is for adults only, or it is not there."""
    there = reading.row(
        f"SELECT 1 FROM {visible_sql(replace(audience, adult=True, direct=False))} s WHERE s.id = :story",
        {"story": story},
    )
    return StoryGated() if there else StoryGone()


FOLDER = "folder"
"""The shelf of the stories folder."""

UNPUBLISHED = "unpublished"
"""The shelf of stories that are being written, and of texts of drafts. Nobody finds a story on it."""


def server_of(shelf: str) -> int:
    """Return the server whose shelf it is; 0 for the bot's own folder. Raises `StoryGone` for what is not published."""
    if shelf == UNPUBLISHED:
        raise StoryGone
    return 0 if shelf == FOLDER else int(shelf)


def shelf_of(writing: Writing, story: int) -> int:
    """Return the server whose shelf a story is on; 0 for the bot's own folder. Raises `StoryGone`."""
    row = writing.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
    if row is None:
        raise StoryGone
    return server_of(row["shelf"])
