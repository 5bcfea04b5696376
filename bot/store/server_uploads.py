"""The uploads of a server, as its managers see them: who sent each, when, and whether it is on the shelf.

None of this passes the age gate: whoever manages a shelf finds all that is on it, in an answer of theirs alone.
"""

from __future__ import annotations

from bot.domain.uploads import ServerUpload, UploadState
from bot.errors import StoryGone
from bot.store.database import Family, Reading, Row, Value, Writing, lookup, transaction
from bot.store.engines import whole_story
from bot.store.limits import bytes_used
from bot.store.rows import SUMMARY, as_value, summary_of
from bot.store.uploads import take_off

_UPLOADS = "FROM uploads u JOIN stories s ON s.id = u.story_id WHERE s.shelf = :shelf"
_OF_SENDER = "(:sender < 0 OR u.user_id = :sender)"

EVERYBODY = -1
"""Stands for all senders; 0 for former members."""


class ServerUploads(Family):
    """What was uploaded in a server."""

    async def total(self, guild: int, sender: int = EVERYBODY) -> int:
        """Count the uploads of *guild*, also those that are off its shelf."""
        return await self._db.number(f"SELECT count(*) {_UPLOADS} AND {_OF_SENDER}", _values(guild, sender))

    async def page(self, guild: int, limit: int, skip: int, sender: int = EVERYBODY) -> list[ServerUpload]:
        """Return some uploads of *guild*, the latest first."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, u.user_id AS sender, u.uploaded_at AS uploaded_at, s.removed_by AS removed_by"
            f" {_UPLOADS} AND {_OF_SENDER} ORDER BY u.story_id DESC LIMIT :limit OFFSET :skip",
            {**_values(guild, sender), "limit": limit, "skip": skip},
        )
        return [_upload(row) for row in rows]

    async def find(self, guild: int, story: int) -> ServerUpload:
        """Return one upload of *guild*. Raises `StoryGone`."""
        row = await self._db.row(
            f"SELECT {SUMMARY}, u.user_id AS sender, u.uploaded_at AS uploaded_at, s.removed_by AS removed_by"
            f" {_UPLOADS} AND s.id = :story",
            {"shelf": str(guild), "story": story},
        )
        if row is None:
            raise StoryGone
        return _upload(row)

    @lookup
    def bytes_used(self, reading: Reading, guild: int) -> int:
        """Return the bytes that the uploads of *guild* take, with their versions and with what waits."""
        return bytes_used(reading, guild)

    async def remove_all(self, guild: int, sender: int, by: int) -> int:
        """Take all that *sender* uploaded off the shelf of *guild*; return how many stories went."""
        rows = await self._db.rows(f"SELECT s.id {_UPLOADS} AND u.user_id = :sender", _values(guild, sender))
        return sum([await self._take_off(int(row["id"]), guild, by) for row in rows])

    @transaction
    def _take_off(self, writing: Writing, story: int, guild: int, by: int) -> bool:
        writing.take(*whole_story(story))
        return take_off(writing, story, guild, by, "manager", now=self._db.now())


def _values(guild: int, sender: int) -> dict[str, Value]:
    return {"shelf": str(guild), "sender": sender}


def _upload(row: Row) -> ServerUpload:
    states: dict[str | None, UploadState] = {None: "shown", "author": "withdrawn"}
    state = states.get(row["removed_by"], "removed")
    return as_value(row, ServerUpload, story=summary_of(row), sender=row["sender"] or None, state=state)
