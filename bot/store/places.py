"""Readers' places (the current and the furthest point in each story), and shared readings."""

from collections.abc import Iterable, Sequence

from bot.domain.places import Horizon, Place, SharedReading
from bot.domain.rights import EVERYONE, Audience
from bot.store.ballots import count_finished
from bot.store.database import Database, Family, Reading, Value, Writing, lookup, named_list, transaction
from bot.store.engines import OF_CHAPTER, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.pages import page_of, page_query
from bot.store.reactions import keep_page
from bot.store.rows import SUMMARY, as_value, summary_of
from bot.store.settings import chosen_sql
from bot.store.visibility import visible_sql
from bot.stories.anchors import anchor_at
from bot.stories.model import OpenPage, Spot, StorySummary

_FINISHED_POSITION = 2**40
"""A chapter position after all others: the horizon of a reader who has finished the story."""


class Places(Family):
    """Readers' places, updated at each turn of a page."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._shown = visible_sql(audience)

    @transaction
    def move(self, writing: Writing, reader: int, page: OpenPage, guild: int | None = None, message: int = 0) -> None:
        """Store *page* as *reader*'s current place; the furthest point only moves forward.

        *message* is the public message that now shows the page (0: none). It is stored, to count emoji on it.
        """
        writing.take(alone("reader", reader), shared("story", page.story.id))
        self._move(writing, reader, page, guild, message)

    @transaction
    def turn(
        self, writing: Writing, reader: int, spot: Spot, guild: int | None = None, message: int = 0
    ) -> OpenPage | None:
        """Open the page at *spot* and store the turn as `move` does; return None if there is no visible page.

        *message* is ignored if the story's writer does not allow sharing.
        """
        writing.take(alone("reader", reader), shared("story", spot.chapter, OF_CHAPTER))
        rows = writing.rows(*page_query(spot, reader, self._shown))
        if not rows:
            return None
        page = page_of(rows)
        self._move(writing, reader, page, guild, message if page.story.may_share else 0)
        return page

    def _move(self, writing: Writing, reader: int, page: OpenPage, guild: int | None, message: int) -> None:
        moment, now = max(self._db.moment(), _latest_move(writing, reader) + 1), self._db.now()
        values: dict[str, Value] = {
            "reader": reader,
            "story": page.story.id,
            "chapter": page.spot.chapter,
            "start": page.spot.offset,
            "until": page.spot.offset + len(page.text),
            "passage": anchor_at(page.text, 0),
            "guild": guild or 0,
            "moment": moment,
        }
        ends = page.is_last and not writing.rows(_MOVED_BY_EDIT, values)
        values["finished_at"] = now if ends else None
        finishes = ends and not writing.rows(_FINISHED, values)
        writing.execute(_MOVE, values)
        moved_on = writing.execute(_MOVE_ON, values)
        writing.execute(
            _LIST,
            values | {"list": "finished" if ends else "reading", "moved_on": int(moved_on > 0)},
        )
        if finishes:
            _count_finished(writing, reader, [(page.story.id, guild or 0, now)], 1)
        if message:
            keep_page(writing, message, page.spot)

    async def of(self, reader: int, story: int) -> Place | None:
        """Return *reader*'s place in a story, or None if they have not begun it."""
        row = await self._db.row(
            "SELECT p.chapter_id, p.start, p.furthest_chapter_id, p.furthest_start, p.moved_at,"
            " CASE WHEN p.finished_at IS NULL THEN 0 ELSE 1 END AS finished,"
            " CASE WHEN (coalesce(c.position, 0), p.start) < (coalesce(f.position, 0), p.furthest_start)"
            "  THEN 1 ELSE 0 END AS is_behind"
            " FROM places p JOIN chapters c ON c.id = p.chapter_id JOIN chapters f ON f.id = p.furthest_chapter_id"
            " WHERE p.user_id = :reader AND p.story_id = :story",
            {"reader": reader, "story": story},
        )
        if row is None:
            return None
        return as_value(
            row,
            Place,
            story=story,
            spot=Spot(row["chapter_id"], row["start"]),
            furthest=Spot(row["furthest_chapter_id"], row["furthest_start"]),
            moved_at=row["moved_at"] // 1_000_000_000,
        )

    @lookup
    def horizon(self, reading: Reading, reader: int, stories: Iterable[int]) -> Horizon:
        """Return how far *reader* has read in *stories*.

        If the reader turned veils off, the result hides nothing.
        """
        row = reading.row(f"SELECT {chosen_sql('veil', ':reader')} AS veil", {"reader": reader})
        if row is not None and row["veil"] == "no":
            return Horizon({}, is_veiling=False)
        listed, values = named_list("story", sorted(set(stories)))
        rows = reading.rows(
            "SELECT p.story_id, CASE WHEN l.list = 'finished' THEN :beyond ELSE coalesce(f.position, 0) END AS chapter,"
            " coalesce((SELECT g.until FROM pages g WHERE g.chapter_id = p.furthest_chapter_id AND g.length = 0"
            "  AND g.start <= p.furthest_start ORDER BY g.start DESC LIMIT 1), 0) AS until"
            " FROM places p JOIN chapters f ON f.id = p.furthest_chapter_id"
            " LEFT JOIN reading_lists l ON l.user_id = p.user_id AND l.story_id = p.story_id"
            f" WHERE p.user_id = :reader AND p.story_id IN {listed}",
            {"reader": reader, "beyond": _FINISHED_POSITION, **values},
        )
        return Horizon({row["story_id"]: (row["chapter"], row["until"]) for row in rows})

    async def latest(self, reader: int) -> StorySummary | None:
        """Return the story in which *reader* last turned a page, or None."""
        row = await self._db.row(
            f"SELECT {SUMMARY}"
            f" FROM places p JOIN {self._shown} s ON s.id = p.story_id"
            " WHERE p.user_id = :reader ORDER BY p.moved_at DESC LIMIT 1",
            {"reader": reader},
        )
        return summary_of(row) if row else None


_FINISHED = "SELECT 1 FROM places WHERE user_id = :reader AND story_id = :story AND finished_at IS NOT NULL"

_ON_PAGE = "places.chapter_id = :chapter AND places.start > :start AND places.start < :until"
"""SQL: the stored place lies inside the page, so opening the page must not move it (see `bot.store.reanchoring`)."""

_MOVED_BY_EDIT = (
    "SELECT 1 FROM places WHERE user_id = :reader AND story_id = :story AND finished_at IS NULL"
    f" AND asleep IS NOT NULL AND {_ON_PAGE}"
)
"""SQL: finds a reader's place that an edit moved to this page; opening the page then does not finish the story."""

_MOVE = (
    "INSERT INTO places (user_id, story_id, chapter_id, start, passage,"
    " furthest_chapter_id, furthest_start, furthest_passage, finished_at, finished_in, moved_at)"
    " VALUES (:reader, :story, :chapter, :start, :passage, :chapter, :start, :passage, :finished_at, :guild, :moment)"
    " ON CONFLICT (user_id, story_id) DO UPDATE SET chapter_id = excluded.chapter_id,"
    f" start = CASE WHEN {_ON_PAGE} THEN places.start ELSE excluded.start END,"
    f" passage = CASE WHEN {_ON_PAGE} THEN places.passage ELSE excluded.passage END,"
    " moved_at = excluded.moved_at, finished_in ="
    " CASE WHEN places.finished_at IS NULL THEN excluded.finished_in ELSE places.finished_in END,"
    " finished_at = coalesce(places.finished_at, excluded.finished_at)"
)

_MOVE_ON = (
    "UPDATE places SET furthest_chapter_id = :chapter, furthest_start = :start, furthest_passage = :passage"
    " WHERE user_id = :reader AND story_id = :story AND (furthest_start < :start OR furthest_chapter_id <> :chapter)"
    " AND EXISTS (SELECT 1 FROM chapters f JOIN chapters n ON n.id = :chapter WHERE f.id = places.furthest_chapter_id"
    "  AND (coalesce(f.position, 0), places.furthest_start) < (n.position, :start))"
)

_LIST = (
    "INSERT INTO reading_lists (user_id, story_id, list, changed_at) VALUES (:reader, :story, :list, :moment)"
    " ON CONFLICT (user_id, story_id) DO UPDATE SET changed_at = excluded.changed_at, list ="
    " CASE WHEN reading_lists.list = 'finished' AND :moved_on = 0 THEN 'finished' ELSE excluded.list END"
)


def _latest_move(writing: Writing, reader: int) -> int:
    """Return the time of *reader*'s last turn, in nanoseconds.

    The next turn must have a later time, even if the clock was set back.
    """
    row = writing.row(
        "SELECT moved_at FROM places WHERE user_id = :reader ORDER BY moved_at DESC LIMIT 1", {"reader": reader}
    )
    return int(row["moved_at"]) if row else 0


def remove_places(writing: Writing, reader: int) -> None:
    """Delete all places of *reader*, and subtract their finished stories from the counts."""
    rows = writing.rows(
        "DELETE FROM places WHERE user_id = :reader RETURNING story_id, finished_in, finished_at", {"reader": reader}
    )
    finished = [
        (row["story_id"], row["finished_in"], row["finished_at"]) for row in rows if row["finished_at"] is not None
    ]
    _count_finished(writing, reader, finished, -1)


def _count_finished(writing: Writing, reader: int, finished: Sequence[tuple[int, int, int]], change: int) -> None:
    """Update the counts of finishers and the leaderboard after *reader* finished stories (1), or no longer has (-1).

    *finished* has for each story its id, the server in which the reader finished it (0: a direct message), and the
    epoch second.
    """
    if finished:
        count_finished(writing, reader, {story: at for story, _, at in finished}, change)
        count_scores(writing, [Score("story", "reads", guild, at, story, change) for story, guild, at in finished])


class SharedReadings(Family):
    """Shared readings, identified by the message that shows the page."""

    async def begin(self, message: int, story: int, reader: int) -> None:
        """Store that *reader* turns the pages of *story* on *message* for everybody."""
        await self._db.execute(
            "INSERT INTO shared_readings (message_id, story_id, user_id, begun_at)"
            " VALUES (:message, :story, :reader, :now)",
            {"message": message, "story": story, "reader": reader, "now": self._db.now()},
        )

    async def of(self, message: int) -> SharedReading | None:
        """Return the shared reading on *message*, or None."""
        row = await self._db.row(
            "SELECT message_id, user_id AS turner FROM shared_readings WHERE message_id = :message",
            {"message": message},
        )
        return as_value(row, SharedReading) if row else None

    async def hand_over(self, message: int, holder: int, to: int) -> bool:
        """Let *to* turn the pages instead of *holder*; return False if *holder* no longer turns them."""
        return (
            await self._db.execute(
                "UPDATE shared_readings SET user_id = :to WHERE message_id = :message AND user_id = :holder",
                {"to": to, "message": message, "holder": holder},
            )
            > 0
        )
