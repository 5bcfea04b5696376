"""Offers of a link: a reader is asked once whether they wrote a story, and has 30 days to accept or decline."""

from collections.abc import Sequence

from bot.domain.authors import ASKED_ONCE_SECONDS, AUTHORS_AT_MOST, OFFERS_EACH, WAITS_SECONDS, LinkOffer
from bot.errors import ReaderError
from bot.store.audit import record
from bot.store.authors import link_author, server_of, shelf_of
from bot.store.database import Family, Row, Writing, named_list, transaction
from bot.store.link_news import drop_link_news, queue_link_news
from bot.store.rows import SUMMARY, summary_of
from bot.stories.model import StorySummary

_OPEN = "o.user_id = :reader AND o.declined_at IS NULL AND o.offered_at > :since"


class LinkOffers(Family):
    """What waits for the one who was asked; nobody else is shown it."""

    @transaction
    def make(self, writing: Writing, story: int, reader: int, by: int) -> None:
        """Ask *reader*, whom the manager *by* named, whether they wrote *story*. That answers a claim of theirs.

        Raises `ReaderError` where they are linked already, were asked before, or too many wait.
        """
        writing.take_everything()
        now = self._db.now()
        claimed = writing.execute(
            "DELETE FROM claims WHERE story_id = :story AND user_id = :reader AND refused_at IS NULL",
            {"story": story, "reader": reader},
        )
        drop_link_news(writing, "claim", reader, story)
        offer_link(writing, story, reader, now, was_claimed=claimed > 0)
        record(writing, shelf_of(writing, story), by, "ask-author", story, now=now)

    async def open(self, reader: int, limit: int, stories: Sequence[int] | None = None) -> list[LinkOffer]:
        """Return what waits for *reader*, the oldest first; with *stories*, of these alone."""
        listed, values = named_list("story", stories or ())
        where = _OPEN if stories is None else f"{_OPEN} AND o.story_id IN {listed}"
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, s.mature, s.shelf, o.id, o.was_claimed, o.offered_at FROM link_offers o"
            f" JOIN stories s ON s.id = o.story_id WHERE {where} ORDER BY o.id LIMIT :limit",
            {"reader": reader, "since": self._since(), "limit": limit, **values},
        )
        return [_offer(row) for row in rows]

    @transaction
    def accept(self, writing: Writing, offer: int, reader: int) -> StorySummary:
        """Link *reader*, who was asked, to the story; return that. Raises `ReaderError` where nothing waits."""
        writing.take_everything()
        story = self._take_out(writing, offer, reader)
        now = self._db.now()
        link_author(writing, story.id, reader, now)
        record(writing, shelf_of(writing, story.id), reader, "link", story.id, now=now)
        return story

    @transaction
    def decline(self, writing: Writing, offer: int, reader: int) -> StorySummary:
        """Leave *reader* unlinked, and ask them no more; return the story. Raises `ReaderError` where nothing waits."""
        writing.take_everything()
        story = self._take_out(writing, offer, reader)
        now = self._db.now()
        writing.execute("UPDATE link_offers SET declined_at = :now WHERE id = :offer", {"now": now, "offer": offer})
        return story

    def _take_out(self, writing: Writing, offer: int, reader: int) -> StorySummary:
        """Return the story of an offer that waits for *reader*."""
        row = writing.row(
            f"SELECT {SUMMARY} FROM link_offers o JOIN stories s ON s.id = o.story_id WHERE {_OPEN} AND o.id = :offer",
            {"reader": reader, "since": self._since(), "offer": offer},
        )
        if row is None:
            raise ReaderError("link-offer-gone")
        drop_link_news(writing, "offer", reader, row["story_id"])
        return summary_of(row)

    def _since(self) -> int:
        return self._db.now() - WAITS_SECONDS


def offer_link(writing: Writing, story: int, reader: int, now: int, *, was_claimed: bool) -> None:
    """Ask *reader* once whether they wrote *story*, by direct message and in their list.

    Who claimed the story is asked also where they were asked before. Raises `ReaderError` where they are linked
    already, were asked before, or too many wait.
    """
    values = {"story": story, "reader": reader, "now": now, "since": now - WAITS_SECONDS, "claimed": int(was_claimed)}
    writing.execute("DELETE FROM link_offers WHERE offered_at <= :before", {"before": now - ASKED_ONCE_SECONDS})
    if was_claimed:
        writing.execute("DELETE FROM link_offers WHERE story_id = :story AND user_id = :reader", values)
    _allow_offer(writing, values)
    writing.execute(
        "INSERT INTO link_offers (story_id, user_id, was_claimed, offered_at) VALUES (:story, :reader, :claimed, :now)",
        values,
    )
    queue_link_news(writing, "offer", reader, 0, story, now)


def _allow_offer(writing: Writing, values: dict[str, int]) -> None:
    """Raise `ReaderError` where a reader may not be asked about a story."""
    if writing.rows("SELECT 1 FROM story_authors WHERE story_id = :story AND user_id = :reader", values):
        raise ReaderError("link-there")
    if writing.rows("SELECT 1 FROM link_offers WHERE story_id = :story AND user_id = :reader", values):
        raise ReaderError("link-asked-before")
    [(waiting,)] = writing.rows(f"SELECT count(*) FROM link_offers o WHERE {_OPEN}", values)
    if waiting >= OFFERS_EACH:
        raise ReaderError("too-many-link-offers")
    [(authors,)] = writing.rows(
        "SELECT (SELECT count(*) FROM story_authors WHERE story_id = :story) + (SELECT count(*) FROM link_offers"
        "  WHERE story_id = :story AND declined_at IS NULL AND offered_at > :since)",
        values,
    )
    if authors >= AUTHORS_AT_MOST:
        raise ReaderError("too-many-authors", most=AUTHORS_AT_MOST)


def _offer(row: Row) -> LinkOffer:
    return LinkOffer(
        row["id"],
        summary_of(row),
        bool(row["mature"]),
        server_of(row["shelf"]),
        bool(row["was_claimed"]),
        int(row["offered_at"]) + WAITS_SECONDS,
    )
