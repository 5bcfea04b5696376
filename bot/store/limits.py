"""Limits of what members upload: stories a day, and bytes for a member and for a server.

They are asked in the transaction of the upload, after it was written: one that goes beyond a limit is undone.
"""

from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.store.database import Writing
from bot.store.erased import DAY_SECONDS, lately_erased

MEGABYTE = 1_000_000
_BYTES = (
    "SELECT coalesce(sum(b.size), 0) AS bytes FROM upload_bytes b WHERE b.digest IN"
    " (SELECT f.digest FROM upload_files f JOIN versions v ON v.id = f.version_id"
    "   JOIN stories s ON s.id = v.story_id JOIN uploads u ON u.story_id = s.id"
    "   WHERE s.shelf = :shelf AND (:user = 0 OR u.user_id = :user)"
    "  UNION SELECT f.digest FROM upload_files f JOIN submissions w ON w.draft_id = f.draft_id"
    "   WHERE w.guild_id = :guild AND (:user = 0 OR w.user_id = :user)"
    "  UNION SELECT f.digest FROM coming_chapters c JOIN drafts d ON d.id = c.draft_id"
    "   JOIN upload_files f ON f.draft_id = d.id AND f.number > d.base_chapters"
    "   WHERE c.guild_id = :guild AND (:user = 0 OR c.user_id = :user))"
)
"""The bytes of a server's uploads and of what waits there, of one member or (0) of all; the same file counts once."""

_LATELY = (
    "SELECT count(*) AS stories FROM audit_log WHERE user_id = :user AND guild_id = :guild AND at > :since"
    " AND act IN ('publish', 'submit')"
)
"""What a member submitted lately; also what is gone since."""


def bytes_used(writing: Writing, guild: int, user: int = 0) -> int:
    """Return the bytes that the uploads of a server take, or those of one member there."""
    [row] = writing.rows(_BYTES, {"guild": guild, "shelf": str(guild), "user": user})
    return int(row["bytes"])


def hold_bytes(writing: Writing, guild: int, user: int | None, chosen: ServerSettings, before: tuple[int, int]) -> None:
    """Raise `ReaderError` where a change made the bytes of a server, or of *user* there, more than they may be.

    *before* are the bytes of both before the change: what makes nothing larger is never refused. A *user* of None has
    no limit of their own.
    """
    server = bytes_used(writing, guild)
    if before[0] < server > chosen.server_megabytes * MEGABYTE:
        raise ReaderError("limit-server", most=chosen.server_megabytes)
    if user is not None and before[1] < bytes_used(writing, guild, user) > chosen.member_megabytes * MEGABYTE:
        raise ReaderError("limit-member", most=chosen.member_megabytes)


def hold_stories(writing: Writing, guild: int, user: int, chosen: ServerSettings, now: int) -> None:
    """Raise `ReaderError` where *user* has, with the one just logged, submitted too many stories in 24 hours."""
    since = now - DAY_SECONDS
    [row] = writing.rows(_LATELY, {"guild": guild, "user": user, "since": since})
    if row["stories"] + lately_erased(writing, "submitted", user, since, guild) > chosen.stories_a_day:
        raise ReaderError("limit-stories", most=chosen.stories_a_day)
