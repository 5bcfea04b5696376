"""Links between stories and the readers who wrote them. A reader claims a story; an approval links the two.

The table ``author_links`` has a row for each claim or link, with its state; the view ``story_authors`` has the links.
While a reader is linked to a story, that reader's own votes, reactions and reviews of it are kept but not counted.
`link_author` and `Authors.unlink` update the counts in the same transaction.
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
"""SQL: the `Answerer` who may answer a claim first. The uploader's id is 0 after they have deleted their data."""

_CLAIMS = (
    f"SELECT {SUMMARY}, s.mature AS is_mature, s.shelf, c.id, c.user_id AS reader, u.user_id AS uploader,"
    f" {_ANSWERS} AS answers, CASE WHEN c.since <= :overdue THEN 1 ELSE 0 END AS is_overdue FROM author_links c"
    " JOIN stories s ON s.id = c.story_id LEFT JOIN uploads u ON u.story_id = c.story_id"
    " WHERE c.state = 'claimed' AND c.since > :lapsed"
)
"""SQL: the claims that are neither answered nor expired.

Stories of every rating are included, since claims are only shown in private.
"""


class Authors(Family):
    """The authors of stories, and readers' claims to be an author. A story may have several authors."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    # -- claims -----------------------------------------------------------------------

    @transaction
    def claim(self, writing: Writing, story: int, reader: int, owner_server: int = 0) -> Claim:
        """Record that *reader* claims *story*, and notify those who may answer; return the claim, new or already open.

        *owner_server* gets the notice if the story comes from the stories folder (0: no notice). Raises `StoryGone`,
        and `ReaderError` if the reader is an author of the story already or was refused recently, or if the reader or
        the story's shelf has too many open claims.
        """
        writing.take(alone("reader", reader), shared("story", story), alone("claims", 0))
        return make_claim(writing, story, reader, self._db.now(), owner_server)

    @lookup
    def find_claim(self, reading: Reading, claim: int) -> Claim:
        """Return an open claim. Raises `ClaimGone` if it is answered or expired."""
        return _find_claim(reading, claim, self._db.now())

    async def claims(self, reader: int, shelves: Sequence[int], limit: int) -> list[Claim]:
        """Return the open claims that *reader* may answer, oldest first.

        *shelves* are the shelves that the reader manages: server ids, and 0 for the stories folder.
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
            {"reader": reader, "limit": limit, **_deadlines(self._db.now()), **values},
        )
        return [_claim(row) for row in rows]

    async def claim_of(self, reader: int, story: int) -> Claim | None:
        """Return the open claim of *reader* to a story, or None."""
        row = await self._db.row(
            f"{_CLAIMS} AND c.user_id = :reader AND c.story_id = :story",
            {"reader": reader, "story": story, **_deadlines(self._db.now())},
        )
        return _claim(row) if row else None

    @transaction
    def approve(self, writing: Writing, claim: Claim, by: int) -> None:
        """Link the claimant to the story, and notify them.

        Raises `ClaimGone` if the claim is answered or expired, and `ReaderError` if the story has `AUTHORS_AT_MOST`
        authors.
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
        """Refuse a claim, and notify the claimant. Raises `ClaimGone` if it is answered or expired."""
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
        """Unlink *reader* from *story*; return False if they were not linked. *by* is the manager who acts, if any.

        The reader's votes and reactions count again.
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
        """Return the user ids of a story's authors, in the order in which they were linked."""
        rows = await self._db.rows(
            "SELECT user_id FROM story_authors WHERE story_id = :story ORDER BY since, user_id", {"story": story}
        )
        return [row["user_id"] for row in rows]

    async def wrote(self, reader: int, story: int) -> bool:
        """Return whether *reader* is an author of *story*."""
        row = await self._db.row(
            "SELECT 1 FROM story_authors WHERE story_id = :story AND user_id = :reader",
            {"story": story, "reader": reader},
        )
        return row is not None

    async def shelf(self, story: int) -> int:
        """Return the id of the server that owns a story; 0 for the stories folder. Raises `StoryGone` if it is gone."""
        row = await self._db.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
        if row is None:
            raise StoryGone
        return server_of(row["shelf"])

    async def writes(self, reader: int) -> bool:
        """Return whether *reader* is an author of any story."""
        row = await self._db.row("SELECT 1 FROM story_authors WHERE user_id = :reader LIMIT 1", {"reader": reader})
        return row is not None

    async def stories(self, reader: int, limit: int, skip: int = 0) -> list[StorySummary]:
        """Return the stories that *reader* wrote and the audience may see, by title."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM story_authors w {IN_ORDER} {self._visible} s ON s.id = w.story_id"
            " WHERE w.user_id = :reader ORDER BY s.title_key, s.id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [summary_of(row) for row in rows]


def make_claim(writing: Writing, story: int, reader: int, now: int, owner_server: int = 0) -> Claim:
    """Make a claim in the caller's transaction; see `Authors.claim`."""
    values = {"story": story, "reader": reader, "now": now, **_deadlines(now)}
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
    _notify_answerers(writing, claim, shelf or owner_server, now)
    record(writing, shelf, reader, "claim", story, now=now)
    return claim


def link_author(writing: Writing, story: int, reader: int, now: int) -> None:
    """Link *reader* to *story* as an author, and close their claim.

    The reader's votes and reactions no longer count. If the story is new, the reader's followers are notified.
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
    """Return an open claim, read in the caller's transaction. Raises `ClaimGone` if it is answered or expired."""
    row = reading.row(f"{_CLAIMS} AND c.id = :claim", {"claim": claim, **_deadlines(now)})
    if row is None:
        raise ClaimGone
    return _claim(row)


def _notify_answerers(writing: Writing, claim: Claim, guild: int, now: int) -> None:
    """Notify those who may answer a new claim: members by direct message, managers in the server *guild* (0: none).

    If members (the story's authors or its uploader) may answer first, the managers' notice is due only when the claim
    is overdue, and is dropped if the claim is answered by then.
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
    """Raise `ReaderError` if the reader or the story's shelf has too many open claims.

    Claims to the reader's own uploads are always allowed.
    """
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


def _deadlines(now: int) -> dict[str, Value]:
    """Return the parameters of `_CLAIMS`: the latest times, in epoch seconds, of overdue and of expired claims."""
    return {"overdue": now - ALONE_SECONDS, "lapsed": now - WAITS_SECONDS}


def _claim(row: Row) -> Claim:
    return as_value(row, Claim, story=summary_of(row))
