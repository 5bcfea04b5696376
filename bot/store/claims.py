"""Claims: a reader says that they wrote a story, and waits until the managers of its shelf answer."""

from collections.abc import Sequence

from bot.domain.authors import CLAIMS_A_SHELF, CLAIMS_EACH, WAITS_SECONDS, Claim
from bot.errors import ReaderError, StoryGone
from bot.store.audit import record
from bot.store.authors import server_of, shelf_of
from bot.store.database import Family, Row, Writing, named_list, transaction
from bot.store.link_news import drop_link_news, queue_link_news
from bot.store.link_offers import offer_link
from bot.store.publishing import FOLDER
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import StorySummary

_OPEN = (
    f"SELECT {SUMMARY}, s.mature, c.id, c.user_id FROM claims c JOIN stories s ON s.id = c.story_id"
    " WHERE c.refused_at IS NULL AND c.made_at > :since"
)
"""Claims that wait, whatever their stories are rated: managers see them privately, in whichever channel they ask."""


class Claims(Family):
    """A reader has one claim to a story."""

    @transaction
    def make(self, writing: Writing, story: int, reader: int, tell: int = 0) -> int:
        """Record that *reader* claims *story*; return the claim's id, the same for the same claim.

        The managers of the server *tell* (0: of none) are told. Raises `ReaderError` for one claim too many, and where
        theirs was refused lately.
        """
        writing.take_everything()
        return make_claim(writing, story, reader, tell, self._db.now())

    async def find(self, claim: int) -> Claim:
        """Return a claim that waits. Raises `ReaderError` where it is answered or too old."""
        row = await self._db.row(f"{_OPEN} AND c.id = :claim", {"since": self._since(), "claim": claim})
        if row is None:
            raise ReaderError("claim-gone")
        return _claim(row)

    async def open(self, shelves: Sequence[int], limit: int) -> list[Claim]:
        """Return the claims to stories of *shelves* (ids of servers; 0 for the folder) that wait, the oldest first."""
        names, values = named_list("shelf", [str(shelf) if shelf else FOLDER for shelf in shelves])
        rows = await self._db.rows(
            f"{_OPEN} AND c.shelf IN {names} ORDER BY c.id LIMIT :limit",
            {"since": self._since(), "limit": limit, **values},
        )
        return [_claim(row) for row in rows]

    async def of(self, reader: int, story: int) -> Claim | None:
        """Return the reader's claim to a story, while it waits."""
        row = await self._db.row(
            f"{_OPEN} AND c.user_id = :reader AND c.story_id = :story",
            {"since": self._since(), "reader": reader, "story": story},
        )
        return _claim(row) if row else None

    async def refused(self, reader: int, stories: Sequence[int]) -> list[tuple[StorySummary, bool]]:
        """Return those of *stories* to which the reader's claim was refused, and whether each is for adults."""
        listed, values = named_list("story", stories)
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, s.mature FROM claims c JOIN stories s ON s.id = c.story_id"
            f" WHERE c.user_id = :reader AND c.refused_at IS NOT NULL AND c.story_id IN {listed} ORDER BY c.id",
            {"reader": reader, **values},
        )
        return [(summary_of(row), bool(row["mature"])) for row in rows]

    @transaction
    def approve(self, writing: Writing, claim: int, by: int) -> None:
        """Ask whoever made a claim to accept the link. Raises `ReaderError` where it is answered or too old."""
        writing.take_everything()
        story, reader, shelf = self._take_out(writing, claim)
        now = self._db.now()
        writing.execute("DELETE FROM claims WHERE id = :claim", {"claim": claim})
        offer_link(writing, story, reader, now, was_claimed=True)
        record(writing, shelf, by, "approve-claim", story, now=now)

    @transaction
    def refuse(self, writing: Writing, claim: int, by: int) -> None:
        """Refuse a claim, and tell whoever made it. Raises `ReaderError` where it is answered or too old."""
        writing.take_everything()
        story, reader, shelf = self._take_out(writing, claim)
        now = self._db.now()
        writing.execute("UPDATE claims SET refused_at = :now WHERE id = :claim", {"claim": claim, "now": now})
        queue_link_news(writing, "refused", reader, 0, story, now)
        record(writing, shelf, by, "refuse-claim", story, now=now)

    def _take_out(self, writing: Writing, claim: int) -> tuple[int, int, int]:
        """Return the story and the reader of a claim that waits, and the server whose shelf the story is on."""
        row = writing.row(
            "SELECT story_id, user_id, shelf FROM claims WHERE id = :claim AND refused_at IS NULL AND made_at > :since",
            {"claim": claim, "since": self._since()},
        )
        if row is None:
            raise ReaderError("claim-gone")
        drop_link_news(writing, "claim", row["user_id"], row["story_id"])
        return row["story_id"], row["user_id"], server_of(row["shelf"])

    def _since(self) -> int:
        return self._db.now() - WAITS_SECONDS


def make_claim(writing: Writing, story: int, reader: int, tell: int, now: int) -> int:
    """Record that *reader* claims *story*, and tell the managers of the server *tell* (0: of none); return its id.

    Raises `ReaderError` for one claim too many, and where theirs was refused lately; `StoryGone`.
    """
    values = {"story": story, "reader": reader, "now": now, "since": now - WAITS_SECONDS}
    writing.execute("DELETE FROM claims WHERE coalesce(refused_at, made_at) <= :since", values)
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
    if tell:
        queue_link_news(writing, "claim", reader, tell, story, now)
    record(writing, shelf_of(writing, story), reader, "claim", story, now=now)
    return int(row["id"])


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
    return Claim(row["id"], summary_of(row), row["user_id"], bool(row["mature"]))
