"""Reviews of stories in readers' own words: writing, deleting, reporting, hiding and listing.

A review is visible to the members of the server where it was written, and to the story's authors everywhere. The text
of a review is visible only if its story is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.follows import SHUT_SECONDS
from bot.domain.notices import Notice
from bot.domain.reviews import (
    HOUR_SECONDS,
    REVIEWS_AN_HOUR,
    NewReview,
    Review,
    ReviewDigest,
    ReviewScope,
    ReviewState,
    Viewer,
    next_digest,
)
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ChapterGone, ReaderError, ReviewGone
from bot.store.audit import record
from bot.store.database import Database, Family, Row, Value, Writing, named_list, transaction
from bot.store.engines import alone, shared
from bot.store.erased import is_held, lately_erased, report_mark
from bot.store.outbox import ONCE, queue_notice
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.settings import StoredSettings, chosen_sql
from bot.store.visibility import visible_sql, visible_to_author_sql, why_not_visible
from bot.stories.model import ChapterSummary, StorySummary

_RECENT = "SELECT count(*) FROM review_times WHERE user_id = :reader AND left_at > :since"

REVIEWS = alone("reviews", 0)


class Reviews(Family):
    """Changes of reviews. A reader has at most one review of each story and of each chapter."""

    async def allow(self, reader: int, now: float) -> None:
        """Raise `ReaderError` if a reader has written `REVIEWS_AN_HOUR` new reviews within the last hour."""
        if await self._db.number(_RECENT, {"reader": reader, "since": int(now) - HOUR_SECONDS}) >= REVIEWS_AN_HOUR:
            raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)

    @transaction
    def leave(self, writing: Writing, written: NewReview, now: float) -> int:
        """Store a review in place of the reader's earlier one of the same story or chapter; return its id.

        The authors are notified once, when the review is first visible. In a server, a review is held if it is by a new
        account, if the earlier one is held, or if the earlier one was hidden or reported before it was deleted. A
        changed review keeps its server, and stays hidden if it was hidden. Raises `ReaderError` if the reader has
        written too many reviews in the last hour, or the same text about something else.
        """
        writing.take(alone("reader", written.reader), shared("story", written.story), REVIEWS)
        before, guild = _before(writing, written, int(now))
        if before in (None, "gone"):
            _count(writing, written.reader, int(now))
        _refuse_twice(writing, written)
        state = _next_state(before, written.is_new_account and guild != 0, guild)
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
        """Delete a review of *reader*.

        If the review was hidden or reported, its row stays without the text, so that the reader's next review of the
        same story or chapter is held.
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
        """Report a visible review to the managers of its server, once per reader. Raises `ReviewGone`."""
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
        """Hide a review of *guild* from everyone but its writer and the moderators, and log that *user* did so.

        Raises `ReviewGone`.
        """
        writing.take(REVIEWS)
        story = _set_state(writing, review, guild, "hidden")
        record(writing, guild, user, "hide-review", story, now=self._db.now())

    @transaction
    def show(self, writing: Writing, review: int, guild: int, user: int, now: float) -> None:
        """Show a held, hidden or reported review of *guild* to all members, and log that *user* did so.

        Raises `ReviewGone`.
        """
        writing.take(REVIEWS)
        story = _set_state(writing, review, guild, "shown")
        record(writing, guild, user, "show-review", story, now=int(now))
        _announce(writing, review, now)


def _announce(writing: Writing, review: int, now: float) -> None:
    """Queue a notice of a review for the story's authors, by their settings, unless a notice was queued before.

    Authors are not notified of their own reviews, or of reviews by readers of whom they have reported a review.
    """
    values = {"review": review, "item": str(review), "now": int(now), "digest": next_digest(now)}
    if writing.execute("UPDATE reviews SET announced_at = :now WHERE id = :review AND announced_at IS NULL", values):
        writing.execute(_ANNOUNCE, values)


_DELIVERY = chosen_sql("reviews", "w.user_id")
_ANNOUNCE = (
    "INSERT INTO outbox (user_id, guild_id, kind, subject, item, due_at)"
    f" SELECT w.user_id, 0, 'reviews', 0, :item, CASE WHEN {_DELIVERY} = 'digest' THEN :digest ELSE :now END"
    " FROM reviews r JOIN story_authors w ON w.story_id = r.story_id"
    f" WHERE r.id = :review AND w.user_id <> r.user_id AND coalesce({_DELIVERY}, 'direct') <> 'none' AND NOT EXISTS"
    " (SELECT 1 FROM review_reports b JOIN reviews o ON o.id = b.review_id"
    f"  WHERE b.user_id = w.user_id AND o.user_id = r.user_id) {ONCE}"
)


def _before(writing: Writing, written: NewReview, now: int) -> tuple[str | None, int]:
    """Return the state and the server of the reader's earlier review of the same story or chapter.

    Without an earlier review, return None and the present server. For some time after a deletion of all the reader's
    data, a deleted review that was hidden or reported is remembered as *gone*.
    """
    rows = writing.rows(
        "SELECT state, guild_id FROM reviews WHERE user_id = :reader AND story_id = :story AND chapter_id = :chapter",
        {"reader": written.reader, "story": written.story, "chapter": written.chapter},
    )
    for row in rows:
        return row["state"], written.guild if row["state"] == "gone" else row["guild_id"]
    return "gone" if is_held(writing, written.reader, written.story, written.chapter, now) else None, written.guild


def _next_state(before: str | None, is_new: bool, guild: int) -> ReviewState:
    if before == "hidden":
        return "hidden"
    return "held" if is_new or (guild and before in ("held", "gone")) else "shown"


def _count(writing: Writing, reader: int, now: int) -> None:
    """Store the time of a new review of *reader*. Raises `ReaderError` beyond the limit of reviews per hour."""
    values = {"reader": reader, "since": now - HOUR_SECONDS, "now": now}
    [(recent,)] = writing.rows(_RECENT, values)
    if recent + lately_erased(writing, "review-left", reader, values["since"]) >= REVIEWS_AN_HOUR:
        raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)
    writing.execute("INSERT INTO review_times (user_id, left_at) VALUES (:reader, :now)", values)


def _refuse_twice(writing: Writing, written: NewReview) -> None:
    """Raise `ReaderError` if the reader's review of another story or chapter has the same text."""
    if writing.rows(
        "SELECT 1 FROM reviews WHERE user_id = :reader AND text = :text"
        " AND (story_id, chapter_id) <> (:story, :chapter) LIMIT 1",
        {"reader": written.reader, "text": written.text, "story": written.story, "chapter": written.chapter},
    ):
        raise ReaderError("review-twice")


def _set_state(writing: Writing, review: int, guild: int, state: ReviewState) -> int:
    """Set the state of a review of *guild*; return the id of its story. Raises `ReviewGone`."""
    row = writing.row(
        "UPDATE reviews SET state = :state, waits = 0 WHERE id = :review AND guild_id = :guild AND state <> 'gone'"
        " RETURNING story_id",
        {"state": state, "review": review, "guild": guild},
    )
    if not guild or row is None:
        raise ReviewGone
    return int(row["story_id"])


REASONS_AT_ONCE = 20
"""Maximum number of report reasons on one screen."""

LAST_CHAPTER = 2**39
"""Position after all chapters, but below the position that `Places.horizon` returns for a finished story."""

_REVIEW = (
    "SELECT r.id, r.user_id AS reader, r.name, r.guild_id, r.text, r.state, r.left_at, r.edited_at,"
    " r.waits, r.story_id AS of_story, r.chapter_id AS of_chapter,"
    " (SELECT count(*) FROM review_reports p WHERE p.review_id = r.id) AS reports,"
    " (SELECT g.start FROM pages g WHERE g.chapter_id = c.id AND g.length = 0 ORDER BY g.start DESC LIMIT 1)"
    "  AS last_page,"
    f" {CHAPTER} FROM reviews r LEFT JOIN chapters c ON c.id = r.chapter_id AND c.position IS NOT NULL"
)

_NOT_BY_AUTHOR = "r.user_id NOT IN (SELECT w.user_id FROM story_authors w WHERE w.story_id = r.story_id)"
"""Condition: the review *r* is not by an author of the story."""

Clause = tuple[str, Mapping[str, Value]]
"""An SQL condition on reviews *r*, with its values."""


class ReviewLists(Family):
    """Lists of reviews. A review is listed without its text if the audience may not see the story.

    A review by a reader who was later linked as the story's author is visible only to that reader and to moderators.
    """

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._gates = [visible_sql(audience), *([visible_to_author_sql(audience.reader)] if audience.direct else [])]

    async def story(self, story: int) -> StorySummary:
        """Return a story by its id; in a direct message, also a story that the reader wrote for any server.

        Raises `StoryGone` or `StoryGated`.
        """
        found = await _stories(self._db, self._gates, [story])
        if story not in found:
            raise await self._db.read(lambda reading: why_not_visible(reading, story, self._audience))
        return found[story]

    async def chapter(self, story: StorySummary, chapter: int) -> ChapterSummary | None:
        """Return a chapter of a story by its id; None for the id 0. Raises `ChapterGone`."""
        row = await self._db.row(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.id = :chapter AND c.story_id = :story"
            " AND c.position IS NOT NULL",
            {"chapter": chapter, "story": story.id},
        )
        if chapter and row is None:
            raise ChapterGone(story.title)
        return chapter_of(row) if row else None

    async def count(self, story: int, guild: int) -> int:
        """Count the reviews of a story that all members of *guild* can see."""
        where = f"r.story_id = :story AND r.guild_id = :guild AND r.state = 'shown' AND {_NOT_BY_AUTHOR}"
        here = (where, {"story": story, "guild": guild})
        return await self._count(here) if guild else 0

    async def waiting(self, guild: int) -> int:
        """Count the reviews that wait for the managers of *guild*."""
        return await self._count(_waiting(guild))

    async def of(self, reader: int, story: int, chapter: int) -> Review | None:
        """Return *reader*'s review of a chapter of a story, or (*chapter* 0) of the whole story; None without one."""
        where = "r.user_id = :reader AND r.story_id = :story AND r.chapter_id = :chapter AND r.state <> 'gone'"
        found = await self._find((where, {"reader": reader, "story": story, "chapter": chapter}), 1)
        return found[0] if found else None

    async def find(self, review: int, viewer: Viewer) -> Review:
        """Return a review by its id. Raises `ReviewGone` if it is gone or not visible to *viewer*."""
        found = await self._find(("r.id = :review AND r.state <> 'gone'", {"review": review}), 1)
        if not found or not await self._sees(viewer, found[0]):
            raise ReviewGone
        return found[0]

    async def _sees(self, viewer: Viewer, review: Review) -> bool:
        is_here = bool(viewer.guild) and viewer.guild == review.guild
        if review.reader == viewer.reader or (is_here and viewer.moderates):
            return True
        if await self._wrote(review.reader, review.story_id):
            return False
        return review.state == "shown" and (is_here or await self._wrote(viewer.reader, review.story_id))

    async def list(self, scope: ReviewScope, story: int, viewer: Viewer, limit: int, skip: int) -> list[Review]:
        """Return the reviews that *viewer* can see: their own first, then the newest; *waiting* ones oldest first."""
        found: list[Review] = []
        for clause in await self._clauses(scope, story, viewer):
            here = await self._find(clause, limit - len(found), skip, oldest_first=scope == "waiting")
            skip = 0 if here else skip - await self._count(clause)
            found += here
        return found

    async def total(self, scope: ReviewScope, story: int, viewer: Viewer) -> int:
        """Count all reviews that `list` returns without a limit."""
        return sum([await self._count(clause) for clause in await self._clauses(scope, story, viewer)])

    async def _clauses(self, scope: ReviewScope, story: int, viewer: Viewer) -> Sequence[Clause]:
        """Return a condition for each part of `list`: *viewer*'s own reviews, and the others that they can see."""
        values: dict[str, Value] = {"reader": viewer.reader, "story": story, "guild": viewer.guild}
        if scope == "waiting":
            return [_waiting(viewer.guild)] if viewer.moderates else []
        if scope == "mine":
            return [("r.user_id = :reader AND r.state <> 'gone'", values)]
        # With `id IN (subquery)`, SQLite finds the reader's few reviews by index instead of scanning all the story's.
        mine = "SELECT m.id FROM reviews m WHERE m.user_id = :reader AND m.story_id = :story AND m.state <> 'gone'"
        own: Clause = (f"r.id IN ({mine})", values)
        if viewer.guild:
            states = "<> 'gone'" if viewer.moderates else f"= 'shown' AND {_NOT_BY_AUTHOR}"
            here = f"r.story_id = :story AND r.guild_id = :guild AND r.user_id <> :reader AND r.state {states}"
            return [own, (here, values)]
        if await self._wrote(viewer.reader, story):
            return [
                own,
                (f"r.story_id = :story AND r.user_id <> :reader AND r.state = 'shown' AND {_NOT_BY_AUTHOR}", values),
            ]
        return [own]

    async def _wrote(self, reader: int, story: int) -> bool:
        row = await self._db.row(
            "SELECT 1 FROM story_authors WHERE story_id = :story AND user_id = :reader",
            {"story": story, "reader": reader},
        )
        return row is not None

    async def _count(self, clause: Clause) -> int:
        where, values = clause
        return await self._db.number(f"SELECT count(*) FROM reviews r WHERE {where}", values)

    async def _find(self, clause: Clause, limit: int, skip: int = 0, *, oldest_first: bool = False) -> Sequence[Review]:
        return await _reviews_where(self._db, self._gates, clause, limit, skip, oldest_first=oldest_first)

    async def digest(self, author: int, reviews: Sequence[int], limit: int, now: float) -> ReviewDigest:
        """Return the first *limit* of the *reviews* that are still visible to *author*, and the number of all these.

        The digest is empty if the author has turned off notices of reviews, or direct messages cannot reach them.
        """
        chosen = await StoredSettings(self._db).of_reader(author)
        if chosen.reviews == "none" or (chosen.unreached_at or 0) > int(now) - SHUT_SECONDS:
            return ReviewDigest((), 0)
        visible = await self._visible_to(author, reviews)
        marks, values = named_list("review", visible[:limit])
        gates = [visible_to_author_sql(author)]
        found = await _reviews_where(self._db, gates, (f"r.id IN {marks}", values), limit)
        return ReviewDigest(tuple(sorted(found, key=lambda review: review.id)), len(visible))

    async def _visible_to(self, author: int, reviews: Sequence[int]) -> Sequence[int]:
        marks, values = named_list("review", reviews)
        rows = await self._db.rows(
            "SELECT r.id FROM reviews r JOIN visible_to_adults s ON s.id = r.story_id"
            " JOIN story_authors w ON w.story_id = r.story_id AND w.user_id = :author"
            f" WHERE r.state = 'shown' AND r.id IN {marks} AND {_NOT_BY_AUTHOR} ORDER BY r.id",
            {"author": author, **values},
        )
        return [row["id"] for row in rows]

    async def reasons(self, reviews: Sequence[int]) -> dict[int, list[str]]:
        """Return the reasons of the latest `REASONS_AT_ONCE` reports on *reviews*, latest first, by review id."""
        marks, values = named_list("review", reviews)
        rows = await self._db.rows(
            f"SELECT review_id, reason FROM review_reports WHERE review_id IN {marks}"
            " ORDER BY reported_at DESC LIMIT :most",
            {"most": REASONS_AT_ONCE, **values},
        )
        return {review: [row["reason"] for row in rows if row["review_id"] == review] for review in reviews}


def _waiting(guild: int) -> Clause:
    return "r.guild_id = :guild AND r.waits = 1", {"guild": guild}


async def _reviews_where(
    db: Database, gates: Sequence[str], clause: Clause, limit: int, skip: int = 0, *, oldest_first: bool = False
) -> list[Review]:
    """Return the reviews that match *clause*, with story and text if one of the *gates* (subqueries) has the story."""
    where, values = clause
    order = "ASC" if oldest_first else "DESC"
    rows = await db.rows(
        f"{_REVIEW} WHERE {where} ORDER BY r.id {order} LIMIT :limit OFFSET :skip",
        {"limit": limit, "skip": skip, **values},
    )
    stories = await _stories(db, gates, {int(row["of_story"]) for row in rows})
    return [_review(row, stories.get(row["of_story"])) for row in rows]


async def _stories(db: Database, gates: Sequence[str], stories: Iterable[int]) -> dict[int, StorySummary]:
    """Return those of *stories* (ids) that one of the *gates*, subqueries for visible stories, shows; by id."""
    marks, values = named_list("story", sorted(stories))
    if not values:  # for an empty list SQLite would scan the whole table
        return {}
    rows = [
        row for gate in gates for row in await db.rows(f"SELECT {SUMMARY} FROM {gate} s WHERE s.id IN {marks}", values)
    ]
    return {row["story_id"]: summary_of(row) for row in rows}


def _review(row: Row, story: StorySummary | None) -> Review:
    chapter = chapter_of(row) if row["chapter_id"] is not None else None
    return as_value(
        row,
        Review,
        story_id=row["of_story"],
        story=story,
        chapter_id=row["of_chapter"],
        chapter=chapter,
        text=row["text"] if story else "",
        until=(chapter.position, row["last_page"] or 0) if chapter else (LAST_CHAPTER, 0),
    )
