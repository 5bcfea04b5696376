"""Authors: which readers wrote a story. They claim it, and are linked once whoever may answer approves.

A story and a reader have one row, whose state says what became of the claim. Only those in the view ``story_authors``
are authors. What an author said of the story as its reader (a vote, reactions, reviews) is kept and not counted while
they are linked to it: `link_author` and `Authors.unlink` change the counts in the transaction of the link.
"""

from collections.abc import Sequence

from bot.domain.authors import (
    ALONE_SECONDS,
    AUTHORS_AT_MOST,
    CLAIMS_A_SHELF,
    CLAIMS_EACH,
    NEW_SECONDS,
    WAITS_SECONDS,
    Claim,
)
from bot.domain.notices import Notice
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ClaimGone, ReaderError, StoryGone
from bot.store.audit import record
from bot.store.ballots import count_ballots_of
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Value, Writing, lookup, named_list, transaction
from bot.store.engines import alone, shared
from bot.store.follows import queue_new_story
from bot.store.outbox import queue_notice
from bot.store.reactions import count_reactions_of
from bot.store.rows import SUMMARY, as_value, summary_of
from bot.store.visibility import FOLDER, server_of, shelf_of, visible_sql
from bot.stories.model import StorySummary

_ANSWERS = (
    f"CASE WHEN s.shelf = '{FOLDER}' THEN 'folder'"
    " WHEN EXISTS (SELECT 1 FROM story_authors a WHERE a.story_id = c.story_id) THEN 'author'"
    " WHEN u.user_id NOT IN (0, c.user_id) THEN 'uploader' ELSE 'manager' END"
)
"""Who is asked first about a claim: an `Answerer`. An uploader who deleted their data is 0."""

_CLAIMS = (
    f"SELECT {SUMMARY}, s.mature AS is_mature, s.shelf, c.id, c.user_id AS reader, u.user_id AS uploader,"
    f" {_ANSWERS} AS answers, CASE WHEN c.since <= :overdue THEN 1 ELSE 0 END AS is_overdue FROM author_links c"
    " JOIN stories s ON s.id = c.story_id LEFT JOIN uploads u ON u.story_id = c.story_id"
    " WHERE c.state = 'claimed' AND c.since > :lapsed"
)
"""Claims that wait, whatever their stories are rated: who answers sees them privately, wherever they ask."""


class Authors(Family):
    """The readers who wrote a story, and those who claim it; one that was written together has several authors."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    # -- claims -----------------------------------------------------------------------

    @transaction
    def claim(self, writing: Writing, story: int, reader: int, owner_server: int = 0) -> Claim:
        """Record that *reader* claims *story*, and ask whoever answers; return the claim, the same for the same.

        The notice of one to a story of the folder goes to *owner_server* (0: nowhere). Raises `StoryGone`;
        `ReaderError` for an author of it, for one claim too many, and where theirs was refused lately.
        """
        writing.take(alone("reader", reader), shared("story", story), alone("claims", 0))
        return make_claim(writing, story, reader, self._db.now(), owner_server)

    @lookup
    def find_claim(self, reading: Reading, claim: int) -> Claim:
        """Return a claim that waits. Raises `ClaimGone` where it is answered or too old."""
        return _find_claim(reading, claim, self._db.now())

    async def claims(self, reader: int, shelves: Sequence[int], limit: int) -> list[Claim]:
        """Return the claims that wait for *reader*, the oldest first.

        They manage *shelves* (ids of servers; 0 for the folder).
        """
        names, values = named_list("shelf", [str(shelf) if shelf else FOLDER for shelf in shelves])
        rows = await self._db.rows(
            f"SELECT * FROM ({_CLAIMS} AND c.user_id <> :reader AND c.story_id IN ("
            f"SELECT t.id FROM stories t {IN_ORDER} author_links k ON k.story_id = t.id AND k.state = 'claimed'"
            f"  WHERE t.shelf IN {names}"
            " UNION SELECT story_id FROM story_authors WHERE user_id = :reader"
            " UNION SELECT story_id FROM uploads WHERE user_id = :reader)) AS waiting"
            " WHERE answers = 'uploader' AND uploader = :reader"
            " OR answers = 'author' AND story_id IN (SELECT story_id FROM story_authors WHERE user_id = :reader)"
            f" OR (answers IN ('manager', 'folder') OR is_overdue = 1) AND shelf IN {names}"
            " ORDER BY id LIMIT :limit",
            {"reader": reader, "limit": limit, **_times(self._db.now()), **values},
        )
        return [_claim(row) for row in rows]

    async def claim_of(self, reader: int, story: int) -> Claim | None:
        """Return the reader's claim to a story, while it waits."""
        row = await self._db.row(
            f"{_CLAIMS} AND c.user_id = :reader AND c.story_id = :story",
            {"reader": reader, "story": story, **_times(self._db.now())},
        )
        return _claim(row) if row else None

    @transaction
    def approve(self, writing: Writing, claim: Claim, by: int) -> None:
        """Link whoever made a claim, and tell them.

        Raises `ClaimGone` where it is answered or too old, `ReaderError` where the story has as many authors as it may.
        """
        story, reader = claim.story.id, claim.reader
        writing.take(alone("story", story), alone("reader", reader))
        now = self._db.now()
        _find_claim(writing, claim.id, now)
        [(authors,)] = writing.rows("SELECT count(*) FROM story_authors WHERE story_id = :story", {"story": story})
        if authors >= AUTHORS_AT_MOST:
            raise ReaderError("too-many-authors", most=AUTHORS_AT_MOST)
        link_author(writing, story, reader, now)
        shelf = shelf_of(writing, story)
        queue_notice(writing, Notice("claim-approved", shelf, reader, story), now)
        record(writing, shelf, by, "approve-claim", story, now=now)

    @transaction
    def refuse(self, writing: Writing, claim: Claim, by: int) -> None:
        """Refuse a claim, and tell whoever made it. Raises `ClaimGone` where it is answered or too old."""
        story, reader = claim.story.id, claim.reader
        writing.take(shared("story", story), alone("reader", reader))
        now = self._db.now()
        _find_claim(writing, claim.id, now)
        writing.execute(
            "UPDATE author_links SET state = 'refused', since = :now WHERE id = :claim", {"claim": claim.id, "now": now}
        )
        shelf = shelf_of(writing, story)
        queue_notice(writing, Notice("claim-refused", shelf, reader, story), now)
        record(writing, shelf, by, "refuse-claim", story, now=now)

    # -- links ------------------------------------------------------------------------

    @transaction
    def unlink(self, writing: Writing, story: int, reader: int, by: int | None = None) -> bool:
        """Remove the link between *reader* and *story*, for the manager *by* or, without one, for the reader.

        What the reader said of the story counts again. Returns whether there was a link.
        """
        writing.take(alone("story", story), alone("reader", reader))
        values = {"story": story, "reader": reader, "now": self._db.now()}
        if not writing.execute(
            "UPDATE author_links SET state = 'withdrawn', since = :now"
            " WHERE story_id = :story AND user_id = :reader AND state = 'linked'",
            values,
        ):
            return False
        count_ballots_of(writing, reader, story, 1)
        count_reactions_of(writing, reader, story, 1)
        record(writing, shelf_of(writing, story), by or reader, "unlink", story, now=self._db.now())
        return True

    async def of(self, story: int) -> list[int]:
        """Return the ids of a story's authors, the first linked first."""
        rows = await self._db.rows(
            "SELECT user_id FROM story_authors WHERE story_id = :story ORDER BY since, user_id", {"story": story}
        )
        return [row["user_id"] for row in rows]

    async def wrote(self, reader: int, story: int) -> bool:
        """Return whether *reader* is linked to a story."""
        row = await self._db.row(
            "SELECT 1 FROM story_authors WHERE story_id = :story AND user_id = :reader",
            {"story": story, "reader": reader},
        )
        return row is not None

    async def shelf(self, story: int) -> int:
        """Return the server that uploaded a story; 0 for the bot's own folder. Raises `StoryGone`."""
        row = await self._db.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
        if row is None:
            raise StoryGone
        return server_of(row["shelf"])

    async def writes(self, reader: int) -> bool:
        """Return whether *reader* is linked to any story."""
        row = await self._db.row("SELECT 1 FROM story_authors WHERE user_id = :reader LIMIT 1", {"reader": reader})
        return row is not None

    async def stories(self, reader: int, limit: int, skip: int = 0) -> list[StorySummary]:
        """Return what *reader* wrote and the audience may see, by title."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM story_authors w {IN_ORDER} {self._visible} s ON s.id = w.story_id"
            " WHERE w.user_id = :reader ORDER BY s.title_key, s.id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [summary_of(row) for row in rows]


def make_claim(writing: Writing, story: int, reader: int, now: int, owner_server: int = 0) -> Claim:
    """Do what `Authors.claim` does."""
    values = {"story": story, "reader": reader, "now": now, **_times(now)}
    writing.execute(
        "DELETE FROM author_links WHERE story_id = :story AND user_id = :reader"
        " AND (state = 'withdrawn' OR state <> 'linked' AND since <= :lapsed)",
        values,
    )
    own = writing.row(
        "SELECT l.id, l.state, s.title FROM author_links l JOIN stories s ON s.id = l.story_id"
        " WHERE l.story_id = :story AND l.user_id = :reader",
        values,
    )
    if own is not None and own["state"] == "linked":
        raise ReaderError("already-linked", title=own["title"])
    if own is not None and own["state"] == "refused":
        raise ReaderError("claim-refused-lately")
    if own is not None:
        return _find_claim(writing, own["id"], now)
    _allow_one_more(writing, values)
    shelf = shelf_of(writing, story)
    [(number,)] = writing.rows(
        "INSERT INTO author_links (story_id, user_id, state, since) VALUES (:story, :reader, 'claimed', :now)"
        " RETURNING id",
        values,
    )
    claim = _find_claim(writing, number, now)
    _ask(writing, claim, shelf or owner_server, now)
    record(writing, shelf, reader, "claim", story, now=now)
    return claim


def link_author(writing: Writing, story: int, reader: int, now: int) -> None:
    """Link *reader*, who says that they wrote it, to *story*. That answers their claim.

    What they said of the story counts no longer. Those who follow them are notified of a story that is new.
    """
    values = {"story": story, "reader": reader, "now": now}
    linked = writing.execute(
        "INSERT INTO author_links (story_id, user_id, state, since) VALUES (:story, :reader, 'linked', :now)"
        " ON CONFLICT (story_id, user_id) DO UPDATE SET state = excluded.state, since = excluded.since"
        " WHERE author_links.state <> 'linked'",
        values,
    )
    if not linked:
        return
    count_ballots_of(writing, reader, story, -1)
    count_reactions_of(writing, reader, story, -1)
    writing.execute("INSERT INTO authors (user_id) VALUES (:reader) ON CONFLICT (user_id) DO NOTHING", values)
    queue_new_story(writing, story, reader, now, now - NEW_SECONDS)


def _find_claim(reading: Reading, claim: int, now: int) -> Claim:
    """Do what `Authors.find_claim` does."""
    row = reading.row(f"{_CLAIMS} AND c.id = :claim", {"claim": claim, **_times(now)})
    if row is None:
        raise ClaimGone
    return _claim(row)


def _ask(writing: Writing, claim: Claim, guild: int, now: int) -> None:
    """Tell whoever answers a new claim: members by direct message, managers in a channel of *guild* (0: nowhere).

    Managers hear of one that waits for members once they may answer it, too; it is dropped if it is answered by then.
    """
    tables = {"author": "story_authors", "uploader": "uploads"}
    if claim.answers in tables:
        story = {"story": claim.story.id}
        for row in writing.rows(f"SELECT user_id FROM {tables[claim.answers]} WHERE story_id = :story", story):
            queue_notice(writing, Notice("claim", guild, row["user_id"], claim.id), now)
    if guild:
        at = now + ALONE_SECONDS if claim.answers in tables else now
        queue_notice(writing, Notice("claim", guild, 0, claim.id), at)


def _allow_one_more(writing: Writing, values: dict[str, Value]) -> None:
    """Raise `ReaderError` where too many claims wait; one to the reader's own upload is always taken."""
    if writing.rows("SELECT 1 FROM uploads WHERE story_id = :story AND user_id = :reader", values):
        return
    waits = "c.state = 'claimed' AND c.since > :lapsed"
    [(waiting,)] = writing.rows(
        f"SELECT count(*) FROM author_links c WHERE c.user_id = :reader AND {waits} AND NOT EXISTS"
        " (SELECT 1 FROM uploads u WHERE u.story_id = c.story_id AND u.user_id = c.user_id)",
        values,
    )
    if waiting >= CLAIMS_EACH:
        raise ReaderError("too-many-claims", most=CLAIMS_EACH)
    [(of_shelf,)] = writing.rows(
        f"SELECT count(*) FROM stories s {IN_ORDER} author_links c ON c.story_id = s.id"
        f" WHERE s.shelf = (SELECT shelf FROM stories WHERE id = :story) AND {waits}",
        values,
    )
    if of_shelf >= CLAIMS_A_SHELF:
        raise ReaderError("claims-full")


def _times(now: int) -> dict[str, Value]:
    """Return the values of `_CLAIMS`: until when a claim was made that is overdue now, or lapsed."""
    return {"overdue": now - ALONE_SECONDS, "lapsed": now - WAITS_SECONDS}


def _claim(row: Row) -> Claim:
    return as_value(row, Claim, story=summary_of(row))
