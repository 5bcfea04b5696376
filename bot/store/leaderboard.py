"""Leaderboards: stories and quotes ranked by readers' acts, for a period, in one server or overall."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from bot.domain.anonymity import SMALLEST_GROUP, day_of, in_steps
from bot.domain.reactions import PRIVATE_METRICS, RANKINGS, Metric, Period, Ranked
from bot.domain.rights import EVERYONE, Audience
from bot.store.database import IN_ORDER, Database, Family, Row, Value, Writing
from bot.store.quotes import COLUMNS, quote_of
from bot.store.rows import SUMMARY, released_sql, summary_of
from bot.store.visibility import visible_unmuted_sql
from bot.stories.model import QuoteInContext, StorySummary

MOST = 100
"""Maximum number of entries that a leaderboard shows."""

_DAY = 24 * 60 * 60
_MONDAY = 3
"""Days from the last Monday before the epoch to the epoch, a Thursday."""


def period(since: Period, now: float) -> str:
    """Return the key of the UTC week or month that contains *now*, in epoch seconds; ``all`` for ``ever``."""
    if since == "ever":
        return "all"
    if since == "week":
        return f"w{(int(now) // _DAY + _MONDAY) // 7}"
    return f"m{datetime.fromtimestamp(now, UTC):%Y-%m}"


class Score(NamedTuple):
    """A reader's act that a leaderboard counts, or its withdrawal."""

    kind: Ranked
    counted: Metric
    guild: int
    """Server of the act; 0: a direct message."""
    at: int
    """Time of the act, in epoch seconds."""
    id: int
    """Id of the story or quote."""
    change: int
    """1 for the act, -1 for its withdrawal."""


def count_scores(writing: Writing, scores: Sequence[Score]) -> None:
    """Add *scores* to the leaderboards, overall and of their servers, of all time and of their weeks and months."""
    counts = Counter[tuple[Ranked, Metric, int, str, int]]()
    for score in scores:
        for guild in {0, score.guild}:
            for since in ("ever", "week", "month"):
                counts[score.kind, score.counted, guild, period(since, score.at), score.id] += score.change
    latest = max((score.at for score in scores), default=0)
    rows = [
        {
            "kind": kind,
            "counted": counted,
            "guild": guild,
            "period": since,
            "id": each,
            "change": change,
            "told": 0 if counted in PRIVATE_METRICS else change,
            "day": day_of(latest),
        }
        for (kind, counted, guild, since, each), change in sorted(counts.items())  # in one order, to avoid deadlocks
        if change
    ]
    if rows:
        writing.many(_COUNT, rows)


_COUNT = (
    "INSERT INTO leaderboard (kind, counted, guild_id, period, id, count, told, day)"
    " VALUES (:kind, :counted, :guild, :period, :id, :change, :told, :day)"
    " ON CONFLICT (kind, counted, guild_id, period, id) DO UPDATE SET count = leaderboard.count + excluded.count,"
    f" told = {released_sql('leaderboard.count', 'leaderboard.told', 'leaderboard.day', 'excluded.day')}"
    "  + excluded.told,"
    " day = CASE WHEN excluded.day > leaderboard.day THEN excluded.day ELSE leaderboard.day END"
)


class Leaderboard(Family):
    """Ranked stories and quotes that the audience may see."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        listed = visible_unmuted_sql(audience)
        self._from: dict[Ranked, str] = {
            "story": f"leaderboard x {IN_ORDER} {listed} s ON s.id = x.id",
            "quote": f"leaderboard x {IN_ORDER} quotes q ON q.id = x.id AND q.is_there = 1"
            f" JOIN chapters c ON c.id = q.chapter_id JOIN {listed} s ON s.id = q.story_id AND s.may_quote = 1",
        }

    async def _publish(self, by: Metric) -> None:
        """If *by* is a private act, publish all counts of private acts as they were at midnight, UTC.

        A count that differs by less than `SMALLEST_GROUP` from the published one, or changed today, stays unpublished.
        """
        if by not in PRIVATE_METRICS:
            return
        values = {"today": day_of(self._db.now())}
        if await self._db.row(f"SELECT 1 FROM leaderboard WHERE {_UNPUBLISHED} LIMIT 1", values):
            await self._db.execute(f"UPDATE leaderboard SET told = count WHERE {_UNPUBLISHED}", values)

    async def stories(
        self, by: Metric, since: Period, guild: int, limit: int, skip: int = 0
    ) -> Sequence[tuple[StorySummary, int]]:
        """Return the stories with the highest published counts of *by*, and these counts; *guild* 0 is overall."""
        await self._publish(by)
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, x.told FROM {self._from['story']} WHERE {_ranked('story', by)}"
            " ORDER BY x.told DESC, x.id LIMIT :limit OFFSET :skip",
            self._parameters(since, guild) | {"limit": limit, "skip": skip},
        )
        return [(summary_of(row), _told(by, row)) for row in rows]

    async def rankings(self, since: Period, guild: int) -> Sequence[tuple[Ranked, Metric]]:
        """Return the leaderboards that are not empty, in the order of `RANKINGS`."""
        await self._publish("saves")
        looks = (
            f"SELECT {at} AS at WHERE EXISTS (SELECT 1 FROM {self._from[what]} WHERE {_ranked(what, by)})"
            for at, (what, by) in enumerate(RANKINGS)
        )
        rows = await self._db.rows(" UNION ALL ".join(looks), self._parameters(since, guild))
        there = {row["at"] for row in rows}
        return [ranking for at, ranking in enumerate(RANKINGS) if at in there]

    def _parameters(self, since: Period, guild: int) -> dict[str, Value]:
        return {"guild": guild, "period": period(since, self._db.now())}

    async def saves(self, story: int) -> int | None:
        """Return how often readers saved quotes of a story, overall, as published and rounded; None if too few did."""
        await self._publish("saves")
        row = await self._db.row(
            "SELECT told FROM leaderboard WHERE kind = 'story' AND counted = 'saves' AND guild_id = 0"
            " AND period = 'all' AND id = :story",
            {"story": story},
        )
        return in_steps(row["told"]) if row else None

    async def quotes(
        self, by: Metric, since: Period, guild: int, limit: int, skip: int = 0
    ) -> Sequence[tuple[QuoteInContext, int]]:
        """Return the quotes with the highest published counts of *by*, and these counts; *guild* 0 is overall."""
        await self._publish(by)
        rows = await self._db.rows(
            f"SELECT {COLUMNS}, x.told FROM {self._from['quote']} WHERE {_ranked('quote', by)}"
            " ORDER BY x.told DESC, x.id LIMIT :limit OFFSET :skip",
            self._parameters(since, guild) | {"limit": limit, "skip": skip},
        )
        return [(quote_of(row), _told(by, row)) for row in rows]


_UNPUBLISHED = f"abs(count - told) >= {SMALLEST_GROUP} AND day < :today"


def _ranked(what: Ranked, by: Metric) -> str:
    """Return an SQL condition for a leaderboard's rows, except counts too small to show and votes that are hidden."""
    fewest = SMALLEST_GROUP if by in PRIVATE_METRICS else 1
    hidden = (
        "SELECT 1 FROM questions q WHERE q.story_id = x.id AND q.text IS NULL AND q.hidden = 1 AND q.closed_at IS NULL"
    )
    return (
        f"x.kind = '{what}' AND x.counted = '{by}' AND x.guild_id = :guild AND x.period = :period"
        f" AND x.told >= {fewest}" + (f" AND NOT EXISTS ({hidden})" if by == "votes" else "")
    )


def _told(by: Metric, row: Row) -> int:
    """Return a row's published count, rounded for private acts."""
    return (in_steps(row["told"]) or 0) if by in PRIVATE_METRICS else row["told"]
