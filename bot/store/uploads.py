"""Uploads: publishing, withdrawing, restoring and deleting stories on a server's shelf, and their owners.

These queries skip the age gate: users who may change a story or manage a shelf see all these stories, in answers that
nobody else sees. `bot.services.rights` checks the user's rights before each call.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.notices import Notice
from bot.domain.rights import Act
from bot.domain.uploads import (
    Draft,
    Losses,
    Ownership,
    OwnStory,
    Remover,
    ServerUpload,
    UploadDetails,
    UploadState,
    stated,
)
from bot.errors import ReaderError, StoryGone
from bot.store.audit import record
from bot.store.authors import link_author, make_claim
from bot.store.database import Family, Reading, Row, Value, Writing, lookup, transaction
from bot.store.deleting import delete_story, take_draft
from bot.store.engines import LIBRARY, Turn, alone, whole_story
from bot.store.erased import keep_removed, was_removed
from bot.store.limits import Room, bytes_used, hold_stories
from bot.store.outbox import queue_notice
from bot.store.passages import IndexChanges, write_indexes
from bot.store.publishing import Publication, Published, Source, publish_story
from bot.store.questions import AT_ONCE, close_question_of_story, draw_posts_of
from bot.store.rows import SUMMARY, as_value, summary_of
from bot.store.schedules import SCHEDULES
from bot.store.settings import server_settings
from bot.store.versions import add_version, check_version
from bot.store.visibility import UNPUBLISHED, server_of
from bot.stories import Story
from bot.stories.folding import fold
from bot.stories.model import StorySummary


@dataclass(frozen=True, slots=True)
class NewVersion:
    """The parsed text of a draft, ready to publish."""

    story: Story
    source: Source
    read_on: int = 0
    """Id of the version that the draft changes; 0 accepts any version."""
    prepared: int | None = None
    """Id of the story row if the text was written in advance (see `bot.store.publishing`)."""
    unrated_is_mature: bool = False
    """Whether a story without a rating counts as one for adults."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """The user who publishes a draft: its sender, or the manager who approves it."""

    user: int
    manages: bool = False
    """Whether the user manages the draft's server; then the limits for members do not apply."""


class Uploads(Family):
    """Stories that members uploaded, on the shelves of servers."""

    @transaction
    def publish(self, writing: Writing, draft: Draft, version: NewVersion, by: Publisher) -> Published:
        """Publish a draft as a new story, or as the new version of the story that it replaces; delete the stored draft.

        A sender who wrote a new story is linked as its author, or claims the story if managers want to be asked. A
        replaced story keeps its uploader, and stays off its shelf if it was off. Publishing a waiting draft approves
        the draft and notifies its sender.

        Raises `ReaderError` if the draft is gone or has another state, the ``id`` in its text belongs to another story,
        a limit is exceeded, or the replaced story has a newer version; `StoryGone` if the replaced story is gone.
        """
        writing.take(LIBRARY, alone("reader", draft.user), *_turns(draft, version))
        now, replaced = self._db.now(), draft.replaces
        room = Room(self._db, writing, draft.guild, _uploader_of(writing, replaced) or draft.user)
        if draft.id and not take_draft(writing, draft):
            raise ReaderError("draft-gone")
        if replaced is not None:
            check_version(writing, replaced, version.read_on)
        elif version.story.id is not None and _with_key(writing, draft.guild, version.story.id) is not None:
            raise ReaderError("id-taken", id=version.story.id)
        published = _write(writing, draft, version, by, now)
        is_approved, chosen = draft.state == "waiting", server_settings(writing, draft.guild)
        is_limited = not by.manages and not is_approved
        room.hold(is_member=is_limited)
        if is_limited and replaced is None:
            hold_stories(writing, draft.guild, draft.user, chosen, now)
        if is_approved:
            notice = Notice("approved", draft.guild, draft.user, published.story, version.story.title)
            queue_notice(writing, notice, now)
        if draft.wrote and replaced is None:
            _link_sender(writing, published.story, draft, now, asks=chosen.links == "asked" and is_limited)
        return published

    @transaction
    def take_off(self, writing: Writing, story: int, guild: int, user: int, by: Remover) -> None:
        """Take a story off its shelf, but keep all readers' data. A story removed by managers stays removed by them."""
        writing.take(*whole_story(story))
        take_off(writing, story, guild, user, by, now=self._db.now())

    @transaction
    def restore(self, writing: Writing, story: int, guild: int, user: int, by: Remover) -> None:
        """Put a story that *by* took off its shelf back on the shelf.

        If managers restore a story that its author withdrew before they removed it, the story stays withdrawn.
        """
        writing.take(*whole_story(story))
        stays_off = "removed_by = 'manager' AND withdrawn = 1"
        changed = writing.execute(
            f"UPDATE stories SET removed_at = CASE WHEN {stays_off} THEN removed_at END,"
            f" removed_by = CASE WHEN {stays_off} THEN 'author' END,"
            " withdrawn = CASE WHEN removed_by = 'manager' THEN withdrawn ELSE 0 END"
            " WHERE id = :story AND shelf = :shelf AND removed_by = :by",
            {"story": story, "shelf": str(guild), "by": by},
        )
        if changed:
            draw_posts_of(writing, story, AT_ONCE)
            act: Act = "restore"
            record(writing, guild, user, act, story, now=self._db.now())

    @transaction
    def delete(self, writing: Writing, story: int, guild: int, user: int) -> None:
        """Delete a story for good, with its text, its files and all readers' data. Raises `StoryGone`."""
        writing.take(LIBRARY, *whole_story(story), SCHEDULES)
        _key_of(writing, story, guild)
        act: Act = "delete"
        now = self._db.now()
        record(writing, guild, user, act, story, now=now)
        for row in writing.rows(_REMOVED_FILE, {"story": story}):
            keep_removed(writing, guild, row["digest"], now)
        delete_story(writing, story)

    async def ownership(self, story: int) -> Ownership:
        """Return the owners of a published story. Raises `StoryGone`."""
        row = await self._db.row(f"{_OWN} WHERE s.id = :story", {"story": story})
        if row is None:
            raise StoryGone
        return _ownership(row, await self._authors(story))

    async def own_story(self, story: int) -> OwnStory:
        """Return a published story with its owners, for users who may change it. Raises `StoryGone`."""
        row = await self._db.row(f"{_OWN} WHERE s.id = :story", {"story": story})
        if row is None:
            raise StoryGone
        return _own_story(row, await self._authors(story))

    async def permissions(self, story: int) -> UploadDetails:
        """Return what the author of a story allows, in the form of upload details. Raises `StoryGone`."""
        row = await self._db.row(
            "SELECT may_quote AS quotes, may_vote AS votes, may_review AS reviews, may_download AS downloads,"
            f" may_share AS sharing {_PUBLISHED}",
            {"story": story},
        )
        if row is None:
            raise StoryGone
        return {name: "yes" if row[name] else "no" for name in ("quotes", "votes", "reviews", "downloads", "sharing")}

    async def stated(self, story: int) -> UploadDetails:
        """Return the details stated in a story's text or beside it, without defaults. Raises `StoryGone`."""
        row = await self._db.row(
            f"SELECT title, author, summary, rating, status, metadata {_PUBLISHED}", {"story": story}
        )
        if row is None:
            raise StoryGone
        values = [row[name] for name in ("title", "author", "summary", "rating", "status")]
        return stated(values, json.loads(row["metadata"]))

    async def own_stories(self, user: int, limit: int, skip: int = 0) -> list[OwnStory]:
        """Return the stories that *user* uploaded or is linked to as an author, in all servers, by title."""
        rows = await self._db.rows(
            f"{_OWN} WHERE s.id IN ({_OF_USER}) ORDER BY s.title_key, s.id LIMIT :limit OFFSET :skip",
            {"user": user, "limit": limit, "skip": skip},
        )
        return [_own_story(row, await self._authors(row["story_id"])) for row in rows]

    async def on_shelf(
        self, guild: int, limit: int, *, typed: str = "", story: int | None = None
    ) -> list[StorySummary]:
        """Return uploads on the shelf of *guild* whose title contains *typed*, and the upload with the id *story*."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM stories s WHERE s.shelf = :shelf AND s.removed_at IS NULL"
            " AND (s.title_key LIKE :like ESCAPE '!' OR s.id = :story) ORDER BY s.title_key, s.id LIMIT :limit",
            {"shelf": str(guild), "like": _like_pattern(typed), "story": story, "limit": limit},
        )
        return [summary_of(row) for row in rows]

    async def off_shelf(self, guild: int, limit: int, manager: int | None = None) -> Sequence[StorySummary]:
        """Return the stories off the shelf of *guild*: its removed and withdrawn uploads, and stories that it hides.

        If *manager* is given, withdrawn stories are left out unless that manager uploaded or wrote them.
        """
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM stories s WHERE s.shelf = :shelf AND s.removed_at IS NOT NULL"
            f" AND (:manager = 0 OR s.removed_by = 'manager' OR s.id IN ({_OF_USER}))"
            " OR s.id IN (SELECT story_id FROM hidden_stories WHERE guild_id = :guild)"
            " ORDER BY s.title_key, s.id LIMIT :limit",
            {"shelf": str(guild), "guild": guild, "limit": limit, "manager": manager or 0, "user": manager or 0},
        )
        return [summary_of(row) for row in rows]

    async def with_key(self, guild: int, key: str) -> int | None:
        """Return the id of the story of *guild* with this *key*, on or off the shelf; None if no story has it."""
        found = await self._db.number(_WITH_KEY, {"shelf": str(guild), "key": key})
        return found or None

    async def twin(self, guild: int, user: int, digest: str, title: str) -> StorySummary | None:
        """Return the latest story that *user* uploaded to *guild* with the same bytes (*digest*) or the same *title*.

        Return None if there is none. A story removed by managers does not count: *user* may not replace it.
        """
        row = await self._db.row(
            f"SELECT {SUMMARY} FROM uploads u JOIN stories s ON s.id = u.story_id JOIN sources o ON o.story_id = s.id"
            " WHERE u.user_id = :user AND s.shelf = :shelf AND (o.digest = :digest OR s.title_key = :title)"
            " AND coalesce(s.removed_by, '') <> 'manager' ORDER BY s.id DESC LIMIT 1",
            {"user": user, "shelf": str(guild), "digest": digest, "title": fold(title)},
        )
        return summary_of(row) if row else None

    @lookup
    def removed_by_managers(self, reading: Reading, guild: int, digest: str) -> bool:
        """Return whether managers of *guild* removed a story with the bytes of *digest*, even if since deleted."""
        row = reading.row(f"{_SAME_BYTES} AND s.removed_by = 'manager'", {"shelf": str(guild), "digest": digest})
        return row is not None or was_removed(reading, guild, digest, self._db.now())

    async def withdrawn_by_another(self, guild: int, digest: str, user: int) -> bool:
        """Return whether a story of *guild* with the bytes of *digest* was withdrawn, and *user* is none of its owners.

        False if the story's uploader and authors are all former members.
        """
        same = f"{_SAME_BYTES} AND s.withdrawn = 1"
        rows = await self._db.rows(
            f"SELECT user_id FROM uploads WHERE user_id <> 0 AND story_id IN ({same})"
            f" UNION SELECT user_id FROM story_authors WHERE story_id IN ({same})",
            {"shelf": str(guild), "digest": digest},
        )
        return bool(rows) and user not in {row["user_id"] for row in rows}

    async def losses(self, story: int) -> Losses:
        """Return the counts of the readers' data that deleting a story would destroy."""
        [row] = await self._db.rows(_LOSSES, {"story": story})
        return as_value(row, Losses)

    async def _authors(self, story: int) -> frozenset[int]:
        rows = await self._db.rows("SELECT user_id FROM story_authors WHERE story_id = :story", {"story": story})
        return frozenset(row["user_id"] for row in rows)


_PUBLISHED = f"FROM stories WHERE id = :story AND shelf <> '{UNPUBLISHED}'"

_OWN = (
    f"SELECT {SUMMARY}, s.shelf AS shelf, s.removed_by AS removed_by, s.mature AS is_mature, s.rating AS rating,"
    " s.updated_at AS updated_at, u.user_id AS uploader FROM stories s LEFT JOIN uploads u ON u.story_id = s.id"
)

_OF_USER = (
    "SELECT story_id FROM uploads WHERE user_id = :user UNION SELECT story_id FROM story_authors WHERE user_id = :user"
)

_SAME_BYTES = (
    "SELECT s.id FROM stories s JOIN sources o ON o.story_id = s.id WHERE s.shelf = :shelf AND o.digest = :digest"
)

_REMOVED_FILE = (
    "SELECT o.digest FROM sources o JOIN stories s ON s.id = o.story_id"
    " WHERE o.story_id = :story AND s.removed_by = 'manager'"
)

_WITH_KEY = "SELECT id FROM stories WHERE shelf = :shelf AND key = :key"

_LOSSES = (
    "SELECT (SELECT count(*) FROM places WHERE story_id = :story) AS places,"
    " (SELECT count(DISTINCT user_id) FROM (SELECT user_id FROM bookmarks WHERE story_id = :story"
    "  UNION SELECT k.user_id FROM saved_quotes k JOIN quotes q ON q.id = k.quote_id WHERE q.story_id = :story)"
    "  AS kept) AS bookmarks,"
    " (SELECT coalesce(sum(c.count), 0) FROM questions q"
    "  JOIN answer_counts c ON c.question_id = q.id AND c.guild_id = 0 WHERE q.story_id = :story) AS votes,"
    " (SELECT coalesce(sum(readers), 0) FROM reaction_counts WHERE story_id = :story) AS reactions,"
    " (SELECT count(*) FROM reviews WHERE story_id = :story) AS reviews"
)


def _turns(draft: Draft, version: NewVersion) -> Iterator[Turn]:
    """Yield the locks for publishing a draft: on the stories that it changes, and on claims if it may make one."""
    if draft.replaces is not None:
        yield from whole_story(draft.replaces)
    elif draft.wrote:
        yield alone("claims", 0)
    if version.prepared is not None:
        yield alone("story", version.prepared)


def _ownership(row: Row, authors: frozenset[int]) -> Ownership:
    return as_value(row, Ownership, guild=server_of(row["shelf"]), uploader=row["uploader"] or None, authors=authors)


def _own_story(row: Row, authors: frozenset[int]) -> OwnStory:
    return as_value(row, OwnStory, story=summary_of(row), ownership=_ownership(row, authors))


def _write(writing: Writing, draft: Draft, version: NewVersion, by: Publisher, now: int) -> Published:
    """Write the story, the version and the log entry of a published draft. Raises `StoryGone`."""
    replaced, story, guild = draft.replaces, version.story, draft.guild
    key = (story.id or secrets.token_hex(8)) if replaced is None else _key_of(writing, replaced, guild)
    index: list[IndexChanges] = []
    publication = Publication(key, story, version.source, version.prepared, version.unrated_is_mature)
    published = publish_story(writing, str(guild), publication, index, now=now)
    write_indexes(writing, index)
    writing.execute(
        "INSERT INTO uploads (story_id, user_id, uploaded_at) VALUES (:story, :user, :now)"
        " ON CONFLICT (story_id) DO NOTHING",
        {"story": published.story, "user": draft.user, "now": now},
    )
    add_version(writing, published.story, draft.user, draft.change, draft.upload, story, now=now)
    act = "approve" if draft.state == "waiting" else draft.change
    record(writing, guild, by.user, act, published.story, draft.upload.name, now=now)
    return published


def _link_sender(writing: Writing, story: int, draft: Draft, now: int, *, asks: bool) -> None:
    """Link the sender of a draft as the author of *story*; if *asks*, make a claim for the managers instead."""
    if asks:
        make_claim(writing, story, draft.user, now)
        return
    link_author(writing, story, draft.user, now)
    record(writing, draft.guild, draft.user, "link", story, now=now)


def _uploader_of(writing: Writing, story: int | None) -> int:
    """Return the id of the uploader of *story*; 0 for a former member, or if *story* is None."""
    row = writing.row("SELECT user_id FROM uploads WHERE story_id = :story", {"story": story})
    return int(row["user_id"]) if row else 0


def _with_key(writing: Writing, guild: int, key: str) -> int | None:
    row = writing.row(_WITH_KEY, {"shelf": str(guild), "key": key})
    return int(row["id"]) if row else None


def _key_of(writing: Writing, story: int, guild: int) -> str:
    """Return the key of a story of *guild*. Raises `StoryGone`."""
    row = writing.row(
        "SELECT key FROM stories WHERE id = :story AND shelf = :shelf", {"story": story, "shelf": str(guild)}
    )
    if row is None:
        raise StoryGone
    return str(row["key"])


def _like_pattern(typed: str) -> str:
    """Return a LIKE pattern, with ! as its escape, for titles that contain *typed*."""
    key = fold(typed)
    for sign in "!%_":
        key = key.replace(sign, f"!{sign}")
    return f"%{key}%"


def take_off(writing: Writing, story: int, guild: int, user: int, by: Remover, *, now: int) -> bool:
    """Take a story off its shelf and log the act; return whether that changed anything."""
    changed = writing.execute(
        "UPDATE stories SET removed_at = coalesce(removed_at, :now), removed_by = :by,"
        " withdrawn = CASE WHEN :by = 'author' THEN 1 ELSE withdrawn END"
        " WHERE id = :story AND shelf = :shelf AND (removed_by IS NULL OR removed_by = 'author' AND :by <> 'author')",
        {"now": now, "by": by, "story": story, "shelf": str(guild)},
    )
    if changed:
        close_question_of_story(writing, story, now)
        act: Act = "withdraw"
        record(writing, guild, user, act, story, by, now=now)
    return changed > 0


_UPLOADS = "FROM uploads u JOIN stories s ON s.id = u.story_id WHERE s.shelf = :shelf"
_OF_SENDER = "(:sender < 0 OR u.user_id = :sender)"

EVERYBODY = -1
"""Sender id that stands for all senders; 0 is the id of former members."""


class ServerUploads(Family):
    """Uploads of a server, for its managers."""

    async def total(self, guild: int, sender: int = EVERYBODY) -> int:
        """Count the uploads of *guild*, on or off its shelf."""
        return await self._db.number(f"SELECT count(*) {_UPLOADS} AND {_OF_SENDER}", _values(guild, sender))

    async def page(self, guild: int, limit: int, skip: int, sender: int = EVERYBODY) -> list[ServerUpload]:
        """Return at most *limit* uploads of *guild* after the first *skip*, latest first."""
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
        """Return the number of bytes that the uploads of *guild* use, with versions and drafts."""
        return bytes_used(reading, guild)

    async def remove_all(self, guild: int, sender: int, by: int) -> int:
        """Take all uploads of *sender* off the shelf of *guild*; return the number of stories that this changed."""
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
