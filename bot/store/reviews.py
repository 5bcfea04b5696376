"""Reviews: what readers say of a story in their own words. They are left, changed, deleted, reported, hidden, shown."""

from __future__ import annotations

from bot.domain.notices import Notice
from bot.domain.reviews import HOUR_SECONDS, REVIEWS_AN_HOUR, NewReview, ReviewState, next_digest
from bot.errors import ReaderError, ReviewGone
from bot.store.audit import record
from bot.store.database import Family, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.erased import is_held, lately_erased, report_mark
from bot.store.outbox import ONCE, queue_notice
from bot.store.settings import chosen_sql

_LATELY = "SELECT count(*) FROM review_times WHERE user_id = :reader AND left_at > :since"

REVIEWS = alone("reviews", 0)


class Reviews(Family):
    """A reader has one review of a story, and one of each chapter. A change returns once it is on disk."""

    async def allow(self, reader: int, now: float) -> None:
        """Raise `ReaderError` for a reader who has just left as many reviews as anybody may."""
        if await self._db.number(_LATELY, {"reader": reader, "since": int(now) - HOUR_SECONDS}) >= REVIEWS_AN_HOUR:
            raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)

    @transaction
    def leave(self, writing: Writing, written: NewReview, now: float) -> int:
        """Keep a review in place of the reader's earlier one of the same; return its id.

        The authors are notified when it is first shown, once. A new account's review is held, and so is one that comes
        after a review that was deleted when it was hidden or reported. A changed review stays in the server where it
        was left, and hidden if it is. Raises `ReaderError`.
        """
        writing.take(alone("reader", written.reader), shared("story", written.story), REVIEWS)
        before, guild = _before(writing, written, int(now))
        if before in (None, "gone"):
            _count(writing, written.reader, int(now))
        _refuse_twice(writing, written)
        state = _becomes(before, written.is_new_account and guild != 0, guild)
        [(review,)] = writing.rows(
            "INSERT INTO reviews (user_id, name, story_id, chapter_id, guild_id, text, state, waits, left_at)"
            " VALUES (:reader, :name, :story, :chapter, :guild, :text, :state, :waits, :now)"
            " ON CONFLICT (user_id, story_id, chapter_id) DO UPDATE SET"
            " edited_at = CASE WHEN reviews.state <> 'gone' THEN excluded.left_at END,"
            " left_at = CASE WHEN reviews.state = 'gone' THEN excluded.left_at ELSE reviews.left_at END,"
            " waits = CASE WHEN reviews.state = 'shown' AND reviews.waits = 1 THEN 1 ELSE excluded.waits END,"
            " guild_id = excluded.guild_id, name = excluded.name, text = excluded.text, state = excluded.state"
            " RETURNING id",
            {
                "reader": written.reader,
                "name": written.name,
                "story": written.story,
                "chapter": written.chapter,
                "guild": guild,
                "text": written.text,
                "state": state,
                "waits": int(state == "held"),
                "now": int(now),
            },
        )
        if state == "shown":
            _announce(writing, int(review), now)
        elif state == "held" and before != "held":
            queue_notice(writing, Notice("review", guild, 0, int(review)), now)
        return int(review)

    @transaction
    def take_back(self, writing: Writing, reader: int, review: int) -> None:
        """Delete a review of *reader*'s.

        Of one that was hidden or reported a row without the text stays, so that the next review there is held.
        """
        writing.take(alone("reader", reader), REVIEWS)
        values = {"review": review, "reader": reader}
        emptied = writing.execute(
            "UPDATE reviews SET state = 'gone', name = '', text = '', waits = 0"
            " WHERE id = :review AND user_id = :reader AND (state = 'hidden'"
            "  OR EXISTS (SELECT 1 FROM review_reports p WHERE p.review_id = reviews.id))",
            values,
        )
        if not emptied:
            writing.execute("DELETE FROM reviews WHERE id = :review AND user_id = :reader AND state <> 'gone'", values)

    @transaction
    def report(self, writing: Writing, reader: int, review: int, reason: str, now: float) -> None:
        """Ask the managers of its server to look at a review; each reader reports it once. Raises `ReaderError`."""
        writing.take(alone("reader", reader), REVIEWS)
        values = {"review": review, "reader": reader, "reason": reason, "now": int(now)}
        unseen = writing.row("SELECT guild_id FROM reviews WHERE id = :review AND waits = 0 AND guild_id <> 0", values)
        reported = writing.execute(
            "UPDATE reviews SET waits = CASE WHEN guild_id = 0 THEN 0 ELSE 1 END"
            " WHERE id = :review AND state = 'shown' AND NOT EXISTS"
            " (SELECT 1 FROM review_reports p WHERE p.review_id = reviews.id AND p.user_id IN (:reader, :mark))",
            values | {"mark": report_mark(writing, reader, review)},
        )
        if reported:
            writing.execute(
                "INSERT INTO review_reports (review_id, user_id, reason, reported_at)"
                " VALUES (:review, :reader, :reason, :now)",
                values,
            )
            if unseen:
                queue_notice(writing, Notice("review", int(unseen["guild_id"]), 0, review), now)
        elif not writing.rows("SELECT 1 FROM reviews WHERE id = :review AND state = 'shown'", values):
            raise ReviewGone

    @transaction
    def hide(self, writing: Writing, review: int, guild: int, user: int) -> None:
        """Show a review that was left in *guild* to its reader alone; log that *user* did. Raises `ReaderError`."""
        writing.take(REVIEWS)
        story = _decide(writing, review, guild, "hidden")
        record(writing, guild, user, "hide-review", story, now=self._db.now())

    @transaction
    def show(self, writing: Writing, review: int, guild: int, user: int, now: float) -> None:
        """Show a review that was left in *guild*, and was held, hidden or reported, to all there.

        It is logged that *user* did. Raises `ReaderError`.
        """
        writing.take(REVIEWS)
        story = _decide(writing, review, guild, "shown")
        record(writing, guild, user, "show-review", story, now=int(now))
        _announce(writing, review, now)


def _announce(writing: Writing, review: int, now: float) -> None:
    """Queue a review for the story's authors, as each wants to hear of it, unless it was queued before.

    An author is not notified of their own review, or of one by a reader whom they have reported.
    """
    values = {"review": review, "item": str(review), "now": int(now), "digest": next_digest(now)}
    if writing.execute("UPDATE reviews SET announced_at = :now WHERE id = :review AND announced_at IS NULL", values):
        writing.execute(_ANNOUNCE, values)


_WAY = chosen_sql("reviews", "w.user_id")
_ANNOUNCE = (
    "INSERT INTO outbox (user_id, guild_id, kind, subject, item, due_at)"
    f" SELECT w.user_id, 0, 'reviews', 0, :item, CASE WHEN {_WAY} = 'digest' THEN :digest ELSE :now END"
    " FROM reviews r JOIN story_authors w ON w.story_id = r.story_id"
    f" WHERE r.id = :review AND w.user_id <> r.user_id AND coalesce({_WAY}, 'direct') <> 'none' AND NOT EXISTS"
    " (SELECT 1 FROM review_reports b JOIN reviews o ON o.id = b.review_id"
    f"  WHERE b.user_id = w.user_id AND o.user_id = r.user_id) {ONCE}"
)


def _before(writing: Writing, written: NewReview, now: int) -> tuple[str | None, int]:
    """Return the state of the reader's earlier review of the same, None for none, and the server it belongs to.

    One that was deleted with all that is stored of the reader counts as such, if it had to wait for managers.
    """
    rows = writing.rows(
        "SELECT state, guild_id FROM reviews WHERE user_id = :reader AND story_id = :story AND chapter_id = :chapter",
        {"reader": written.reader, "story": written.story, "chapter": written.chapter},
    )
    for row in rows:
        return row["state"], written.guild if row["state"] == "gone" else row["guild_id"]
    return "gone" if is_held(writing, written.reader, written.story, written.chapter, now) else None, written.guild


def _becomes(before: str | None, is_new: bool, guild: int) -> ReviewState:
    if before == "hidden":
        return "hidden"
    return "held" if is_new or (guild and before in ("held", "gone")) else "shown"


def _count(writing: Writing, reader: int, now: int) -> None:
    """Count one more review of *reader*'s in this hour. Raises `ReaderError`."""
    values = {"reader": reader, "since": now - HOUR_SECONDS, "now": now}
    [(lately,)] = writing.rows(_LATELY, values)
    if lately + lately_erased(writing, "review-left", reader, values["since"]) >= REVIEWS_AN_HOUR:
        raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)
    writing.execute("INSERT INTO review_times (user_id, left_at) VALUES (:reader, :now)", values)


def _refuse_twice(writing: Writing, written: NewReview) -> None:
    """Raise `ReaderError` where the reader said the same words of something else."""
    if writing.rows(
        "SELECT 1 FROM reviews WHERE user_id = :reader AND text = :text"
        " AND (story_id, chapter_id) <> (:story, :chapter) LIMIT 1",
        {"reader": written.reader, "text": written.text, "story": written.story, "chapter": written.chapter},
    ):
        raise ReaderError("review-twice")


def _decide(writing: Writing, review: int, guild: int, state: ReviewState) -> int:
    """Decide what becomes of a review; return its story. Raises `ReaderError`."""
    row = writing.row(
        "UPDATE reviews SET state = :state, waits = 0 WHERE id = :review AND guild_id = :guild AND state <> 'gone'"
        " RETURNING story_id",
        {"state": state, "review": review, "guild": guild},
    )
    if not guild or row is None:
        raise ReviewGone
    return int(row["story_id"])
