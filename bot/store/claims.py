"""Claims: a reader says that they wrote a story, and waits for the answer of whoever may give it."""

from collections.abc import Sequence

from bot.domain.authors import AUTHORS_AT_MOST, CLAIMS_A_SHELF, CLAIMS_EACH, WAITS_SECONDS, Claim
from bot.domain.notices import Notice
from bot.errors import ClaimGone, ReaderError, StoryGone
from bot.store.audit import record
from bot.store.authors import link_author
from bot.store.database import Family, Row, Writing, named_list, transaction
from bot.store.outbox import queue_notice
from bot.store.rows import SUMMARY, summary_of
from bot.store.shelves import FOLDER, server_of, shelf_of

_ANSWERS = (
    f"CASE WHEN c.shelf = '{FOLDER}' THEN 'folder'"
    " WHEN EXISTS (SELECT 1 FROM story_authors a WHERE a.story_id = c.story_id AND a.user_id <> c.user_id)"
    " THEN 'author'"
    " WHEN u.user_id NOT IN (0, c.user_id) THEN 'uploader' ELSE 'manager' END"
)
"""Who answers a claim: an `Answerer` of `bot.domain.authors`. An uploader who deleted their data is 0."""

_OPEN = (
    f"SELECT {SUMMARY}, s.mature, c.id, c.user_id, {_ANSWERS} AS answers FROM claims c"
    " JOIN stories s ON s.id = c.story_id LEFT JOIN uploads u ON u.story_id = c.story_id"
    " WHERE c.refused_at IS NULL AND c.made_at > :since"
)
"""Claims that wait, whatever their stories are rated: who answers sees them privately, wherever they ask."""


class Claims(Family):
    """A reader has one claim to a story."""

    @transaction
    def make(self, writing: Writing, story: int, reader: int, owner_server: int = 0) -> int:
        """Record that *reader* claims *story*, and tell whoever answers; return the claim's id, the same for the same.

        One to a story of the folder is told in *owner_server* (0: nowhere). Raises `ReaderError` for one claim too
        many, and where theirs was refused lately.
        """
        writing.take_everything()
        return make_claim(writing, story, reader, self._db.now(), owner_server)

    async def find(self, claim: int) -> Claim:
        """Return a claim that waits. Raises `ClaimGone` where it is answered or too old."""
        row = await self._db.row(f"{_OPEN} AND c.id = :claim", {"since": self._since(), "claim": claim})
        if row is None:
            raise ClaimGone
        return _claim(row)

    async def open(self, reader: int, shelves: Sequence[int], limit: int) -> list[Claim]:
        """Return the claims that wait for *reader*, the oldest first.

        They manage *shelves* (ids of servers; 0 for the folder).
        """
        names, values = named_list("shelf", [str(shelf) if shelf else FOLDER for shelf in shelves])
        rows = await self._db.rows(
            f"{_OPEN} AND c.user_id <> :reader AND c.id IN (SELECT id FROM claims WHERE shelf IN {names}"
            " UNION SELECT k.id FROM story_authors w JOIN claims k ON k.story_id = w.story_id WHERE w.user_id = :reader"
            " UNION SELECT k.id FROM uploads w JOIN claims k ON k.story_id = w.story_id WHERE w.user_id = :reader)"
            f" AND CASE {_ANSWERS} WHEN 'uploader' THEN u.user_id = :reader WHEN 'author' THEN EXISTS (SELECT 1"
            "  FROM story_authors w WHERE w.story_id = c.story_id AND w.user_id = :reader)"
            f" ELSE c.shelf IN {names} END ORDER BY c.id LIMIT :limit",
            {"since": self._since(), "reader": reader, "limit": limit, **values},
        )
        return [_claim(row) for row in rows]

    async def of(self, reader: int, story: int) -> Claim | None:
        """Return the reader's claim to a story, while it waits."""
        row = await self._db.row(
            f"{_OPEN} AND c.user_id = :reader AND c.story_id = :story",
            {"since": self._since(), "reader": reader, "story": story},
        )
        return _claim(row) if row else None

    @transaction
    def approve(self, writing: Writing, claim: int, by: int) -> None:
        """Link whoever made a claim, and tell them.

        Raises `ClaimGone` where it is answered or too old, `ReaderError` where the story has as many authors as it may.
        """
        writing.take_everything()
        story, reader, shelf = self._take_out(writing, claim)
        now = self._db.now()
        [(authors,)] = writing.rows("SELECT count(*) FROM story_authors WHERE story_id = :story", {"story": story})
        if authors >= AUTHORS_AT_MOST:
            raise ReaderError("too-many-authors", most=AUTHORS_AT_MOST)
        link_author(writing, story, reader, now)
        queue_notice(writing, Notice("claim-approved", shelf, reader, story), now)
        record(writing, shelf, by, "approve-claim", story, now=now)

    @transaction
    def refuse(self, writing: Writing, claim: int, by: int) -> None:
        """Refuse a claim, and tell whoever made it. Raises `ClaimGone` where it is answered or too old."""
        writing.take_everything()
        story, reader, shelf = self._take_out(writing, claim)
        now = self._db.now()
        writing.execute("UPDATE claims SET refused_at = :now WHERE id = :claim", {"claim": claim, "now": now})
        queue_notice(writing, Notice("claim-refused", shelf, reader, story), now)
        record(writing, shelf, by, "refuse-claim", story, now=now)

    def _take_out(self, writing: Writing, claim: int) -> tuple[int, int, int]:
        """Return the story and the reader of a claim that waits, and the server whose shelf the story is on."""
        row = writing.row(
            "SELECT story_id, user_id, shelf FROM claims WHERE id = :claim AND refused_at IS NULL AND made_at > :since",
            {"claim": claim, "since": self._since()},
        )
        if row is None:
            raise ClaimGone
        return row["story_id"], row["user_id"], server_of(row["shelf"])

    def _since(self) -> int:
        return self._db.now() - WAITS_SECONDS


def make_claim(writing: Writing, story: int, reader: int, now: int, owner_server: int = 0) -> int:
    """Do what `Claims.make` does. Raises `StoryGone`, too."""
    values = {"story": story, "reader": reader, "now": now, "since": now - WAITS_SECONDS}
    writing.execute("DELETE FROM claims WHERE made_at <= :since AND coalesce(refused_at, made_at) <= :since", values)
    own = writing.row("SELECT id, refused_at FROM claims WHERE story_id = :story AND user_id = :reader", values)
    if own is not None and own["refused_at"] is not None:
        raise ReaderError("claim-refused-lately")
    if own is not None:
        return int(own["id"])
    _allow_one_more(writing, story, reader)
    row = writing.row(
        "INSERT INTO claims (story_id, shelf, user_id, made_at)"
        " SELECT id, shelf, :reader, :now FROM stories WHERE id = :story RETURNING id",
        values,
    )
    if row is None:
        raise StoryGone
    shelf = shelf_of(writing, story)
    _ask(writing, int(row["id"]), shelf or owner_server, now)
    record(writing, shelf, reader, "claim", story, now=now)
    return int(row["id"])


def _ask(writing: Writing, claim: int, guild: int, now: int) -> None:
    """Tell whoever answers a new claim: members by direct message, managers in a channel of *guild* (0: nowhere)."""
    [row] = writing.rows(f"{_OPEN} AND c.id = :claim", {"claim": claim, "since": 0})
    members = {"author": "story_authors", "uploader": "uploads"}.get(row["answers"])
    asked = [0] if guild else []
    if members is not None:
        found = writing.rows(f"SELECT user_id FROM {members} WHERE story_id = :story", {"story": row["story_id"]})
        asked = [each["user_id"] for each in found]
    for user in asked:
        queue_notice(writing, Notice("claim", guild, user, claim), now)


def _allow_one_more(writing: Writing, story: int, reader: int) -> None:
    """Raise `ReaderError` where too many claims wait; one to the reader's own upload is always taken."""
    values = {"story": story, "reader": reader}
    if writing.rows("SELECT 1 FROM uploads WHERE story_id = :story AND user_id = :reader", values):
        return
    [(waiting,)] = writing.rows(
        "SELECT count(*) FROM claims c WHERE c.user_id = :reader AND c.refused_at IS NULL AND NOT EXISTS"
        " (SELECT 1 FROM uploads u WHERE u.story_id = c.story_id AND u.user_id = c.user_id)",
        values,
    )
    if waiting >= CLAIMS_EACH:
        raise ReaderError("too-many-claims", most=CLAIMS_EACH)
    [(of_shelf,)] = writing.rows(
        "SELECT count(*) FROM claims WHERE refused_at IS NULL"
        " AND shelf = (SELECT shelf FROM stories WHERE id = :story)",
        values,
    )
    if of_shelf >= CLAIMS_A_SHELF:
        raise ReaderError("claims-full")


def _claim(row: Row) -> Claim:
    return Claim(row["id"], summary_of(row), row["user_id"], row["answers"], bool(row["mature"]))
