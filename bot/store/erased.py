"""Traces of readers who deleted their data, so that the deletion does not evade limits and moderation.

A trace has a keyed hash instead of the reader's id, and expires. Without the key it cannot be linked to a reader; with
the key, only by trying every id.
"""

import hashlib
import secrets
from collections.abc import Collection
from typing import Literal

from bot.domain.reviews import HOUR_SECONDS
from bot.store.database import Reading, Writing, named_list

Purpose = Literal["emoji", "review-left", "review-held", "submitted", "removed"]
"""Purposes of a trace. ``emoji``: the reader's earlier emoji are not counted again. ``review-left``: a review written
in the last hour. ``review-held``: the reader's next review of the same story or chapter waits for managers, since the
last one was hidden, held or reported. ``submitted``: a story submitted to a server in the last day. ``removed``: a
story file that a server's managers removed and that was then deleted; its hash is made of the server's id, not a
reader's.
"""

DAY_SECONDS = 24 * 60 * 60
EMOJI_SECONDS = 31 * DAY_SECONDS
"""Seconds for which an ``emoji`` trace is kept: emoji on older messages are no longer read."""

HELD_SECONDS = 180 * DAY_SECONDS
"""Seconds for which ``review-held`` and ``removed`` traces, and reports by deleted readers, are kept."""

_KEY = "erased-key"


def digest_of(writing: Writing, purpose: Purpose, reader: int, *about: int) -> str:
    """Return the hash of *purpose*, *reader* and the ids *about*, such as a story's. Creates the key on first use."""
    key = _key(writing)
    if key is None:
        writing.execute(
            "INSERT INTO bot_state (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING",
            {"name": _KEY, "value": secrets.token_hex(32)},
        )
        key = _key(writing) or ""  # another transaction may have created it first
    return _digest(key, purpose, reader, *about)


def _key(reading: Reading) -> str | None:
    row = reading.row("SELECT value FROM bot_state WHERE name = :name", {"name": _KEY})
    return row["value"] if row else None


def _digest(key: str, purpose: Purpose, reader: int, *about: int) -> str:
    text = ":".join([purpose, str(reader), *map(str, about)])
    return hashlib.blake2b(text.encode(), key=bytes.fromhex(key), digest_size=16).hexdigest()


def erase(writing: Writing, reader: int, now: int) -> None:
    """Store all traces of *reader*; call this before the reader's rows are deleted."""
    writing.execute("DELETE FROM erased WHERE until <= :now", {"now": now})
    if writing.rows("SELECT 1 FROM reactions WHERE user_id = :reader AND message_id <> 0 LIMIT 1", {"reader": reader}):
        _keep(writing, "emoji", digest_of(writing, "emoji", reader), now, now + EMOJI_SECONDS)
    for row in writing.rows("SELECT left_at FROM review_times WHERE user_id = :reader", {"reader": reader}):
        left = digest_of(writing, "review-left", reader)
        _keep(writing, "review-left", left, row["left_at"], row["left_at"] + HOUR_SECONDS)
    for row in writing.rows(_SUBMITTED, {"reader": reader, "since": now - DAY_SECONDS}):
        submitted = digest_of(writing, "submitted", reader, row["guild_id"])
        _keep(writing, "submitted", submitted, row["at"], row["at"] + DAY_SECONDS)
    for row in writing.rows(_HELD_REVIEWS, {"reader": reader}):
        held = digest_of(writing, "review-held", reader, row["story_id"], row["chapter_id"])
        _keep(writing, "review-held", held, now, now + HELD_SECONDS)
    for row in writing.rows("SELECT review_id FROM review_reports WHERE user_id = :reader", {"reader": reader}):
        writing.execute(
            "UPDATE review_reports SET user_id = :mark WHERE review_id = :review AND user_id = :reader",
            {"mark": report_mark(writing, reader, row["review_id"]), "review": row["review_id"], "reader": reader},
        )


_HELD_REVIEWS = (
    "SELECT story_id, chapter_id FROM reviews WHERE user_id = :reader AND (state <> 'shown'"
    " OR EXISTS (SELECT 1 FROM review_reports p WHERE p.review_id = reviews.id))"
)

_SUBMITTED = (
    "SELECT guild_id, at FROM audit_log WHERE user_id = :reader AND at > :since AND act IN ('publish', 'submit')"
)


def _keep(writing: Writing, purpose: Purpose, digest: str, at: int, until: int) -> None:
    """Insert a trace at the epoch second *at*, or at the next second without an equal trace."""
    while writing.rows(
        "SELECT 1 FROM erased WHERE purpose = :purpose AND digest = :digest AND at = :at",
        {"purpose": purpose, "digest": digest, "at": at},
    ):
        at += 1
    writing.execute(
        "INSERT INTO erased (purpose, digest, at, until) VALUES (:purpose, :digest, :at, :until)",
        {"purpose": purpose, "digest": digest, "at": at, "until": until},
    )


def report_mark(writing: Writing, reader: int, review: int) -> int:
    """Return the number that replaces a deleted reader's id in a report: negative, unlike Discord ids."""
    return -1 - int(digest_of(writing, "review-held", reader, review)[:15], 16)


def drop_old_reports(writing: Writing, now: int) -> None:
    """Delete expired reports by deleted readers."""
    writing.execute(
        "DELETE FROM review_reports WHERE user_id < 0 AND reported_at <= :since", {"since": now - HELD_SECONDS}
    )


def keep_removed(writing: Writing, guild: int, file: str, now: int) -> None:
    """Store that managers of *guild* removed the file with the digest *file*, to refuse it if it is uploaded again."""
    _keep(writing, "removed", digest_of(writing, "removed", guild, int(file, 16)), now, now + HELD_SECONDS)


def was_removed(reading: Reading, guild: int, file: str, now: int) -> bool:
    """Return whether managers of *guild* removed a file with the digest *file* that was then deleted."""
    key = _key(reading)
    if key is None:  # no trace was ever stored
        return False
    values = {"digest": _digest(key, "removed", guild, int(file, 16)), "now": now}
    return bool(
        reading.rows("SELECT 1 FROM erased WHERE purpose = 'removed' AND digest = :digest AND until > :now", values)
    )


def lately_erased(writing: Writing, purpose: Purpose, reader: int, since: int, *about: int) -> int:
    """Count the traces of *reader* for *purpose* after the epoch second *since*: deleted reviews, or submissions."""
    return len(
        writing.rows(
            "SELECT at FROM erased WHERE purpose = :purpose AND digest = :digest AND at > :since",
            {"purpose": purpose, "digest": digest_of(writing, purpose, reader, *about), "since": since},
        )
    )


def is_held(writing: Writing, reader: int, story: int, chapter: int, now: int) -> bool:
    """Return whether *reader*'s next review of a story or chapter waits for managers, because of a deleted review."""
    values = {"digest": digest_of(writing, "review-held", reader, story, chapter), "now": now}
    return bool(
        writing.rows("SELECT 1 FROM erased WHERE purpose = 'review-held' AND digest = :digest AND until > :now", values)
    )


def erased_since(writing: Writing, readers: Collection[int], since: int) -> set[int]:
    """Return those of *readers* who, after giving emoji on messages, deleted their data at or after *since*."""
    if not readers or not writing.rows("SELECT 1 FROM erased WHERE purpose = 'emoji' LIMIT 1"):
        return set()
    digests = {digest_of(writing, "emoji", reader): reader for reader in readers}
    listed, values = named_list("digest", list(digests))
    rows = writing.rows(
        f"SELECT digest FROM erased WHERE purpose = 'emoji' AND at >= :since AND digest IN {listed}",
        {"since": since, **values},
    )
    return {digests[row["digest"]] for row in rows}
