"""Limits on uploads: stories a day, and bytes for each member, each server and all servers together.

An upload counts with its size in the database: its compressed files and their text. Limits are checked in the upload's
transaction after its rows are written; a long text, which takes several transactions, is checked before the first of
them. Uploads run one at a time (`LIBRARY`), so that two cannot exceed a limit together.
"""

import logging
from collections.abc import Iterable
from math import ceil

from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.store.database import Database, Reading, Writing
from bot.store.disk_space import nearly_full
from bot.store.erased import DAY_SECONDS, lately_erased
from bot.store.settings import server_settings
from bot.stories import Story

log = logging.getLogger(__name__)

MEGABYTE = 1_000_000

STORED_PER_BYTE = 4
"""Estimated bytes stored for each byte of prose: for reading, for search, and in the word index."""

PAGE, SPAN, CHAPTER, DETAILS = 60, 30, 300, 4_000
"""Estimated bytes of a page, a span and a chapter besides their text, and minimum bytes for a story's details."""


def stored_bytes(story: Story) -> int:
    """Return the estimated size of a story in the tables, in bytes, without its files."""
    texts = [text for chapter in story.chapters for text in (chapter.prose, *(each.text for each in chapter.quotes))]
    pages = sum(len(starts) for chapter in story.chapters for starts in chapter.page_starts.values())
    spans = sum(len(chapter.spans) for chapter in story.chapters)
    details = _length([story.title, story.author or "", story.summary or "", *story.metadata, *story.metadata.values()])
    rows = pages * PAGE + spans * SPAN + len(story.chapters) * CHAPTER
    return STORED_PER_BYTE * _length(texts) + 2 * _length(story.all_notes) + rows + max(DETAILS, 2 * details)


def _length(texts: Iterable[str]) -> int:
    return sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)


_FILES = (
    "SELECT coalesce(sum(b.size), 0) FROM upload_bytes b WHERE b.digest IN"
    " (SELECT f.digest FROM upload_files f JOIN versions v ON v.id = f.version_id"
    "   JOIN stories s ON s.id = v.story_id JOIN uploads u ON u.story_id = s.id"
    "   WHERE s.shelf = :shelf AND (:user = 0 OR u.user_id = :user)"
    "  UNION SELECT f.digest FROM upload_files f JOIN drafts d ON d.id = f.draft_id"
    "   WHERE d.guild_id = :guild AND d.state = 'waiting' AND (:user = 0 OR d.user_id = :user))"
)
"""SQL: bytes of the files of a server's uploads and submissions, of one member (``:user``) or, if 0, of all members.

Equal files count once.
"""

_BYTES = (
    f"SELECT ({_FILES}) + (SELECT coalesce(sum(s.stored), 0) FROM stories s WHERE s.home > 0 AND s.home = :guild"
    " AND (:user = 0 OR EXISTS (SELECT 1 FROM uploads u WHERE u.story_id = s.id AND u.user_id = :user)"
    "  OR EXISTS (SELECT 1 FROM drafts d WHERE d.story_id = s.id AND d.user_id = :user))) AS bytes"
)
"""SQL: `_FILES`, plus the bytes of their texts; without a member, also of texts that are still being written."""

_ALL_BYTES = (
    "SELECT (SELECT coalesce(sum(size), 0) FROM upload_bytes)"
    " + (SELECT coalesce(sum(stored), 0) FROM stories WHERE home > 0) AS bytes"
)
"""SQL: bytes of all uploads and drafts. Texts of the stories folder have no home server and do not count."""

_RECENT = (
    "SELECT count(*) AS stories FROM audit_log WHERE user_id = :user AND guild_id = :guild AND at > :since"
    " AND act IN ('publish', 'submit')"
)
"""SQL: number of stories, including deleted ones, that a member published or submitted in a server since a time."""


def bytes_used(reading: Reading, guild: int, user: int = 0) -> int:
    """Return the bytes that a server's uploads take, or only those of the member *user* there."""
    [row] = reading.rows(_BYTES, {"guild": guild, "shelf": str(guild), "user": user})
    return int(row["bytes"])


class Room:
    """Storage in use before an upload by *user* in *guild*, to check the limits after the upload is written.

    Creating a `Room` raises `ReaderError` if the disk is nearly full.
    """

    def __init__(self, db: Database, writing: Writing, guild: int, user: int) -> None:
        if db.file is not None and (trouble := nearly_full(db.file)):
            if not db.is_nearly_full:  # warn once, not at each upload
                log.warning("%s", trouble)
            db.is_nearly_full = True
            raise ReaderError("uploads-wait")
        db.is_nearly_full = False
        self._db, self._writing, self._guild, self._user = db, writing, guild, user
        self._before = self._used()

    def hold(self, *, is_member: bool = True, more: int | None = None) -> None:
        """Raise `ReaderError` if the upload exceeds the limit of its member, its server or all servers.

        An upload that adds no bytes is always allowed. *more* is the number of bytes still to be written. Managers
        (*is_member* false) have no limit of their own, only the other two.
        """
        after = self._used() if more is None else [each + more for each in self._before]
        chosen = server_settings(self._writing, self._guild)
        most = (chosen.member_megabytes, chosen.server_megabytes, self._db.uploads_megabytes)
        for whose, had, has, megabytes in zip(_WHOSE, self._before, after, most, strict=True):
            if had < has > megabytes * MEGABYTE and (is_member or whose != "member"):
                used, adds = f"{had / MEGABYTE:.1f}", f"{ceil((has - had) / MEGABYTE * 10) / 10:.1f}"
                raise ReaderError("limit-bytes", whose=whose, used=used, more=adds, most=megabytes)

    def _used(self) -> list[int]:
        """Return the bytes used by the member, by the server and by all servers."""
        [row] = self._writing.rows(_ALL_BYTES, {})
        return [*(bytes_used(self._writing, self._guild, user) for user in (self._user, 0)), int(row["bytes"])]


_WHOSE = ("member", "server", "everywhere")


def hold_stories(writing: Writing, guild: int, user: int, chosen: ServerSettings, now: int) -> None:
    """Raise `ReaderError` if *user* added too many stories to *guild* in 24 hours, counting the one just logged."""
    since = now - DAY_SECONDS
    [row] = writing.rows(_RECENT, {"guild": guild, "user": user, "since": since})
    if row["stories"] + lately_erased(writing, "submitted", user, since, guild) > chosen.stories_a_day:
        raise ReaderError("limit-stories", most=chosen.stories_a_day)
