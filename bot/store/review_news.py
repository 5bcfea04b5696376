"""The outbox of reviews: which authors are to be notified of which review.

It is filled in the transaction that first shows a review. A job is taken out before its message is sent, so a review is
delivered at most once. A review is news once, however often it is changed; one that is deleted or hidden by then is not
delivered.
"""

from bot.domain.news import SHUT_SECONDS
from bot.domain.reviews import ReviewDigest, ReviewJob, next_digest
from bot.store.database import Family, Writing, named_list, transaction
from bot.store.engines import alone
from bot.store.review_lists import reviews_where
from bot.store.settings import StoredSettings, chosen_sql
from bot.store.visibility import visible_to_author_sql


def announce(writing: Writing, review: int, now: float) -> None:
    """Queue a review for the story's authors, as each wants to hear of it, unless it was queued before.

    An author is not notified of their own review, or of one by a reader whom they have reported.
    """
    values = {"review": review, "now": int(now), "digest": next_digest(now)}
    if writing.execute("UPDATE reviews SET announced_at = :now WHERE id = :review AND announced_at IS NULL", values):
        writing.execute(_ANNOUNCE, values)


_WAY = chosen_sql("reviews", "w.user_id")
_ANNOUNCE = (
    "INSERT INTO review_outbox (user_id, review_id, due_at)"
    f" SELECT w.user_id, r.id, CASE WHEN {_WAY} = 'digest' THEN :digest ELSE :now END"
    " FROM reviews r JOIN story_authors w ON w.story_id = r.story_id"
    f" WHERE r.id = :review AND w.user_id <> r.user_id AND coalesce({_WAY}, 'direct') <> 'none' AND NOT EXISTS"
    " (SELECT 1 FROM review_reports b JOIN reviews o ON o.id = b.review_id"
    "  WHERE b.user_id = w.user_id AND o.user_id = r.user_id)"
)

_CLAIM = (
    "DELETE FROM review_outbox WHERE due_at <= :now AND user_id ="
    " (SELECT user_id FROM review_outbox WHERE due_at <= :now ORDER BY due_at, user_id LIMIT 1)"
    " RETURNING user_id, review_id, tries"
)


class ReviewOutbox(Family):
    """Hands out what is due, and says what of it an author may be told."""

    @transaction
    def claim(self, writing: Writing, now: float) -> ReviewJob | None:
        """Take out all that one author is to be notified of now; nobody else gets it."""
        writing.take(alone("review news", 0))
        rows = writing.rows(_CLAIM, {"now": int(now)})
        if not rows:
            return None
        reviews = tuple(sorted(int(row["review_id"]) for row in rows))
        return ReviewJob(rows[0]["user_id"], reviews, max(row["tries"] for row in rows))

    @transaction
    def put_back(self, writing: Writing, job: ReviewJob, at: float) -> None:
        """Hand the job out again from *at* on: it did not get through. Reviews deleted meanwhile stay out."""
        writing.take(alone("review news", 0))
        writing.many(
            "INSERT INTO review_outbox (user_id, review_id, tries, due_at)"
            " SELECT :author, id, :tries, :at FROM reviews WHERE id = :review"
            " ON CONFLICT (user_id, review_id) DO NOTHING",
            [{"author": job.writer, "tries": job.tries + 1, "at": int(at), "review": review} for review in job.reviews],
        )

    async def digest(self, job: ReviewJob, limit: int, now: float) -> ReviewDigest:
        """Return what to say: the first *limit* reviews that still show and are still wanted, and how many do."""
        chosen = await StoredSettings(self._db).of_reader(job.writer)
        if chosen.reviews == "none" or (chosen.unreached_at or 0) > int(now) - SHUT_SECONDS:
            return ReviewDigest((), 0)
        visible = await self._visible(job)
        marks, values = named_list("review", visible[:limit])
        gates = [visible_to_author_sql(job.writer)]
        found = await reviews_where(self._db, gates, (f"r.id IN {marks}", values), limit)
        return ReviewDigest(tuple(sorted(found, key=lambda review: review.id)), len(visible))

    async def _visible(self, job: ReviewJob) -> list[int]:
        marks, values = named_list("review", job.reviews)
        rows = await self._db.rows(
            "SELECT r.id FROM reviews r JOIN visible_to_adults s ON s.id = r.story_id"
            " JOIN story_authors w ON w.story_id = r.story_id AND w.user_id = :author"
            f" WHERE r.state = 'shown' AND r.id IN {marks}"
            " AND r.user_id NOT IN (SELECT o.user_id FROM story_authors o WHERE o.story_id = r.story_id)"
            " ORDER BY r.id",
            {"author": job.writer, **values},
        )
        return [row["id"] for row in rows]
